#include "fileowner_p.h"

#include "sentence_p.h"

#include <axle/wheel/codes.h>

#include <unistd.h>

namespace Axle {

namespace Internal {

Result<void> checkOwner(const struct stat &status, const Place &place)
{
    const uid_t user = ::geteuid();
    if (status.st_uid == 0 || status.st_uid == user)
        return {};
    return fault(Codes::FileForeignOwner, place,
        sentence("the file belongs to user %1, expected %2", status.st_uid,
            user == 0 ? QStringLiteral("root") : sentence("user %1 or root", user)),
        QStringLiteral("copy the file, so that it is yours"));
}

} // namespace Internal

Result<void> checkOwner(const FileDescriptor &file)
{
    struct stat status = {};
    if (::fstat(file.get(), &status) != 0)
        return file.identity().error();
    return Internal::checkOwner(status, {{}, -1});
}

} // namespace Axle
