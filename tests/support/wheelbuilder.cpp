#include "wheelbuilder.h"

#include "rawzip.h"

#include <axle/wheel/wheelarchive.h>

#include <QtCore/QCryptographicHash>
#include <QtCore/QDebug>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>

namespace Axle::Test {

namespace {

template<class T>
T require(Result<T> result)
{
    if (!result)
        qFatal("%s", qUtf8Printable(result.error().toString()));
    return std::move(*result);
}

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qUtf8Printable(path));
    return file.readAll();
}

} // namespace

WheelBuilder::WheelBuilder(const QString &name, const QString &version)
    : m_name(name)
    , m_version(version)
{
}

WheelBuilder::WheelBuilder(const char *name, const char *version)
    : WheelBuilder(QString::fromUtf8(name), QString::fromUtf8(version))
{
}

WheelBuilder &WheelBuilder::file(const QString &path, const QByteArray &data)
{
    m_files.insert(path, data);
    return *this;
}

WheelBuilder &WheelBuilder::file(const char *path, const QByteArray &data)
{
    return file(QString::fromUtf8(path), data);
}

WheelBuilder &WheelBuilder::requires_(const QString &requirement)
{
    return metadata("Requires-Dist", requirement);
}

WheelBuilder &WheelBuilder::requires_(const char *requirement)
{
    return requires_(QString::fromUtf8(requirement));
}

WheelBuilder &WheelBuilder::requiresPython(const char *specifiers)
{
    return metadata("Requires-Python", QString::fromUtf8(specifiers));
}

WheelBuilder &WheelBuilder::metadata(const char *header, const QString &value)
{
    m_metadata += {QString::fromUtf8(header), value};
    return *this;
}

WheelBuilder &WheelBuilder::entryPoint(const char *group, const char *name, const char *value)
{
    m_entryPoints += {QString::fromUtf8(group), QString::fromUtf8(name), QString::fromUtf8(value)};
    return *this;
}

WheelBuilder &WheelBuilder::distInfoFile(const char *path, const QByteArray &data)
{
    m_distInfoFiles.insert(QString::fromUtf8(path), data);
    return *this;
}

WheelBuilder &WheelBuilder::tag(const char *tag)
{
    m_tag = QString::fromUtf8(tag);
    return *this;
}

QByteArray WheelBuilder::memberName(const char *member) const
{
    const QStringList parts = fileName().split(u'-');
    const QString distInfo = QStringLiteral("%1-%2.dist-info").arg(parts[0], parts[1]);
    return QString::fromUtf8(member).replace(QStringLiteral("{dist-info}"), distInfo).toUtf8();
}

WheelBuilder &WheelBuilder::replaced(const char *member, const QByteArray &data)
{
    m_replaced.insert(memberName(member), data);
    return *this;
}

WheelBuilder &WheelBuilder::removed(const char *member)
{
    m_removed.insert(memberName(member));
    return *this;
}

WheelBuilder &WheelBuilder::smuggled(const char *member, const QByteArray &data)
{
    m_smuggled.insert(memberName(member), data);
    return *this;
}

WheelBuilder &WheelBuilder::unchecked(const QString &path, const QByteArray &data)
{
    m_unchecked.insert(path.toUtf8(), data);
    return *this;
}

QString WheelBuilder::fileName() const
{
    return WheelWriter(m_name, m_version, m_tag).fileName();
}

WheelWriter WheelBuilder::writer() const
{
    WheelWriter writer(m_name, m_version, m_tag);
    for (auto file = m_files.begin(); file != m_files.end(); ++file)
        writer.addFile(file.key(), file.value(), file.key().endsWith(QStringLiteral(".so")));
    for (auto file = m_distInfoFiles.begin(); file != m_distInfoFiles.end(); ++file)
        writer.addDistInfoFile(file.key(), file.value());
    for (const auto &[header, value] : m_metadata)
        writer.addMetadata(header, value);
    for (const QStringList &entryPoint : m_entryPoints)
        writer.addEntryPoint(entryPoint[0], entryPoint[1], entryPoint[2]);
    return writer;
}

QByteArray WheelBuilder::uncheckedRows() const
{
    QByteArray rows;
    for (auto member = m_unchecked.begin(); member != m_unchecked.end(); ++member) {
        const QByteArray hash = QCryptographicHash::hash(member.value(), QCryptographicHash::Sha256);
        rows += member.key()
            + ",sha256=" + hash.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals) + ','
            + QByteArray::number(member.value().size()) + '\n';
    }
    return rows;
}

/// The good wheel at `path`, put together again without the writer, which would refuse what is asked for.
QByteArray WheelBuilder::withDefects(const QString &path) const
{
    const auto archive = require(WheelArchive::open(path));
    RawZip zip;
    for (const ArchiveMember &member : archive->members()) {
        const QByteArray name = member.rawName.toByteArray();
        if (m_removed.contains(name))
            continue;
        const auto replacement = m_replaced.find(name);
        QByteArray data = replacement != m_replaced.end() ? *replacement : require(archive->read(member));
        if (name == memberName("{dist-info}/RECORD"))
            data.prepend(uncheckedRows());
        zip.add(name, data);
    }
    for (auto member = m_unchecked.begin(); member != m_unchecked.end(); ++member)
        zip.add(member.key(), member.value());
    for (auto member = m_smuggled.begin(); member != m_smuggled.end(); ++member)
        zip.add(member.key(), member.value());
    return zip.bytes();
}

QString WheelBuilder::write(const QString &folder) const
{
    const bool isGood = m_replaced.isEmpty() && m_removed.isEmpty() && m_smuggled.isEmpty() && m_unchecked.isEmpty();
    if (isGood)
        return require(writer().write(folder));
    const QTemporaryDir scratch;
    const QByteArray bytes = withDefects(require(writer().write(scratch.path())));
    return writeFile(folder, fileName(), bytes);
}

void corruptMember(const QString &wheel, const QString &member)
{
    const auto archive = require(WheelArchive::open(wheel));
    const ArchiveMember *found = archive->find(member);
    if (!found || found->compressedSize == 0)
        qFatal("no data of %s to corrupt", qUtf8Printable(member));
    QByteArray bytes = contentsOf(wheel);
    const qint64 middle = found->dataOffset + found->compressedSize / 2;
    bytes[middle] = static_cast<char>(bytes[middle] ^ 0x10);
    QFile file(wheel);
    if (!file.open(QIODevice::ReadWrite) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qUtf8Printable(wheel));
}

void truncateFile(const QString &path, qint64 size)
{
    if (!QFile::resize(path, size))
        qFatal("cannot truncate %s", qUtf8Printable(path));
}

QString writeFile(const QString &folder, const QString &name, const QByteArray &bytes)
{
    const QString path = folder + u'/' + name;
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qUtf8Printable(path));
    return path;
}

} // namespace Axle::Test
