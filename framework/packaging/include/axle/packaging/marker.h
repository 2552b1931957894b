#pragma once

#include <axle/core/export.h>
#include <axle/core/result.h>
#include <axle/packaging/targetpython.h>

#include <QtCore/QHash>
#include <QtCore/QSet>
#include <QtCore/QSharedPointer>
#include <QtCore/QString>

namespace Axle {

/// The values of PEP 508's environment markers: `python_version`, `sys_platform`, ….
struct AXLE_EXPORT MarkerEnvironment
{
    QHash<QString, QString> variables;
    /// The variables that hold several values, normalised names: `extras` and `dependency_groups` of lock files.
    QHash<QString, QSet<QString>> sets = {};

    /// As the given Python would report them on this system, without starting it.
    static MarkerEnvironment of(const TargetPython &python);
};

struct MarkerNode;

/// A PEP 508 environment marker. The empty marker is always true. Law: `parse(m.toString()) == m`.
class AXLE_EXPORT Marker
{
public:
    /// Whether a text without a comparison is the empty marker, or no marker.
    enum class Empty { Allow, Refuse };

    Marker() = default;
    /// Error: `marker-invalid`, with span.
    static Result<Marker> parse(QStringView text, Empty empty = Empty::Allow);

    bool isEmpty() const { return !m_root; }
    /// `extras`: the normalised extras that are asked for; `extra == 'x'` holds when 'x' is one of them. Where none are,
    /// `extra` is what the environment says, or empty. A comparison that PEP 508 leaves undefined is false.
    bool evaluate(const MarkerEnvironment &environment, const QSet<QString> &extras = {}) const;
    /// The same, judging every comparison. Errors: `marker-undefined` for one that has no meaning, such as
    /// `os_name ~= "2"`; `marker-variable-unknown` for a variable, `extra` too, that the environment does not have.
    Result<bool> evaluateStrictly(const MarkerEnvironment &environment, const QSet<QString> &extras = {}) const;
    QString toString() const;

    /// Whether one is a copy of the other, which is told without a look at what they say.
    bool isCopyOf(const Marker &other) const { return m_root == other.m_root; }
    AXLE_EXPORT friend bool operator==(const Marker &, const Marker &);

private:
    friend struct Requirement;

    QSharedPointer<const MarkerNode> m_root;
};

} // namespace Axle
