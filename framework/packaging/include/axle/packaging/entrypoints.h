#pragma once

#include <axle/core/export.h>
#include <axle/core/result.h>

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace Axle {

/// One entry point: `name = module:attribute [extra, …]` within a group (PyPA entry points specification).
struct AXLE_EXPORT EntryPoint
{
    QString group;
    QString name;
    QString module;
    QString attribute; ///< dotted, may be empty
    QStringList extras;

    QString toString() const; ///< `name = module:attribute [extra]`
    friend bool operator==(const EntryPoint &, const EntryPoint &) = default;
};

/// The contents of entry_points.txt, in file order.
class AXLE_EXPORT EntryPoints
{
public:
    /// Strict INI: UTF-8, `=` only, at most 256 KiB, each group once and each name once in its group; indented lines are
    /// read as others, since old setuptools wrote such. Names in `console_scripts` and `gui_scripts`, which become file
    /// names, are `[\w.-]+`; elsewhere a name has any printable characters but `=`, as in `material/blog`.
    /// Error: `entry-points-invalid`, with span and line.
    static Result<EntryPoints> parse(const QByteArray &text);

    QList<EntryPoint> all() const { return m_entries; }
    QList<EntryPoint> group(QStringView name) const;

    friend bool operator==(const EntryPoints &, const EntryPoints &) = default;

private:
    QList<EntryPoint> m_entries;
};

} // namespace Axle
