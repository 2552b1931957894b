#pragma once

#include "archivefault_p.h"

#include <axle/core/result.h>

#include <QtCore/QByteArrayView>
#include <QtCore/QHash>
#include <QtCore/QString>

#include <deque>

namespace Axle::Internal {

/// The name of a member as text, when it is one that means the same everywhere and stays below the place where the
/// archive is (Z33–Z38). `isUtf8`: flag bit 11.
Result<QString> decodeMemberName(QByteArrayView name, bool isUtf8, const Place &place);

/// Whether `path` is relative, `/`-separated, without empty, `.` and `..` parts, drive letters, backslashes and
/// control characters; a trailing `/` is allowed. Gives what is wrong in words, and its code; null: nothing.
Error checkPath(const QString &path, const Place &place);

/// The part of `name` that only other systems refuse (Z39): one that ends with a dot or blank, names a device of Windows
/// (CON, NUL, COM1…) or has one of `<>"|?*`. Empty when there is none.
QByteArrayView nonPortablePart(QByteArrayView name);
/// Notes such a part, which is no reason to refuse anything.
void notePortability(QByteArrayView name, const Place &place, Findings &findings);

/// Names seen so far, so that no two members can mean one file, also where case makes no difference (Z40, Z41).
class NameRegister
{
public:
    explicit NameRegister(qsizetype expected);
    /// `name` is UTF-8 without `decodeMemberName`'s faults; its bytes must outlive the register.
    Result<void> add(QByteArrayView name, const Place &place);

private:
    enum class Kind { File, Folder, FolderMember };

    QByteArrayView folded(QByteArrayView name);
    Result<void> addFolders(QByteArrayView key, const Place &place);

    QHash<QByteArrayView, Kind>
        m_kinds;                   // by folded name without a slash at its end; folders also where only paths name them
    std::deque<QByteArray> m_keys; // of `m_kinds`, those that are not the name itself
    QByteArrayView m_lastFolder;   // neighbours often share theirs
};

} // namespace Axle::Internal
