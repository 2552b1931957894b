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

Version::Version() = default;
Version::Version(const Version &) = default;
Version::Version(Version &&) noexcept = default;
Version &Version::operator=(const Version &) = default;
Version &Version::operator=(Version &&) noexcept = default;
Version::~Version() = default;

const VersionData &VersionData::of(const Version &version)
{
    static const Version zero = *Version::parse(u"0");
    return version.d ? *version.d.constData() : *zero.d.constData();
}

Version VersionData::toVersion(VersionData *data)
{
    Version version;
    version.d = data;
    return version;
}

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
        cursor.faultHere(QStringLiteral("expected %1, found %2")
                             .arg(scan ? QStringLiteral("the end") : QStringLiteral("a digit"), cursor.describeNext()),
            QStringLiteral("versions follow PEP 440, for example 1.4.2, 2.0rc1 or 1!3.0.post1"));
    return Internal::faultError(Codes::VersionInvalid, fault, QStringLiteral("version"), text);
}

QString Version::toString() const
{
    return VersionData::of(*this).text;
}

QString Version::publicVersion() const
{
    const VersionData &data = VersionData::of(*this);
    return data.text.first(data.publicTextEnd);
}

QString Version::baseVersion() const
{
    const VersionData &data = VersionData::of(*this);
    return data.text.first(data.releaseTextEnd);
}

QString Version::local() const
{
    const VersionData &data = VersionData::of(*this);
    return data.hasLocal() ? data.text.sliced(data.publicTextEnd + 1) : QString();
}

VersionParts Version::parts() const
{
    VersionParts parts;
    const QString base = baseVersion();
    const qsizetype mark = base.indexOf(u'!');
    parts.epoch = mark < 0 ? QStringLiteral("0") : base.first(mark);
    parts.release = base.sliced(mark + 1).split(u'.');
    parts.local = local();

    const QString publicPart = publicVersion();
    Internal::TextCursor cursor(publicPart);
    cursor.setPosition(base.size());
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

bool Version::isPrerelease() const
{
    return VersionData::of(*this).isPrerelease;
}

bool Version::isPostrelease() const
{
    return VersionData::of(*this).isPostrelease;
}

bool Version::isDevrelease() const
{
    return VersionData::of(*this).isDevrelease;
}

bool operator==(const Version &a, const Version &b)
{
    return a.d == b.d || VersionData::of(a).key == VersionData::of(b).key;
}

std::strong_ordering operator<=>(const Version &a, const Version &b)
{
    // std::string compares its bytes as unsigned char, which is what the key needs.
    return VersionData::of(a).key.compare(VersionData::of(b).key) <=> 0;
}

size_t qHash(const Version &version, size_t seed)
{
    const std::string &key = VersionData::of(version).key;
    return qHashBits(key.data(), key.size(), seed);
}

} // namespace Axle
