#include "endrecord_p.h"

#include "archivefault_p.h"
#include "fieldreader_p.h"
#include "findings_p.h"
#include "limits_p.h"
#include "sentence_p.h"
#include "zip64_p.h"

#include <axle/wheel/codes.h>

#include <QtCore/QStringDecoder>

namespace Axle::Internal {

namespace {

constexpr std::int64_t MaximumComment = 0xffff;
constexpr qsizetype MaximumStrictComment = 1024;
constexpr QByteArrayView EndSignature("PK\5\6", 4);
constexpr QByteArrayView LocalSignature("PK\3\4", 4);

/// The file's last bytes, and the place in them where the end record begins.
struct Tail
{
    QByteArray owner;
    QByteArrayView bytes;
    std::int64_t offset = 0; ///< of the first byte, in the file
    qsizetype record = 0;

    std::int64_t recordOffset() const { return offset + record; }
};

Error noEndRecord(const ArchiveBytes &file, std::int64_t fileSize)
{
    const auto head = file.readAt(0, qMin<std::int64_t>(fileSize, LocalSignature.size()));
    if (!head)
        return head.error();
    if (!head->view.isEmpty() && LocalSignature.startsWith(head->view)) {
        return fault(Codes::ZipTruncated, {{}, fileSize},
            QStringLiteral("the file ends without an end record, though it begins like a zip archive"),
            QStringLiteral("copy or download the file again: a part of it is missing"));
    }
    return Error(Codes::ZipNoEndRecord,
        QStringLiteral("no zip end record in a file of %1 bytes, expected one within its last 65557 bytes")
            .arg(fileSize),
        QStringLiteral("the file is not a zip archive, so it is not a wheel"));
}

std::int64_t commentSize(const Tail &tail, qsizetype record)
{
    return qFromLittleEndian<std::uint16_t>(tail.bytes.data() + record + EndRecordSize - 2);
}

/// A signature that ends neither at the end of the file nor beyond it.
Error misplacedEnd(const Tail &tail, qsizetype record, std::int64_t fileSize)
{
    const std::int64_t end = tail.offset + record + EndRecordSize + commentSize(tail, record);
    const Place place{{}, tail.offset + record};
    if (end > fileSize) {
        return fault(Codes::ZipEndRecordBounds, place,
            sentence(
                "the end record with its comment reaches offset %1, expected %2, the end of the file", end, fileSize),
            QStringLiteral("copy or download the file again: its end is missing or damaged"));
    }
    return fault(Codes::ZipTrailingData, place,
        QStringLiteral("%1 bytes follow the end record, expected none").arg(fileSize - end));
}

/// Looks for the signature's last byte, which is rarer than its first and found many bytes at once.
qsizetype nextSignature(QByteArrayView bytes, qsizetype from)
{
    constexpr qsizetype Last = EndSignature.size() - 1;
    for (qsizetype at = bytes.indexOf(EndSignature[Last], from + Last); at >= 0;
         at = bytes.indexOf(EndSignature[Last], at + 1)) {
        if (bytes.sliced(at - Last, Last) == EndSignature.first(Last))
            return at - Last;
    }
    return -1;
}

/// The one place whose end record ends exactly where the file does (Z04–Z06).
Result<Tail> findEndRecord(const ArchiveBytes &file, std::int64_t fileSize)
{
    Tail tail;
    tail.offset = qMax<std::int64_t>(0, fileSize - EndRecordSize - MaximumComment);
    auto bytes = file.readAt(tail.offset, fileSize - tail.offset);
    if (!bytes)
        return bytes.error();
    tail.owner = std::move(bytes->owner);
    tail.bytes = bytes->view;

    QList<qsizetype> fitting;
    qsizetype last = -1;
    for (qsizetype at = nextSignature(tail.bytes, 0); at >= 0; at = nextSignature(tail.bytes, at + 1)) {
        if (at + EndRecordSize > tail.bytes.size())
            break;
        last = at;
        if (at + EndRecordSize + commentSize(tail, at) == tail.bytes.size())
            fitting += at;
    }
    if (fitting.isEmpty())
        return last < 0 ? noEndRecord(file, fileSize) : misplacedEnd(tail, last, fileSize);
    if (fitting.size() > 1 || fitting.first() != last) {
        return fault(Codes::ZipEndRecordAmbiguous, {{}, tail.offset + fitting.first()},
            QStringLiteral("another end record follows at offset %1, expected exactly one").arg(tail.offset + last));
    }
    tail.record = last;
    return tail;
}

Result<void> checkComment(QByteArrayView comment, const Place &place)
{
    if (comment.isEmpty())
        return {};
    if (comment.size() > MaximumStrictComment) {
        return fault(Codes::ZipComment, place,
            sentence("the archive comment has %1 bytes, expected at most %2", comment.size(), MaximumStrictComment));
    }
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(comment);
    const auto isShown = [](QChar c) { return c.isPrint() || c.isSurrogate() || c.isSpace(); };
    if (decoder.hasError() || text.contains(QStringLiteral("PK")) || !std::all_of(text.begin(), text.end(), isShown)) {
        return fault(Codes::ZipComment, place,
            QStringLiteral("the archive comment is '%1', expected printable text without 'PK'")
                .arg(printable(comment)));
    }
    return {};
}

EndFields readFields(const Tail &tail)
{
    FieldReader reader(tail.bytes.sliced(tail.record + 4));
    EndFields fields;
    fields.disk = reader.u16();
    fields.directoryDisk = reader.u16();
    fields.membersOnDisk = reader.u16();
    fields.members = reader.u16();
    fields.directorySize = reader.u32();
    fields.directoryOffset = reader.u32();
    fields.offset = tail.recordOffset();
    return fields;
}

Result<void> checkCount(const EndFields &fields, std::int64_t limit)
{
    if (fields.members <= static_cast<std::uint64_t>(limit))
        return {};
    return fault(Codes::ZipTooManyMembers, {{}, fields.offset},
        sentence("%1 members, expected at most %2", fields.members, limit));
}

Result<EndRecord> judged(const EndFields &fields, Rules rules)
{
    const Place place{{}, fields.offset};
    if (fields.disk != 0 || fields.directoryDisk != 0) {
        return fault(Codes::ZipMultidisk, place,
            sentence("this is disk %1 and the directory is on disk %2, expected 0 for both", fields.disk,
                fields.directoryDisk));
    }
    if (fields.membersOnDisk != fields.members) {
        return fault(Codes::ZipEntryCount, place,
            sentence("the number of members on this disk is %1, expected %2 as on all", fields.membersOnDisk,
                fields.members));
    }
    const auto end = static_cast<std::uint64_t>(fields.offset);
    if (!fits(fields.directoryOffset, fields.directorySize, end)
        || fields.directoryOffset + fields.directorySize != end) {
        return fault(Codes::ZipCentralDirectoryBounds, place,
            sentence("the central directory has %1 bytes from offset %2, expected it to end at %3",
                fields.directorySize, fields.directoryOffset, end));
    }
    if (const auto checked = checkCount(fields, rules == Rules::Strict ? MaximumMembers : MaximumTolerantMembers);
        !checked)
        return checked.error();
    if (fields.members * static_cast<std::uint64_t>(CentralHeaderSize) > fields.directorySize) {
        return fault(Codes::ZipEntryCount, place,
            sentence("%1 members, but a central directory of %2 bytes has room for %3", fields.members,
                fields.directorySize, fields.directorySize / CentralHeaderSize));
    }
    return EndRecord{static_cast<std::int64_t>(fields.members), static_cast<std::int64_t>(fields.directoryOffset),
        static_cast<std::int64_t>(fields.directorySize)};
}

} // namespace

std::optional<EndRecord> readEndRecord(const ArchiveBytes &file, std::int64_t fileSize, Rules rules, Findings &findings)
{
    const auto tail =
        findings.take(fileSize < EndRecordSize ? noEndRecord(file, fileSize) : findEndRecord(file, fileSize));
    if (!tail)
        return std::nullopt;
    const QByteArrayView comment = tail->bytes.sliced(tail->record + EndRecordSize);
    if (const auto checked = checkComment(comment, {{}, tail->recordOffset()}); !checked)
        addStrict(findings, rules, checked.error());
    const auto fields = findings.take(withZip64(file, readFields(*tail)));
    if (!fields)
        return std::nullopt;
    const auto end = findings.take(judged(*fields, rules));
    if (!end)
        return std::nullopt;
    if (const auto checked = checkCount(*fields, MaximumMembers); !checked)
        addPassed(findings, Finding::Severity::Policy, checked.error());
    return end;
}

} // namespace Axle::Internal
