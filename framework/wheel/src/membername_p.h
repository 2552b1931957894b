#pragma once

#include "archivefault_p.h"

#include <axle/core/result.h>

#include <QtCore/QByteArrayView>
#include <QtCore/QString>

#include <deque>
#include <vector>

namespace Axle::Internal {

/// Whether the name of a member is UTF-8 text that means the same everywhere and stays below the place where the archive
/// is (Z33–Z38). `isUtf8`: flag bit 11.
Result<void> checkMemberName(QByteArrayView name, bool isUtf8, const Place &place);

/// Whether `path` is relative, `/`-separated, without empty, `.` and `..` parts, drive letters, backslashes and
/// control characters; a trailing `/` is allowed. Gives what is wrong in words, and its code; null: nothing.
Error checkPath(const QString &path, const Place &place);

/// Names seen so far, so that no two members can mean one file, also where case makes no difference (Z40, Z41).
class NameRegister
{
public:
    explicit NameRegister(std::int64_t expected);
    /// Judges a name by itself, as `checkMemberName` does, and among the others; notes a part of it that only other
    /// systems refuse (Z39): one that ends with a dot or blank, names a device of Windows (CON, NUL, COM1…) or has one of
    /// `<>"|?*`. The bytes of `name` must outlive the register. False: there is a fault.
    bool judge(QByteArrayView name, bool isUtf8, const Place &place, Findings &findings);

private:
    enum class Kind : std::uint16_t { File, Folder, FolderMember };
    /// A name without a slash at its end; folders also where only paths name them.
    struct Name
    {
        const char *begin = nullptr;
        std::uint32_t hash = 0;
        std::uint16_t size = 0;
        Kind kind = Kind::File;

        QByteArrayView key() const { return {begin, size}; }
    };

    Result<void> add(QByteArrayView key, bool isFolder, const Place &place);
    Result<void> addFolders(QByteArrayView key, const Place &place);
    /// The name that is known by `key`, or the one that it becomes by this; and whether it was known.
    std::pair<Name &, bool> known(QByteArrayView key, Kind kind);
    size_t slotOf(QByteArrayView key, std::uint32_t hash) const;
    void grow();

    std::vector<Name> m_names;          // folded
    std::vector<std::uint32_t> m_slots; // numbers of names from 1 on, by their hash; 0: a free slot
    std::deque<QByteArray> m_folded;    // the keys that are not the name itself
    QByteArrayView m_lastFolder;        // neighbours often share theirs
};

} // namespace Axle::Internal
