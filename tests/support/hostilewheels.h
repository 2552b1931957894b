#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QString>

namespace Axle::Test {

/// One wheel with one thing wrong.
struct HostileWheel
{
    const char *code; ///< what is found in it first; nothing else unless it has a `size`
    QByteArray bytes;
    QString fileName;
    qint64 size = 0; ///< the file is made longer by zeros at its beginning; 0: it is not
};

/// For each code that a wheel can hit, a wheel that hits it, and no other.
QList<HostileWheel> hostileWheels();

/// A shared object of 64-bit Linux that is the extension module `module` of this machine: nothing but what describes it.
/// `machine` and `flags` (of its stack and its segment) are as <elf.h> has them.
QByteArray tinySharedObject(const QByteArray &module, quint16 machine, quint32 stackFlags);

} // namespace Axle::Test
