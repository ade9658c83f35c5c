// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the pages say of a source, in words.

#include "core/engine/views.h"
#include "ui/style/look.h"

#include <QString>

namespace daymark::ui {

/// `SQLite database`; the name itself for a kind that this build doesn't know.
[[nodiscard]] QString kindTitle(const std::string& kind);
/// `strict`, `high-water`
[[nodiscard]] QString orderWord(DayOrder order);
/// What the order means, as a sentence.
[[nodiscard]] QString orderMeaning(DayOrder order);
[[nodiscard]] QString unitDayMeaning(UnitDay policy);
/// `read every row again`
[[nodiscard]] QString recheckMeaning(Recheck recheck);
/// `for 3 days after it landed`, `never`
[[nodiscard]] QString recheckTime(int days);
/// `is imported again by itself above 5 %`, `is only marked`
[[nodiscard]] QString reimportWords(const std::optional<double>& abovePercent);
/// `imports wait until it is accepted`
[[nodiscard]] QString schemaActionMeaning(SchemaAction action);
/// `5, each for 30 days at most`, `none`
[[nodiscard]] QString keptVersions(const Policy& policy);

/// How the last look at the signals went: `16:00: read`, `16:00: the file is gone`, `not polled
/// yet`.
[[nodiscard]] QString pollResult(const PollInfo& poll, Instant now);
/// When the next look is due; why none is where none is.
[[nodiscard]] QString nextPoll(const SourceInfo& source, Instant now);

/// `first day, 2 more` as `13, 14 and 15 June 2022`; of many days the first and the last.
[[nodiscard]] QString dayList(const std::vector<Day>& days);

/// The lines that an edit changes: `Tolerance: 1 % → 2.5 %`.
[[nodiscard]] QStringList settingChanges(const SourceInfo& before, const SourceConfig& config,
                                         const Policy& policy);

} // namespace daymark::ui
