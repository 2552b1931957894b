#include <axle/resolver/explanation.h>

#include <QtCore/QJsonArray>

namespace Axle {

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

QJsonObject jsonOf(const Reason &reason)
{
    QJsonObject object{{QStringLiteral("kind"), wordOf(reason.kind)}, {QStringLiteral("text"), reason.text}};
    insertText(object, QStringLiteral("project"), reason.project);
    insertList(object, QStringLiteral("versions"), reason.versions);
    insertList(object, QStringLiteral("files"), reason.files);
    insertText(object, QStringLiteral("requirement"), reason.requirement);
    insertText(object, QStringLiteral("other"), reason.other);
    insertText(object, QStringLiteral("detail"), reason.detail);
    if (reason.line > 0)
        object[QStringLiteral("line")] = reason.line;
    return object;
}

QJsonObject jsonOf(const Remedy &remedy)
{
    QJsonObject object{{QStringLiteral("kind"), remedy.name()}, {QStringLiteral("text"), remedy.text}};
    insertList(object, QStringLiteral("projects"), remedy.projects);
    insertText(object, QStringLiteral("requirement"), remedy.requirement);
    return object;
}

/// Where the reader can see it: "(heat_map-2.1.0-py3-none-any.whl, METADATA line 12)".
QString placeOf(const Reason &reason)
{
    if (reason.files.isEmpty() || reason.files.first().isEmpty())
        return {};
    QString place = reason.files.first().section(u'/', -1);
    if (reason.line > 0)
        place += QStringLiteral(", METADATA line %1").arg(reason.line);
    return QStringLiteral(" (%1)").arg(place);
}

QString numbered(const QList<Reason> &reasons)
{
    QStringList lines;
    for (const Reason &reason : reasons)
        lines.append(QStringLiteral("%1. %2%3").arg(lines.size() + 1).arg(reason.text, placeOf(reason)));
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

Error Explanation::toError() const
{
    return Error(code, headline, textsOf(remedies).join(QStringLiteral("; or "))).withDetails(numbered(reasons));
}

QJsonObject Explanation::toJson() const
{
    QJsonArray reasonArray;
    for (const Reason &reason : reasons)
        reasonArray.append(jsonOf(reason));
    QJsonArray remedyArray;
    for (const Remedy &remedy : remedies)
        remedyArray.append(jsonOf(remedy));
    return {{QStringLiteral("code"), QString(code.name())}, {QStringLiteral("text"), headline},
        {QStringLiteral("reasons"), reasonArray}, {QStringLiteral("remedies"), remedyArray},
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
