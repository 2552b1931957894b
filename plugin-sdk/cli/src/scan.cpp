#include "command.h"
#include "input.h"
#include "output.h"

#include <axle/discovery/scanner.h>

#include <QtCore/QFileInfo>
#include <QtCore/QJsonArray>

namespace Axle::Command {

namespace {

QString stateOf(const DiscoveredFile &file)
{
    if (file.isIncompatible())
        return QStringLiteral("incompatible");
    if (!file.isUsable())
        return QStringLiteral("invalid");
    return file.plugins().isEmpty() ? QStringLiteral("library") : QStringLiteral("plugin");
}

QString versionOf(const DiscoveredFile &file)
{
    if (file.metadata)
        return file.metadata->version.toString();
    return file.fileName ? file.fileName->version.toString() : QString();
}

/// What fits into the last column.
QString shortened(const QString &text)
{
    constexpr qsizetype width = 72;
    return text.size() <= width ? text : text.left(width - 1) + u'…';
}

QJsonObject toJson(const DiscoveredFile &file)
{
    QJsonObject object{{QStringLiteral("file"), QFileInfo(file.path).fileName()}, {QStringLiteral("path"), file.path},
        {QStringLiteral("id"), file.id()}, {QStringLiteral("version"), versionOf(file)},
        {QStringLiteral("state"), stateOf(file)}};
    if (file.metadata) {
        object[QStringLiteral("name")] = file.metadata->name.toString();
        object[QStringLiteral("summary")] = file.metadata->summary;
        object[QStringLiteral("plugins")] =
            QJsonArray::fromStringList(Output::pluginIds(file.metadata->name, file.plugins()));
    }
    if (!file.isUsable())
        object[QStringLiteral("error")] = file.error.toJson();
    return object;
}

void print(const QString &folder, const QList<DiscoveredFile> &files)
{
    if (files.isEmpty()) {
        Output::printLine(QStringLiteral("no wheels in '%1'").arg(folder));
        return;
    }
    QList<QStringList> rows;
    for (const DiscoveredFile &file : files)
        rows.append({stateOf(file), file.id(), versionOf(file),
            file.isUsable() ? shortened(file.metadata->summary) : file.error.message()});
    Output::printTable(rows);
}

} // namespace

int scan(const QString &folder, Format format)
{
    const auto files = Input::scanFolder(folder);
    if (!files)
        return Output::fail(files.error(), Unreadable, format, {{QStringLiteral("folder"), folder}});
    if (format == Format::Json) {
        QJsonArray array;
        for (const DiscoveredFile &file : *files)
            array.append(toJson(file));
        Output::printJson({{QStringLiteral("folder"), folder},
            {QStringLiteral("python"), TargetPython::current().version().toString()},
            {QStringLiteral("files"), array}});
    } else {
        print(folder, *files);
    }
    return Answered;
}

} // namespace Axle::Command
