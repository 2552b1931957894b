#pragma once

#include <axle/core/export.h>
#include <axle/core/result.h>
#include <axle/packaging/targetpython.h>

#include <QtCore/QHash>
#include <QtCore/QList>
#include <QtCore/QString>

#include <compare>
#include <optional>

namespace Axle {

/// A compatibility tag of PEP 425: `cp311-cp311-manylinux_2_17_x86_64`.
struct AXLE_EXPORT Tag
{
    QString interpreter;
    QString abi;
    QString platform;

    QString toString() const;
    friend bool operator==(const Tag &, const Tag &) = default;
    AXLE_EXPORT friend std::strong_ordering operator<=>(const Tag &a, const Tag &b);
    friend size_t qHash(const Tag &tag, size_t seed = 0)
    {
        return qHashMulti(seed, tag.interpreter, tag.abi, tag.platform);
    }
};

/// Tags in order of preference, each once.
class AXLE_EXPORT TagSet
{
public:
    TagSet() = default;
    explicit TagSet(const QList<Tag> &tags);

    /// Expands a compressed set of at most 4096 tags: `py2.py3-none-any`. Upper case becomes lower. Error: `tag-invalid`.
    static Result<TagSet> parse(QStringView text);
    /// Everything that this Python can load, best first: what pypa/packaging's `sys_tags()` answers on it.
    static TagSet supportedBy(const TargetPython &python);

    QList<Tag> tags() const { return m_tags; }
    bool contains(const Tag &tag) const { return rankOf(tag).has_value(); }
    /// Position of the best tag of `offered` in this set (0 is best), or nothing when none is in it.
    std::optional<int> rank(const TagSet &offered) const;
    QString toString() const; ///< tags with `, ` between

    friend bool operator==(const TagSet &a, const TagSet &b) { return a.m_tags == b.m_tags; }

private:
    void add(const Tag &tag);
    std::optional<int> rankOf(const Tag &tag) const;

    QList<Tag> m_tags;
    QHash<Tag, int> m_ranks; // empty where there are a few tags, as in nearly every wheel
};

/// Of these, as of pypa/packaging's functions of the same names, `supportedBy()` is made. `version` is the major number,
/// or major and minor; `platforms` are in order of preference.
///
/// `cpythonAbis()`: cp311; with the flag "d" cp311d and cp311.
AXLE_EXPORT QStringList cpythonAbis(int major, int minor, const QString &abiFlags);
/// The given ABIs, abi3 where they are not free-threaded, none, and abi3 of older versions down to 3.2.
AXLE_EXPORT QList<Tag> cpythonTags(const QList<int> &version, const QStringList &abis, const QStringList &platforms);
/// The given ABIs, and none behind them unless it is among them.
AXLE_EXPORT QList<Tag> genericTags(const QString &interpreter, const QStringList &abis, const QStringList &platforms);
/// py311-none-…, py3-none-…, py310-none-… for each platform; `interpreter`-none-any unless it is empty; py311-none-any, ….
AXLE_EXPORT QList<Tag> compatibleTags(
    const QList<int> &version, const QString &interpreter, const QStringList &platforms);

} // namespace Axle
