#include "zipoutput_p.h"

#include "membername_p.h"
#include "sentence_p.h"

#include <axle/wheel/codes.h>

#include <QtCore/QtEndian>

#include <quazip/quazip.h>
#include <quazip/quazipfile.h>
#include <quazip/quazipnewinfo.h>

namespace Axle::Internal {

namespace {

constexpr quint32 RegularFile = 0100644;
constexpr quint32 ExecutableFile = 0100755;
constexpr uint UnixOsCode = 3;

// Where fields are (APPNOTE 4.3.7, 4.3.12, 4.3.16).
constexpr qint64 EndRecordSize = 22;
constexpr qint64 DirectoryOffsetInEnd = 16;
constexpr qint64 CentralHeaderSize = 46;
constexpr qint64 VersionInCentral = 6;
constexpr qint64 NameLengthInCentral = 28;
constexpr qint64 ExtraLengthInCentral = 30;
constexpr qint64 LocalOffsetInCentral = 42;
constexpr qint64 VersionInLocal = 4;

template<class T>
T fieldAt(const QByteArray &bytes, qint64 offset)
{
    return qFromLittleEndian<T>(bytes.constData() + offset);
}

/// Exactly `size` bytes from `offset` on, or none.
QByteArray readAt(QIODevice &device, qint64 offset, qint64 size)
{
    const QByteArray bytes = device.seek(offset) ? device.read(size) : QByteArray();
    return bytes.size() == size ? bytes : QByteArray();
}

bool writeAt(QIODevice &device, qint64 offset, const QByteArray &bytes)
{
    return device.seek(offset) && device.write(bytes) == bytes.size();
}

} // namespace

ZipOutput::ZipOutput(QIODevice &device, const QDateTime &date)
    : m_device(device)
    , m_date(date)
    , m_zip(std::make_unique<QuaZip>(&device))
{
    m_zip->setDataDescriptorWritingEnabled(false);
    m_zip->setUtf8Enabled(true);
    m_zip->setOsCode(UnixOsCode);
    m_zip->setAutoClose(false);
}

ZipOutput::~ZipOutput() = default;

Error ZipOutput::failed(const QString &what, int zipError) const
{
    const QString reason = m_device.errorString();
    return Error(Codes::WheelNotWritten, sentence("cannot write %1: %2 (zip error %3)", what, reason, zipError));
}

Result<void> ZipOutput::open()
{
    if (!m_zip->open(QuaZip::mdCreate))
        return failed(QStringLiteral("the archive"), m_zip->getZipError());
    return {};
}

Result<void> ZipOutput::add(const QString &name, const QByteArray &data, bool executable)
{
    // QuaZip 1.4 writes a broken archive for names beyond 65,535 bytes.
    if (const auto checked = checkMemberName(name.toUtf8(), true, {}); !checked)
        return checked.error();
    QuaZipNewInfo info(name);
    info.dateTime = m_date;
    info.externalAttr = (executable ? ExecutableFile : RegularFile) << 16;
    QuaZipFile file(m_zip.get());
    const int method = data.isEmpty() ? 0 : Z_DEFLATED;
    if (!file.open(QIODevice::WriteOnly, info, nullptr, 0, method))
        return failed(u'\'' + name + u'\'', file.getZipError());
    const bool isWritten = file.write(data) == data.size();
    file.close();
    if (!isWritten || file.getZipError() != UNZ_OK)
        return failed(u'\'' + name + u'\'', file.getZipError());
    return {};
}

Result<void> ZipOutput::close()
{
    m_zip->close();
    if (m_zip->getZipError() != UNZ_OK)
        return failed(QStringLiteral("the archive"), m_zip->getZipError());
    if (!alignVersions())
        return failed(QStringLiteral("the headers"), m_zip->getZipError());
    return {};
}

/// QuaZip 1.4 writes in each local header that version 6.3 is needed to extract the member, and in the central one the
/// version that is. Readers that compare the two (libzip) take that for damage.
bool ZipOutput::alignVersions()
{
    const qint64 end = m_device.size() - EndRecordSize;
    const QByteArray endRecord = readAt(m_device, end, EndRecordSize);
    if (endRecord.isEmpty())
        return false;
    const qint64 start = fieldAt<quint32>(endRecord, DirectoryOffsetInEnd);
    const QByteArray directory = readAt(m_device, start, end - start);
    qint64 header = 0;
    while (header + CentralHeaderSize <= directory.size()) {
        const qint64 local = fieldAt<quint32>(directory, header + LocalOffsetInCentral);
        if (!writeAt(m_device, local + VersionInLocal, directory.sliced(header + VersionInCentral, sizeof(quint16))))
            return false;
        header += CentralHeaderSize + fieldAt<quint16>(directory, header + NameLengthInCentral)
            + fieldAt<quint16>(directory, header + ExtraLengthInCentral);
    }
    return header > 0;
}

} // namespace Axle::Internal
