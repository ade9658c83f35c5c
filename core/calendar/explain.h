// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Puts a day's state in words: the root day, the evidence and the one action that helps. The
// window, the command line and the accessible text all say the sentence that is made here.

#include "core/calendar/plan.h"

namespace daymark {

/// What a look at the source found for a day.
struct Probe
{
    std::uint64_t rows = 0;
    Instant at;
    std::optional<std::uint64_t>
        earlierRows; ///< the count of the probe before, where there was one
};

/// Tells a forgotten signal from missing data.
enum class ProbeVerdict {
    NotProbed,
    NoRows,              ///< nothing there
    RowsStillArriving,   ///< more (or fewer) rows than at the probe before
    CompleteNotSignalled ///< the same rows as at the probe before, or a first probe that found some
};

[[nodiscard]] ProbeVerdict verdictOf(const std::optional<Probe>& probe);

/// All that a sentence may name besides the plan. Empty texts and missing values are left unsaid.
struct ExplainContext
{
    std::string source;
    std::string
        signalPlace; ///< where signals are looked for: `statsig_user_metrics_signal`, `signals/`
    std::string timeZone;
    std::optional<Instant> lastPoll;
    std::optional<Instant> nextPoll;
    std::string pollError;            ///< why the last poll failed, if it did
    std::string pollHint;             ///< what to do about that
    bool signalsRead = true;          ///< the source's signals were read at least once
    std::optional<Probe> probe;       ///< of the day in question or of its root day
    std::optional<Instant> firstSeen; ///< when the day's signal was first seen
    std::string signalledBy;          ///< `source`, or the operator who marked it finished
    std::string skipReason;
    std::string skippedBy;
    std::string failure; ///< the sentence of the failed run (of the root day)
    std::string failureHint;
    std::optional<std::uint64_t> rows;     ///< landed rows
    std::optional<std::uint64_t> rejected; ///< rows of the run that were rejected
    std::optional<std::int64_t> run;       ///< the run that landed it, or is on it
    std::optional<std::int64_t> failedRun; ///< the run that failed it, or its root day
    bool ranSince = false;                 ///< a later run of that day was cancelled
    int horizonDays = 28;
    std::string difference;               ///< of a changed day: `5 rows added, 2 removed`
    std::optional<Instant> resignalledAt; ///< when a landed day was announced again
    std::string damage;                   ///< of a landed day: what is wrong with its files
    std::string reimport;                 ///< how the last re-import came to nothing, if it did:
                                          ///< `failed`, `was cancelled`, `was interrupted`
    std::string reimportReason;           ///< the sentence that says why
    std::optional<Instant> reimportAt;    ///< when it ended
    std::optional<std::int64_t> reimportRun;
};

struct SuggestedAction
{
    std::string command; ///< a whole command line: `daymark-cli skip shop 2022-06-14 --reason "…"`
    std::string label;   ///< what the button says: `Skip day…`
};

struct Explanation
{
    Day day;
    DayState state = DayState::Awaiting;
    std::string sentence;
    std::optional<Day>
        rootDay; ///< the day that must change first; the day itself when nothing blocks it
    std::vector<SuggestedAction> actions; ///< the most helpful one first
    ProbeVerdict verdict = ProbeVerdict::NotProbed;
};

/// Explains one day. A day that the plan does not list is explained too (before everything, or
/// after the last listed day).
[[nodiscard]] Explanation explain(const Plan& plan, Day day, const ExplainContext& context);

/// What there is to say of an empty plan: why nothing can be imported, and what helps; empty for
/// every other plan.
[[nodiscard]] std::string explainEmpty(const Plan& plan, const ExplainContext& context);

/// One line on a day for a calendar cell: `gap: not signalled, 5 later days wait`.
[[nodiscard]] std::string describeDay(const Plan& plan, Day day);

} // namespace daymark
