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

    /// As the given Python would report them on this system, without starting it.
    static MarkerEnvironment of(const TargetPython &python);
};

struct MarkerNode;

/// A PEP 508 environment marker. The empty marker is always true. Law: `parse(m.toString()) == m`.
class AXLE_EXPORT Marker
{
public:
    Marker() = default;
    /// Error: `marker-invalid`, with span.
    static Result<Marker> parse(QStringView text);

    bool isEmpty() const { return !m_root; }
    /// `extras`: the normalised extras that are asked for; `extra == 'x'` holds when 'x' is one of them. A comparison
    /// that PEP 508 leaves undefined is false.
    bool evaluate(const MarkerEnvironment &environment, const QSet<QString> &extras = {}) const;
    QString toString() const;

    AXLE_EXPORT friend bool operator==(const Marker &, const Marker &);

private:
    friend struct Requirement;

    QSharedPointer<const MarkerNode> m_root;
};

} // namespace Axle
