// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/day.h"

#include <optional>
#include <string>
#include <string_view>

namespace daymark {

/// What a signal says.
enum class DayOrder {
    Strict,    ///< just its own day is finished: every day must be signalled itself
    HighWater, ///< every day up to its own is finished
};

/// How closely a landed day is held against its source later on.
enum class Recheck {
    Full,  ///< every row is read again: tells what differs
    Count, ///< the rows are counted: cheap, and blind to rows that only changed
};

/// The word in the settings and in JSON: `full`, `count`.
[[nodiscard]] std::string_view recheckName(Recheck recheck);
[[nodiscard]] std::optional<Recheck> findRecheck(std::string_view name);

/// What a change of a source's columns does, held against those that its first day landed with.
enum class SchemaAction {
    Block,  ///< nothing is imported until the columns are accepted, or are back
    Warn,   ///< said at every look; the days are imported
    Accept, ///< said nowhere
};

/// The word in the settings and in JSON: `block`, `warn`, `accept`.
[[nodiscard]] std::string_view schemaActionName(SchemaAction action);
[[nodiscard]] std::optional<SchemaAction> findSchemaAction(std::string_view name);

/// How a source's days are taken in. The texts here are what the settings and the help say.
struct Policy
{
    /// `strict`: every day must be signalled itself. `high-water`: a signal says that every day up
    /// to it is finished (folders and timestamp signals).
    DayOrder order = DayOrder::Strict;

    /// In days. The earliest signalled day that can become the first day lies this many days before
    /// today; that day itself still counts.
    int horizonDays = 28;

    /// Set by the operator, or fixed by the first landing. Otherwise the earliest signalled day
    /// within the horizon.
    std::optional<Day> firstDay;

    /// The first day was moved beyond days that have landed: those stay as they are, and the days
    /// between are waited for no more.
    bool startedOver = false;

    /// Where days begin: an IANA name or a fixed offset such as `UTC-08:00`.
    std::string timeZone = "UTC";

    /// How often the signals are read while the window or `watch` runs, in minutes.
    int pollMinutes = 60;

    /// Rejected rows a day may have and still land, in percent of the rows read; 0: none.
    double tolerancePercent = 1.0;

    /// In days. A metric with no value for this long is hidden from the catalog unless asked for.
    int stalenessDays = 14;

    /// A landed day is looked at again daily, for so many days after it landed; 0: never.
    int recheckDays = 3;

    /// `full`: every row is read again. `count`: the rows are only counted, for sources where
    /// reading is dear.
    Recheck recheck = Recheck::Full;

    /// Earlier versions of a day that are kept for a rollback; 0: none.
    int keepVersions = 5;

    /// In days. How long an earlier version is kept at most after it was replaced.
    int keepDays = 30;

    /// In percent of a landed day. A day that changed by more at its source is imported again by
    /// itself when a look finds it; none: changes are only marked.
    std::optional<double> reimportAbovePercent = {};

    /// What happens when a column that feeds the import is gone from the source.
    SchemaAction columnGone = SchemaAction::Block;

    /// What happens when the source has a column that it had not when its first day landed.
    SchemaAction columnNew = SchemaAction::Warn;

    /// What happens when the declared type of a column is another.
    SchemaAction columnType = SchemaAction::Warn;
};

} // namespace daymark
