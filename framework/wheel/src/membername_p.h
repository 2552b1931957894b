#pragma once

#include "archivefault_p.h"

#include <axle/core/result.h>

#include <QtCore/QByteArrayView>
#include <QtCore/QSet>
#include <QtCore/QString>

namespace Axle::Internal {

/// The name of a member as text, when it is one that means the same everywhere and stays below the place where the
/// archive is (Z33–Z38). `isUtf8`: flag bit 11.
Result<QString> decodeMemberName(QByteArrayView name, bool isUtf8, const Place &place);

/// Whether `path` is relative, `/`-separated, without empty, `.` and `..` parts, drive letters, backslashes and
/// control characters; a trailing `/` is allowed. Gives what is wrong in words, and its code; null: nothing.
Error checkPath(const QString &path, const Place &place);

/// Names seen so far, so that no two members can mean one file, also where case makes no difference (Z40, Z41).
class NameRegister
{
public:
    explicit NameRegister(qsizetype expected);
    Result<void> add(const QString &name, const Place &place);

private:
    QSet<QString> m_files;   // case-folded
    QSet<QString> m_folders; // case-folded, also those that only occur as part of a path
    QSet<QString> m_folderMembers;
};

} // namespace Axle::Internal
