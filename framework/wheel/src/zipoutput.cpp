#include "zipoutput_p.h"

#include "membername_p.h"
#include "sentence_p.h"

#include <axle/wheel/codes.h>

#include <quazip/quazip.h>
#include <quazip/quazipfile.h>
#include <quazip/quazipnewinfo.h>

namespace Axle::Internal {

namespace {

constexpr quint32 RegularFile = 0100644;
constexpr quint32 ExecutableFile = 0100755;
constexpr uint UnixOsCode = 3;

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
    if (const auto checked = decodeMemberName(name.toUtf8(), true, {}); !checked)
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
    return {};
}

} // namespace Axle::Internal
