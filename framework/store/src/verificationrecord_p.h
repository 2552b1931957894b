#pragma once

#include "filewriter_p.h"

#include <QtCore/QHash>

namespace Axle::Internal {

/// Since when and about which files it is known that a wheel's bytes are what its RECORD says.
///
/// Lies beside the tree, in a folder whose name is the wheel's SHA-256: it speaks about that content only. Law:
/// `parse(r.toBytes(v), v) == r`.
struct VerificationRecord
{
    bool needsTree = false;             ///< the wheel does not work from its archive
    std::int64_t taken = 0;             ///< nanoseconds since the epoch, not after the first of the files was looked at
    QHash<QString, FileIdentity> files; ///< of the tree, by member; empty when there is no tree

    /// Whether the file that has this identity now is, without reading it, known to be the one that was verified. A
    /// change in the same moment as the verification may have left the change time as it was, so a file as young as
    /// that is not.
    bool vouchesFor(const QString &member, const FileIdentity &now) const;

    QByteArray toBytes(const QByteArray &version) const;
    /// Error without a code of its own: a record that says nothing usable is as good as none, so there is an empty one.
    static std::optional<VerificationRecord> parse(const QByteArray &bytes, const QByteArray &version);

    friend bool operator==(const VerificationRecord &, const VerificationRecord &) = default;
};

/// The record `name` of `folder`; nothing when there is none that this version of Axle wrote.
std::optional<VerificationRecord> readRecord(const PrivateFolder &folder, const QString &name);
/// Writes a record beside the one that is there, which stands until `placeRecord`: what may fail for want of room has
/// then been done. Errors: `store-full`, `store-write-failed`.
Result<void> draftRecord(const PrivateFolder &folder, const QString &name, const VerificationRecord &record);
/// Makes the draft the record in one step. Error: `store-write-failed`.
Result<void> placeRecord(const PrivateFolder &folder, const QString &name);
void dropDraft(const PrivateFolder &folder, const QString &name);

} // namespace Axle::Internal
