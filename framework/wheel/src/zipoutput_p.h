#pragma once

#include <axle/core/result.h>

#include <QtCore/QByteArray>
#include <QtCore/QDateTime>
#include <QtCore/QIODevice>
#include <QtCore/QString>

#include <memory>

class QuaZip;

namespace Axle::Internal {

/// Writes the members of a zip file one after the other, through QuaZip, so that equal input gives equal bytes: one date,
/// fixed modes, UTF-8 names, no data descriptors. Local and central headers say the same.
class ZipOutput
{
public:
    /// `device`: open for reading and writing, seekable, and longer-lived than this.
    ZipOutput(QIODevice &device, const QDateTime &date);
    ~ZipOutput();

    Result<void> open();
    Result<void> add(const QString &name, const QByteArray &data, bool executable);
    Result<void> close();

private:
    Error failed(const QString &what, int zipError) const;
    bool alignVersions();

    QIODevice &m_device;
    QDateTime m_date;
    std::unique_ptr<QuaZip> m_zip;
};

} // namespace Axle::Internal
