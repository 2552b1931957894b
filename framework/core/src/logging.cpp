#include <axle/core/logging.h>

Q_LOGGING_CATEGORY(lcAxleDiscovery, "axle.discovery", QtInfoMsg)
Q_LOGGING_CATEGORY(lcAxleStore, "axle.store", QtInfoMsg)
Q_LOGGING_CATEGORY(lcAxlePython, "axle.python", QtInfoMsg)
Q_LOGGING_CATEGORY(lcAxleManager, "axle.manager", QtInfoMsg)
