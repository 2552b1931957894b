#pragma once

#include <axle/core/export.h>
#include <axle/core/result.h>

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace Axle {

/// What the importer knows of one mounted distribution: a tree of verified members. Immutable, called from any thread.
class AXLE_EXPORT ModuleSource
{
public:
    virtual ~ModuleSource();

    /// For messages: "numpy 2.4.6".
    virtual QString name() const = 0;
    /// Absolute path that every `__file__` begins with: the tree's where it is materialised, else the archive's own.
    virtual QString location() const = 0;
    /// Whether `location()` is a folder whose files are the members.
    virtual bool isMaterialised() const = 0;
    /// Names of all files, `/`-separated, sorted; asked once, when it is mounted.
    virtual QStringList members() const = 0;
    /// Folders whose contents are importable: "" and, for example, "x-1.0.data/purelib". First wins.
    virtual QStringList importRoots() const = 0;
    /// The dist-info folder, empty when there is none.
    virtual QString distInfo() const = 0;
    /// Verified bytes of a member.
    virtual Result<QByteArray> read(const QString &member) const = 0;
};

} // namespace Axle
