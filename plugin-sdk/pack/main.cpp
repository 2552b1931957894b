#include "description.h"

#include <axle/core/codes.h>
#include <axle/wheel/wheelwriter.h>

#include <QtCore/QDir>
#include <QtCore/QDirIterator>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <cstdio>

namespace Axle::Internal {

namespace {

Result<QByteArray> contents(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error(Codes::FileUnreadable, QStringLiteral("'%1' cannot be read: %2").arg(path, file.errorString()));
    return file.readAll();
}

Result<void> addFile(WheelWriter &writer, const QString &member, const QString &source)
{
    const Result<QByteArray> data = contents(source);
    if (!data)
        return data.error();
    writer.addFile(member, *data, QFileInfo(source).suffix() == u"so");
    return {};
}

/// Bytecode that an interpreter left among the sources must not go in: it is stale sooner or later.
Result<void> addPackage(WheelWriter &writer, const QString &folder)
{
    const QDir parent(QFileInfo(folder).absolutePath());
    QDirIterator found(folder, QDir::Files | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (found.hasNext()) {
        const QString path = found.next();
        if (path.contains(u"/__pycache__/"))
            continue;
        if (const Result<void> added = addFile(writer, parent.relativeFilePath(path), path); !added)
            return added;
    }
    return {};
}

void addMetadata(WheelWriter &writer, const PackDescription &description)
{
    if (!description.summary.isEmpty())
        writer.addMetadata(QStringLiteral("Summary"), description.summary);
    if (!description.requiresPython.isEmpty())
        writer.addMetadata(QStringLiteral("Requires-Python"), description.requiresPython);
    for (const QString &requirement : description.requirements)
        writer.addMetadata(QStringLiteral("Requires-Dist"), requirement);
    for (const auto &[group, name, value] : description.entryPoints)
        writer.addEntryPoint(group, name, value);
    if (!description.extensions.isEmpty())
        writer.addDistInfoFile(QStringLiteral("EXTENSIONS"), description.extensions);
}

Result<QString> pack(const QString &descriptionPath, const QString &folder)
{
    const Result<QByteArray> json = contents(descriptionPath);
    if (!json)
        return json.error();
    const Result<PackDescription> description = PackDescription::parse(*json);
    if (!description)
        return description.error();

    WheelWriter writer(description->name, description->version, description->tag);
    addMetadata(writer, *description);
    if (!description->package.isEmpty()) {
        if (const Result<void> added = addPackage(writer, description->package); !added)
            return added.error();
    }
    for (const auto &[member, source] : description->files) {
        if (const Result<void> added = addFile(writer, member, source); !added)
            return added.error();
    }
    return writer.write(folder);
}

} // namespace

} // namespace Axle::Internal

int main(int argc, char **argv)
{
    if (argc != 3) {
        std::fputs("usage: axle-pack DESCRIPTION.json FOLDER\n", stderr);
        return 2;
    }
    const QString description = QFile::decodeName(argv[1]);
    const Axle::Result<QString> wheel = Axle::Internal::pack(description, QFile::decodeName(argv[2]));
    if (!wheel) {
        std::fprintf(stderr, "axle-pack: %s: %s\n", argv[1], qPrintable(wheel.error().toString()));
        return 1;
    }
    return 0;
}
