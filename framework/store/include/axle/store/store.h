#pragma once

#include <axle/core/filedescriptor.h>
#include <axle/core/result.h>
#include <axle/wheel/wheel.h>

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <memory>

namespace Axle {

/// A private, sealed copy of a wheel file, hashed while it was copied. The user's file may go or change from here on.
struct AXLE_EXPORT Snapshot
{
    Wheel wheel;         ///< reads from the copy
    QByteArray sha256;   ///< of the whole file, raw
    FileIdentity source; ///< of the user's file, the same before and after the copy
    QString sourcePath;
};

/// A wheel that was verified byte by byte: in its snapshot, and, where it was materialised, as a tree in the store.
struct AXLE_EXPORT VerifiedWheel
{
    Snapshot snapshot;
    QString tree; ///< absolute path of the materialised tree, empty when the wheel runs from its archive
};

enum class Materialise {
    WhenNeeded, ///< native code, or files that are opened beside `__file__`: see `needsTree`
    Always,
};

/// The private store: content-addressed, 0700, verified. Layout: `<root>/<sha256>/<wheel file name>/…` with the record of
/// its verification beside it. Thread-safe and safe between processes (flock).
class AXLE_EXPORT Store
{
public:
    /// `root` empty: `$AXLE_STORE`, else `$XDG_CACHE_HOME/axle`, else `$HOME/.cache/axle`; made 0700 with its parents.
    /// Errors: `store-unusable` (not ours, writable by others, a symbolic link, not creatable).
    static Result<Store> open(const QString &root = {});

    QString root() const { return m_root; }
    /// Copies, hashes, opens. Up to 64 MiB the copy is in memory, else a file of the store without a name. Errors: the
    /// wheel's, `source-changed` when the file changed under the copy, `store-full`, `store-write-failed`.
    /// With tolerant rules a symbolic link to a regular file is followed; the wheel is named by the link. An unpacked wheel
    /// is copied as an archive of stored members, and the hash is that of the copy.
    Result<Snapshot> snapshot(const QString &path, Rules rules = Rules::Strict) const;
    /// Verifies all of it; materialises it where it must be. A tree that is in the store already is used again when each
    /// file is as it was when it was verified, else hashed again, and replaced, with a warning in the log, when it was
    /// tampered with. Errors: the wheel's, `store-unusable`, `store-locked` after 60 s, `store-noexec` where native code
    /// could not be loaded, `store-full`, `store-write-failed`; nothing half-made is left behind.
    Result<VerifiedWheel> verify(Snapshot snapshot, Materialise materialise = Materialise::WhenNeeded) const;

private:
    explicit Store(const QString &root);
    QString m_root;
};

/// Whether the wheel must be a real tree to work: it has native code, or modules that open files beside themselves.
AXLE_EXPORT bool needsTree(const Wheel &wheel);

} // namespace Axle
