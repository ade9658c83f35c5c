// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <tl/expected.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace daymark {

/// What went wrong, by what the caller can do about it. Each has a stable name of the form
/// `source.unreachable`, which the command line prints and tests hold on to.
enum class ErrorCode {
    UsageInvalid,
    WorkspaceMissing,
    WorkspaceExists,
    WorkspaceBusy,
    WorkspaceNewer,
    WorkspaceOlder,
    WorkspaceDamaged,
    SourceUnknown,
    SourceExists,
    SourceInvalid,
    SourceUnreachable,
    SourceMissing,
    SourceBusy,
    SourcePermission,
    SourceTableMissing,
    SourceQuery,
    SourceFormat,
    SourceEmpty,
    SourceTruncated,
    SourceChanged,
    SourceLimit,
    SourceCredentials,
    SourceTimeout,
    SourceDisconnected,
    SourceDamaged,
    SchemaMismatch,
    SignalMissing,
    DayInvalid,
    DayState,
    DayTolerance,
    IdTypeExists,
    IdTypeInvalid,
    MetricUnknown,
    RunUnknown,
    RunCancelled,
    StorageFull,
    StorageFailed,
    StorageDamaged,
    Internal,
};

/// What a caller does next with an error.
enum class Remedy {
    Retry,     ///< passing: asking again later, unchanged, may help
    FixSource, ///< the customer's data or its settings must change first
    FixUsage,  ///< the question itself was wrong
    GiveUp,    ///< a fault of this machine or this program
};

struct Error
{
    ErrorCode code = ErrorCode::Internal;
    std::string message; ///< a whole sentence that names the thing and the place, no secrets
    std::string hint;    ///< what to do next; may be empty
};

[[nodiscard]] std::string_view errorName(ErrorCode code);

/// The code of a name, such as the ledger keeps it; none where no code has it.
[[nodiscard]] std::optional<ErrorCode> findErrorCode(std::string_view name);

[[nodiscard]] Remedy remedyFor(ErrorCode code);

template <class T>
using Result = tl::expected<T, Error>;
using Status = tl::expected<void, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string message,
                                                std::string hint = {})
{
    return tl::unexpected<Error>(Error{code, std::move(message), std::move(hint)});
}

[[nodiscard]] inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

} // namespace daymark
