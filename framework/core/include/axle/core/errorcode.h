#pragma once

#include <QtCore/QHashFunctions>
#include <QtCore/QLatin1StringView>

namespace Axle {

/// A stable, kebab-case name of one kind of failure, for example `zip-truncated`.
///
/// Codes are an open set: each module declares its own as constants in its `codes.h`, and every code has an entry in
/// docs/reference/errors.md and a test that names it (both are checked). Compare codes, never messages.
class ErrorCode
{
public:
    constexpr ErrorCode() = default;
    constexpr explicit ErrorCode(const char *name)
        : m_name(name)
    {
    }

    constexpr QLatin1StringView name() const { return m_name; }
    constexpr bool isEmpty() const { return m_name.isEmpty(); }

    friend bool operator==(ErrorCode a, ErrorCode b) { return a.m_name == b.m_name; }
    friend bool operator!=(ErrorCode a, ErrorCode b) { return a.m_name != b.m_name; }
    friend bool operator<(ErrorCode a, ErrorCode b) { return a.m_name < b.m_name; }
    friend size_t qHash(ErrorCode code, size_t seed = 0) { return ::qHash(code.m_name, seed); }

private:
    QLatin1StringView m_name;
};

} // namespace Axle
