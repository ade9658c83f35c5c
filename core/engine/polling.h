// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/workspace.h"
#include "core/source/source.h"

namespace daymark {

/// Makes the source of a record and sees to it that its format has been found: what could not be
/// detected when it was added (or was unreachable then) is detected now and kept.
[[nodiscard]] Result<std::unique_ptr<Source>>
openSource(const Workspace& workspace, ledger::SourceRecord& record, std::stop_token stop);

/// Reads a source's signals, brings the ledger up to date and decides when to look next. A source
/// that does not answer is an error in the report, not of the call; RunCancelled leaves no trace.
[[nodiscard]] Result<PollReport> pollSource(const Workspace& workspace, const std::string& name,
                                            std::stop_token stop);

/// When to look at a source's signals after a look that ended at `now`.
///
/// After a success, or an error that only a person can mend: the source's interval, up to 5 % later
/// for each source by its own share, so that they do not all ask at once. After an error that may
/// pass: one minute, doubled with every further failure, up to an hour or the interval.
///
/// @param failures  in a row, this one included; 0 after a success.
[[nodiscard]] Instant nextPollAt(Instant now, const Policy& policy, SourceId source,
                                 const std::optional<Error>& error, int failures);

/// Whether a source's next look is due. One that lies further ahead than its interval allows was
/// noted under another clock, and is due.
[[nodiscard]] bool isPollDue(const ledger::PollRecord& poll, const Policy& policy, Instant now);

} // namespace daymark
