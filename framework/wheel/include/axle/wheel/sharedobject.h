#pragma once

#include <axle/core/result.h>

#include <QtCore/QByteArrayView>
#include <QtCore/QStringList>

namespace Axle {

/// What an ELF shared object says of itself, as far as it matters before it is loaded (System V gABI, chapters 4 and 5).
///
/// Only what the dynamic loader reads is read, and all of it is held against the size of the file, since the loader
/// believes what it finds.
struct AXLE_EXPORT SharedObject
{
    int machine = 0;         ///< `e_machine`: 62 is x86-64
    QString soname;          ///< DT_SONAME
    QStringList needed;      ///< DT_NEEDED
    QStringList runPaths;    ///< DT_RUNPATH, or DT_RPATH; one folder each
    QStringList moduleNames; ///< for each exported `PyInit_name`, its name, sorted
    bool hasExecutableStack = false;
    bool hasWritableCode = false; ///< a segment that can be written and executed
    bool hasStaticTls = false;    ///< DF_STATIC_TLS: needs room that the process may not have

    /// A 64-bit, little-endian shared object. Errors: `elf-invalid`, with the offset.
    static Result<SharedObject> parse(QByteArrayView bytes);
};

} // namespace Axle
