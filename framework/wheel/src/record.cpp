#include <axle/wheel/record.h>

#include "csv_p.h"
#include "membername_p.h"
#include "sentence_p.h"

#include <axle/wheel/codes.h>
#include <axle/wheel/digest.h>

#include <QtCore/QStringDecoder>

namespace Axle {

using Internal::CsvReader;
using Internal::printable;
using Internal::sentence;

namespace {

constexpr auto Source = QLatin1StringView("RECORD");
constexpr qsizetype FieldCount = 3;
constexpr qsizetype MaximumRows = 200'000; // as many as an archive may have members

Error rowError(ErrorCode code, const CsvReader &reader, const QString &what)
{
    return Error(code, sentence("line %1: %2", reader.line(), what))
        .withSpan(Internal::lineSpan(Source, reader.rowText(), reader.line()));
}

Result<void> parsePath(const CsvReader &reader, const QString &field, RecordEntry &entry)
{
    const Error error = field.isEmpty() ? Error(Codes::RecordPath, QStringLiteral("the path is empty"))
                                        : Internal::checkPath(field, {});
    if (!error.isNull() || field.endsWith(u'/')) {
        return rowError(Codes::RecordPath, reader,
            QStringLiteral("the path is '%1', expected that of a file below the wheel's root").arg(printable(field)));
    }
    entry.path = field;
    return {};
}

Result<void> parseHash(const CsvReader &reader, const QString &field, RecordEntry &entry)
{
    if (field.isEmpty())
        return {};
    const qsizetype equals = field.indexOf(u'=');
    const QString name = field.first(qMax<qsizetype>(equals, 0));
    const auto algorithm = hashAlgorithm(name);
    if (!algorithm) {
        return rowError(Codes::RecordHashAlgorithm, reader,
            QStringLiteral("the hash is '%1', expected sha256=…, sha384=… or sha512=…").arg(printable(field)));
    }
    const auto decoded = QByteArray::fromBase64Encoding(QStringView(field).sliced(equals + 1).toLatin1(),
        QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.size() != digestSize(*algorithm)) {
        return rowError(Codes::RecordSyntax, reader,
            sentence("the hash is '%1', expected %2 bytes in base64url", printable(field), digestSize(*algorithm)));
    }
    entry.algorithm = name;
    entry.digest = decoded.decoded;
    return {};
}

Result<void> parseSize(const CsvReader &reader, const QString &field, RecordEntry &entry)
{
    if (field.isEmpty())
        return {};
    const auto isDigit = [](QChar c) { return c >= u'0' && c <= u'9'; };
    bool isNumber = std::all_of(field.begin(), field.end(), isDigit);
    if (isNumber)
        entry.size = field.toLongLong(&isNumber);
    if (!isNumber) {
        return rowError(Codes::RecordSyntax, reader,
            QStringLiteral("the size is '%1', expected a number of bytes").arg(printable(field)));
    }
    return {};
}

Result<RecordEntry> parseRow(const CsvReader &reader, const QStringList &fields)
{
    if (fields.size() != FieldCount) {
        return rowError(Codes::RecordSyntax, reader,
            sentence("the number of fields is %1, expected %2: path, hash, size", fields.size(), FieldCount));
    }
    RecordEntry entry;
    if (const auto path = parsePath(reader, fields[0], entry); !path)
        return path.error();
    if (const auto hash = parseHash(reader, fields[1], entry); !hash)
        return hash.error();
    if (const auto size = parseSize(reader, fields[2], entry); !size)
        return size.error();
    return entry;
}

QString hashText(const QString &algorithm, const QByteArray &digest)
{
    const QByteArray text = digest.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    return algorithm + u'=' + QString::fromLatin1(text);
}

} // namespace

Result<Record> Record::parse(const QByteArray &text)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded = decoder(text);
    if (decoder.hasError())
        return Error(Codes::RecordSyntax, QStringLiteral("RECORD is not UTF-8 text"));
    Record record;
    CsvReader reader(decoded);
    while (const auto fields = reader.next()) {
        if (record.m_entries.size() == MaximumRows) {
            return rowError(
                Codes::RecordTooLarge, reader, sentence("there are more rows, expected at most %1", MaximumRows));
        }
        auto entry = parseRow(reader, *fields);
        if (!entry)
            return entry.error();
        if (record.m_index.contains(entry->path)) {
            return rowError(Codes::RecordDuplicate, reader,
                QStringLiteral("'%1' is listed a second time, expected once").arg(printable(entry->path)));
        }
        record.m_index.insert(entry->path, record.m_entries.size());
        record.m_entries += std::move(*entry);
    }
    if (!reader.isValid())
        return rowError(
            Codes::RecordSyntax, reader, QStringLiteral("the quotes do not match, expected comma-separated values"));
    return record;
}

const RecordEntry *Record::find(const QString &path) const
{
    const qsizetype index = m_index.value(path, -1);
    return index < 0 ? nullptr : &m_entries.at(index);
}

Result<void> Record::check(const QString &path, const QByteArray &data) const
{
    const RecordEntry *entry = find(path);
    if (!entry) {
        return Error(Codes::RecordUnlisted, QStringLiteral("not listed in RECORD, expected every file to be"),
            QStringLiteral("the file was added to the wheel after it was built; get the wheel from its author again"))
            .withPlace({printable(path)});
    }
    const auto algorithm = hashAlgorithm(entry->algorithm);
    if (!algorithm)
        return Error(Codes::RecordHashMissing, QStringLiteral("RECORD has no hash of it, expected one"))
            .withPlace({printable(path)});
    if (entry->size >= 0 && entry->size != data.size()) {
        return Error(
            Codes::RecordSizeMismatch, sentence("%1 bytes, expected %2 as in RECORD", data.size(), entry->size))
            .withPlace({printable(path)});
    }
    const QByteArray digest = Digest::of(*algorithm, data);
    if (digest != entry->digest) {
        return Error(Codes::RecordHashMismatch,
            sentence("the hash is %1, expected %2 as in RECORD", hashText(entry->algorithm, digest),
                hashText(entry->algorithm, entry->digest)),
            QStringLiteral("the file was changed after the wheel was built; get the wheel from its author again"))
            .withPlace({printable(path)});
    }
    return {};
}

} // namespace Axle
