#pragma once

#include <axle/discovery/scanner.h>

namespace Axle::Internal {

/// Runs `task` for each number below `count`, in any order and on all cores, this thread among them; several at once.
/// False when the observer has cancelled it before all were begun. Those that were begun are done in any case.
bool forEachBelow(int count, const std::function<void(int)> &task, const ScanObserver &observer);

} // namespace Axle::Internal
