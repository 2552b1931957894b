#include "codes.h"
#include "command.h"
#include "input.h"
#include "lockfile.h"
#include "output.h"
#include "world.h"

#include <axle/core/codes.h>

#include <QtCore/QDir>
#include <QtCore/QJsonArray>
#include <QtCore/QSaveFile>
#include <QtCore/QSet>

namespace Axle::Command {

namespace {

/// One way in which a folder is not as its lock says.
struct Difference
{
    QString kind; ///< "missing", "changed", "extra", "left-out" or "replaced"
    QString file;
    QString text;
};

QString textOf(const FileContent &content)
{
    const QString hash = QStringLiteral("sha256 %1").arg(QString::fromLatin1(content.sha256));
    return content.size < 0 ? hash : QStringLiteral("%1 bytes, %2").arg(content.size).arg(hash);
}

bool isLocked(const FileContent &content, const LockedWheel &wheel)
{
    return content.sha256 == wheel.content.sha256 && (wheel.content.size < 0 || content.size == wheel.content.size);
}

/// Copies the wheels of a lock that a folder lacks, each whole or not at all, and no other bytes than the locked ones.
class Copier
{
public:
    Copier(const QString &origin, const QString &folder)
        : m_origin(origin)
        , m_folder(folder)
    {
    }

    /// Error: `file-not-written`. A wheel that the origin does not have stays missing.
    Result<QStringList> run(const LockFile &lock) const
    {
        QStringList copied;
        for (const LockedWheel &wheel : lock.wheels) {
            const QFileInfo target(m_folder.filePath(wheel.fileName));
            if (target.exists() || target.isSymLink() || !QFileInfo::exists(m_origin.filePath(wheel.fileName)))
                continue;
            const auto isCopied = copy(wheel);
            if (!isCopied)
                return isCopied.error();
            if (*isCopied)
                copied.append(wheel.fileName);
        }
        return copied;
    }

private:
    Result<bool> copy(const LockedWheel &wheel) const
    {
        QSaveFile target(m_folder.filePath(wheel.fileName));
        if (!target.open(QIODevice::WriteOnly))
            return notWritten(target);
        const auto content = FileContent::of(m_origin.filePath(wheel.fileName), &target);
        if (!content)
            return content.error();
        if (!isLocked(*content, wheel))
            return false;
        if (!target.commit())
            return notWritten(target);
        return true;
    }

    static Error notWritten(const QSaveFile &file)
    {
        return Error(Codes::FileNotWritten,
            QStringLiteral("cannot write '%1': %2").arg(file.fileName(), file.errorString()),
            QStringLiteral("check that its folder can be written to and has room"));
    }

    QDir m_origin;
    QDir m_folder;
};

/// What is wrong with the file of a locked wheel; nothing: it is the locked one.
std::optional<Difference> differenceOf(const LockedWheel &wheel, const QDir &folder)
{
    const auto content = FileContent::of(folder.filePath(wheel.fileName));
    if (content && isLocked(*content, wheel))
        return std::nullopt;
    if (content) {
        return Difference{QStringLiteral("changed"), wheel.fileName,
            QStringLiteral("it has %1, expected %2").arg(textOf(*content), textOf(wheel.content))};
    }
    if (content.error().code() == Codes::FileNotFound)
        return Difference{QStringLiteral("missing"), wheel.fileName, QStringLiteral("it is not in the folder")};
    return Difference{QStringLiteral("changed"), wheel.fileName, content.error().message()};
}

/// What comes of the folder as it is, with what is locked preferred.
Resolution resolvePreferring(const LockFile &lock, const World &world)
{
    QSet<QString> locked;
    for (const LockedWheel &wheel : lock.wheels)
        locked.insert(wheel.fileName);
    ResolverInput input = world.input;
    for (const DiscoveredFile &file : world.files) {
        if (locked.contains(file.path.section(u'/', -1)))
            input.preferred.append(file.path);
    }
    return Resolver(input).resolvePlugins(world.plugins(), Explain::Reasons);
}

/// Where a locked wheel that is there would not be loaded.
std::optional<Difference> absenceOf(const LockedWheel &wheel, const Resolution &resolution)
{
    const QString name = wheel.name.normalized();
    if (const PlanEntry *entry = resolution.find(name)) {
        if (fileNameOf(entry->distribution) == wheel.fileName)
            return std::nullopt;
        return Difference{QStringLiteral("replaced"), wheel.fileName,
            QStringLiteral("'%1' would be loaded instead").arg(fileNameOf(entry->distribution))};
    }
    const auto explanation = resolution.leftOut.constFind(name);
    return Difference{QStringLiteral("left-out"), wheel.fileName,
        explanation != resolution.leftOut.cend() ? explanation->headline
                                                 : QStringLiteral("nothing that would be loaded needs it")};
}

QList<Difference> compare(const LockFile &lock, const World &world)
{
    const Resolution resolution = resolvePreferring(lock, world);
    QList<Difference> differences;
    QSet<QString> locked;
    for (const LockedWheel &wheel : lock.wheels) {
        locked.insert(wheel.fileName);
        auto difference = differenceOf(wheel, QDir(world.folder));
        if (!difference)
            difference = absenceOf(wheel, resolution);
        if (difference)
            differences.append(*difference);
    }
    for (const DiscoveredFile &file : world.files) {
        const QString name = file.path.section(u'/', -1);
        if (!locked.contains(name))
            differences.append({QStringLiteral("extra"), name, QStringLiteral("it is not in the lock")});
    }
    return differences;
}

QJsonArray toJson(const QList<Difference> &differences)
{
    QJsonArray array;
    for (const Difference &each : differences) {
        array.append(QJsonObject{{QStringLiteral("kind"), each.kind}, {QStringLiteral("file"), each.file},
            {QStringLiteral("text"), each.text}});
    }
    return array;
}

void print(const QStringList &copied, const QList<Difference> &differences, qsizetype wheels)
{
    for (const QString &file : copied)
        Output::printLine(QStringLiteral("copied '%1'").arg(file));
    QList<QStringList> rows;
    for (const Difference &each : differences)
        rows.append({each.kind, each.file, each.text});
    Output::printTable(rows);
    if (differences.isEmpty())
        Output::printLine(QStringLiteral("as locked: %1 wheels").arg(wheels));
}

} // namespace

int sync(const Sources &sources, const QString &lockFile, const QString &origin, Format format)
{
    const QJsonObject document{{QStringLiteral("folder"), sources.folder}, {QStringLiteral("lock"), lockFile}};
    const auto fail = [&](const Error &error) { return Output::fail(error, Unreadable, format, document); };
    const auto text = Input::readText(lockFile);
    if (!text)
        return fail(text.error());
    const auto lock = LockFile::parse(*text, lockFile);
    if (!lock)
        return fail(lock.error());
    QStringList copied;
    if (!origin.isEmpty()) {
        const auto result = Copier(origin, sources.folder).run(*lock);
        if (!result)
            return fail(result.error());
        copied = *result;
    }
    const auto world = World::read(sources);
    if (!world)
        return fail(world.error());
    const QList<Difference> differences = compare(*lock, *world);
    if (format == Format::Json) {
        QJsonObject answer = document;
        answer[QStringLiteral("same")] = differences.isEmpty();
        answer[QStringLiteral("copied")] = QJsonArray::fromStringList(copied);
        answer[QStringLiteral("differences")] = toJson(differences);
        Output::printJson(answer);
    } else {
        print(copied, differences, lock->wheels.size());
    }
    return differences.isEmpty() ? Answered : Negative;
}

} // namespace Axle::Command
