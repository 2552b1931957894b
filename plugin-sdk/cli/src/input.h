#pragma once

#include <axle/wheel/wheel.h>

/// How the commands read what they are given.
namespace Axle::Input {

/// Opens a wheel. That there is no such file is said before anything is said of its name.
Result<Wheel> openWheel(const QString &path);
/// Whether the error says that there is no file to read, rather than what is wrong with its contents.
bool isUnreadable(const Error &error);

} // namespace Axle::Input
