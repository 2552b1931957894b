#pragma once

#include "../qtcasters_p.h"

#include <axle/packaging/specifierset.h>

#include <optional>

namespace Axle::Internal {

/// What a specifier is asked about: any Python object, and the version that it stands for.
class Candidate
{
public:
    explicit Candidate(PyObject *item);
    Q_DISABLE_COPY_MOVE(Candidate)

    const Version *version() const { return m_version; } ///< null for what is no version
    bool isPrerelease() const { return m_version && m_version->isPrerelease(); }
    /// Whether it is `text`, in any case, as it is written.
    bool isWrittenAs(QStringView text) const;

private:
    PyObject *m_item;
    Version m_storage;
    const Version *m_version;
};

/// One clause, and whether pre-releases satisfy it where that was said.
struct SpecifierValue
{
    SpecifierSet clause; ///< has exactly one
    QString text;        ///< without white space
    std::optional<bool> prereleases;

    /// Nothing when the text is no clause. White space around it is no part of it.
    static std::optional<SpecifierValue> parse(QStringView text);
    /// The same; raises InvalidSpecifier.
    static SpecifierValue parseOrThrow(QStringView text);

    QStringView operatorText() const;
    QStringView version() const;
    bool isArbitrary() const { return text.startsWith(u"==="); }
    /// What was said, or else whether the version is a pre-release; nothing when that cannot be known.
    std::optional<bool> allowsPrereleases() const;
    /// Whatever is said about pre-releases.
    bool admits(const Candidate &candidate) const;
    size_t hash() const;

    /// `==1.0` is `==1`; what is said about pre-releases makes no difference.
    friend bool operator==(const SpecifierValue &a, const SpecifierValue &b) { return a.clause == b.clause; }
};

} // namespace Axle::Internal
