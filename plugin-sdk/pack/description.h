#pragma once

#include <axle/core/result.h>

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace Axle::Internal {

/// What goes into one wheel: the JSON that axle_add_plugin writes (plugin-sdk/cmake/AxlePlugin.cmake).
struct PackDescription
{
    struct EntryPoint
    {
        QString group;
        QString name;
        QString value;
    };
    /// One file of the build tree, and its name in the wheel.
    struct File
    {
        QString path;
        QString source;
    };

    QString name;
    QString version;
    QString tag;
    QString summary;
    QString requiresPython;
    QStringList requirements;
    QList<EntryPoint> entryPoints;
    QString package; ///< folder of Python sources and resources; goes in under its own name
    QList<File> files;
    QByteArray extensions; ///< EXTENSIONS: module to member, as JSON; empty without native modules

    /// Errors: `pack-description-invalid`.
    static Result<PackDescription> parse(const QByteArray &json);
};

} // namespace Axle::Internal
