// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/browse.h"
#include "core/source/postgres_data.h"

namespace daymark {

/// The connection test of a PostgreSQL source: reach the host, TLS, log in, find the table, find
/// the columns, check their types, read one row, find the signals, find a day quickly.
[[nodiscard]] std::vector<TestStep> testPostgres(const PostgresSetup& setup, std::stop_token stop);

/// The first steps of that test, and the tables and views that the role can read.
[[nodiscard]] PlaceListing browsePostgres(const PostgresSetup& setup, std::stop_token stop);

} // namespace daymark
