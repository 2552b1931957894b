#include "limits_p.h"

#include "sentence_p.h"

#include <axle/wheel/codes.h>

namespace Axle::Internal {

Result<void> checkFileSize(std::int64_t fileSize)
{
    if (fileSize <= MaximumFileSize)
        return {};
    return Error(
        Codes::FileTooLarge, sentence("the file has %1 bytes, expected at most %2", fileSize, MaximumFileSize));
}

} // namespace Axle::Internal
