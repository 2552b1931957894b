#include <axle/wheel/coremetadata.h>

#include "headers_p.h"
#include "sentence_p.h"

#include <axle/wheel/codes.h>

namespace Axle {

using Internal::Header;
using Internal::printable;

namespace {

constexpr auto Source = QLatin1StringView("METADATA");

/// The description as a header: continuation lines carry eight blanks, or seven and a bar.
QString unindented(const QString &value)
{
    QStringList lines = value.split(u'\n');
    for (qsizetype i = 1; i < lines.size(); ++i) {
        QString &line = lines[i];
        const bool hasBar = line.startsWith(QStringLiteral("       |"));
        line = hasBar || line.startsWith(QStringLiteral("        ")) ? line.sliced(8) : line.trimmed();
    }
    return lines.join(u'\n');
}

/// `Homepage, https://example.org` of Project-URL.
QString homePageOf(const QString &projectUrl)
{
    const qsizetype comma = projectUrl.indexOf(u',');
    const QString label = projectUrl.first(qMax<qsizetype>(comma, 0)).trimmed().toLower();
    return label == u"homepage" || label == u"home page" || label == u"home" ? projectUrl.sliced(comma + 1).trimmed()
                                                                             : QString();
}

/// Fills a CoreMetadata header by header.
class MetadataBuilder
{
public:
    enum class Wanted { Choice, All };

    explicit MetadataBuilder(Wanted wanted)
        : m_wanted(wanted)
    {
    }

    Result<void> take(const Header &header);
    Result<CoreMetadata> finish(QByteArrayView body);

private:
    Result<void> takeIdentity(const Header &header);
    Result<void> takeDependencies(const Header &header);
    void takeTexts(const Header &header);
    template<class T>
    Result<void> parseInto(T &target, const Header &header)
    {
        auto parsed = T::parse(header.unfolded());
        if (!parsed)
            return Internal::inHeader(parsed.error(), Source, header);
        target = std::move(*parsed);
        return {};
    }
    Result<void> takeFormat(const Header &header);

    const Wanted m_wanted;
    CoreMetadata m_metadata;
    bool m_hasVersion = false;
};

Result<void> MetadataBuilder::takeFormat(const Header &header)
{
    const QString value = header.unfolded();
    const bool isKnown = Internal::isFormatNumber(value) && (value.startsWith(u"1.") || value.startsWith(u"2."));
    if (!isKnown) {
        return Internal::headerError(Codes::MetadataInvalid, Source, header,
            QStringLiteral("Metadata-Version is '%1', expected 1.x or 2.x").arg(printable(value)));
    }
    m_metadata.metadataVersion = value;
    return {};
}

Result<void> MetadataBuilder::takeIdentity(const Header &header)
{
    const bool isFormat = header.is("Metadata-Version");
    const bool isName = header.is("Name");
    const bool isVersion = header.is("Version");
    const bool isRepeated = (isFormat && !m_metadata.metadataVersion.isEmpty())
        || (isName && !m_metadata.name.isEmpty()) || (isVersion && m_hasVersion);
    if (isRepeated) {
        return Internal::headerError(Codes::MetadataInvalid, Source, header,
            QStringLiteral("%1 occurs a second time, expected once").arg(QString::fromUtf8(header.name)));
    }
    if (isFormat)
        return takeFormat(header);
    if (isName)
        return parseInto(m_metadata.name, header);
    if (isVersion) {
        m_hasVersion = true;
        return parseInto(m_metadata.version, header);
    }
    return {};
}

Result<void> MetadataBuilder::takeDependencies(const Header &header)
{
    if (header.is("Requires-Python"))
        return parseInto(m_metadata.requiresPython, header);
    if (header.is("Requires-Dist")) {
        Requirement requirement;
        if (const auto parsed = parseInto(requirement, header); !parsed)
            return parsed.error();
        m_metadata.requiresDist += requirement;
        m_metadata.requiresDistLines += header.line;
    } else if (header.is("Provides-Extra")) {
        m_metadata.providesExtra += ProjectName::normalize(header.unfolded());
    }
    return {};
}

void MetadataBuilder::takeTexts(const Header &header)
{
    const auto fill = [&](QString &target, const char *name) {
        if (target.isEmpty() && header.is(name))
            target = header.unfolded();
    };
    fill(m_metadata.summary, "Summary");
    if (m_wanted == Wanted::Choice)
        return;
    m_metadata.headers += {QString::fromUtf8(header.name), header.value()};
    fill(m_metadata.author, "Author");
    fill(m_metadata.author, "Author-email");
    if (header.is("License-Expression"))
        m_metadata.license = header.unfolded();
    fill(m_metadata.license, "License");
    if (header.is("License-File"))
        m_metadata.licenseFiles += header.unfolded();
    fill(m_metadata.homePage, "Home-page");
    if (m_metadata.homePage.isEmpty() && header.is("Project-URL"))
        m_metadata.homePage = homePageOf(header.unfolded());
    if (header.is("Description"))
        m_metadata.description = unindented(header.value());
}

Result<void> MetadataBuilder::take(const Header &header)
{
    if (const auto taken = takeIdentity(header); !taken)
        return taken.error();
    if (const auto taken = takeDependencies(header); !taken)
        return taken.error();
    takeTexts(header);
    return {};
}

Result<CoreMetadata> MetadataBuilder::finish(QByteArrayView body)
{
    const char *missing = m_metadata.metadataVersion.isEmpty() ? "Metadata-Version"
        : m_metadata.name.isEmpty()                            ? "Name"
        : !m_hasVersion                                        ? "Version"
                                                               : nullptr;
    if (missing)
        return Error(
            Codes::MetadataInvalid, QStringLiteral("no header '%1', expected one").arg(QLatin1StringView(missing)));
    if (!body.isEmpty() && m_wanted == Wanted::All)
        m_metadata.description = QString::fromUtf8(body);
    return std::move(m_metadata);
}

Result<CoreMetadata> parsed(const QByteArray &text, MetadataBuilder::Wanted wanted)
{
    const auto parsed = Internal::parseHeaders(text, Source, Codes::MetadataInvalid);
    if (!parsed)
        return parsed.error();
    MetadataBuilder builder(wanted);
    for (const Header &header : parsed->headers) {
        if (const auto taken = builder.take(header); !taken)
            return taken.error();
    }
    return builder.finish(parsed->body);
}

} // namespace

Result<CoreMetadata> CoreMetadata::parse(const QByteArray &text)
{
    return parsed(text, MetadataBuilder::Wanted::All);
}

Result<CoreMetadata> CoreMetadata::parseForChoice(const QByteArray &text)
{
    return parsed(text, MetadataBuilder::Wanted::Choice);
}

} // namespace Axle
