#pragma once

#include <axle/core/export.h>

#include <QtCore/QLoggingCategory>

// The logging categories of the framework. Plugins log to `axle.plugin.<id>`.
// A function that returns an Error does not also log it.
AXLE_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcAxleDiscovery) // axle.discovery
AXLE_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcAxleStore)     // axle.store
AXLE_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcAxlePython)    // axle.python
AXLE_EXPORT Q_DECLARE_LOGGING_CATEGORY(lcAxleManager)   // axle.manager
