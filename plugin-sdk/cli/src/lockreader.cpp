#include "codes.h"
#include "lockfile.h"

#include <axle/wheel/wheelfilename.h>

#include <QtCore/QSet>

// The parser stays in this object file: the library would be one more to be loaded by every command.
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include <algorithm>

namespace Axle {

namespace {

QString toString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString textAt(const toml::table &table, std::string_view key)
{
    return toString(table[key].value_or(std::string_view()));
}

/// Reads the tables of one lock file, and knows what it is called.
class LockReader
{
public:
    explicit LockReader(const QString &path)
        : m_path(path)
    {
    }

    Result<LockFile> read(const toml::table &document)
    {
        const QString version = textAt(document, "lock-version");
        if (!version.startsWith(u"1."))
            return invalid(document, QStringLiteral("lock-version is '%1', expected 1.0").arg(version));
        const toml::array *packages = document["packages"].as_array();
        if (packages == nullptr)
            return invalid(document, QStringLiteral("there are no packages, expected a list of them"));
        LockFile lock;
        for (const toml::node &node : *packages) {
            const auto wheel = readPackage(node);
            if (!wheel)
                return wheel.error();
            if (m_names.contains(wheel->name))
                return invalid(
                    node, QStringLiteral("'%1' is there twice, expected once").arg(wheel->name.normalized()));
            m_names.insert(wheel->name);
            lock.wheels.append(*wheel);
        }
        std::sort(lock.wheels.begin(), lock.wheels.end(),
            [](const LockedWheel &a, const LockedWheel &b) { return a.name.normalized() < b.name.normalized(); });
        return lock;
    }

    Error invalid(const toml::node &node, const QString &what) const
    {
        return invalid(static_cast<int>(node.source().begin.line), what);
    }
    Error invalid(int line, const QString &what) const
    {
        return Error(Codes::LockInvalid, QStringLiteral("line %1 of '%2': %3").arg(line).arg(m_path, what),
            QStringLiteral("'axle lock' writes such files anew"));
    }

private:
    Result<LockedWheel> readPackage(const toml::node &node) const
    {
        const toml::table *package = node.as_table();
        if (package == nullptr)
            return invalid(node, QStringLiteral("a package is no table, expected [[packages]]"));
        const auto name = ProjectName::parse(textAt(*package, "name"));
        if (!name)
            return invalid(node, QStringLiteral("a package has no valid name, expected one")).withCause(name.error());
        const auto version = Version::parse(textAt(*package, "version"));
        if (!version)
            return invalid(node, QStringLiteral("'%1' has no valid version, expected one").arg(name->toString()))
                .withCause(version.error());
        if (package->contains("marker"))
            return invalid(node,
                QStringLiteral("'%1' is there on a condition, expected packages that are always there")
                    .arg(name->toString()));
        const toml::array *wheels = (*package)["wheels"].as_array();
        const toml::table *file = wheels != nullptr && wheels->size() == 1 ? wheels->front().as_table() : nullptr;
        if (file == nullptr)
            return invalid(node, QStringLiteral("'%1' is not one wheel, expected exactly one").arg(name->toString()));
        LockedWheel wheel{*name, *version, textAt(*package, "requires-python"), dependenciesOf(*package), {}, {}, {}};
        return readFile(*file, wheel);
    }

    Result<LockedWheel> readFile(const toml::table &file, LockedWheel wheel) const
    {
        wheel.path = textAt(file, "path");
        const QString origin = wheel.path.isEmpty() ? textAt(file, "url") : wheel.path;
        wheel.fileName = textAt(file, "name");
        if (wheel.fileName.isEmpty())
            wheel.fileName = origin.section(u'/', -1);
        const auto fileName = WheelFileName::parse(wheel.fileName);
        if (!fileName || wheel.fileName.contains(u'/'))
            return invalid(file, QStringLiteral("'%1' is no wheel's file name, expected one").arg(wheel.fileName));
        if (fileName->name != wheel.name || fileName->version != wheel.version)
            return invalid(file,
                QStringLiteral("the wheel is '%1', expected one of '%2' %3")
                    .arg(wheel.fileName, wheel.name.toString(), wheel.version.toString()));
        wheel.content.sha256 = textAt(*hashesOf(file), "sha256").toLatin1().toLower();
        if (wheel.content.sha256.size() != 64 || QByteArray::fromHex(wheel.content.sha256).size() != 32)
            return invalid(file, QStringLiteral("'%1' has no SHA-256, expected 64 digits").arg(wheel.fileName));
        // PEP 751 leaves the size away where it is not known.
        wheel.content.size = file["size"].value_or(std::int64_t{-1});
        return wheel;
    }

    static const toml::table *hashesOf(const toml::table &file)
    {
        static const toml::table none;
        const toml::table *hashes = file["hashes"].as_table();
        return hashes == nullptr ? &none : hashes;
    }

    static QStringList dependenciesOf(const toml::table &package)
    {
        QStringList names;
        if (const toml::array *tables = package["dependencies"].as_array()) {
            for (const toml::node &node : *tables) {
                if (const toml::table *table = node.as_table())
                    names.append(ProjectName::normalize(textAt(*table, "name")));
            }
        }
        names.sort();
        return names;
    }

    QString m_path;
    QSet<ProjectName> m_names;
};

} // namespace

Result<LockFile> LockFile::parse(const QByteArray &text, const QString &path)
{
    LockReader reader(path);
    const toml::parse_result document =
        toml::parse(std::string_view(text.constData(), static_cast<size_t>(text.size())), path.toStdString());
    if (!document) {
        return reader.invalid(static_cast<int>(document.error().source().begin.line),
            QStringLiteral("%1, expected TOML").arg(toString(document.error().description())));
    }
    return reader.read(document.table());
}

} // namespace Axle
