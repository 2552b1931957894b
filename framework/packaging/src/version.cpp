#include <axle/packaging/version.h>

#include "textcursor_p.h"
#include "version_p.h"

#include <axle/packaging/codes.h>

#include <limits>

namespace Axle {

namespace {

template<class Number>
Number saturated(const QString &digits)
{
    bool fits = false;
    const qint64 value = digits.toLongLong(&fits);
    return fits && value <= std::numeric_limits<Number>::max() ? static_cast<Number>(value)
                                                               : std::numeric_limits<Number>::max();
}

std::optional<qint64> optionalNumber(const QString &digits)
{
    return digits.isEmpty() ? std::nullopt : std::optional(saturated<qint64>(digits));
}

} // namespace

Result<Version> Version::parse(QStringView text)
{
    Internal::TextCursor cursor(text);
    cursor.skipWhile([](QChar c) { return c.isSpace(); });
    auto scan = Internal::scanVersion(cursor);
    if (scan)
        cursor.skipWhile([](QChar c) { return c.isSpace(); });
    if (scan && cursor.atEnd())
        return std::move(scan->version);
    const Internal::Fault fault =
        cursor.faultHere(QStringLiteral("found %2, expected %1")
                             .arg(scan ? QStringLiteral("the end") : QStringLiteral("a digit"), cursor.describeNext()),
            QStringLiteral("versions follow PEP 440, for example 1.4.2, 2.0rc1 or 1!3.0.post1"));
    return Internal::faultError(Codes::VersionInvalid, fault, QStringLiteral("version"), text);
}

QString Version::toString() const
{
    return Internal::textOf(*this).text;
}

QString Version::publicVersion() const
{
    const Internal::VersionText text = Internal::textOf(*this);
    return text.text.first(text.publicEnd);
}

QString Version::baseVersion() const
{
    const Internal::VersionText text = Internal::textOf(*this);
    return text.text.first(text.releaseEnd);
}

QString Version::local() const
{
    const Internal::VersionText text = Internal::textOf(*this);
    return m_form.hasLocal ? text.text.sliced(text.publicEnd + 1) : QString();
}

VersionParts Version::parts() const
{
    const Internal::VersionText text = Internal::textOf(*this);
    const QStringView base = QStringView(text.text).first(text.releaseEnd);
    const qsizetype mark = base.indexOf(u'!');
    VersionParts parts;
    parts.epoch = mark < 0 ? QStringLiteral("0") : base.first(mark).toString();
    for (const QStringView component : base.sliced(mark + 1).tokenize(u'.'))
        parts.release += component.toString();
    if (m_form.hasLocal)
        parts.local = text.text.sliced(text.publicEnd + 1);

    Internal::TextCursor cursor(text.text);
    cursor.setPosition(text.releaseEnd);
    parts.preLetter = cursor.skipWhile(Internal::isLetter).toString();
    parts.pre = cursor.skipWhile(Internal::isDigit).toString();
    if (cursor.skip(u".post"))
        parts.post = cursor.skipWhile(Internal::isDigit).toString();
    if (cursor.skip(u".dev"))
        parts.dev = cursor.skipWhile(Internal::isDigit).toString();
    return parts;
}

int Version::epoch() const
{
    return saturated<int>(parts().epoch);
}

QList<qint64> Version::release() const
{
    QList<qint64> result;
    for (const QString &component : parts().release)
        result += saturated<qint64>(component);
    return result;
}

std::optional<qint64> Version::pre() const
{
    return optionalNumber(parts().pre);
}

std::optional<qint64> Version::post() const
{
    return optionalNumber(parts().post);
}

std::optional<qint64> Version::dev() const
{
    return optionalNumber(parts().dev);
}

} // namespace Axle
