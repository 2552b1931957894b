#include "headers_p.h"
#include "sentence_p.h"

#include <axle/wheel/codes.h>
#include <axle/wheel/wheel.h>

namespace Axle {

using Internal::Header;
using Internal::printable;
using Internal::sentence;

namespace {

constexpr auto Source = QLatin1StringView("WHEEL");
constexpr qsizetype MaximumTags = 2000; // real wheels have some dozens

Result<void> takeVersion(const Header &header, WheelInfo &info)
{
    const QString value = header.unfolded();
    if (!Internal::isFormatNumber(value) || !info.wheelVersion.isEmpty()) {
        return Internal::headerError(Codes::WheelInfoInvalid, Source, header,
            QStringLiteral("Wheel-Version is '%1', expected one as '1.0'").arg(printable(value)));
    }
    info.wheelVersion = value;
    return {};
}

Result<void> takePurelib(const Header &header, WheelInfo &info)
{
    const QString value = header.unfolded().toLower();
    if (value != u"true" && value != u"false") {
        return Internal::headerError(Codes::WheelInfoInvalid, Source, header,
            QStringLiteral("Root-Is-Purelib is '%1', expected 'true' or 'false'").arg(printable(value)));
    }
    info.rootIsPurelib = value == u"true";
    return {};
}

Result<void> takeHeader(const Header &header, WheelInfo &info, QList<Tag> &tags)
{
    info.headers += {QString::fromUtf8(header.name), header.value()};
    if (header.is("Wheel-Version"))
        return takeVersion(header, info);
    if (header.is("Root-Is-Purelib"))
        return takePurelib(header, info);
    if (header.is("Generator"))
        info.generator = header.unfolded();
    if (header.is("Tag")) {
        const auto parsed = TagSet::parse(header.unfolded());
        if (!parsed)
            return Internal::inHeader(parsed.error(), Source, header);
        tags += parsed->tags();
        if (tags.size() > MaximumTags) {
            return Internal::headerError(Codes::WheelInfoInvalid, Source, header,
                sentence("there are %1 tags, expected at most %2", tags.size(), MaximumTags));
        }
    }
    return {};
}

} // namespace

Result<WheelInfo> WheelInfo::parse(const QByteArray &text)
{
    const auto parsed = Internal::parseHeaders(text, Source, Codes::WheelInfoInvalid);
    if (!parsed)
        return parsed.error();
    WheelInfo info;
    QList<Tag> tags;
    for (const Header &header : parsed->headers) {
        if (const auto taken = takeHeader(header, info, tags); !taken)
            return taken.error();
    }
    if (info.wheelVersion.isEmpty())
        return Error(Codes::WheelInfoInvalid, QStringLiteral("no header 'Wheel-Version', expected one"));
    info.tags = TagSet(tags);
    return info;
}

Result<void> WheelInfo::checkFormat() const
{
    if (wheelVersion.section(u'.', 0, 0).toInt() == 1)
        return {};
    return Error(Codes::WheelFormatVersion, QStringLiteral("Wheel-Version is '%1', expected 1.x").arg(wheelVersion),
        QStringLiteral("the wheel was built for a newer format; a newer Axle may read it"));
}

} // namespace Axle
