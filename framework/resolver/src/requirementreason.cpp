#include "requirementreason_p.h"

#include "wording_p.h"

namespace Axle::Internal {

namespace {

/// The METADATA line in which the distribution has what the fact says; 0: not known.
int lineOf(
    const Distribution &distribution, const Fact &fact, const QString &extra, const MarkerEnvironment &environment)
{
    const Requirement &wanted = *fact.requirement;
    const QSet<QString> extras = extra.isEmpty() ? QSet<QString>() : QSet<QString>{extra};
    for (qsizetype i = 0; i < qMin(distribution.requiresDist.size(), distribution.requirementLines.size()); ++i) {
        const Requirement &each = distribution.requiresDist[i];
        if (each.name == wanted.name && each.specifiers == wanted.specifiers && each.extras == wanted.extras
            && each.marker.evaluate(environment, extras))
            return distribution.requirementLines[i];
    }
    return 0;
}

} // namespace

Reason candidatesReason(Reason::Kind kind, const Universe &universe, int variable, const std::vector<int> &values)
{
    Reason reason;
    reason.kind = kind;
    for (const int value : values) {
        const Distribution &distribution = universe.candidate(variable, value - valueOf(0));
        const QString version = distribution.version.toString();
        reason.files.append(distribution.location);
        if (!reason.versions.contains(version))
            reason.versions.append(version);
    }
    return reason;
}

Reason requirementReason(const Universe &universe, const Fact &fact, const std::vector<int> &values)
{
    Reason reason = candidatesReason(Reason::Kind::Requirement, universe, fact.variable, values);
    const QString &extra = universe.variable(fact.variable).extra;
    reason.project = universe.candidate(fact.variable, 0).name.toString();
    reason.requirement = Wording::needText(*fact.requirement);
    reason.detail = fact.requirement->extras.join(u',');
    reason.line = lineOf(
        universe.candidate(fact.variable, values.front() - valueOf(0)), fact, extra, universe.input().environment);
    const QString who = extra.isEmpty() ? reason.project : reason.project + u'[' + extra + u']';
    reason.text = QStringLiteral("%1 '%2'").arg(Wording::versionsNeed(who, reason.versions), reason.requirement);
    return reason;
}

} // namespace Axle::Internal
