#pragma once

#include <axle/python/modulesource.h>

#include <QtCore/QMap>

namespace Axle::Test {

/// A ModuleSource made of texts: importer tests without wheels.
class InMemorySource final : public ModuleSource
{
public:
    InMemorySource(const QString &name, const QMap<QString, QByteArray> &files)
        : m_name(name)
        , m_files(files)
    {
    }

    QStringList roots{QString()};
    QString distInfoFolder;

    QString name() const override { return m_name; }
    QString location() const override { return QStringLiteral("/nowhere/%1-1.0-py3-none-any.whl").arg(m_name); }
    bool isMaterialised() const override { return false; }
    QStringList members() const override { return m_files.keys(); }
    QStringList importRoots() const override { return roots; }
    QString distInfo() const override { return distInfoFolder; }
    Result<QByteArray> read(const QString &member) const override { return m_files.value(member); }

private:
    QString m_name;
    QMap<QString, QByteArray> m_files;
};

} // namespace Axle::Test
