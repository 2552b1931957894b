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
    /// The folders of `NAME-VERSION.data`: where an installer puts files. Axle itself uses the first two.
    enum class Scheme { Purelib, Platlib, Headers, Scripts, Data };

    /// `tag`: as in the file name, also a compressed set: `py3-none-any`, `py2.py3-none-any`.
    WheelWriter(const QString &name, const QString &version, const QString &tag);

    /// What tells two builds of one version apart; begins with a digit.
    void setBuild(const QString &build);
    void addFile(const QString &path, const QByteArray &data, bool executable = false);
    void addDataFile(Scheme scheme, const QString &path, const QByteArray &data, bool executable = false);
    /// A METADATA header besides Metadata-Version, Name and Version: `addMetadata("Requires-Dist", "numpy>=1.24")`.
    /// Metadata-Version is the lowest that has all the headers.
    void addMetadata(const QString &header, const QString &value);
    void setDescription(const QString &text);
    /// `value`: `module:attribute`.
    void addEntryPoint(const QString &group, const QString &name, const QString &value);
    /// A licence of the distribution (PEP 639): named in METADATA, and put where that says. `path`: `LICENSE`,
    /// `vendor/LICENSE.txt`.
    void addLicenseFile(const QString &path, const QByteArray &data);
    /// A further file of the dist-info folder: `EXTENSIONS`.
    void addDistInfoFile(const QString &path, const QByteArray &data);

    QString fileName() const;
    /// Writes `folder/fileName()`, in place of such a file if there is one; gives its path. After success it is on the
    /// disk. On error nothing is left behind, and a file that was there stays; but where only the last step failed, to
    /// make the folder durable, the whole new wheel is there. Errors: `wheel-not-written`, and what the strict reader
    /// says of the result.
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

    QString stem() const;
    QString distInfo() const;
    QString metadataVersion() const;
    QByteArray metadataText() const;
    QByteArray wheelText() const;
    QByteArray entryPointsText() const;
    Members members() const;
    Result<void> writeTo(QFile &file) const;

    QString m_name;
    QString m_version;
    QString m_tag;
    QString m_build;
    QMap<QString, File> m_files;
    QMap<QString, QByteArray> m_distInfoFiles;
    QList<std::pair<QString, QString>> m_metadata;
    QString m_description;
    QList<EntryPointLine> m_entryPoints;
};

} // namespace Axle
