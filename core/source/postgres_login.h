// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/postgres_connection.h"

namespace daymark {

/// Connects and logs in; see PostgresConnection::open(). The caller ends the connection.
[[nodiscard]] Result<pg_conn*> loginToPostgres(const PostgresSettings& settings,
                                               std::stop_token stop, PostgresArrival& arrival);

} // namespace daymark
