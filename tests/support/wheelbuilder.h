#pragma once

#include <axle/wheel/wheelwriter.h>

#include <QtCore/QByteArray>
#include <QtCore/QMap>
#include <QtCore/QSet>
#include <QtCore/QString>

namespace Axle::Test {

/// Builds wheels for tests, without binary files in the repository:
///
///     const QString path = WheelBuilder("demo", "1.0")
///         .file("demo/__init__.py", "class Plugin: ...")
///         .requires_("numpy>=1")
///         .entryPoint("axle.plugins", "demo", "demo:Plugin")
///         .write(folder);
///
/// A wheel is well-formed unless one of the functions below "Defects" is called.
class WheelBuilder
{
public:
    explicit WheelBuilder(const QString &name, const QString &version = QStringLiteral("1.0"));
    explicit WheelBuilder(const char *name, const char *version = "1.0");

    WheelBuilder &file(const QString &path, const QByteArray &data);
    WheelBuilder &file(const char *path, const QByteArray &data);
    WheelBuilder &requires_(const QString &requirement);
    WheelBuilder &requires_(const char *requirement);
    WheelBuilder &requiresPython(const char *specifiers);
    WheelBuilder &metadata(const char *header, const QString &value);
    WheelBuilder &entryPoint(const char *group, const char *name, const char *value);
    WheelBuilder &distInfoFile(const char *path, const QByteArray &data);
    /// `py3-none-any` where nothing else is said.
    WheelBuilder &tag(const char *tag);

    // Defects. They come after the wheel was built, so RECORD does not know of them. `member` is the path in the
    // archive; `{dist-info}` in it stands for the dist-info folder.
    /// Other bytes: `record-hash-mismatch` or `record-size-mismatch`; for `{dist-info}/RECORD`, whatever RECORD says.
    WheelBuilder &replaced(const char *member, const QByteArray &data);
    /// A member that RECORD lists is not there: `record-ghost`.
    WheelBuilder &removed(const char *member);
    /// A member that RECORD does not list: `record-unlisted`.
    WheelBuilder &smuggled(const char *member, const QByteArray &data);

    /// A file that the writer would refuse, such as a broken extension module; RECORD knows it.
    WheelBuilder &unchecked(const QString &path, const QByteArray &data);

    QString fileName() const;
    /// Writes `folder/fileName()` and gives its path; ends the test program when that cannot be done.
    QString write(const QString &folder) const;

private:
    WheelWriter writer() const;
    QByteArray uncheckedRows() const;
    QByteArray withDefects(const QString &path) const;
    QByteArray memberName(const char *member) const;

    QString m_name;
    QString m_version;
    QString m_tag = QStringLiteral("py3-none-any");
    QMap<QString, QByteArray> m_files;
    QMap<QString, QByteArray> m_distInfoFiles;
    QList<std::pair<QString, QString>> m_metadata;
    QList<QStringList> m_entryPoints;
    QMap<QByteArray, QByteArray> m_replaced;
    QMap<QByteArray, QByteArray> m_smuggled;
    QSet<QByteArray> m_removed;
    QMap<QByteArray, QByteArray> m_unchecked;
};

/// Flips one bit in the middle of the stored bytes of `member`: `zip-crc` or `zip-deflate` when it is read.
void corruptMember(const QString &wheel, const QString &member);
/// Cuts the file off after `size` bytes: `zip-truncated`.
void truncateFile(const QString &path, qint64 size);
/// Writes `bytes` as `folder/name` and gives its path.
QString writeFile(const QString &folder, const QString &name, const QByteArray &bytes);

} // namespace Axle::Test
