#pragma once

#include "specifiervalue_p.h"

#include <vector>

namespace Axle::Internal {

/// Clauses that must all hold, sorted by text, each once.
class SpecifierSetValue
{
public:
    SpecifierSetValue() = default;
    explicit SpecifierSetValue(std::vector<SpecifierValue> members);
    /// Raises InvalidSpecifier. Empty clauses are nothing.
    static SpecifierSetValue parseOrThrow(QStringView text);

    std::optional<bool> prereleases; ///< what was said

    const std::vector<SpecifierValue> &members() const { return m_members; }
    QString toString() const;
    /// What was said, or else true where a clause names a pre-release.
    std::optional<bool> allowsPrereleases() const;
    /// Whatever is said about pre-releases.
    bool admits(const Candidate &candidate) const;
    /// No version can satisfy it.
    bool isUnsatisfiable() const;
    size_t hash() const;

    friend bool operator==(const SpecifierSetValue &a, const SpecifierSetValue &b);

private:
    std::vector<SpecifierValue> m_members;
};

} // namespace Axle::Internal
