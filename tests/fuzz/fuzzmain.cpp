#include "targets.h"

/// libFuzzer's way into the target AXLE_FUZZ_TARGET.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const Axle::Fuzz::Target target = Axle::Fuzz::target(AXLE_FUZZ_TARGET);
    // Not a copy: AddressSanitizer sees the very end of the input.
    target.run(QByteArray::fromRawData(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)));
    return 0;
}
