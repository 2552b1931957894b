#pragma once

#include <axle/packaging/projectname.h>

#include <bit>
#include <cstdint>
#include <vector>

namespace Axle::Internal {

/// Numbers names from 0 on, in the order in which they are first seen. Borrows them.
///
/// A QHash would copy each name, and compute its hash anew.
class NameNumbers
{
public:
    int count() const { return static_cast<int>(m_names.size()); }

    /// Of a name that is known, the number that it has.
    int add(const ProjectName &name)
    {
        if (m_names.size() * 2 >= m_slots.size())
            grow();
        Slot &slot = m_slots[slotOf(name)];
        if (slot.number < 0) {
            slot = {tag(name), count()};
            m_names.push_back(&name);
        }
        return slot.number;
    }

    /// -1: not known.
    int find(const ProjectName &name) const { return m_slots.empty() ? -1 : m_slots[slotOf(name)].number; }

private:
    struct Slot
    {
        std::uint32_t tag = 0; ///< what tells most names apart without looking at them
        int number = -1;
    };
    static constexpr std::size_t FewestSlots = 64;

    static std::uint32_t tag(const ProjectName &name) { return static_cast<std::uint32_t>(qHash(name)); }

    /// Where the name is, or where there is room for it.
    std::size_t slotOf(const ProjectName &name) const
    {
        std::size_t slot = tag(name) & (m_slots.size() - 1);
        while (m_slots[slot].number >= 0
            && (m_slots[slot].tag != tag(name) || *m_names[static_cast<std::size_t>(m_slots[slot].number)] != name))
            slot = (slot + 1) & (m_slots.size() - 1);
        return slot;
    }

    void grow()
    {
        m_slots.assign(std::max(FewestSlots, std::bit_ceil(m_names.size() * 4)), {});
        for (int number = 0; number < count(); ++number) {
            const ProjectName &name = *m_names[static_cast<std::size_t>(number)];
            m_slots[slotOf(name)] = {tag(name), number};
        }
    }

    std::vector<const ProjectName *> m_names;
    std::vector<Slot> m_slots; ///< a power of two, at most half full
};

} // namespace Axle::Internal
