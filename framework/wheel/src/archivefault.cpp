#include "archivefault_p.h"

#include "sentence_p.h"

namespace Axle::Internal {

Error fault(ErrorCode code, const Place &place, const QString &what, const QString &hint)
{
    const QString member = printable(QByteArrayView(place.member));
    return Error(code, what, hint).withPlace({member, place.offset});
}

} // namespace Axle::Internal
