#include <axle/wheel/wheelfilename.h>

#include "sentence_p.h"

#include <axle/wheel/codes.h>

namespace Axle {

using Internal::sentence;

namespace {

constexpr QStringView Suffix(u".whl");
constexpr qsizetype MaximumLength = 255;

/// One `-`-separated part, and where it stands in the file name.
struct Part
{
    QStringView text;
    qsizetype begin = 0;
};

Error filenameError(QStringView fileName, const Part &part, const QString &what)
{
    const QString text = fileName.first(qMin(fileName.size(), MaximumLength)).toString();
    const SourceSpan span{QStringLiteral("file name"), text, qMin(part.begin, text.size()),
        qMin(part.begin + part.text.size(), text.size()), 0};
    return Error(Codes::WheelFilename, what,
        QStringLiteral("a wheel's file name is name-version(-build)-python-abi-platform.whl; do not rename wheels"))
        .withSpan(span);
}

QList<Part> partsOf(QStringView stem)
{
    QList<Part> parts;
    qsizetype begin = 0;
    for (const QStringView text : stem.tokenize(u'-')) {
        parts += Part{text, begin};
        begin += text.size() + 1;
    }
    return parts;
}

bool isWord(QStringView text)
{
    const auto isAllowed = [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'_'
            || c == u'.';
    };
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isAllowed);
}

Result<void> parseIdentity(QStringView fileName, const Part &name, const Part &version, WheelFileName &result)
{
    const auto parsedName = ProjectName::parse(name.text);
    if (!parsedName || name.text.contains(u"__")) {
        return filenameError(fileName, name,
            QStringLiteral("'%1' is no project name, expected letters, digits, '_' and '.'")
                .arg(Internal::printable(name.text)));
    }
    const auto parsedVersion = Version::parse(version.text);
    if (!parsedVersion) {
        return filenameError(fileName, version,
            QStringLiteral("'%1' is no version, expected one as PEP 440 has it")
                .arg(Internal::printable(version.text)));
    }
    result.name = *parsedName;
    result.version = *parsedVersion;
    return {};
}

Result<void> parseBuild(QStringView fileName, const Part &build, WheelFileName &result)
{
    if (!isWord(build.text) || !(build.text.front() >= u'0' && build.text.front() <= u'9')) {
        return filenameError(fileName, build,
            QStringLiteral("'%1' is no build number, expected one that begins with a digit")
                .arg(Internal::printable(build.text)));
    }
    result.build = build.text.toString();
    return {};
}

Result<void> parseTags(QStringView fileName, const QList<Part> &parts, WheelFileName &result)
{
    const QList<Part> three = parts.last(3);
    for (const Part &part : three) {
        if (!isWord(part.text)) {
            return filenameError(fileName, part,
                QStringLiteral("'%1' is no tag, expected letters, digits, '_' and '.'")
                    .arg(Internal::printable(part.text)));
        }
    }
    const qsizetype begin = three.front().begin;
    const Part all{fileName.sliced(begin, three.back().begin + three.back().text.size() - begin), begin};
    auto tags = TagSet::parse(all.text);
    if (!tags)
        return filenameError(fileName, all, tags.error().message());
    result.tags = std::move(*tags);
    return {};
}

} // namespace

Result<WheelFileName> WheelFileName::parse(QStringView fileName)
{
    if (!fileName.endsWith(Suffix) || fileName.size() > MaximumLength) {
        return filenameError(fileName, {fileName, 0},
            QStringLiteral("'%1' is no wheel's file name, expected it to end with '.whl'")
                .arg(Internal::printable(fileName)));
    }
    const QList<Part> parts = partsOf(fileName.chopped(Suffix.size()));
    if (parts.size() != 5 && parts.size() != 6) {
        return filenameError(fileName, {fileName, 0},
            sentence("the number of parts of '%1' between '-' is %2, expected 5 or 6", Internal::printable(fileName),
                parts.size()));
    }
    WheelFileName result;
    if (const auto parsed = parseIdentity(fileName, parts[0], parts[1], result); !parsed)
        return parsed.error();
    if (parts.size() == 6) {
        if (const auto parsed = parseBuild(fileName, parts[2], result); !parsed)
            return parsed.error();
    }
    if (const auto parsed = parseTags(fileName, parts, result); !parsed)
        return parsed.error();
    result.text = fileName.toString();
    return result;
}

} // namespace Axle
