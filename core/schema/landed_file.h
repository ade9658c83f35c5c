// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace daymark {

/// A landed file as it was verified before the commit: what the ledger keeps and a check holds
/// against the disk.
struct LandedFile
{
    std::string path; ///< below the workspace folder: `landing/metrics/source=shop/day=…/….parquet`
    std::uint64_t bytes = 0;
    std::string sha256; ///< 64 hexadecimal digits, lower case
    std::uint64_t rows = 0;

    bool operator==(const LandedFile&) const = default;
};

} // namespace daymark
