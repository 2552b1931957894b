#pragma once

#include <axle/resolver/distribution.h>

/// Pieces of the sentences that explanations are made of.
namespace Axle::Internal::Wording {

/// "a", "a and b", "a, b and c".
QString enumerate(const QStringList &items);
/// The first few, and how many more there are: at least two, since "1 other" is as long as its name.
QStringList shortened(const QStringList &items);
/// `geo-core[net] >=3`: a requirement without its marker.
QString needText(const Requirement &requirement);
/// "'lib 2' and '1' need", "'lib 2' needs".
QString versionsNeed(const QString &name, const QStringList &versions);
/// "'lib 2' is yanked", "'lib 2' and '1' are yanked".
QString versionsAre(const QString &name, const QStringList &versions, const QString &predicate);
/// "there is 'lib 2' only", "there are 'lib 2' and '1' only".
QString thereAreOnly(const QString &name, const QStringList &versions);
/// What kind of version the specifiers ask for, of which `newest` is not one: "a newer one", "an older one", "another one".
QString comparison(const SpecifierSet &specifiers, const Distribution &newest);

} // namespace Axle::Internal::Wording
