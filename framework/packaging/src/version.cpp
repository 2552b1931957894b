#include <axle/packaging/version.h>

#include "textcursor_p.h"
#include "version_p.h"

#include <axle/packaging/codes.h>

#include <limits>

namespace Axle {

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

int Version::epoch() const
{
    const QString base = baseVersion();
    const qsizetype mark = base.indexOf(u'!');
    if (mark < 0)
        return 0;
    bool fits = false;
    const int value = QStringView(base).first(mark).toInt(&fits);
    return fits ? value : std::numeric_limits<int>::max();
}

QList<qint64> Version::release() const
{
    const QString base = baseVersion();
    QList<qint64> result;
    for (const QStringView part : QStringView(base).sliced(base.indexOf(u'!') + 1).tokenize(u'.')) {
        bool fits = false;
        const qint64 value = part.toLongLong(&fits);
        result += fits ? value : std::numeric_limits<qint64>::max();
    }
    return result;
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
