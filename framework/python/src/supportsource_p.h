#pragma once

namespace Axle::Internal {

extern const char *const supportSource;

} // namespace Axle::Internal
