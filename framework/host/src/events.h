#pragma once

#include "eventstream.h"

#include <axle/manager/pluginmanager.h>

namespace Axle::Host {

/// Writes every signal of `manager` to `stream`, as long as `context` lives.
void writeSignals(PluginManager &manager, EventStream &stream, QObject *context);

} // namespace Axle::Host
