#pragma once

#include <axle/manager/contribution.h>
#include <axle/python/interpreter.h>
#include <axle/python/plugininstance.h>

namespace Axle {

struct Contribution::Data
{
    ContributionInfo info;
    std::shared_ptr<PythonObject> object; ///< null when the plugin has gone
    Interpreter *interpreter = nullptr;
};

} // namespace Axle
