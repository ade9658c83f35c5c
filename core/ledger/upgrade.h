// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Bringing an older ledger up to date. Private to the room, but for what it tells.

#include "core/ledger/records.h"

#include <filesystem>
#include <span>

namespace daymark::ledger {

/// What opening an older ledger for writing did to it.
struct Upgrade
{
    int from = 0; ///< versions of the ledger
    int to = 0;
    std::filesystem::path backup; ///< the ledger as it was
};

/// How many backups are kept beside a ledger: the newest ones.
inline constexpr std::size_t kKeptBackups = 3;

/// Takes the steps that a ledger misses, in a copy, and puts the copy into the ledger's place.
///
/// The caller holds the workspace: no other process writes meanwhile. A ledger that others read at
/// the moment is left alone (WorkspaceBusy). At whichever moment the process is killed, the name
/// `file` holds the old ledger or the new one, whole. After an error the old one is there.
[[nodiscard]] Result<Upgrade> upgrade(const std::filesystem::path& file,
                                      std::span<const char* const> steps, const Stamp& by);

} // namespace daymark::ledger
