// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <chrono>

struct pg_result;

namespace daymark {

struct PostgresSettings;

/// How far an attempt to connect came.
enum class PostgresStage { Reach, Tls, LogIn, Done };

/// What a server or libpq said of a failure.
struct PostgresFailure
{
    std::string sqlState; ///< five characters; empty where no server said anything
    std::string message;  ///< its first line, shortened
};

/// What a failed result says.
[[nodiscard]] PostgresFailure failureOf(const pg_result* result);

/// What libpq says of a failed connection, whose messages were asked for with their SQLSTATE.
[[nodiscard]] PostgresFailure failureOfConnecting(std::string_view message);

/// Whether the server lacks what a statement asked for, so that a plainer statement may do.
[[nodiscard]] bool isUnsupported(std::string_view sqlState);

/// Why a connection could not be made, by how far it came and what was said.
[[nodiscard]] Error connectError(const PostgresSettings& settings, PostgresStage stage,
                                 const PostgresFailure& failure);

/// Why a statement failed.
///
/// @param doing  what it was for: `read statsig_user_metrics`.
/// @param spent  how long it ran: tells a timeout of ours from somebody else's cancel.
[[nodiscard]] Error statementError(const PostgresSettings& settings, std::string_view doing,
                                   const PostgresFailure& failure, std::chrono::milliseconds spent);

} // namespace daymark
