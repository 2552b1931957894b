#pragma once

#include "stagedtree_p.h"
#include "treeneed_p.h"
#include "verificationrecord_p.h"

#include <axle/store/store.h>

namespace Axle::Internal {

/// Verifies one wheel within the folder of its content, `<root>/<sha256>`, whose lock the caller holds.
class Verification
{
public:
    Verification(const PrivateFolder &content, const Wheel &wheel, Materialise materialise);

    /// The tree's path, empty when the wheel runs from its archive.
    Result<QString> run();

private:
    Result<bool> reuseTree(const VerificationRecord &known);
    Result<void> verifyAnew();
    Result<void> accept(const ArchiveMember &member, const QByteArray &bytes);
    Result<void> stage(const ArchiveMember &member, const QByteArray &bytes);
    Result<void> stagePending();
    bool wantsTree() const { return m_materialise == Materialise::Always || m_need.isNeeded(); }

    const PrivateFolder &m_content;
    const Wheel &m_wheel;
    const Materialise m_materialise;
    const QString m_treeName;
    const QString m_recordName;
    const std::int64_t m_begin;
    TreeNeed m_need;
    std::optional<StagedTree> m_tree;
    /// Verified files that become part of the tree if one turns out to be needed, and how many bytes they are.
    std::vector<std::pair<const ArchiveMember *, QByteArray>> m_pending;
    qsizetype m_pendingSize = 0;
};

} // namespace Axle::Internal
