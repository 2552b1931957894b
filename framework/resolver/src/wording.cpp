#include "wording_p.h"

#include <algorithm>

namespace Axle::Internal::Wording {

namespace {

constexpr qsizetype MaximumItems = 3;

QString quoted(const QString &name, const QStringList &versions)
{
    QStringList items;
    for (const QString &version : versions)
        items.append(u'\'' + (items.isEmpty() ? name + u' ' : QString()) + version + u'\'');
    return enumerate(shortened(items));
}

} // namespace

QString enumerate(const QStringList &items)
{
    if (items.size() < 2)
        return items.value(0);
    return items.mid(0, items.size() - 1).join(QStringLiteral(", ")) + QStringLiteral(" and ") + items.last();
}

QStringList shortened(const QStringList &items)
{
    if (items.size() <= MaximumItems + 1)
        return items;
    QStringList few = items.mid(0, MaximumItems);
    few.append(QStringLiteral("%1 others").arg(items.size() - MaximumItems));
    return few;
}

QString needText(const Requirement &requirement)
{
    QString text = requirement.name.toString();
    if (!requirement.extras.isEmpty())
        text += u'[' + requirement.extras.join(u',') + u']';
    if (!requirement.specifiers.isEmpty())
        text += u' ' + requirement.specifiers.toString();
    return text;
}

QString versionsNeed(const QString &name, const QStringList &versions)
{
    return quoted(name, versions) + (versions.size() == 1 ? QStringLiteral(" needs") : QStringLiteral(" need"));
}

QString versionsAre(const QString &name, const QStringList &versions, const QString &predicate)
{
    const QString verb = versions.size() == 1 ? QStringLiteral("is") : QStringLiteral("are");
    return quoted(name, versions) + u' ' + verb + u' ' + predicate;
}

QString thereAreOnly(const QString &name, const QStringList &versions)
{
    const QString verb = versions.size() == 1 ? QStringLiteral("is") : QStringLiteral("are");
    return QStringLiteral("there ") + verb + u' ' + quoted(name, versions) + QStringLiteral(" only");
}

QString comparison(const SpecifierSet &specifiers, const Distribution &newest)
{
    bool isNewer = false;
    bool isOlder = false;
    const QList<Specifier> clauses = specifiers.specifiers();
    for (const Specifier &clause : clauses) {
        const auto single = SpecifierSet::parse(clause.toString());
        const auto version = Version::parse(clause.version);
        if (!single || !version || single->contains(newest.version, Prereleases::Allow))
            continue;
        using Operator = Specifier::Operator;
        const bool isUpperLimit = clause.op == Operator::Less || clause.op == Operator::LessOrEqual;
        isOlder = isOlder || isUpperLimit || *version < newest.version;
        isNewer = isNewer || clause.op == Operator::Greater || *version > newest.version;
    }
    if (isNewer == isOlder)
        return QStringLiteral("another one");
    return isNewer ? QStringLiteral("a newer one") : QStringLiteral("an older one");
}

} // namespace Axle::Internal::Wording
