#pragma once

#include <axle/core/export.h>
#include <axle/core/result.h>

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QMap>
#include <QtCore/QString>

#include <utility>

class QFile;

namespace Axle {

/// Writes a wheel: reproducible (members sorted, one date, dist-info last, RECORD made here), UTF-8 names, no data
/// descriptors, atomically placed. The result is opened again by the strict reader before it is given its name.
///
/// The date is SOURCE_DATE_EPOCH where that is set, else 1980-01-01.
class AXLE_EXPORT WheelWriter
{
public:
    /// `tag`: as in the file name, `py3-none-any`.
    WheelWriter(const QString &name, const QString &version, const QString &tag);

    void addFile(const QString &path, const QByteArray &data, bool executable = false);
    /// A METADATA header besides Metadata-Version, Name and Version: `addMetadata("Requires-Dist", "numpy>=1.24")`.
    void addMetadata(const QString &header, const QString &value);
    void setDescription(const QString &text);
    /// `value`: `module:attribute`.
    void addEntryPoint(const QString &group, const QString &name, const QString &value);
    /// A further file of the dist-info folder: `EXTENSIONS`, `licenses/LICENSE`.
    void addDistInfoFile(const QString &path, const QByteArray &data);

    QString fileName() const;
    /// Writes `folder/fileName()`, in place of such a file if there is one; gives its path. Nothing is left behind on
    /// error. Errors: `wheel-not-written`, and what the strict reader says of the result.
    Result<QString> write(const QString &folder) const;

private:
    struct File
    {
        QByteArray data;
        bool executable = false;
    };
    struct EntryPointLine
    {
        QString group;
        QString name;
        QString value;
    };
    using Members = QList<std::pair<QString, File>>;

    QString distInfo() const;
    QByteArray metadataText() const;
    QByteArray wheelText() const;
    QByteArray entryPointsText() const;
    Members members() const;
    Result<void> writeTo(QFile &file) const;

    QString m_name;
    QString m_version;
    QString m_tag;
    QMap<QString, File> m_files;
    QMap<QString, QByteArray> m_distInfoFiles;
    QList<std::pair<QString, QString>> m_metadata;
    QString m_description;
    QList<EntryPointLine> m_entryPoints;
};

} // namespace Axle
