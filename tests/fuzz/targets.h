#pragma once

#include <axle/core/error.h>

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QMap>
#include <QtCore/QString>

#include <cstdint>
#include <functional>
#include <random>

namespace Axle::Fuzz {

using Random = std::mt19937;
/// Changes some bytes of an input, no matter what they mean.
using ByteMutator = std::function<QByteArray(const QByteArray &)>;
/// Name and bytes of the inputs that fuzzing begins with.
using Seeds = QMap<QString, QByteArray>;

/// One reader of bytes from outside. `run` demands the reader's laws of any input and ends the program where one is
/// broken, so that a fuzzer and a test see it alike.
struct Target
{
    const char *name;
    void (*run)(const QByteArray &input);
    Seeds (*seeds)();
    /// Changes an input and keeps it what it is, more or less; null: its bytes say enough.
    QByteArray (*mutate)(const QByteArray &input, Random &random, const ByteMutator &mutateBytes) = nullptr;
};

/// All targets; each has an executable fz_NAME.
QList<Target> targets();
/// The target of that name; ends the program when there is none.
Target target(const char *name);

/// Ends the program and names the law unless it holds.
void demand(bool holds, const char *law);
/// The laws of every error: it has a code, says something, points into its text, and shows no control character.
void demandGoodError(const Error &error);

// The targets by what they read.
QList<Target> archiveTargets();
QList<Target> distInfoTargets();
QList<Target> packagingTargets();

} // namespace Axle::Fuzz
