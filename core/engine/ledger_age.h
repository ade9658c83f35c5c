// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <filesystem>

namespace daymark {

/// Holds a sound ledger against the files beside it. WorkspaceDamaged where runs have landed that
/// it never began: it was put back from before, or its log was lost, and it would give their
/// numbers and days out again.
[[nodiscard]] Status checkLedgerAge(const std::filesystem::path& workspace);

} // namespace daymark
