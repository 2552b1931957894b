#include "findings_p.h"

#include <algorithm>

namespace Axle::Internal {

namespace {

constexpr qsizetype MostFindings = 1000;

bool isFatal(const Finding &finding)
{
    return finding.severity == Finding::Severity::Fatal;
}

} // namespace

void Findings::add(Finding::Severity severity, const Error &error)
{
    m_list += Finding{severity, error};
}

void Findings::add(const Result<void> &checked)
{
    if (!checked)
        add(Finding::Severity::Fatal, checked.error());
}

bool Findings::isEnough() const
{
    return m_wanted == Wanted::FirstFault ? fault().has_value() : m_list.size() >= MostFindings;
}

std::optional<Error> Findings::fault() const
{
    const auto found = std::find_if(m_list.begin(), m_list.end(), isFatal);
    return found == m_list.end() ? std::nullopt : std::optional(found->error);
}

} // namespace Axle::Internal
