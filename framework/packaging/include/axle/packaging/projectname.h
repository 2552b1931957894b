#pragma once

#include <axle/core/export.h>
#include <axle/core/result.h>

#include <QtCore/QHashFunctions>
#include <QtCore/QString>

namespace Axle {

/// The name of a project, compared as PEP 503 says: case, and runs of `-`, `_`, `.`, make no difference.
/// Law: `parse(n.toString()) == n`, and equal names have equal `normalized()`.
class AXLE_EXPORT ProjectName
{
public:
    ProjectName() = default;
    /// Error: `name-invalid` (core metadata: ASCII letters, digits, `-_.`, beginning and ending with a letter or digit).
    static Result<ProjectName> parse(QStringView text);

    /// The normal form of PEP 503 of any text, which need not be a valid name. Extras are compared by it as well.
    static QString normalize(QStringView text);

    bool isEmpty() const { return m_text.isEmpty(); }
    QString toString() const { return m_text; }         ///< as written
    QString normalized() const { return m_normalized; } ///< PEP 503: lower case, single `-`

    friend bool operator==(const ProjectName &a, const ProjectName &b)
    {
        return a.m_hash == b.m_hash && (a.identity() == b.identity() || a.m_normalized == b.m_normalized);
    }
    friend auto operator<=>(const ProjectName &a, const ProjectName &b)
    {
        return a.m_normalized.compare(b.m_normalized) <=> 0;
    }
    /// The same for copies of one name, which are told so without a look at the text.
    const void *identity() const { return m_normalized.constData(); }
    friend size_t qHash(const ProjectName &name, size_t seed = 0) { return name.m_hash ^ seed; }

private:
    QString m_text;
    QString m_normalized;
    size_t m_hash = 0; // of m_normalized: a name is looked up more often than it is made
};

} // namespace Axle
