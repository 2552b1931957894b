#pragma once

#include <axle/python/modulesource.h>

#include <QtCore/QList>

#include <memory>

namespace Axle::Internal {

QList<std::shared_ptr<const ModuleSource>> registeredPackages();

} // namespace Axle::Internal
