#include <axle/packaging/tag.h>

#include "textcursor_p.h"

#include <axle/packaging/codes.h>

#include <QtCore/QStringList>

#include <array>

namespace Axle {

namespace {

// A compressed set multiplies: 100 characters can name thousands of tags. Real ones name at most some dozens.
constexpr qsizetype MostTags = 4096;
constexpr int FirstAbi3Minor = 2;

Error tagError(const Internal::TextCursor &cursor, const QString &expected)
{
    Internal::Fault fault =
        cursor.faultHere(QStringLiteral("expected %1, found %2").arg(expected, cursor.describeNext()));
    fault.hint = QStringLiteral("tags follow PEP 425, for example py3-none-any or cp311-cp311-manylinux_2_17_x86_64");
    return Internal::faultError(Codes::TagInvalid, fault, QStringLiteral("tag"), cursor.text());
}

Error tooManyTags(QStringView text)
{
    const Internal::Fault fault{
        .message = QStringLiteral("expected at most %1 tags in a compressed set, found more").arg(MostTags),
        .begin = 0,
        .end = text.size()};
    return Internal::faultError(Codes::TagInvalid, fault, QStringLiteral("tag"), text);
}

/// The three parts of a compressed set, each split at its dots.
Result<std::array<QStringList, 3>> splitCompressed(QStringView text)
{
    std::array<QStringList, 3> parts;
    size_t part = 0;
    Internal::TextCursor cursor(text);
    for (;;) {
        const QStringView value = cursor.skipWhile([](QChar c) { return Internal::isLetterOrDigit(c) || c == u'_'; });
        if (value.isEmpty())
            return tagError(cursor, QStringLiteral("a letter, a digit or '_'"));
        parts[part] += value.toString().toLower();
        if (parts[part].size() > MostTags)
            return tooManyTags(text);
        if (cursor.skip(u'.'))
            continue;
        if (part == 2)
            break;
        if (!cursor.skip(u'-'))
            return tagError(cursor,
                QStringLiteral("'-' and %1").arg(part == 0 ? QStringLiteral("an ABI") : QStringLiteral("a platform")));
        ++part;
    }
    if (!cursor.atEnd())
        return tagError(cursor, QStringLiteral("the end"));
    return parts;
}

QString nodot(int major, int minor)
{
    return QString::number(major) + QString::number(minor);
}

void appendTags(QList<Tag> &tags, const QString &interpreter, const QString &abi, const QStringList &platforms)
{
    for (const QString &platform : platforms)
        tags += Tag{interpreter, abi, platform};
}

void appendCPythonTags(QList<Tag> &tags, const TargetPython &python)
{
    const QString interpreter = QStringLiteral("cp") + nodot(python.major, python.minor);
    for (const QString &abi : {interpreter, QStringLiteral("abi3"), QStringLiteral("none")})
        appendTags(tags, interpreter, abi, python.platforms);
    for (int minor = python.minor - 1; minor >= FirstAbi3Minor; --minor)
        appendTags(tags, QStringLiteral("cp") + nodot(python.major, minor), QStringLiteral("abi3"), python.platforms);
}

/// py311, py3, py310, … py30.
QStringList genericInterpreters(const TargetPython &python)
{
    QStringList interpreters{
        QStringLiteral("py") + nodot(python.major, python.minor), QStringLiteral("py") + QString::number(python.major)};
    for (int minor = python.minor - 1; minor >= 0; --minor)
        interpreters += QStringLiteral("py") + nodot(python.major, minor);
    return interpreters;
}

} // namespace

QString Tag::toString() const
{
    return interpreter + u'-' + abi + u'-' + platform;
}

std::strong_ordering operator<=>(const Tag &a, const Tag &b)
{
    if (const int order = a.interpreter.compare(b.interpreter); order != 0)
        return order <=> 0;
    if (const int order = a.abi.compare(b.abi); order != 0)
        return order <=> 0;
    return a.platform.compare(b.platform) <=> 0;
}

TagSet::TagSet(const QList<Tag> &tags)
{
    m_ranks.reserve(tags.size());
    for (const Tag &tag : tags) {
        if (m_ranks.contains(tag))
            continue;
        m_ranks.insert(tag, static_cast<int>(m_tags.size()));
        m_tags += tag;
    }
}

Result<TagSet> TagSet::parse(QStringView text)
{
    const auto parts = splitCompressed(text);
    if (!parts)
        return parts.error();
    const auto &[interpreters, abis, platforms] = *parts;
    if (interpreters.size() * abis.size() * platforms.size() > MostTags)
        return tooManyTags(text);
    QList<Tag> tags;
    for (const QString &interpreter : interpreters) {
        for (const QString &abi : abis)
            appendTags(tags, interpreter, abi, platforms);
    }
    return TagSet(tags);
}

TagSet TagSet::supportedBy(const TargetPython &python)
{
    const QString any = QStringLiteral("any");
    const QString none = QStringLiteral("none");
    const bool isCPython = python.implementation == u"cpython";
    const QStringList interpreters = genericInterpreters(python);
    QList<Tag> tags;
    if (isCPython)
        appendCPythonTags(tags, python);
    for (const QString &interpreter : interpreters)
        appendTags(tags, interpreter, none, python.platforms);
    if (isCPython)
        tags += Tag{QStringLiteral("cp") + nodot(python.major, python.minor), none, any};
    for (const QString &interpreter : interpreters)
        tags += Tag{interpreter, none, any};
    return TagSet(tags);
}

std::optional<int> TagSet::rank(const TagSet &offered) const
{
    std::optional<int> best;
    for (const Tag &tag : offered.m_tags) {
        const auto found = m_ranks.constFind(tag);
        if (found != m_ranks.constEnd() && (!best || *found < *best))
            best = *found;
    }
    return best;
}

QString TagSet::toString() const
{
    QStringList texts;
    for (const Tag &tag : m_tags)
        texts += tag.toString();
    return texts.join(QStringLiteral(", "));
}

} // namespace Axle
