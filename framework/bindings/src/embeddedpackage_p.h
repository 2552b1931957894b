#pragma once

#include <axle/python/modulesource.h>

#include <QtCore/QByteArrayView>

namespace Axle::Internal {

/// A file of the Python package, compiled into the framework.
struct EmbeddedFile
{
    const char *name;
    QByteArrayView bytes;
};

/// All of them, sorted by name.
const QList<EmbeddedFile> &embeddedFiles();

/// The Python package `axle` of a host, without any file on disk.
class EmbeddedPackage final : public ModuleSource
{
public:
    QString name() const override;
    QString location() const override;
    bool isMaterialised() const override { return false; }
    QStringList members() const override;
    QStringList importRoots() const override { return {QString()}; }
    QString distInfo() const override { return {}; }
    Result<QByteArray> read(const QString &member) const override;
};

} // namespace Axle::Internal
