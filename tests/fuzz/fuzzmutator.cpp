#include "targets.h"

#include <algorithm>

extern "C" size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t maximum);

namespace {

QByteArray mutateBytes(const QByteArray &bytes)
{
    constexpr size_t Growth = 64;
    QByteArray result(bytes);
    const size_t maximum = static_cast<size_t>(bytes.size()) + Growth;
    result.resize(static_cast<qsizetype>(maximum));
    const size_t size =
        LLVMFuzzerMutate(reinterpret_cast<uint8_t *>(result.data()), static_cast<size_t>(bytes.size()), maximum);
    result.truncate(static_cast<qsizetype>(size));
    return result;
}

} // namespace

/// libFuzzer's way into the mutator of the target AXLE_FUZZ_TARGET, which has one.
extern "C" size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t maximum, unsigned int seed)
{
    static const Axle::Fuzz::Target target = Axle::Fuzz::target(AXLE_FUZZ_TARGET);
    Axle::Fuzz::Random random(seed);
    const QByteArray input(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const QByteArray mutant = target.mutate(input, random, mutateBytes);
    const bool fits = static_cast<size_t>(mutant.size()) <= maximum;
    if (!fits)
        return LLVMFuzzerMutate(data, size, maximum);
    std::copy(mutant.begin(), mutant.end(), data);
    return static_cast<size_t>(mutant.size());
}
