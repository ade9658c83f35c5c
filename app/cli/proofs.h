// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The commands on proofs of runs, and what they print.

#include "app/cli/command.h"
#include "core/engine/run_proof.h"

namespace daymark::cli {

/// `run export ID --to-file F`
[[nodiscard]] Run setUpRunExport(Arguments& arguments);
/// `run proof FILE`
[[nodiscard]] Run setUpRunProof(Arguments& arguments);

[[nodiscard]] std::string proofJson(const std::string& file, const RunProof& proof);
[[nodiscard]] std::string proofText(const RunProof& proof, const Style& style);

} // namespace daymark::cli
