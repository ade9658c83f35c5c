// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/browse.h"
#include "core/source/postgres_data.h"

namespace daymark {

/// The tables and views that the role can read, by name, in the snapshot that is open; those of
/// the search path come first and without their schema.
[[nodiscard]] Result<std::vector<PlaceItem>> listPostgresTables(PostgresConnection& connection,
                                                                std::stop_token stop);

[[nodiscard]] Result<PlaceSample> samplePostgres(const PostgresSetup& setup, std::size_t rows,
                                                 std::stop_token stop);

} // namespace daymark
