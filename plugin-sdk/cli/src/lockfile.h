#pragma once

#include <axle/core/result.h>
#include <axle/packaging/projectname.h>
#include <axle/packaging/version.h>

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QStringList>

class QIODevice;

namespace Axle {

/// The bytes of one file, told from all others.
struct FileContent
{
    std::int64_t size = 0;
    QByteArray sha256; ///< in hexadecimal digits

    /// `copy`: gets all that is read; whether it could take it is the caller's to ask. Errors: those of
    /// FileDescriptor::openRegular() and of reading.
    static Result<FileContent> of(const QString &path, QIODevice *copy = nullptr);
    friend bool operator==(const FileContent &, const FileContent &) = default;
};

/// One wheel of a lock.
struct LockedWheel
{
    ProjectName name;
    Version version;
    QString requiresPython;   ///< as its METADATA has it; may be empty
    QStringList dependencies; ///< normalised names of other wheels of the lock, sorted
    QString fileName;
    QString path; ///< where it is, as seen from the lock file
    FileContent content;

    friend bool operator==(const LockedWheel &, const LockedWheel &) = default;
};

/// A set of wheels that load together, as a lock file of PEP 751: `pylock.toml` with one wheel a package.
/// Law: `parse(l.toText()) == l` for wheels in the order of their names.
struct LockFile
{
    QList<LockedWheel> wheels;

    /// The same bytes for the same wheels: sorted, without times.
    QByteArray toText() const;
    /// `path`: as messages call it. Error: `lock-invalid`: no TOML, a version that is not 1.x, a package that is not one
    /// wheel with a name, a version and a SHA-256, or that is there under a condition only.
    static Result<LockFile> parse(const QByteArray &text, const QString &path);

    friend bool operator==(const LockFile &, const LockFile &) = default;
};

} // namespace Axle
