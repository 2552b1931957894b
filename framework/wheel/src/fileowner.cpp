#include "fileowner_p.h"

#include "sentence_p.h"

#include <axle/wheel/codes.h>

#include <unistd.h>

namespace Axle {

namespace Internal {

Result<void> checkOwner(const FileStatus &status, const Place &place)
{
    if (status.owner == 0)
        return {};
    const uid_t user = ::geteuid();
    if (status.owner == user)
        return {};
    return fault(Codes::FileForeignOwner, place,
        sentence("the file belongs to user %1, expected %2", status.owner,
            user == 0 ? QStringLiteral("root") : sentence("user %1 or root", user)),
        QStringLiteral("copy the file, so that it is yours"));
}

} // namespace Internal

Result<void> checkOwner(const FileDescriptor &file)
{
    return file.status().and_then([](const FileStatus &status) { return Internal::checkOwner(status, {{}, -1}); });
}

} // namespace Axle
