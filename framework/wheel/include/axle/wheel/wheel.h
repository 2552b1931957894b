#pragma once

#include <axle/packaging/entrypoints.h>
#include <axle/wheel/coremetadata.h>
#include <axle/wheel/extensionmap.h>
#include <axle/wheel/finding.h>
#include <axle/wheel/record.h>
#include <axle/wheel/wheelarchive.h>
#include <axle/wheel/wheelfilename.h>
#include <axle/wheel/wheellayout.h>

#include <functional>
#include <memory>

namespace Axle {

namespace Internal {
class LaterLayout;
class WheelReader;
} // namespace Internal

/// The file WHEEL of a wheel (binary distribution format).
struct AXLE_EXPORT WheelInfo
{
    QString wheelVersion;
    QString generator;
    bool rootIsPurelib = false;
    TagSet tags;
    QList<std::pair<QString, QString>> headers;

    /// Errors: `wheel-info-invalid`, `tag-invalid`, with the line.
    static Result<WheelInfo> parse(const QByteArray &text);
    /// Whether Axle knows what wheels of this version mean: 1.x. Error: `wheel-format-version`.
    Result<void> checkFormat() const;
};

/// One opened wheel: archive, names and metadata that agree with each other. Immutable; threads may share copies.
///
/// `open` judges structure and metadata (rules Z, W01–W05, W08–W13, W15) and reads no module; `readAll` and `verify` read
/// every byte. By tolerant rules, a wheel of an unknown format opens, so that it can be looked at.
class AXLE_EXPORT Wheel
{
public:
    static Result<Wheel> open(const QString &path, Rules rules = Rules::Strict);
    /// The same, of an archive that is open already (a snapshot), by its rules; `fileName` is the wheel's own file name.
    static Result<Wheel> open(std::shared_ptr<const WheelArchive> archive, const QString &fileName);

    /// All that is wrong with a wheel, in the order name, archive, metadata, contents, data; nothing when it is as it
    /// should be. A wheel that does not open is judged as far as it can be read. What only strict rules refuse is a
    /// finding of `Severity::Policy`.
    static QList<Finding> verify(const QString &path);

    const WheelFileName &fileName() const { return m_fileName; }
    const CoreMetadata &metadata() const { return m_metadata; }
    const WheelInfo &info() const { return m_info; }
    const EntryPoints &entryPoints() const { return m_entryPoints; }
    const ExtensionMap &extensions() const { return m_extensions; } ///< empty where there is no EXTENSIONS
    const Record &record() const { return m_record; }
    const WheelArchive &archive() const { return *m_archive; }
    std::shared_ptr<const WheelArchive> sharedArchive() const { return m_archive; }
    QString distInfo() const { return m_distInfo; } ///< "name-1.0.dist-info"
    /// What of it is imported; found out when somebody first asks, for all copies.
    const WheelLayout &layout() const;

    /// Bytes of a member, checked against CRC and RECORD. Errors: `file-not-found`, the archive's and RECORD's.
    Result<QByteArray> read(const QString &member) const;
    /// Reads every file and holds it against RECORD, and RECORD against the files (W10, W11, W14); hands each file's
    /// bytes, once they are checked, to `accept` when given (to store them). Stops at the first fault, or at an error of
    /// `accept`.
    using Accept = std::function<Result<void>(const ArchiveMember &, const QByteArray &)>;
    Result<void> readAll(const Accept &accept = {}) const;
    /// What the default policy of a host refuses although it could be mounted (W16, W20, W25). Looks at names and metadata
    /// only.
    QList<Finding> policyFindings() const;

private:
    friend class Internal::WheelReader;
    Wheel();

    WheelFileName m_fileName;
    CoreMetadata m_metadata;
    WheelInfo m_info;
    EntryPoints m_entryPoints;
    ExtensionMap m_extensions;
    Record m_record;
    std::shared_ptr<const WheelArchive> m_archive;
    QString m_distInfo;
    std::shared_ptr<Internal::LaterLayout> m_layout;
};

/// What a scan asks of a wheel. Archive, names and metadata agree with each other as `Wheel::open` has it, but RECORD is
/// only there: it is read when the wheel is mounted.
struct AXLE_EXPORT WheelSummary
{
    CoreMetadata metadata; ///< read for choice
    EntryPoints entryPoints;
    QList<TopLevelName> topLevelNames = {}; ///< sorted

    static Result<WheelSummary> open(std::shared_ptr<const WheelArchive> archive, const WheelFileName &fileName);
};

/// The reason why `fileName` cannot be loaded by `python`, naming the tags wanted and offered: `wheel-incompatible`.
AXLE_EXPORT Result<void> checkCompatible(const WheelFileName &fileName, const TargetPython &python);

} // namespace Axle
