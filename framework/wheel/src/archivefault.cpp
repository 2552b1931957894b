#include "archivefault_p.h"

#include "sentence_p.h"

namespace Axle::Internal {

Error fault(ErrorCode code, const Place &place, const QString &what, const QString &hint)
{
    const QString where = place.member.isEmpty()
        ? QStringLiteral("at offset %1").arg(place.offset)
        : sentence("'%1' at offset %2", printable(QByteArrayView(place.member)), place.offset);
    return Error(code, where + QStringLiteral(": ") + what, hint);
}

} // namespace Axle::Internal
