#include "input.h"

#include <axle/core/codes.h>

#include <QtCore/QFileInfo>

namespace Axle::Input {

Result<Wheel> openWheel(const QString &path)
{
    if (!QFileInfo::exists(path)) {
        if (const auto file = FileDescriptor::openRegular(path); !file)
            return file.error();
    }
    return Wheel::open(path);
}

bool isUnreadable(const Error &error)
{
    return error.code() == Codes::FileNotFound || error.code() == Codes::FileNotRegular
        || error.code() == Codes::FileUnreadable;
}

} // namespace Axle::Input
