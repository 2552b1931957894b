#include "lockfile.h"

#include <axle/core/filedescriptor.h>
#include <axle/wheel/digest.h>

#include <QtCore/QIODevice>

#include <algorithm>

namespace Axle {

namespace {

/// A basic string of TOML.
QString quoted(const QString &text)
{
    QString string;
    for (const QChar character : text) {
        if (character == u'"' || character == u'\\')
            string += u'\\';
        if (character < u' ' || character == QChar(0x7f))
            string += QStringLiteral("\\u%1").arg(character.unicode(), 4, 16, QLatin1Char('0'));
        else
            string += character;
    }
    return u'"' + string + u'"';
}

QString textOf(const LockedWheel &wheel)
{
    QString text = QStringLiteral("\n[[packages]]\nname = %1\nversion = %2\n")
                       .arg(quoted(wheel.name.normalized()), quoted(wheel.version.toString()));
    if (!wheel.requiresPython.isEmpty())
        text += QStringLiteral("requires-python = %1\n").arg(quoted(wheel.requiresPython));
    if (!wheel.dependencies.isEmpty()) {
        QStringList tables;
        for (const QString &name : wheel.dependencies)
            tables.append(QStringLiteral("{ name = %1 }").arg(quoted(name)));
        text += QStringLiteral("dependencies = [%1]\n").arg(tables.join(QStringLiteral(", ")));
    }
    return text
        + QStringLiteral("\n[[packages.wheels]]\nname = %1\npath = %2\nsize = %3\nhashes = { sha256 = %4 }\n")
              .arg(quoted(wheel.fileName), quoted(wheel.path), QString::number(wheel.content.size),
                  quoted(QString::fromLatin1(wheel.content.sha256)));
}

} // namespace

Result<FileContent> FileContent::of(const QString &path, QIODevice *copy)
{
    constexpr std::int64_t chunk = 1 << 20;
    const auto opened = FileDescriptor::openWithStatus(path);
    if (!opened)
        return opened.error();
    Sha256 hash;
    const std::int64_t size = opened->status.identity.size;
    for (std::int64_t offset = 0; offset < size; offset += chunk) {
        const auto bytes = opened->file.readAt(offset, std::min(chunk, size - offset));
        if (!bytes)
            return bytes.error();
        hash.add(*bytes);
        if (copy != nullptr)
            copy->write(*bytes);
    }
    return FileContent{size, hash.result().toHex()};
}

QByteArray LockFile::toText() const
{
    QList<LockedWheel> sorted = wheels;
    std::sort(sorted.begin(), sorted.end(),
        [](const LockedWheel &a, const LockedWheel &b) { return a.name.normalized() < b.name.normalized(); });
    QString text = QStringLiteral("# Written by 'axle lock'. 'axle sync' holds a folder against it.\n"
                                  "lock-version = \"1.0\"\ncreated-by = \"axle\"\n");
    if (sorted.isEmpty())
        text += QStringLiteral("packages = []\n");
    for (const LockedWheel &wheel : std::as_const(sorted))
        text += textOf(wheel);
    return text.toUtf8();
}

} // namespace Axle
