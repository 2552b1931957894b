#pragma once

#include <axle/wheel/toplevel.h>

#include <QtCore/QStringList>

namespace Axle {

class Wheel;

/// What of a wheel is imported, and from where (binary distribution format, "The .data directory"): its root and the
/// schemes `purelib` and `platlib`. The other schemes are for an installer; a host leaves them alone.
class AXLE_EXPORT WheelLayout
{
public:
    explicit WheelLayout(const Wheel &wheel);

    /// Folders that modules are looked for in, first the root, which is empty; then purelib and platlib where they
    /// have files.
    const QStringList &importRoots() const { return m_importRoots; }
    /// Every file but those of other schemes, sorted.
    const QStringList &importedFiles() const { return m_importedFiles; }
    /// Files of other schemes, sorted: `x-1.0.data/scripts/x`.
    const QStringList &installedFiles() const { return m_installedFiles; }
    /// What `import name` finds, sorted by name. Folders without a file that could be a module are no packages.
    const QList<TopLevelName> &topLevelNames() const { return m_topLevelNames; }

    /// The path below its import root, as a module would name it: `x-1.0.data/purelib/x/a.py` gives `x/a.py`.
    QString belowRoot(const QString &importedFile) const;

private:
    QStringList m_importRoots;
    QStringList m_importedFiles;
    QStringList m_installedFiles;
    QList<TopLevelName> m_topLevelNames;
};

} // namespace Axle
