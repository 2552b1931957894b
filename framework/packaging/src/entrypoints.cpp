#include <axle/packaging/entrypoints.h>

#include "textcursor_p.h"

#include <axle/packaging/codes.h>

#include <QtCore/QSet>
#include <QtCore/QStringDecoder>

#include <algorithm>
#include <optional>

namespace Axle {

namespace {

using Internal::Fault;
using Internal::TextCursor;

constexpr qsizetype MostBytes = 256 * 1024;

bool isWordCharacter(QChar c)
{
    return c.isLetterOrNumber() || c.isMark() || c == u'_';
}

bool isFileNameCharacter(QChar c)
{
    return isWordCharacter(c) || c == u'.' || c == u'-';
}

/// `part(.part)*`, each part a Python identifier; empty when there is none.
QStringView readDotted(TextCursor &cursor)
{
    const qsizetype begin = cursor.position();
    do {
        if (!isWordCharacter(cursor.peek()) || cursor.peek().isNumber()) {
            cursor.setPosition(begin);
            return {};
        }
        cursor.skipWhile(isWordCharacter);
    } while (cursor.skip(u'.'));
    return cursor.since(begin);
}

/// Names, each once. Nearly every file has one or two, for which a hash table is not worth its memory.
class NameSet
{
public:
    /// False when it is there already.
    bool insert(const QString &name)
    {
        if (m_few.contains(name) || m_many.contains(name))
            return false;
        if (m_few.size() < FewNames)
            m_few += name;
        else
            m_many.insert(name);
        return true;
    }
    void clear()
    {
        m_few.clear();
        m_many.clear();
    }

private:
    static constexpr qsizetype FewNames = 8;

    QStringList m_few;
    QSet<QString> m_many;
};

/// Reads entry_points.txt line by line.
class EntryPointsParser
{
public:
    std::optional<Fault> parseLine(QStringView line);
    QList<EntryPoint> takeEntries() { return std::move(m_entries); }

private:
    std::optional<Fault> parseGroup(TextCursor &cursor);
    std::optional<Fault> parseEntry(TextCursor &cursor);
    std::optional<Fault> parseName(TextCursor &cursor, EntryPoint &entry);
    std::optional<Fault> parseValue(TextCursor &cursor, EntryPoint &entry);
    std::optional<Fault> parseExtras(TextCursor &cursor, EntryPoint &entry);

    QString m_group;
    NameSet m_groups;
    NameSet m_namesOfGroup;
    QList<EntryPoint> m_entries;
};

Fault expected(const TextCursor &cursor, const QString &what)
{
    return cursor.faultHere(QStringLiteral("found %2, expected %1").arg(what, cursor.describeNext()));
}

std::optional<Fault> EntryPointsParser::parseLine(QStringView line)
{
    TextCursor cursor(line);
    cursor.skipBlanks();
    if (cursor.atEnd() || cursor.peek() == u'#' || cursor.peek() == u';')
        return {};
    return cursor.peek() == u'[' ? parseGroup(cursor) : parseEntry(cursor);
}

std::optional<Fault> EntryPointsParser::parseGroup(TextCursor &cursor)
{
    const qsizetype begin = cursor.position();
    cursor.advance();
    const QStringView name = cursor.skipWhile([](QChar c) { return c != u'[' && c != u']' && c.isPrint(); });
    m_group = name.trimmed().toString();
    if (m_group.isEmpty())
        return expected(cursor, QStringLiteral("the name of a group after '['"));
    if (!cursor.skip(u']'))
        return expected(cursor, QStringLiteral("']' after the name of a group"));
    if (!m_groups.insert(m_group)) {
        return cursor.fault(QStringLiteral("the group %1 is there twice").arg(Internal::quoted(m_group)), begin,
            cursor.position(), QStringLiteral("put all its entry points into one section"));
    }
    m_namesOfGroup.clear();
    cursor.skipBlanks();
    return cursor.atEnd() ? std::nullopt
                          : std::optional(expected(cursor, QStringLiteral("the end of the line after ']'")));
}

std::optional<Fault> EntryPointsParser::parseName(TextCursor &cursor, EntryPoint &entry)
{
    const bool becomesFileName = m_group == u"console_scripts" || m_group == u"gui_scripts";
    const qsizetype begin = cursor.position();
    const auto belongs = [becomesFileName](QChar c) {
        return becomesFileName ? isFileNameCharacter(c) : c != u'=' && (c.isPrint() || c == u'\t');
    };
    const QStringView name = cursor.skipWhile(belongs).trimmed();
    const qsizetype end = begin + name.size();
    cursor.skipBlanks();
    if (name.isEmpty())
        return expected(cursor, QStringLiteral("the name of an entry point"));
    if (!cursor.skip(u'='))
        return expected(cursor, QStringLiteral("'=' after the name of an entry point"));
    entry.name = name.toString();
    if (!m_namesOfGroup.insert(entry.name)) {
        return cursor.fault(QStringLiteral("the group %1 has the name %2 twice")
                                .arg(Internal::quoted(m_group), Internal::quoted(entry.name)),
            begin, end);
    }
    return {};
}

std::optional<Fault> EntryPointsParser::parseExtras(TextCursor &cursor, EntryPoint &entry)
{
    const qsizetype begin = cursor.position();
    if (!cursor.skip(u'['))
        return {};
    cursor.skipBlanks();
    while (cursor.peek() != u']') {
        if (!entry.extras.isEmpty() && !cursor.skip(u','))
            return expected(cursor, QStringLiteral("',' or ']' after an extra"));
        cursor.skipBlanks();
        const QStringView extra = cursor.readIdentifier();
        if (extra.isEmpty() && cursor.atEnd())
            return cursor.fault(
                QStringLiteral("the list of extras has no end, expected ']'"), begin, cursor.position());
        if (extra.isEmpty())
            return expected(cursor, QStringLiteral("the name of an extra"));
        entry.extras += extra.toString();
        cursor.skipBlanks();
    }
    cursor.advance();
    return {};
}

std::optional<Fault> EntryPointsParser::parseValue(TextCursor &cursor, EntryPoint &entry)
{
    cursor.skipBlanks();
    entry.module = readDotted(cursor).toString();
    if (entry.module.isEmpty())
        return expected(cursor, QStringLiteral("a module such as 'package.module' after '='"));
    cursor.skipBlanks();
    if (cursor.skip(u':')) {
        cursor.skipBlanks();
        entry.attribute = readDotted(cursor).toString();
        if (entry.attribute.isEmpty())
            return expected(cursor, QStringLiteral("an attribute of the module after ':'"));
        cursor.skipBlanks();
    }
    if (const auto fault = parseExtras(cursor, entry))
        return fault;
    cursor.skipBlanks();
    return cursor.atEnd() ? std::nullopt : std::optional(expected(cursor, QStringLiteral("the end of the line")));
}

std::optional<Fault> EntryPointsParser::parseEntry(TextCursor &cursor)
{
    if (m_group.isEmpty())
        return expected(cursor, QStringLiteral("a group such as '[console_scripts]' before the first entry point"));
    EntryPoint entry;
    entry.group = m_group;
    if (const auto fault = parseName(cursor, entry))
        return fault;
    if (const auto fault = parseValue(cursor, entry))
        return fault;
    m_entries += entry;
    return {};
}

Error lineError(const Fault &fault, QStringView line, int lineNumber)
{
    return Error(
        Codes::EntryPointsInvalid, QStringLiteral("line %1: %2").arg(lineNumber).arg(fault.message), fault.hint)
        .withSpan(SourceSpan{.source = QStringLiteral("entry_points.txt"),
            .text = line.toString(),
            .begin = fault.begin,
            .end = fault.end,
            .line = lineNumber});
}

Fault encodingFault(const QString &line)
{
    const qsizetype position = qMax(line.indexOf(QChar::ReplacementCharacter), qsizetype(0));
    return Fault{
        .message = QStringLiteral("found other bytes, expected UTF-8"), .begin = position, .end = position + 1};
}

} // namespace

QString EntryPoint::toString() const
{
    QString text = name + QStringLiteral(" = ") + module;
    if (!attribute.isEmpty())
        text += u':' + attribute;
    if (!extras.isEmpty())
        text += QStringLiteral(" [") + extras.join(u',') + u']';
    return text;
}

Result<EntryPoints> EntryPoints::parse(const QByteArray &text)
{
    if (text.size() > MostBytes) {
        return Error(Codes::EntryPointsInvalid,
            QStringLiteral("entry_points.txt has %1 bytes, expected at most %2").arg(text.size()).arg(MostBytes));
    }
    EntryPointsParser parser;
    QStringDecoder decoder(
        QStringDecoder::Utf8, QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    int lineNumber = 0;
    for (QByteArrayView rest = text; !rest.isEmpty();) {
        ++lineNumber;
        const qsizetype lineBreak = rest.indexOf('\n');
        QString line = decoder(lineBreak < 0 ? rest : rest.first(lineBreak));
        rest = lineBreak < 0 ? QByteArrayView() : rest.sliced(lineBreak + 1);
        if (line.endsWith(u'\r'))
            line.chop(1);
        if (decoder.hasError())
            return lineError(encodingFault(line), line, lineNumber);
        if (const auto fault = parser.parseLine(line))
            return lineError(*fault, line, lineNumber);
    }
    EntryPoints result;
    result.m_entries = parser.takeEntries();
    return result;
}

QList<EntryPoint> EntryPoints::group(QStringView name) const
{
    QList<EntryPoint> result;
    std::copy_if(m_entries.begin(), m_entries.end(), std::back_inserter(result),
        [name](const EntryPoint &entry) { return entry.group == name; });
    return result;
}

} // namespace Axle
