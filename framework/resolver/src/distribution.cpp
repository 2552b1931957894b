#include <axle/resolver/distribution.h>

namespace Axle {

QString Distribution::toString() const
{
    return name.toString() + u' ' + version.toString();
}

} // namespace Axle
