#pragma once

#include <axle/python/modulesource.h>
#include <axle/store/store.h>

namespace Axle {

/// A verified wheel as the importer sees it: its files, `.data/purelib` and `.data/platlib` among the import roots,
/// other `.data` schemes left out. Reads from the store's tree or from the snapshot, never from the user's file.
class AXLE_EXPORT WheelSource final : public ModuleSource
{
public:
    explicit WheelSource(VerifiedWheel wheel);

    const VerifiedWheel &wheel() const { return m_wheel; }

    QString name() const override;
    QString location() const override;
    bool isMaterialised() const override;
    QStringList members() const override;
    QStringList importRoots() const override;
    QString distInfo() const override;
    Result<QByteArray> read(const QString &member) const override;

private:
    VerifiedWheel m_wheel;
};

} // namespace Axle
