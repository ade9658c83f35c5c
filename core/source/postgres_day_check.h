// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/postgres_data.h"
#include "core/source/test_steps.h"

namespace daymark {

/// The step `find a day quickly` of a connection test: whether the server would read the whole
/// table for each day, by its own plan for the last signalled day, or for today where none is
/// signalled.
void checkPostgresDayRead(TestSteps& steps, PostgresConnection& connection,
                          const PostgresSetup& setup, const PostgresRelation& relation,
                          const ColumnMapping& mapping, std::optional<Day> lastSignal,
                          std::stop_token stop);

} // namespace daymark
