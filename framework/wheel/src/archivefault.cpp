#include "archivefault_p.h"

#include "findings_p.h"
#include "sentence_p.h"

namespace Axle::Internal {

namespace {

// Every member of an archive can have some; nobody reads more.
constexpr qsizetype MostPassed = 1000;

} // namespace

Error fault(ErrorCode code, const Place &place, const QString &what, const QString &hint)
{
    return Error(code, what, hint).withPlace({printable(place.member), place.offset});
}

void addStrict(Findings &findings, Rules rules, const Error &error)
{
    if (rules == Rules::Strict)
        findings.add(Finding::Severity::Fatal, error);
    else
        addPassed(findings, Finding::Severity::Policy, error);
}

bool hasFaultSince(const Findings &findings, qsizetype first)
{
    const QList<Finding> &list = findings.list();
    return std::any_of(list.begin() + first, list.end(),
        [](const Finding &finding) { return finding.severity == Finding::Severity::Fatal; });
}

void addPassed(Findings &findings, Finding::Severity severity, const Error &error)
{
    if (findings.list().size() < MostPassed)
        findings.add(severity, error);
}

} // namespace Axle::Internal
