#include "conflictformatter_p.h"

#include <axle/resolver/codes.h>

namespace Axle::Internal {

namespace {

constexpr qsizetype MaximumCauses = 5;
constexpr qsizetype MaximumVersions = 3;

/// "a", "a and b", "a, b and c".
QString enumerate(const QStringList &items)
{
    if (items.size() < 2)
        return items.value(0);
    return items.mid(0, items.size() - 1).join(QStringLiteral(", ")) + QStringLiteral(" and ") + items.last();
}

/// The first few, and how many more there are: at least two, since "1 other" is as long as its name.
QStringList shortened(const QStringList &items, const QString &more = QStringLiteral("%1 others"))
{
    if (items.size() <= MaximumVersions + 1)
        return items;
    QStringList few = items.mid(0, MaximumVersions);
    few.append(more.arg(items.size() - MaximumVersions));
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

/// The same without extras: what a wheel has to be.
QString wantedText(const Requirement &requirement)
{
    Requirement plain = requirement;
    plain.extras.clear();
    return needText(plain);
}

QString fileName(const Distribution &distribution)
{
    return distribution.location.section(u'/', -1);
}

bool areAllAsked(const Reason &reason)
{
    return std::all_of(
        reason.sides.cbegin(), reason.sides.cend(), [](const Side &side) { return side.project.isEmpty(); });
}

/// Of requirements that were asked for together.
QString contradiction(const Reason &reason)
{
    QStringList needs;
    for (const Side &side : reason.sides)
        needs.append(u'\'' + needText(*side.requirement) + u'\'');
    const QString all = needs.size() == 2 ? QStringLiteral("both") : QStringLiteral("all");
    return QStringLiteral("%1 were asked for, and no version fits %2").arg(enumerate(needs), all);
}

ErrorCode codeOf(Reason::Kind kind)
{
    switch (kind) {
    case Reason::Kind::Missing:
        return Codes::ResolveMissing;
    case Reason::Kind::NoVersion:
    case Reason::Kind::OnlyPrereleases:
        return Codes::ResolveNoVersion;
    case Reason::Kind::Python:
        return Codes::ResolvePython;
    case Reason::Kind::Extra:
        return Codes::ResolveExtra;
    case Reason::Kind::Conflict:
    case Reason::Kind::Chosen:
    case Reason::Kind::Prerelease:
        break;
    }
    return Codes::ResolveConflict;
}

} // namespace

ConflictFormatter::ConflictFormatter(const Universe &universe, Roots roots)
    : m_universe(universe)
    , m_roots(roots)
{
}

Error ConflictFormatter::format(const QList<Reason> &reasons) const
{
    Error error = toError(reasons.first());
    for (qsizetype i = 1; i < reasons.size() && i <= MaximumCauses; ++i)
        error.withCause(Error(codeOf(reasons[i].kind), message(reasons[i])));
    return error;
}

Error ConflictFormatter::toError(const Reason &reason) const
{
    return Error(codeOf(reason.kind), message(reason), hint(reason)).withDetails(details(reason));
}

QString ConflictFormatter::message(const Reason &reason) const
{
    if (reason.kind == Reason::Kind::Prerelease)
        return QStringLiteral("'%1' is a pre-release, and no requirement names one").arg(reason.example->toString());
    const Side &first = reason.sides.first();
    const bool isPluginItself = first.project.isEmpty() && m_roots == Roots::Plugins;
    if (isPluginItself && reason.kind == Reason::Kind::Python)
        return pythonPhrase(*reason.example, QStringLiteral(", but"));
    if (isPluginItself && reason.kind != Reason::Kind::Conflict)
        return obstacle(reason);
    if (reason.kind == Reason::Kind::Conflict && areAllAsked(reason))
        return contradiction(reason);
    return sidePhrase(first) + QStringLiteral(", but ") + obstacle(reason);
}

QString ConflictFormatter::sidePhrase(const Side &side) const
{
    const QString need = needText(*side.requirement);
    if (side.project.isEmpty())
        return QStringLiteral("'%1' was asked for").arg(need);
    QStringList versions;
    for (const QString &version : side.versions)
        versions.append(u'\'' + (versions.isEmpty() ? side.project + u' ' : QString()) + version + u'\'');
    const QString verb = versions.size() == 1 ? QStringLiteral("needs") : QStringLiteral("need");
    return QStringLiteral("%1 %2 '%3'").arg(enumerate(shortened(versions)), verb, need);
}

QString ConflictFormatter::obstacle(const Reason &reason) const
{
    switch (reason.kind) {
    case Reason::Kind::Missing:
        return QStringLiteral("there is no '%1'").arg(projectName(reason));
    case Reason::Kind::NoVersion:
        return QStringLiteral("only %1 there").arg(availableVersions(reason.variable));
    case Reason::Kind::OnlyPrereleases:
        return QStringLiteral("'%1' is a pre-release, and these are refused").arg(reason.example->toString());
    case Reason::Kind::Python:
        return pythonPhrase(*reason.example, QStringLiteral(" and"));
    case Reason::Kind::Extra:
        return QStringLiteral("'%1' has no extra '%2'").arg(reason.example->toString(), reason.extra);
    case Reason::Kind::Chosen:
    case Reason::Kind::Prerelease:
        return QStringLiteral("'%1' is chosen").arg(reason.example->toString());
    case Reason::Kind::Conflict:
        break;
    }
    QStringList others;
    for (qsizetype i = 1; i < reason.sides.size(); ++i)
        others.append(sidePhrase(reason.sides[i]));
    return enumerate(others);
}

QString ConflictFormatter::projectName(const Reason &reason) const
{
    const Project &project = m_universe.projectOf(reason.variable);
    if (!project.candidates.empty())
        return project.candidates.front()->name.toString();
    return reason.sides.first().requirement->name.toString();
}

/// "1.26.4 is", "1.26.4 and 1.25.0 are".
QString ConflictFormatter::availableVersions(int variable) const
{
    QList<Version> versions;
    for (const Distribution *distribution : m_universe.projectOf(variable).candidates)
        versions.append(distribution->version);
    std::sort(versions.begin(), versions.end(), std::greater<>());
    versions.erase(std::unique(versions.begin(), versions.end()), versions.end());
    QStringList texts;
    for (const Version &version : std::as_const(versions))
        texts.append(version.toString());
    return enumerate(shortened(texts)) + (texts.size() == 1 ? QStringLiteral(" is") : QStringLiteral(" are"));
}

QString ConflictFormatter::pythonPhrase(const Distribution &distribution, const QString &joint) const
{
    return QStringLiteral("'%1' needs Python '%2'%3 this is Python %4")
        .arg(distribution.toString(), distribution.requiresPython.toString(), joint,
            m_universe.input().pythonVersion.toString());
}

QString ConflictFormatter::shortPython() const
{
    const QList<qint64> release = m_universe.input().pythonVersion.release();
    return QStringLiteral("%1.%2").arg(release.value(0)).arg(release.value(1));
}

QString ConflictFormatter::details(const Reason &reason) const
{
    QStringList lines;
    for (const Side &side : reason.sides)
        appendChain(side.chain, lines);
    QStringList files;
    for (const Distribution *distribution : m_universe.projectOf(reason.variable).candidates)
        files.append(QStringLiteral("'%1' is there (%2)").arg(distribution->toString(), fileName(*distribution)));
    return (lines + shortened(files, QStringLiteral("and %1 further files"))).join(u'\n');
}

/// From what was asked for down to the one that needs, each once.
void ConflictFormatter::appendChain(const NeederChain &chain, QStringList &lines) const
{
    for (auto needer = chain.crbegin(); needer != chain.crend(); ++needer) {
        if (needer->variable < 0 || !needer->requirement)
            continue;
        const Distribution &distribution = m_universe.candidate(needer->variable, needer->candidate);
        const QString line = QStringLiteral("'%1' (%2) needs '%3'")
                                 .arg(distribution.toString(), fileName(distribution), needText(*needer->requirement));
        if (!lines.contains(line))
            lines.append(line);
    }
}

QString ConflictFormatter::hint(const Reason &reason) const
{
    switch (reason.kind) {
    case Reason::Kind::Missing:
    case Reason::Kind::NoVersion:
        return QStringLiteral("add a wheel of '%1' for Python %2")
            .arg(wantedText(*reason.sides.first().requirement), shortPython());
    case Reason::Kind::Python:
        return QStringLiteral("add a version of '%1' that is made for Python %2")
            .arg(reason.example->name.toString(), shortPython());
    case Reason::Kind::OnlyPrereleases:
        return QStringLiteral("allow pre-releases, or add a final version of '%1'")
            .arg(reason.example->name.toString());
    case Reason::Kind::Extra: {
        QStringList extras;
        for (const QString &extra : reason.example->providesExtra)
            extras.append(u'\'' + extra + u'\'');
        return extras.isEmpty() ? QStringLiteral("'%1' has no extras").arg(reason.example->toString())
                                : QStringLiteral("it has %1").arg(enumerate(extras));
    }
    case Reason::Kind::Conflict:
    case Reason::Kind::Chosen:
    case Reason::Kind::Prerelease:
        break;
    }
    return {};
}

} // namespace Axle::Internal
