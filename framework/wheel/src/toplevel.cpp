#include "toplevel_p.h"

#include "sentence_p.h"

#include <axle/wheel/codes.h>
#include <axle/wheel/wheel.h>
#include <axle/wheel/wheellayout.h>

#include <QtCore/QMap>

#include <algorithm>
#include <optional>

namespace Axle {

using Internal::sentence;
using Kind = TopLevelName::Kind;

namespace {

constexpr QStringView InitStem = u"__init__";

/// The name of the module that a file holds: all before the first dot, where the rest is what modules end with.
QStringView moduleStem(QStringView fileName)
{
    const qsizetype dot = fileName.indexOf(u'.');
    if (dot <= 0)
        return {};
    const QStringView suffix = fileName.sliced(dot);
    const bool isModule = suffix == u".py" || suffix == u".pyc" || suffix == u".so" || suffix == u".abi3.so"
        || (suffix.startsWith(u".cpython-") && suffix.endsWith(u".so"));
    return isModule ? fileName.first(dot) : QStringView();
}

bool isIdentifier(QStringView name)
{
    const auto isPart = [](QChar c) { return c.isLetterOrNumber() || c.isMark() || c == u'_' || c.isSurrogate(); };
    return !name.isEmpty() && !name[0].isDigit() && std::all_of(name.begin(), name.end(), isPart);
}

/// The top-level name that a file below an import root belongs to, and what the file makes of it.
std::optional<TopLevelName> topLevelOf(QStringView path)
{
    const qsizetype slash = path.indexOf(u'/');
    const QStringView stem = moduleStem(path.sliced(path.lastIndexOf(u'/') + 1));
    if (stem.isEmpty())
        return std::nullopt;
    const QStringView name = slash < 0 ? stem : path.first(slash);
    if (!isIdentifier(name))
        return std::nullopt;
    const bool isInit = slash >= 0 && stem == InitStem && path.lastIndexOf(u'/') == slash;
    return TopLevelName{name.toString(), slash < 0 ? Kind::Module : isInit ? Kind::Package : Kind::Namespace};
}

/// The top-level names of files, of which several may say different things of one.
class NamesByFile
{
public:
    /// `path`: below an import root.
    void add(QStringView path)
    {
        const auto found = topLevelOf(path);
        if (!found)
            return;
        const auto known = m_kinds.find(found->name);
        if (known == m_kinds.end())
            m_kinds.insert(found->name, found->kind);
        else if (*known == Kind::Namespace || found->kind == Kind::Package)
            *known = found->kind; // the import system prefers a package to a module, and both to a portion
    }

    QList<TopLevelName> sorted() const
    {
        QList<TopLevelName> names;
        for (auto kind = m_kinds.cbegin(); kind != m_kinds.cend(); ++kind)
            names += TopLevelName{kind.key(), kind.value()};
        return names;
    }

private:
    QMap<QString, Kind> m_kinds;
};

/// The older ways to share a package: its `__init__` extends its own path.
bool sharesPackage(const Wheel &wheel, const QString &name)
{
    for (const QString &root : wheel.layout().importRoots()) {
        const QString folder = root.isEmpty() ? name : root + u'/' + name;
        const auto init = wheel.read(folder + QStringLiteral("/__init__.py"));
        if (init && (init->contains("extend_path") || init->contains("declare_namespace")))
            return true;
    }
    return false;
}

bool isShared(const Wheel &wheel, const TopLevelName &name)
{
    return name.kind == Kind::Namespace || (name.kind == Kind::Package && sharesPackage(wheel, name.name));
}

QString title(const Wheel &wheel)
{
    return wheel.metadata().name.toString() + u' ' + wheel.metadata().version.toString();
}

} // namespace

QList<TopLevelName> Internal::topLevelNamesOf(const WheelLayout &layout)
{
    NamesByFile names;
    for (const QString &file : layout.importedFiles())
        names.add(layout.belowRoot(file));
    return names.sorted();
}

QList<TopLevelName> Internal::topLevelNamesOf(const Wheel &wheel)
{
    const QString data = wheel.distInfo().chopped(QStringView(u"dist-info").size()) + QStringLiteral("data/");
    NamesByFile names;
    for (const ArchiveMember &member : wheel.archive().members()) {
        const QString name = member.name();
        QStringView path = name;
        if (name.startsWith(data)) {
            path = path.sliced(data.size());
            const qsizetype root = path.indexOf(u'/') + 1;
            if (path.first(root) != u"purelib/" && path.first(root) != u"platlib/")
                continue;
            path = path.sliced(root);
        }
        names.add(path);
    }
    return names.sorted();
}

bool sharesTopLevel(const Wheel &wheel, const QString &name)
{
    const QList<TopLevelName> &names = wheel.layout().topLevelNames();
    const auto found =
        std::find_if(names.begin(), names.end(), [&](const TopLevelName &each) { return each.name == name; });
    return found == names.end() || isShared(wheel, *found);
}

Result<void> checkTopLevels(const Wheel &wheel, const Wheel &owner)
{
    const QList<TopLevelName> &owned = owner.layout().topLevelNames();
    for (const TopLevelName &name : wheel.layout().topLevelNames()) {
        const auto other = std::find_if(
            owned.begin(), owned.end(), [&](const TopLevelName &candidate) { return candidate.name == name.name; });
        if (other == owned.end() || (isShared(wheel, name) && isShared(owner, *other)))
            continue;
        return Error(Codes::WheelTopLevelConflict,
            sentence("'%1' brings the top-level module '%2', expected it from '%3' only, which is mounted",
                title(wheel), name.name, title(owner)),
            sentence("disable one of '%1' and '%2'; their authors can make '%3' a namespace package",
                wheel.metadata().name.toString(), owner.metadata().name.toString(), name.name));
    }
    return {};
}

} // namespace Axle
