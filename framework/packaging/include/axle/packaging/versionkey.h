#pragma once

#include <axle/core/export.h>

#include <QtCore/QHashFunctions>
#include <QtCore/QSharedData>

#include <compare>
#include <string>
#include <string_view>

namespace Axle::Internal {

/// A place in the order of versions: a string of bytes that compares as PEP 440 orders (see version_p.h).
///
/// The first eight bytes, all that usual versions have, are in the value itself as one number; what is shorter counts as
/// filled up with null bytes. So most comparisons are of two integers, and most keys need no memory elsewhere. There is
/// no move: copying is as cheap, and leaves nothing half empty behind.
class AXLE_EXPORT VersionKey
{
public:
    static constexpr size_t HeadSize = sizeof(quint64);

    VersionKey() = default; ///< before all others
    explicit VersionKey(quint64 head)
        : m_head(head)
    {
    }
    VersionKey(quint64 head, std::string &&tail);
    explicit VersionKey(std::string_view bytes);
    VersionKey(const VersionKey &) = default;
    VersionKey &operator=(const VersionKey &) = default;

    std::string bytes() const; ///< filled up with null bytes where they are fewer than eight

    friend bool operator==(const VersionKey &a, const VersionKey &b)
    {
        return a.m_head == b.m_head && (a.m_tail == b.m_tail || a.tail() == b.tail());
    }
    friend std::strong_ordering operator<=>(const VersionKey &a, const VersionKey &b)
    {
        if (a.m_head != b.m_head || a.m_tail == b.m_tail)
            return a.m_head <=> b.m_head;
        return a.tail().compare(b.tail()) <=> 0;
    }
    friend size_t qHash(const VersionKey &key, size_t seed = 0)
    {
        return key.m_tail ? qHashMulti(seed, key.m_head, key.tail()) : ::qHash(key.m_head, seed);
    }

private:
    struct Tail : QSharedData
    {
        std::string bytes;
    };

    std::string_view tail() const { return m_tail ? std::string_view(m_tail->bytes) : std::string_view(); }

    quint64 m_head = 0;
    QExplicitlySharedDataPointer<const Tail> m_tail; // null when there are no more than eight bytes
};

} // namespace Axle::Internal
