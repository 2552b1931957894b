#pragma once

#include <axle/core/export.h>
#include <axle/core/result.h>
#include <axle/packaging/entrypoints.h>

#include <QtCore/QByteArray>
#include <QtCore/QMap>
#include <QtCore/QString>
#include <QtCore/QStringList>

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
    void addEntryPoint(const QString &group, const QString &name, const QString &value);
    /// A further file of the dist-info folder: `EXTENSIONS`, `licenses/LICENSE`.
    void addDistInfoFile(const QString &path, const QByteArray &data);

    QString fileName() const;
    /// Writes `folder/fileName()`; gives its path. Nothing is left behind on error.
    Result<QString> write(const QString &folder) const;

private:
    struct File
    {
        QByteArray data;
        bool executable = false;
    };
    QString m_name;
    QString m_version;
    QString m_tag;
    QMap<QString, File> m_files;
    QMap<QString, QByteArray> m_distInfoFiles;
    QList<std::pair<QString, QString>> m_metadata;
    QString m_description;
    QList<EntryPoint> m_entryPoints;
};

} // namespace Axle
