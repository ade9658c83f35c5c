// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is the matter with a source now, and what of it is news. No disk, network or clock.

#include "core/engine/notices.h"
#include "core/engine/planning.h"

#include <map>
#include <set>

namespace daymark {

/// One thing that is wrong with a source.
struct Matter
{
    NoticeKind kind = NoticeKind::Failure;
    std::optional<Day> day;
    std::string words;     ///< whole sentences
    std::string name;      ///< for the sentence that says that it is over: `the gap of 12 November`
    std::string one;       ///< for the title: `a new gap`
    std::string many = {}; ///< the same of several, after their number: `new gaps`
};

/// A matter that was told.
struct ToldMatter
{
    NoticeKind kind = NoticeKind::Failure;
    std::optional<Day> day;
    std::string name;
};

using ToldMatters = std::map<std::string, ToldMatter>; ///< by the key of the matter

/// All that is the matter with one source.
struct Matters
{
    std::map<std::string, Matter> open; ///< by key: `gap 2022-06-14`
    std::set<Day> underWay;             ///< days that are being imported: nothing of them is over
    std::set<std::string> unknown;      ///< keys that are neither new nor over before the next poll
};

/// Gaps, failed and damaged days, a source that does not answer, columns that block imports, and a
/// source that is overdue. Whether it is overdue
/// is known only from signals that were read in time.
[[nodiscard]] Matters mattersOf(const PlannedSource& planned, Instant now);

/// The notices that tell the difference between what was told of a source and what is the matter:
/// one for each kind of new matters, and one for those that are over. A matter that only became
/// another one of the same day (overdue, then a gap) is not over. `told` is brought up to date;
/// the notices have no id yet.
[[nodiscard]] std::vector<Notice> tellDifference(const std::string& source, const Matters& now,
                                                 ToldMatters& told, Instant at);

} // namespace daymark
