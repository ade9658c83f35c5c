// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The bytes of a run's proof. Private to the room.

#include "core/engine/run_proof.h"

namespace daymark {

/// Longer than any that this program writes, and short enough to be read at once.
inline constexpr std::size_t kMaxProofBytes = 4 * 1024 * 1024;

[[nodiscard]] std::string proofText(const RunProof& proof);

/// The error's message goes on from the file's name: `is cut short: …`.
[[nodiscard]] Result<RunProof> parseProof(std::string_view text);

} // namespace daymark
