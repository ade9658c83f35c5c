// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A source that is being set up: what would be saved, and what it would do. Nothing is kept of a
// draft, nor of what is asked about it.

#include "core/engine/views.h"
#include "core/schema/place.h"

namespace daymark {

/// A source as it would be added, or a saved one as it would be after an edit.
struct SourceDraft
{
    std::string name; ///< of the new source, or of the saved one
    std::string kind; ///< of a new source
    std::string dataset = "metrics";
    SourceSettings settings;
    bool isEdit = false; ///< whether the settings change the saved source of that name
    /// A password that is typed in place of the keychain's; used for the question, never kept.
    std::optional<std::string> secret = {};
};

/// What a place holds, and how far the look came.
struct PlaceLook
{
    bool ok = false; ///< every step passed, perhaps with a warning
    std::vector<TestStepInfo> steps;
    std::vector<PlaceItem> items;
};

/// What a canonical column is to hold.
struct ColumnNeed
{
    std::string name;
    std::string expects; ///< `text`, `date`, `number`
    std::string meaning;
    bool needed = false;
};

[[nodiscard]] std::vector<ColumnNeed> columnsOfDataset(const std::string& dataset);

/// Where a dataset's rows and signals are unless a source says otherwise.
struct UsualPlaces
{
    std::string table;
    std::string signalTable;
};

[[nodiscard]] UsualPlaces usualPlaces(const std::string& dataset);

/// How columns feed a dataset: by name, and by what the operator chose.
struct DraftMapping
{
    std::map<std::string, std::string> names; ///< canonical name → the source's name
    std::vector<SchemaFinding> findings;
    bool ok = false; ///< nothing forbids an import
};

/// Pure and quick: may be called on any thread.
[[nodiscard]] DraftMapping mapDraft(const std::string& dataset, const PlaceSample& sample,
                                    const std::map<std::string, std::string>& chosen);

/// A day that an edit would make something else.
struct DayChange
{
    Day day;
    std::optional<DayState> before; ///< none: it is not listed now
    std::optional<DayState> after;  ///< none: it would not be listed
};

/// The calendar as it would look.
struct DraftPlan
{
    CalendarView calendar;
    std::vector<Day> importable;         ///< days that an import would take now, in order
    std::vector<DayChange> changes;      ///< of an edit; oldest first
    std::vector<SchemaFinding> findings; ///< of the schema and of the signals
};

} // namespace daymark
