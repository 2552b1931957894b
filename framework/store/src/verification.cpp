#include "verification_p.h"

#include "treecheck_p.h"

#include <axle/core/fileclock.h>
#include <axle/core/logging.h>
#include <axle/store/codes.h>

#include <QtCore/QStringBuilder>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

namespace Axle::Internal {

namespace {

// Beyond this much, what may have to be staged is staged rather than kept in memory.
constexpr qsizetype PendingLimit = 64 << 20;

bool exists(const PrivateFolder &folder, const QString &name)
{
    struct stat status = {};
    return ::fstatat(folder.fd.get(), name.toUtf8().constData(), &status, AT_SYMLINK_NOFOLLOW) == 0;
}

Result<void> checkExecutable(const PrivateFolder &folder, const Wheel &wheel)
{
    struct statvfs status = {};
    if (::fstatvfs(folder.fd.get(), &status) != 0 || (status.f_flag & ST_NOEXEC) == 0)
        return {};
    for (const ArchiveMember &member : wheel.archive().members()) {
        if (const QString name = member.name(); isNative(name) && isImported(name)) {
            return Error(Codes::StoreNoExec,
                QStringLiteral("'%1' of '%2' is native code, but the store '%3' is mounted noexec")
                    .arg(name, wheel.fileName().toString(), folder.path),
                QStringLiteral("set AXLE_STORE to a folder from which code may run"));
        }
    }
    return {};
}

} // namespace

Verification::Verification(const PrivateFolder &content, const Wheel &wheel, Materialise materialise)
    : m_content(content)
    , m_wheel(wheel)
    , m_materialise(materialise)
    , m_treeName(wheel.fileName().toString())
    , m_recordName(m_treeName % u".verified")
    , m_begin(fileClock())
    , m_need(wheel.archive().members())
{
}

Result<QString> Verification::run()
{
    if (const auto executable = checkExecutable(m_content, m_wheel); !executable)
        return executable.error();
    removeLeftovers(m_content);
    const QString tree = m_content.path % u'/' % m_treeName;
    if (const auto known = readRecord(m_content, m_recordName)) {
        // The folder's name is the hash of all bytes, so what was found out about them holds.
        if (m_materialise == Materialise::WhenNeeded && !known->needsTree)
            return QString();
        if (exists(m_content, m_treeName)) {
            const auto reused = reuseTree(*known);
            if (!reused)
                return reused.error();
            if (*reused)
                return tree;
        }
    }
    if (const auto verified = verifyAnew(); !verified)
        return verified.error();
    return wantsTree() ? tree : QString();
}

/// Whether the tree that is there is as it was verified.
Result<bool> Verification::reuseTree(const VerificationRecord &known)
{
    TreeCheck check = checkTree(m_content, m_treeName, m_wheel, known);
    if (!check.isIntact) {
        qCWarning(lcAxleStore).noquote() << "the stored copy of" << m_treeName << "was changed:" << check.finding
                                         << "- it is made anew";
        return false;
    }
    if (!check.hasHashed)
        return true;
    const VerificationRecord renewed{known.needsTree, m_begin, std::move(check.files)};
    if (const auto drafted = draftRecord(m_content, m_recordName, renewed); !drafted)
        return drafted.error();
    if (const auto placed = placeRecord(m_content, m_recordName); !placed)
        return placed.error();
    return true;
}

Result<void> Verification::verifyAnew()
{
    const auto verified =
        m_wheel.readAll([this](const ArchiveMember &member, const QByteArray &bytes) { return accept(member, bytes); });
    if (!verified)
        return verified;
    // A wheel without any file does not exist (RECORD is one), so a tree that is wanted has been staged.
    Q_ASSERT(m_tree || !wantsTree());
    VerificationRecord record{m_need.isNeeded(), m_begin, {}};
    if (wantsTree())
        record.files = m_tree->files();
    if (const auto drafted = draftRecord(m_content, m_recordName, record); !drafted)
        return drafted;
    if (wantsTree()) {
        if (const auto placed = m_tree->place(m_treeName); !placed) {
            dropDraft(m_content, m_recordName);
            return placed;
        }
    }
    return placeRecord(m_content, m_recordName);
}

Result<void> Verification::accept(const ArchiveMember &member, const QByteArray &bytes)
{
    m_need.look(member.name(), bytes);
    if (wantsTree() || m_pendingSize > PendingLimit) {
        if (const auto staged = stagePending(); !staged)
            return staged;
        return stage(member, bytes);
    }
    m_pending.emplace_back(m_wheel.archive().find(member.rawName), bytes);
    m_pendingSize += bytes.size();
    return {};
}

Result<void> Verification::stage(const ArchiveMember &member, const QByteArray &bytes)
{
    if (!m_tree) {
        auto created = StagedTree::create(m_content);
        if (!created)
            return std::move(created).error();
        m_tree.emplace(std::move(*created));
    }
    return m_tree->add(member.name(), bytes, member.isExecutable ? FileAccess::Executable : FileAccess::ReadOnly);
}

Result<void> Verification::stagePending()
{
    for (const auto &[member, bytes] : m_pending) {
        if (const auto staged = stage(*member, bytes); !staged)
            return staged;
    }
    m_pending.clear();
    return {};
}

} // namespace Axle::Internal
