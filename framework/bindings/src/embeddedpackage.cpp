#include "embeddedpackage_p.h"

#include <axle/core/codes.h>

namespace Axle::Internal {

QString EmbeddedPackage::name() const
{
    return QStringLiteral("axle " AXLE_VERSION);
}

// No file can have this path, so that nobody mistakes it for one.
QString EmbeddedPackage::location() const
{
    return QStringLiteral("/dev/null/axle-" AXLE_VERSION);
}

QStringList EmbeddedPackage::members() const
{
    QStringList names;
    for (const EmbeddedFile &file : embeddedFiles())
        names += QString::fromLatin1(file.name);
    return names;
}

Result<QByteArray> EmbeddedPackage::read(const QString &member) const
{
    for (const EmbeddedFile &file : embeddedFiles()) {
        if (member == QLatin1StringView(file.name))
            return file.bytes.toByteArray();
    }
    return Error(Codes::FileNotFound, QStringLiteral("there is no '%1' in the package axle").arg(member));
}

} // namespace Axle::Internal
