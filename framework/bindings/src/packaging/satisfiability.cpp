#include "specifiersetvalue_p.h"
#include "versionparts_p.h"

#include <algorithm>

namespace Axle::Internal {

namespace {

/// Versions of which one is admitted when any version is. What clauses admit is a union of intervals, and the lowest
/// version of an interval is one of few that its clauses name: the version itself, the next one behind its local
/// versions, its post-releases or its prefix, or the lowest of all.
class Witnesses
{
public:
    explicit Witnesses(const std::vector<SpecifierValue> &members);

    const std::vector<Version> &versions() const { return m_versions; }

private:
    void add(const VersionParts &parts);
    void addAround(const VersionParts &named);

    qsizetype m_longestRelease = 0;
    std::vector<Version> m_versions;
};

Version namedVersion(const SpecifierValue &member)
{
    const QStringView written = member.version();
    return *Version::parse(written.endsWith(u".*") ? written.chopped(2) : written);
}

Witnesses::Witnesses(const std::vector<SpecifierValue> &members)
{
    std::vector<VersionParts> named;
    for (const SpecifierValue &member : members) {
        if (!member.isArbitrary())
            named.push_back(namedVersion(member).parts());
    }
    for (const VersionParts &parts : named)
        m_longestRelease = std::max(m_longestRelease, parts.release.size());
    add(Version().parts());
    for (const VersionParts &parts : named)
        addAround(parts);
}

/// The version, and the development release that begins it where it has none.
void Witnesses::add(const VersionParts &parts)
{
    m_versions.push_back(toVersion(parts));
    VersionParts first = parts;
    first.local.clear();
    if (first.dev.isEmpty())
        first.dev = QStringLiteral("0");
    m_versions.push_back(toVersion(first));
}

void Witnesses::addAround(const VersionParts &named)
{
    add(named);
    const VersionParts release{.epoch = named.epoch, .release = named.release};
    add(release);
    VersionParts next = named;
    next.local.clear();
    next.dev.clear();
    add(next); // the lowest at or above a development release that is none
    next.post = named.post.isEmpty() ? QStringLiteral("0") : successor(named.post);
    add(next);
    if (!named.dev.isEmpty()) {
        VersionParts following = named;
        following.local.clear();
        following.dev = successor(named.dev);
        add(following);
    }
    if (!named.preLetter.isEmpty()) {
        VersionParts following = release;
        following.preLetter = named.preLetter;
        following.pre = successor(named.pre);
        add(following);
    }
    VersionParts behindPrefix = release;
    behindPrefix.release.last() = successor(behindPrefix.release.last());
    add(behindPrefix);
    // Behind all post-releases; more components than any clause has leave none between.
    VersionParts above = release;
    while (above.release.size() <= m_longestRelease)
        above.release += QStringLiteral("0");
    above.release += QStringLiteral("1");
    add(above);
}

/// Whether the other clauses refuse what a clause `===text` asks for.
bool contradicts(const SpecifierSetValue &set, QStringView text)
{
    const auto version = Version::parse(text);
    if (version && version->isPrerelease() && set.prereleases == false)
        return true;
    return std::any_of(set.members().begin(), set.members().end(), [&](const SpecifierValue &member) {
        if (member.isArbitrary())
            return member.version().compare(text, Qt::CaseInsensitive) != 0;
        return !version || !member.clause.contains(*version, Prereleases::Allow);
    });
}

} // namespace

bool SpecifierSetValue::isUnsatisfiable() const
{
    if (m_members.empty())
        return false;
    const auto arbitrary = std::find_if(
        m_members.begin(), m_members.end(), [](const SpecifierValue &member) { return member.isArbitrary(); });
    if (arbitrary != m_members.end())
        return contradicts(*this, arbitrary->version());
    const Prereleases allowed = prereleases == false ? Prereleases::Refuse : Prereleases::Allow;
    const Witnesses witnesses(m_members);
    return std::none_of(witnesses.versions().begin(), witnesses.versions().end(), [&](const Version &version) {
        return std::all_of(m_members.begin(), m_members.end(),
            [&](const SpecifierValue &member) { return member.clause.contains(version, allowed); });
    });
}

} // namespace Axle::Internal
