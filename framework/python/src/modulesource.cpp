#include <axle/python/modulesource.h>

namespace Axle {

ModuleSource::~ModuleSource() = default;

} // namespace Axle
