#include <axle/packaging/tag.h>

#include "textcursor_p.h"

#include <axle/packaging/codes.h>

#include <QtCore/QStringList>

#include <array>
#include <utility>

namespace Axle {

namespace {

// A compressed set multiplies: 100 characters can name thousands of tags. Real ones name at most some dozens.
constexpr qsizetype MostTags = 4096;
constexpr qsizetype FewTags = 8;
constexpr int FirstAbi3Minor = 2;

Error tagError(const Internal::TextCursor &cursor, const QString &expected)
{
    Internal::Fault fault =
        cursor.faultHere(QStringLiteral("found %2, expected %1").arg(expected, cursor.describeNext()));
    fault.hint = QStringLiteral("tags follow PEP 425, for example py3-none-any or cp311-cp311-manylinux_2_17_x86_64");
    return Internal::faultError(Codes::TagInvalid, fault, QStringLiteral("tag"), cursor.text());
}

Error tooManyTags(QStringView text)
{
    const Internal::Fault fault{
        .message = QStringLiteral("found too many tags in a compressed set, expected at most %1").arg(MostTags),
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

QString nodot(const QList<int> &version)
{
    QString text;
    for (const int number : version.mid(0, 2))
        text += QString::number(number);
    return text;
}

void appendTags(QList<Tag> &tags, const QString &interpreter, const QString &abi, const QStringList &platforms)
{
    for (const QString &platform : platforms)
        tags += Tag{interpreter, abi, platform};
}

/// py311, py3, py310, … py30.
QStringList pythonInterpreters(const QList<int> &version)
{
    const QString major = QStringLiteral("py") + QString::number(version.value(0));
    if (version.size() < 2)
        return {major};
    QStringList interpreters{QStringLiteral("py") + nodot(version), major};
    for (int minor = version[1] - 1; minor >= 0; --minor)
        interpreters += major + QString::number(minor);
    return interpreters;
}

/// A build without the global lock has a `t` behind the version of its ABI: cp313t.
bool isFreeThreaded(const QString &abi)
{
    Internal::TextCursor cursor(abi);
    return cursor.skip(u"cp") && !cursor.skipWhile(Internal::isDigit).isEmpty()
        && abi.sliced(cursor.position()).contains(u't');
}

/// What tags call an interpreter that calls itself `name`.
QString interpreterName(const QString &name)
{
    static const QHash<QString, QString> shortNames{
        {QStringLiteral("python"), QStringLiteral("py")},
        {QStringLiteral("cpython"), QStringLiteral("cp")},
        {QStringLiteral("pypy"), QStringLiteral("pp")},
        {QStringLiteral("ironpython"), QStringLiteral("ip")},
        {QStringLiteral("jython"), QStringLiteral("jy")},
    };
    return shortNames.value(name, name);
}

QStringList genericAbis(const TargetPython &python)
{
    if (python.soabi.isEmpty())
        return {};
    return {QString(python.soabi).replace(u'-', u'_').replace(u'.', u'_').replace(u' ', u'_')};
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
    for (const Tag &tag : tags)
        add(tag);
}

void TagSet::add(const Tag &tag)
{
    if (contains(tag))
        return;
    m_tags += tag;
    if (m_tags.size() <= FewTags)
        return;
    for (qsizetype i = m_ranks.size(); i < m_tags.size(); ++i)
        m_ranks.insert(m_tags.at(i), static_cast<int>(i));
}

std::optional<int> TagSet::rankOf(const Tag &tag) const
{
    if (m_ranks.isEmpty()) {
        const qsizetype index = m_tags.indexOf(tag);
        return index < 0 ? std::nullopt : std::optional(static_cast<int>(index));
    }
    const auto found = m_ranks.constFind(tag);
    return found == m_ranks.constEnd() ? std::nullopt : std::optional(*found);
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
    const QList<int> version{python.major, python.minor};
    const QString name = interpreterName(python.implementation);
    const QString interpreter = name + nodot(version);
    if (name == u"cp") {
        const QStringList abis = cpythonAbis(python.major, python.minor, python.abiFlags);
        return TagSet(
            cpythonTags(version, abis, python.platforms) + compatibleTags(version, interpreter, python.platforms));
    }
    return TagSet(genericTags(interpreter, genericAbis(python), python.platforms)
        + compatibleTags(version, name == u"pp" ? QStringLiteral("pp3") : QString(), python.platforms));
}

std::optional<int> TagSet::rank(const TagSet &offered) const
{
    std::optional<int> best;
    for (const Tag &tag : offered.m_tags) {
        const auto found = rankOf(tag);
        if (found && (!best || *found < *best))
            best = found;
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

QStringList cpythonAbis(int major, int minor, const QString &abiFlags)
{
    const QString plain = QStringLiteral("cp") + nodot({major, minor});
    QStringList abis{plain + abiFlags};
    const bool loadsReleaseModules = std::pair(major, minor) >= std::pair(3, 8);
    if (loadsReleaseModules && abiFlags.contains(u'd'))
        abis += plain + QString(abiFlags).remove(u'd');
    return abis;
}

QList<Tag> cpythonTags(const QList<int> &version, const QStringList &abis, const QStringList &platforms)
{
    const QString abi3 = QStringLiteral("abi3");
    const QString none = QStringLiteral("none");
    const QString interpreter = QStringLiteral("cp") + nodot(version);
    QStringList own = abis;
    own.removeOne(abi3); // these two have their places
    own.removeOne(none);

    QList<Tag> tags;
    for (const QString &abi : own)
        appendTags(tags, interpreter, abi, platforms);
    const bool usesAbi3 = version.size() > 1 && std::pair(version[0], version[1]) >= std::pair(3, FirstAbi3Minor)
        && (own.isEmpty() || !isFreeThreaded(own.first()));
    if (usesAbi3)
        appendTags(tags, interpreter, abi3, platforms);
    appendTags(tags, interpreter, none, platforms);
    for (int minor = usesAbi3 ? version[1] - 1 : 0; minor >= FirstAbi3Minor; --minor)
        appendTags(tags, QStringLiteral("cp") + nodot({version[0], minor}), abi3, platforms);
    return tags;
}

QList<Tag> genericTags(const QString &interpreter, const QStringList &abis, const QStringList &platforms)
{
    const QString none = QStringLiteral("none");
    QList<Tag> tags;
    for (const QString &abi : abis.contains(none) ? abis : abis + QStringList{none})
        appendTags(tags, interpreter, abi, platforms);
    return tags;
}

QList<Tag> compatibleTags(const QList<int> &version, const QString &interpreter, const QStringList &platforms)
{
    const QString none = QStringLiteral("none");
    const QString any = QStringLiteral("any");
    const QStringList interpreters = pythonInterpreters(version);
    QList<Tag> tags;
    for (const QString &python : interpreters)
        appendTags(tags, python, none, platforms);
    if (!interpreter.isEmpty())
        tags += Tag{interpreter, none, any};
    for (const QString &python : interpreters)
        tags += Tag{python, none, any};
    return tags;
}

} // namespace Axle
