#include <axle/packaging/projectname.h>

#include "textcursor_p.h"

#include <axle/packaging/codes.h>

namespace Axle {

namespace {

Error nameError(const Internal::TextCursor &cursor)
{
    const Internal::Fault fault =
        cursor.faultHere(QStringLiteral("found %1, expected a letter or digit").arg(cursor.describeNext()),
            QStringLiteral("a name has letters, digits, '-', '_', '.', and begins and ends with a letter or digit"));
    return Internal::faultError(Codes::NameInvalid, fault, QStringLiteral("project name"), cursor.text());
}

} // namespace

QString ProjectName::normalize(QStringView text)
{
    QString result;
    result.reserve(text.size());
    bool inRun = false;
    for (const QChar c : text) {
        const bool isSeparator = c == u'-' || c == u'_' || c == u'.';
        if (!isSeparator)
            result += Internal::toLower(c);
        else if (!inRun)
            result += u'-';
        inRun = isSeparator;
    }
    return result;
}

Result<ProjectName> ProjectName::parse(QStringView text)
{
    Internal::TextCursor cursor(text);
    cursor.readIdentifier();
    if (text.isEmpty() || !cursor.atEnd())
        return nameError(cursor);
    ProjectName name;
    name.m_text = text.toString();
    name.m_normalized = normalize(text);
    // Most names are written so already, and need not be kept twice.
    if (name.m_normalized == text)
        name.m_normalized = name.m_text;
    name.m_hash = ::qHash(name.m_normalized, static_cast<size_t>(QHashSeed::globalSeed()));
    return name;
}

} // namespace Axle
