#pragma once

#include <axle/wheel/wheelarchive.h>

namespace Axle::Internal {

/// Decides whether a wheel must be a real tree, by the names of its members and then by the text of its modules.
///
/// A static prediction, meant to err on the side of the tree: native code is loaded from a path; files beside modules
/// matter when a module asks where it is; a module that asks where it is *and* lists folders finds its own siblings.
class TreeNeed
{
public:
    explicit TreeNeed(const QList<ArchiveMember> &members);

    bool isNeeded() const { return m_needed; }
    void look(const QString &member, QByteArrayView bytes);

private:
    bool m_hasData = false;
    bool m_needed = false;
};

/// Whether `member` is a shared object: `x.so`, `libx.so.1`, `x.pyd`.
bool isNative(QStringView member);
/// Whether `member` is a module whose text `TreeNeed::look` wants.
bool isModule(QStringView member);
/// Whether `member` is beside importable code once the wheel is mounted: no dist-info, no `.data` scheme that is not
/// imported from.
bool isImported(QStringView member);

} // namespace Axle::Internal
