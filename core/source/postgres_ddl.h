// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/dataset.h"

#include <string>

namespace daymark {

/// What a new customer's database is to have.
struct PostgresDdl
{
    DatasetKind dataset = DatasetKind::Metrics;
    std::string role = "daymark";  ///< that this program logs in as
    std::string schema = "public"; ///< of both tables
    std::string table;             ///< empty: the dataset's own
    std::string signalTable;       ///< empty: the dataset's own
};

/// The statements that make the tables and a role that may only read them, for the database's owner
/// to run with psql.
[[nodiscard]] std::string postgresDdl(const PostgresDdl& wanted);

} // namespace daymark
