#include <axle/resolver/explanation.h>

#include "json_p.h"

namespace Axle {

using namespace Internal;

namespace {

QString wordOf(Reason::Kind kind)
{
    switch (kind) {
    case Reason::Kind::Requirement:
        return QStringLiteral("requirement");
    case Reason::Kind::Available:
        return QStringLiteral("available");
    case Reason::Kind::Python:
        return QStringLiteral("python");
    case Reason::Kind::Prerelease:
        return QStringLiteral("prerelease");
    case Reason::Kind::Yanked:
        return QStringLiteral("yanked");
    case Reason::Kind::Unusable:
        return QStringLiteral("unusable");
    case Reason::Kind::Host:
        return QStringLiteral("host");
    case Reason::Kind::Mounted:
        return QStringLiteral("mounted");
    case Reason::Kind::SharedModule:
        return QStringLiteral("shared-module");
    case Reason::Kind::Kept:
        return QStringLiteral("kept");
    }
    return {};
}

/// Empty parts are left out.
void insertText(QJsonObject &object, const QString &key, const QString &text)
{
    if (!text.isEmpty())
        object[key] = text;
}

void insertList(QJsonObject &object, const QString &key, const QStringList &list)
{
    if (!list.isEmpty())
        object[key] = QJsonArray::fromStringList(list);
}

QString numbered(const QList<Reason> &reasons)
{
    QStringList lines;
    for (const Reason &reason : reasons)
        lines.append(QStringLiteral("%1. %2").arg(lines.size() + 1).arg(reason.toText()));
    return lines.join(u'\n');
}

QStringList textsOf(const QList<Remedy> &remedies)
{
    QStringList texts;
    for (const Remedy &remedy : remedies)
        texts.append(remedy.text);
    return texts;
}

} // namespace

QJsonObject Reason::toJson() const
{
    QJsonObject object{{QStringLiteral("kind"), wordOf(kind)}, {QStringLiteral("text"), text}};
    insertText(object, QStringLiteral("project"), project);
    insertList(object, QStringLiteral("versions"), versions);
    insertList(object, QStringLiteral("files"), files);
    insertText(object, QStringLiteral("requirement"), requirement);
    insertText(object, QStringLiteral("other"), other);
    insertText(object, QStringLiteral("detail"), detail);
    if (line > 0)
        object[QStringLiteral("line")] = line;
    return object;
}

QString Reason::toText() const
{
    if (files.isEmpty() || files.first().isEmpty())
        return text;
    const QString file = files.first().section(u'/', -1);
    return line > 0 ? QStringLiteral("%1 (%2, METADATA line %3)").arg(text, file).arg(line)
                    : QStringLiteral("%1 (%2)").arg(text, file);
}

QString Remedy::name() const
{
    switch (kind) {
    case Kind::Disable:
        return QStringLiteral("disable");
    case Kind::Prefer:
        return QStringLiteral("prefer");
    case Kind::Add:
        return QStringLiteral("add");
    case Kind::AllowPrereleases:
        return QStringLiteral("allow-prereleases");
    case Kind::Remount:
        return QStringLiteral("remount");
    case Kind::Restart:
        return QStringLiteral("restart");
    case Kind::Isolate:
        return QStringLiteral("isolate");
    }
    return {};
}

QJsonObject Remedy::toJson() const
{
    QJsonObject object{{QStringLiteral("kind"), name()}, {QStringLiteral("text"), text}};
    insertList(object, QStringLiteral("projects"), projects);
    insertText(object, QStringLiteral("requirement"), requirement);
    return object;
}

Error Explanation::toError() const
{
    return Error(code, headline, textsOf(remedies).join(QStringLiteral("; or "))).withDetails(numbered(reasons));
}

QJsonObject Explanation::toJson() const
{
    return {{QStringLiteral("code"), QString(code.name())}, {QStringLiteral("text"), headline},
        {QStringLiteral("reasons"), jsonArray(reasons, [](const Reason &each) { return each.toJson(); })},
        {QStringLiteral("remedies"), jsonArray(remedies, [](const Remedy &each) { return each.toJson(); })},
        {QStringLiteral("tried"), QJsonArray::fromStringList(tried)}};
}

QString Explanation::toText() const
{
    QString text = QStringLiteral("%1 [%2]\n").arg(headline, QString(code.name()));
    const QStringList lines = numbered(reasons).split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : lines)
        text += QStringLiteral("  ") + line + u'\n';
    if (!remedies.isEmpty())
        text += QStringLiteral("What helps (tried):\n");
    for (qsizetype i = 0; i < remedies.size(); ++i)
        text += QStringLiteral("  (%1) %2\n").arg(QChar(u'a' + static_cast<char16_t>(i))).arg(remedies[i].text);
    if (!tried.isEmpty())
        text += QStringLiteral("Does not help: %1\n").arg(tried.join(QStringLiteral(", ")));
    return text;
}

} // namespace Axle
