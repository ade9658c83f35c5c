// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Landed days whose files are not what landed any more: found by whoever reads them, and remembered
// in the ledger until they are imported again or put back.

#include "core/engine/workspace.h"

#include <span>

namespace daymark {

/// Marks the current version of a landed day as damaged, or by an empty `damage` as whole again,
/// where that is news. False where it could not be written down: another process runs the
/// workspace.
bool markDamage(const Workspace& workspace, const ledger::LandedDay& day,
                const std::string& damage);

/// Holds the files of landed days against what landed, and marks what is found. StorageDamaged
/// names the first file that is not as it was, and what helps; RunCancelled.
[[nodiscard]] Status requireWhole(const Workspace& workspace,
                                  std::span<const ledger::LandedDay> days,
                                  const std::stop_token& stop);

/// Whether the files of one landed day are what landed; it is marked by what is found.
/// RunCancelled.
[[nodiscard]] Result<bool> isWhole(const Workspace& workspace, const ledger::LandedDay& day,
                                   const std::stop_token& stop);

} // namespace daymark
