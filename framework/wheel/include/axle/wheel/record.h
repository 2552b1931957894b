#pragma once

#include <axle/core/export.h>
#include <axle/core/result.h>

#include <QtCore/QByteArray>
#include <QtCore/QHash>
#include <QtCore/QList>
#include <QtCore/QString>

namespace Axle {

struct AXLE_EXPORT RecordEntry
{
    QString path;
    QString algorithm;      ///< sha256, sha384, sha512; empty for RECORD itself
    QByteArray digest;      ///< raw bytes
    std::int64_t size = -1; ///< -1: not given
};

/// RECORD: path, hash and size of every file of a wheel (PEP 376, 427).
class AXLE_EXPORT Record
{
public:
    /// Errors: `record-syntax`, `record-hash-algorithm`, `record-duplicate`, `record-path`, `record-too-large`.
    static Result<Record> parse(const QByteArray &text);

    const QList<RecordEntry> &entries() const { return m_entries; }
    const RecordEntry *find(const QString &path) const;

    /// Whether `data` is what RECORD says of `path`. Errors: `record-unlisted`, `record-hash-missing`,
    /// `record-size-mismatch`, `record-hash-mismatch`.
    Result<void> check(const QString &path, const QByteArray &data) const;

private:
    QList<RecordEntry> m_entries;
    QHash<QString, qsizetype> m_index;
};

} // namespace Axle
