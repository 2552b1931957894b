#pragma once

#include "findings_p.h"

#include <axle/wheel/wheel.h>

namespace Axle::Internal {

/// Whether RECORD need not list the member: itself, which cannot have its own hash, and the signatures made of it (PEP 427).
bool isUnlisted(const Wheel &wheel, const QString &member);
/// RECORD against the files and the files against RECORD, by names, so that nothing is inflated for a list that is wrong.
void judgeListing(const Wheel &wheel, Findings &findings);
/// Every file by its bytes; those that RECORD does not list, which `judgeListing` names, are only read.
void judgeData(const Wheel &wheel, Findings &findings, const Wheel::Accept &accept = {});

} // namespace Axle::Internal
