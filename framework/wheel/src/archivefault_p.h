#pragma once

#include <axle/core/error.h>
#include <axle/wheel/wheelarchive.h>

#include <QtCore/QByteArrayView>

#include <cstdint>

namespace Axle::Internal {

class Findings;

/// Where in an archive something is: a member (empty: the archive itself) and an offset from the file's beginning.
struct Place
{
    QByteArrayView member; ///< as its bytes are in the file
    std::int64_t offset = 0;
};

/// `'demo/x.py' at offset 120: <what>`; `what` says found and expected.
Error fault(ErrorCode code, const Place &place, const QString &what, const QString &hint = {});

/// Notes what strict rules refuse and tolerant ones let pass.
void addStrict(Findings &findings, Rules rules, const Error &error);
/// Whether one of the findings from number `first` on is a fault.
bool hasFaultSince(const Findings &findings, qsizetype first);
/// Notes what all rules let pass, or nothing when there are enough findings already.
void addPassed(Findings &findings, Finding::Severity severity, const Error &error);

} // namespace Axle::Internal
