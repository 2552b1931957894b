#include <axle/resolver/advisor.h>

#include "json_p.h"
#include "wording_p.h"

namespace Axle {

using namespace Internal;

namespace {

QString indented(const QString &text)
{
    QString result;
    for (const QString &line : text.split(u'\n', Qt::SkipEmptyParts))
        result += QStringLiteral("  ") + line + u'\n';
    return result;
}

/// The plugins with which the chains begin, each once.
QStringList pluginsOf(const QList<QList<Reason>> &chains)
{
    QStringList names;
    for (const QList<Reason> &chain : chains)
        names.append(u'\'' + chain.first().project + u'\'');
    names.removeDuplicates();
    return names;
}

QString headlineOf(const Presence &presence)
{
    const QString name = presence.distribution.toString();
    if (presence.isFixed)
        return QStringLiteral("'%1' is part of this program").arg(name);
    if (presence.isRoot)
        return QStringLiteral("'%1' is loaded: it is one of the plugins that are wanted").arg(name);
    const QStringList plugins = pluginsOf(presence.chains);
    return QStringLiteral("'%1' is loaded: %2 %3 it")
        .arg(name, Wording::enumerate(Wording::shortened(plugins)),
            plugins.size() == 1 ? QStringLiteral("needs") : QStringLiteral("need"));
}

/// The first line with the number, the others below it.
QString numbered(qsizetype number, const QList<Reason> &chain)
{
    QString begin = QStringLiteral("  %1. ").arg(number);
    QString text;
    for (const Reason &link : chain) {
        text += begin + link.toText() + u'\n';
        begin.fill(u' ');
    }
    return text;
}

} // namespace

QJsonObject Absence::toJson() const
{
    QJsonObject object = explanation.toJson();
    if (!versions.isEmpty())
        object[QStringLiteral("versions")] = QJsonArray::fromStringList(versions);
    if (!difference.isEmpty()) {
        QJsonObject changes = difference.toJson();
        changes.remove(QStringLiteral("keep")); // all the rest of the plan
        object[QStringLiteral("difference")] = changes;
    }
    return object;
}

QString Absence::toText() const
{
    const QString text = explanation.toText();
    return difference.isEmpty() ? text
                                : text + QStringLiteral("What would change with it:\n") + indented(difference.toText());
}

QJsonObject Presence::toJson() const
{
    QJsonObject object = jsonOf(distribution);
    object[QStringLiteral("wanted")] = isRoot;
    object[QStringLiteral("host")] = isFixed;
    object[QStringLiteral("chains")] = jsonArray(chains,
        [](const QList<Reason> &chain) { return jsonArray(chain, [](const Reason &link) { return link.toJson(); }); });
    object[QStringLiteral("all_chains")] = areAllChains;
    object[QStringLiteral("newer")] = jsonArray(newer, [](const Absence &each) { return each.toJson(); });
    return object;
}

QString Presence::toText() const
{
    Reason itself;
    itself.files = {distribution.location};
    itself.text = headlineOf(*this);
    QString text = itself.toText() + u'\n';
    for (qsizetype i = 0; i < chains.size(); ++i)
        text += numbered(i + 1, chains[i]);
    if (!areAllChains)
        text += QStringLiteral("  and more, of which only the shortest are listed\n");
    for (const Absence &each : newer)
        text += u'\n' + each.toText();
    return text;
}

QJsonObject Outlook::toJson() const
{
    return {{QStringLiteral("difference"), difference.toJson()},
        {QStringLiteral("gained"), QJsonArray::fromStringList(gained)},
        {QStringLiteral("lost"), QJsonArray::fromStringList(lost)},
        {QStringLiteral("left_out"), leftOutArray(leftOut)}};
}

QString Outlook::toText() const
{
    QString text = difference.isEmpty() ? QStringLiteral("nothing that is loaded would change\n") : difference.toText();
    for (const Explanation &each : leftOut)
        text += u'\n' + each.toText();
    return text;
}

} // namespace Axle
