#pragma once

#include "support/rawzip.h"

#include <optional>

namespace Axle::Fuzz {

/// The model of a zip file whose `bytes()` are about those of `file`; nothing when its parts cannot be found. It believes
/// what it reads: a broken file may well have a model.
std::optional<Test::RawZip> parseZip(const QByteArray &file);

/// The contents of a member, at most 1 MiB; nothing when they cannot be inflated.
std::optional<QByteArray> contentsOf(const Test::RawMember &member);
/// Gives `member` other contents, and the CRC and the sizes that go with them.
void setContents(Test::RawMember &member, const QByteArray &contents);

} // namespace Axle::Fuzz
