#include <axle/packaging/projectname.h>

#include "textcursor_p.h"

#include <axle/packaging/codes.h>

namespace Axle {

namespace {

Error nameError(QStringView text, qsizetype position)
{
    const QString hint = QStringLiteral("a name has letters, digits, '-', '_', '.', and begins and ends with a letter or digit");
    if (text.isEmpty())
        return Error(Codes::NameInvalid, QStringLiteral("the project name is empty"), hint);
    Internal::TextCursor cursor(text);
    cursor.setPosition(position);
    const Internal::Fault fault = cursor.faultHere(
        QStringLiteral("%1 is not a project name: expected a letter or digit, found %2")
            .arg(Internal::quoted(text), cursor.describeNext()),
        hint);
    return Internal::faultError(Codes::NameInvalid, fault, QStringLiteral("project name"), text);
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
        return nameError(text, cursor.position());
    ProjectName name;
    name.m_text = text.toString();
    name.m_normalized = normalize(text);
    return name;
}

} // namespace Axle
