#pragma once

#include <axle/core/export.h>
#include <axle/core/result.h>
#include <axle/manager/pluginstate.h>

#include <QtCore/QList>
#include <QtCore/QMetaType>
#include <QtCore/QStringList>
#include <QtCore/QVariantMap>

namespace Axle {

/// An immutable picture of one plugin, or of one library, at the time it was asked for.
///
/// The id is the PEP 503 project name; further entry points of the same wheel are `project:entry`; a file that is no
/// wheel is known by its file name.
struct AXLE_EXPORT Plugin
{
    QString id;
    QString name;    ///< project name as its author writes it
    QString version; ///< empty when unknown
    QString summary;
    QString filePath;
    bool isLibrary = false; ///< a wheel without an `axle.plugins` entry point
    PluginState state = PluginState::Discovered;
    Operation operation = Operation::None;
    Disposition disposition = Disposition::None;
    Error error;              ///< why it is Invalid, Incompatible, Unresolved, Failed or Untrusted
    QStringList dependencies; ///< ids of what it needs in the present plan
    bool isEnabled = true;
    bool isPreferred = false; ///< the user wants it rather than others
    bool isResident = false;  ///< has native images in the process, which stay until it ends
};

/// A distribution that was mounted or unmounted.
struct AXLE_EXPORT DistributionInfo
{
    QString id;
    QString name;
    QString version;
    QString filePath;
    bool isMaterialised = false;
};

/// What a plugin added to a point of the host.
struct AXLE_EXPORT ContributionInfo
{
    QString pluginId;
    QString point;
    QString id;
    QVariantMap properties;
};

struct AXLE_EXPORT LoadReport
{
    qint64 mountMilliseconds = 0;    ///< snapshot, verification and mounting of the wheels it brought in
    qint64 activateMilliseconds = 0; ///< import and activate()
    int contributions = 0;
};

/// What unloading left behind.
struct AXLE_EXPORT UnloadResult
{
    QStringList modules;   ///< taken out of sys.modules
    bool isParked = false; ///< native code: module objects are kept for the next mount
    Error error;           ///< deactivate() failed; it was unloaded all the same
};

struct AXLE_EXPORT ScanReport
{
    QStringList added;
    QStringList changed;
    QStringList removed;
    QList<Error> ignored; ///< folders and files that could not be read
};

} // namespace Axle

Q_DECLARE_METATYPE(Axle::Plugin)
Q_DECLARE_METATYPE(Axle::DistributionInfo)
Q_DECLARE_METATYPE(Axle::ContributionInfo)
Q_DECLARE_METATYPE(Axle::LoadReport)
Q_DECLARE_METATYPE(Axle::UnloadResult)
Q_DECLARE_METATYPE(Axle::ScanReport)
