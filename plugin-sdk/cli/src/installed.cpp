#include "codes.h"
#include "input.h"
#include "world.h"

#include <axle/packaging/targetpython.h>
#include <axle/wheel/coremetadata.h>

#include <QtCore/QDir>
#include <QtCore/QSet>
#include <QtCore/QStandardPaths>

namespace Axle {

namespace {

/// How an installation of Python lies in the file system.
struct Installation
{
    QString version;     ///< "3.11"
    QStringList folders; ///< where it imports distributions from, first wins
};

Error notFound(const QString &found, const QString &expected)
{
    return Error(Codes::PythonNotFound, found + QStringLiteral(", expected ") + expected,
        QStringLiteral("name the executable of the Python whose packages the host brings"));
}

/// `key = value` lines, as the module venv writes them.
QMap<QString, QString> settingsOf(const QByteArray &text)
{
    QMap<QString, QString> settings;
    for (const QString &line : QString::fromUtf8(text).split(u'\n'))
        settings.insert(line.section(u'=', 0, 0).trimmed().toLower(), line.section(u'=', 1).trimmed());
    return settings;
}

/// "3.11" of "3.11.2", "3.11.2.final.0" and "python3.11"; empty where there is no such thing.
QString shortVersion(QStringView text)
{
    if (text.startsWith(u"python"))
        text = text.sliced(6);
    const QList<QStringView> parts = text.split(u'.');
    if (parts.size() < 2 || parts[0] != u"3")
        return {};
    bool isNumber = false;
    const int minor = parts[1].toInt(&isNumber);
    return isNumber ? QStringLiteral("3.%1").arg(minor) : QString();
}

/// The folders of site.py below a prefix, Debian's among them, as far as they exist.
QStringList foldersBelow(const QString &prefix, const QString &version)
{
    QStringList folders;
    const QStringList patterns{QStringLiteral("lib/python%1/site-packages"),
        QStringLiteral("lib64/python%1/site-packages"), QStringLiteral("local/lib/python%1/dist-packages")};
    for (const QString &pattern : patterns)
        folders.append(QDir(prefix).filePath(pattern.arg(version)));
    folders.append(QDir(prefix).filePath(QStringLiteral("lib/python3/dist-packages")));
    QStringList existing;
    for (const QString &folder : std::as_const(folders)) {
        // lib64 may be a link to lib.
        const QString canonical = QFileInfo(folder).canonicalFilePath();
        if (!canonical.isEmpty() && !existing.contains(canonical))
            existing.append(canonical);
    }
    return existing;
}

/// What the executable's name does not say, its library folder does: the one that fits Axle, else any.
QString versionBelow(const QString &prefix)
{
    const QStringList names =
        QDir(prefix + QStringLiteral("/lib")).entryList({QStringLiteral("python3.*")}, QDir::Dirs);
    const QString wanted = TargetPython::current().shortVersion();
    for (const QString &name : names) {
        if (shortVersion(name) == wanted)
            return wanted;
    }
    return names.isEmpty() ? QString() : shortVersion(names.first());
}

Result<Installation> installationOf(const QFileInfo &executable)
{
    const QFileInfo file(executable.canonicalFilePath());
    const QString prefix = QDir::cleanPath(file.absolutePath() + QStringLiteral("/.."));
    QString version = shortVersion(file.fileName());
    if (version.isEmpty())
        version = versionBelow(prefix);
    const QStringList folders = version.isEmpty() ? QStringList() : foldersBelow(prefix, version);
    if (folders.isEmpty()) {
        return notFound(QStringLiteral("'%1' has no lib/python3.*/site-packages beside it").arg(executable.filePath()),
            QStringLiteral("the executable of a Python installation or virtual environment"));
    }
    return Installation{version, folders};
}

/// A virtual environment says by pyvenv.cfg where it comes from, and whether it sees what is installed there.
Result<Installation> environmentOf(const QString &prefix, const QMap<QString, QString> &settings)
{
    const QString written = settings.value(QStringLiteral("version"), settings.value(QStringLiteral("version_info")));
    QString version = shortVersion(written);
    if (version.isEmpty())
        version = versionBelow(prefix);
    Installation installation{version, foldersBelow(prefix, version)};
    const QString home = settings.value(QStringLiteral("home"));
    if (settings.value(QStringLiteral("include-system-site-packages")).toLower() == u"true" && !home.isEmpty())
        installation.folders += foldersBelow(QDir::cleanPath(home + QStringLiteral("/..")), version);
    if (installation.folders.isEmpty()) {
        return notFound(QStringLiteral("'%1' has a pyvenv.cfg, but no site-packages").arg(prefix),
            QStringLiteral("a virtual environment"));
    }
    return installation;
}

Result<Installation> locate(const QString &given)
{
    const QString path = given.contains(u'/') ? given : QStandardPaths::findExecutable(given);
    const QFileInfo executable(path);
    if (path.isEmpty() || !executable.isFile() || !executable.fileName().startsWith(u"python")) {
        return notFound(QStringLiteral("there is no Python '%1'").arg(given),
            QStringLiteral("the path of an executable called python…, or such a name in PATH"));
    }
    // Python looks beside its own name, before links are followed.
    const QDir beside(executable.absolutePath());
    for (const QString &folder : {beside.absolutePath(), QDir::cleanPath(beside.filePath(QStringLiteral("..")))}) {
        if (const auto text = Input::readText(folder + QStringLiteral("/pyvenv.cfg")))
            return environmentOf(folder, settingsOf(*text));
    }
    return installationOf(executable);
}

/// The value of a header of a text that the strict parser refuses.
QString headerOf(const QString &text, const QString &name)
{
    for (const QString &line : text.section(QStringLiteral("\n\n"), 0, 0).split(u'\n')) {
        if (line.section(u':', 0, 0).trimmed().compare(name, Qt::CaseInsensitive) == 0)
            return line.section(u':', 1).trimmed();
    }
    return {};
}

/// Nothing where there is no valid name and version: Python's own tools pass over that as well.
std::optional<Distribution> readMetadata(const QString &path)
{
    const auto text = Input::readText(path);
    if (!text)
        return std::nullopt;
    Distribution distribution;
    distribution.location = QFileInfo(path).absolutePath();
    if (const auto metadata = CoreMetadata::parseForChoice(*text)) {
        distribution.name = metadata->name;
        distribution.version = metadata->version;
        distribution.requiresDist = metadata->requiresDist;
        distribution.providesExtra = metadata->providesExtra;
        return distribution;
    }
    const QString lines = QString::fromUtf8(*text).replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
    const auto name = ProjectName::parse(headerOf(lines, QStringLiteral("Name")));
    const auto version = Version::parse(headerOf(lines, QStringLiteral("Version")));
    if (!name || !version)
        return std::nullopt;
    distribution.name = *name;
    distribution.version = *version;
    return distribution;
}

QList<Distribution> distributionsIn(const QString &folder)
{
    QList<Distribution> distributions;
    const QStringList names = QDir(folder).entryList(
        {QStringLiteral("*.dist-info"), QStringLiteral("*.egg-info")}, QDir::Dirs | QDir::Files, QDir::Name);
    for (const QString &name : names) {
        const QFileInfo entry(QDir(folder).filePath(name));
        const QString member = name.endsWith(u".dist-info") ? QStringLiteral("/METADATA") : QStringLiteral("/PKG-INFO");
        const QString path = entry.isDir() ? entry.filePath() + member : entry.filePath();
        if (const auto distribution = readMetadata(path))
            distributions.append(*distribution);
    }
    return distributions;
}

} // namespace

Result<QList<Distribution>> installedFor(const QString &executable)
{
    const auto installation = locate(executable);
    if (!installation)
        return installation.error();
    if (const QString wanted = TargetPython::current().shortVersion(); installation->version != wanted) {
        return Error(Codes::PythonVersionMismatch,
            QStringLiteral("'%1' is Python %2, expected %3").arg(executable, installation->version, wanted),
            QStringLiteral("wheels are planned for the Python that Axle is built for"));
    }
    QList<Distribution> installed;
    QSet<ProjectName> known;
    for (const QString &folder : installation->folders) {
        for (const Distribution &distribution : distributionsIn(folder)) {
            if (known.contains(distribution.name))
                continue;
            known.insert(distribution.name);
            installed.append(distribution);
        }
    }
    return installed;
}

} // namespace Axle
