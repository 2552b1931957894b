#include "treeneed_p.h"

#include <axle/store/store.h>

#include <array>
#include <string_view>

namespace Axle::Internal {

namespace {

using namespace std::string_view_literals;

constexpr auto OwnPlace = "__file__"sv;
/// What a module says that reaches files of its package.
constexpr std::array ReachesData{
    OwnPlace, "__path__"sv, "importlib.resources"sv, "importlib_resources"sv, "pkg_resources"sv};
/// What a module says that lists a folder. With the bracket where the bare word is part of common others (global).
constexpr std::array ListsFolders{"listdir"sv, "scandir"sv, "iterdir"sv, "glob("sv, "walk("sv};

template<class Words>
bool mentionsAny(std::string_view text, const Words &words)
{
    return std::any_of(words.begin(), words.end(),
        [text](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

QStringView topFolder(QStringView member)
{
    const qsizetype slash = member.indexOf(u'/');
    return slash < 0 ? QStringView() : member.first(slash);
}

bool isData(QStringView member)
{
    return !member.endsWith(u'/') && !isModule(member) && !member.endsWith(u".pyi") && !member.endsWith(u"/py.typed");
}

} // namespace

bool isNative(QStringView member)
{
    const QStringView file = member.mid(member.lastIndexOf(u'/') + 1);
    return file.endsWith(u".so") || file.contains(u".so.") || file.endsWith(u".pyd");
}

bool isModule(QStringView member)
{
    return member.endsWith(u".py") || member.endsWith(u".pyc");
}

bool isImported(QStringView member)
{
    const QStringView top = topFolder(member);
    if (top.endsWith(u".dist-info"))
        return false;
    if (!top.endsWith(u".data"))
        return true;
    const QStringView scheme = topFolder(member.mid(top.size() + 1));
    return scheme == u"purelib" || scheme == u"platlib";
}

TreeNeed::TreeNeed(const QList<ArchiveMember> &members)
{
    for (const ArchiveMember &member : members) {
        const QString name = member.name();
        if (!isImported(name))
            continue;
        m_needed = m_needed || isNative(name);
        m_hasData = m_hasData || isData(name);
    }
}

void TreeNeed::look(const QString &member, QByteArrayView bytes)
{
    if (m_needed || !isModule(member) || !isImported(member))
        return;
    const std::string_view text(bytes.data(), static_cast<size_t>(bytes.size()));
    m_needed = m_hasData ? mentionsAny(text, ReachesData)
                         : text.find(OwnPlace) != std::string_view::npos && mentionsAny(text, ListsFolders);
}

} // namespace Axle::Internal

namespace Axle {

bool needsTree(const Wheel &wheel)
{
    const WheelArchive &archive = wheel.archive();
    Internal::TreeNeed need(archive.members());
    for (const ArchiveMember &member : archive.members()) {
        if (need.isNeeded())
            break;
        const QString name = member.name();
        if (!Internal::isModule(name) || !Internal::isImported(name))
            continue;
        if (const auto bytes = archive.read(member))
            need.look(name, *bytes);
    }
    return need.isNeeded();
}

} // namespace Axle
