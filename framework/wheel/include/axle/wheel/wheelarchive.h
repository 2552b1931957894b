#pragma once

#include <axle/core/export.h>
#include <axle/core/filedescriptor.h>
#include <axle/core/result.h>
#include <axle/wheel/finding.h>

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QString>

#include <functional>
#include <memory>
#include <vector>

namespace Axle {

namespace Internal {
class Findings;
struct CentralDirectory;
struct FolderListing;
} // namespace Internal

/// One file or folder of an archive, which its name is a part of: a copy is good for as long as the archive lives.
struct AXLE_EXPORT ArchiveMember
{
    enum class Method : std::uint8_t { Stored, Deflated };

    QByteArrayView rawName; ///< UTF-8, within the archive
    std::int64_t size = 0;
    std::int64_t compressedSize = 0;
    std::int64_t dataOffset = 0; ///< of the compressed bytes
    std::uint32_t crc32 = 0;
    Method method = Method::Stored;
    bool isExecutable = false;

    /// `/`-separated, never absolute, without `.` and `..`; folders end with `/`.
    QString name() const { return QString::fromUtf8(rawName); }
    bool isFolder() const { return rawName.endsWith('/'); }
};

/// How much of what is unusual but harmless is refused.
enum class Rules {
    Strict, ///< what a host loads: every rule
    /// What tools open: comments (Z08, Z28), 200,000 members (Z16), METADATA of 16 MiB, a path that is a link, a file of
    /// another user (Z01).
    Tolerant,
};

/// The strict reader of one zip file: nothing is believed that was not checked (APPNOTE 6.3, rules Z01–Z50).
///
/// An unpacked wheel, a folder `x-1-py3-none-any.whl`, is read like one: its files are the members, the rules for names
/// and kinds are the same, and each file is opened through the folder, never through a link. It can change; who needs the
/// bytes that were judged takes a copy (`pack`).
///
/// The whole structure is judged by `open`; `read` judges the data. Immutable afterwards, so that threads may share it.
/// Every error carries a code of `codes.h` and names member, offset, found and expected.
class AXLE_EXPORT WheelArchive
{
public:
    /// Takes the open file or folder; reads by pread only, never maps it.
    static Result<std::shared_ptr<const WheelArchive>> open(FileDescriptor file, Rules rules = Rules::Strict);
    static Result<std::shared_ptr<const WheelArchive>> open(const QString &path, Rules rules = Rules::Strict);

    /// Everything that is wrong, where `open` stops at the first fault. A fault of the archive itself ends the list when
    /// nothing behind it can be believed; one of a member does not. With `Depth::Data` the members that have none so far
    /// are read as well. At most about 1,000 findings.
    enum class Depth { Structure, Data };
    static QList<Finding> examine(const FileDescriptor &file, Rules rules = Rules::Strict, Depth depth = Depth::Data);
    static QList<Finding> examine(const QString &path, Rules rules = Rules::Strict, Depth depth = Depth::Data);

    const QList<ArchiveMember> &members() const { return m_members; } ///< in central-directory order
    const ArchiveMember *find(const QString &name) const;             ///< nullptr when there is none
    const ArchiveMember *find(QByteArrayView rawName) const;
    /// The inflated bytes, CRC and size checked. A folder's are empty. Of an unpacked wheel: the bytes of the file as it
    /// was when the folder was listed, else `file-changed`.
    Result<QByteArray> read(const ArchiveMember &member) const;
    const FileDescriptor &file() const { return m_file; }
    bool isUnpacked() const { return m_folder != nullptr; }
    /// What tells one state of the file, or of all files of an unpacked wheel, from another; as it was when it was opened.
    const FileIdentity &identity() const { return m_identity; }
    Result<FileIdentity> currentIdentity() const;
    static Result<FileIdentity> identityOf(const QString &path, Rules rules = Rules::Strict);
    /// Writes an unpacked wheel as an archive of stored members, piece by piece: the same bytes for the same files.
    /// Errors: `file-changed`, those of reading and of `sink`.
    using Sink = std::function<Result<void>(QByteArrayView)>;
    Result<void> pack(const Sink &sink) const;
    Rules rules() const { return m_rules; }
    /// What the rules let pass: `Policy` is what strict ones refuse, `Warning` what none does (Z39).
    const QList<Finding> &findings() const { return m_findings; }

private:
    WheelArchive() = default;
    static Result<std::shared_ptr<const WheelArchive>> open(
        OpenedFile opened, Rules rules, Internal::Findings findings);
    static void examine(
        const FileDescriptor &file, const FileStatus &status, Rules rules, Depth depth, Internal::Findings &findings);
    void take(Internal::CentralDirectory directory);
    void take(Internal::FolderListing listing);
    void indexMembers();
    size_t slotOf(QByteArrayView rawName) const;

    FileDescriptor m_file;
    FileIdentity m_identity;
    QByteArray m_whole;     // of a small file, all of it
    QByteArray m_directory; // where the members' names are
    Rules m_rules = Rules::Strict;
    QList<ArchiveMember> m_members;
    std::vector<std::uint32_t> m_slots; // numbers of members from 1 on, by the hash of their name; 0: a free slot
    QList<Finding> m_findings;
    std::shared_ptr<const Internal::FolderListing> m_folder; // of the members, in their order
};

/// Whether the bytes at the end of `file` are a complete zip end record that fits the file's size: a quick test that a
/// copy has finished, nothing more.
AXLE_EXPORT bool hasCompleteEnd(const FileDescriptor &file);

/// Whether the file belongs to this user or to root: `file-foreign-owner`.
AXLE_EXPORT Result<void> checkOwner(const FileDescriptor &file);

} // namespace Axle
