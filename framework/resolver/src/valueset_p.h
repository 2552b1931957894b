#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace Axle::Internal {

/// A variable's values are numbers: 0 is "absent", i + 1 its candidate i.
constexpr int Absent = 0;
constexpr int valueOf(int candidate)
{
    return candidate + 1;
}

using Word = std::uint64_t;
constexpr int BitsOfWord = 64;

/// Where a set of values begins in a SetPool. How many words it has follows from its variable.
using SetRef = std::uint32_t;

/// The words of many sets, one behind the other. References stay, addresses do not.
class SetPool
{
public:
    SetRef add(int words)
    {
        const auto ref = static_cast<SetRef>(m_words.size());
        m_words.resize(m_words.size() + static_cast<std::size_t>(words));
        return ref;
    }
    Word *at(SetRef ref) { return m_words.data() + ref; }
    const Word *at(SetRef ref) const { return m_words.data() + ref; }

private:
    std::vector<Word> m_words;
};

inline void insert(Word *set, int value)
{
    set[value / BitsOfWord] |= Word{1} << (value % BitsOfWord);
}

inline void remove(Word *set, int value)
{
    set[value / BitsOfWord] &= ~(Word{1} << (value % BitsOfWord));
}

inline bool contains(const Word *set, int value)
{
    return (set[value / BitsOfWord] >> (value % BitsOfWord) & 1U) != 0;
}

inline void unite(Word *set, const Word *with, int words)
{
    for (int i = 0; i < words; ++i)
        set[i] |= with[i];
}

inline void intersect(Word *set, const Word *with, int words)
{
    for (int i = 0; i < words; ++i)
        set[i] &= with[i];
}

inline bool isSubset(const Word *set, const Word *of, int words)
{
    for (int i = 0; i < words; ++i) {
        if ((set[i] & ~of[i]) != 0)
            return false;
    }
    return true;
}

inline bool areDisjoint(const Word *a, const Word *b, int words)
{
    for (int i = 0; i < words; ++i) {
        if ((a[i] & b[i]) != 0)
            return false;
    }
    return true;
}

inline bool hasSeveral(const Word *set, int words)
{
    bool hasOne = false;
    for (int i = 0; i < words; ++i) {
        if (set[i] == 0)
            continue;
        if (hasOne || (set[i] & (set[i] - 1)) != 0)
            return true;
        hasOne = true;
    }
    return false;
}

/// The smallest value, or -1.
inline int firstOf(const Word *set, int words)
{
    for (int i = 0; i < words; ++i) {
        if (set[i] != 0)
            return i * BitsOfWord + std::countr_zero(set[i]);
    }
    return -1;
}

/// All of a variable's `count` values.
inline void fill(Word *set, int count)
{
    for (int value = 0; value < count; value += BitsOfWord)
        set[value / BitsOfWord] = count - value >= BitsOfWord ? ~Word{0} : (Word{1} << (count - value)) - 1;
}

} // namespace Axle::Internal
