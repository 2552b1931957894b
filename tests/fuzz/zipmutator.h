#pragma once

#include "targets.h"

#include "support/rawzip.h"

namespace Axle::Fuzz {

/// Changes a zip file as one who knows the format would: members, names, fields of headers and end records, extra
/// fields, contents; then writes it anew, so that what was not changed fits together again. Bytes that are no zip file
/// are changed by `mutateBytes`.
QByteArray mutateZip(const QByteArray &input, Random &random, const ByteMutator &mutateBytes);

/// Lists the other members in the member `….dist-info/RECORD`, if there is one, as they are now.
void rewriteRecord(Test::RawZip &zip);

} // namespace Axle::Fuzz
