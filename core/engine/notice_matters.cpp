// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/notice_matters.h"

#include "core/base/text.h"
#include "core/calendar/day_words.h"
#include "core/engine/overview.h"
#include "core/engine/polling.h"
#include "core/engine/spoken_day.h"

#include <algorithm>

namespace daymark {

namespace {

constexpr std::size_t kNamed = 3; // matters of one notice that are named one by one

std::string capitalised(std::string words)
{
    if (!words.empty() && words[0] >= 'a' && words[0] <= 'z')
        words[0] = static_cast<char>(words[0] - 'a' + 'A');
    return words;
}

std::string errorWords(const Error& error)
{
    return error.message + (error.hint.empty() ? "" : " " + error.hint);
}

/// A title of one source, or of all of them.
std::string titled(const std::string& source, const std::string& words)
{
    return (source.empty() ? "All sources" : source) + ": " + words;
}

Matter gapOf(const PlannedDay& day, Day today)
{
    const std::string spoken = spokenDay(day.day, today);
    return {NoticeKind::Gap,
            day.day,
            spoken + " is not signalled, and " + waitingWords(day.waiting) +
                ". Signal it at the source, mark it as finished, or skip it with a reason.",
            "the gap of " + spoken,
            "a new gap",
            "new gaps"};
}

Matter failureOf(const PlannedDay& day, const ledger::DayRecord* record, Day today)
{
    const std::string spoken = spokenDay(day.day, today);
    std::string words = spoken + " failed.";
    if (record && record->failure)
        words += " " + errorWords(*record->failure);
    if (day.waiting > 0)
        words += " " + capitalised(waitingWords(day.waiting)) + ".";
    return {NoticeKind::Failure,        day.day,        words,
            "the failure of " + spoken, "a day failed", "days failed"};
}

Notice noticeOf(NoticeKind kind, const std::string& source, const std::vector<Matter>& fresh,
                Instant at)
{
    Notice notice;
    notice.kind = kind;
    notice.source = source;
    notice.at = at;
    notice.title =
        titled(source, fresh.size() == 1 ? fresh.front().one
                                         : std::to_string(fresh.size()) + " " + fresh.front().many);
    for (std::size_t i = 0; i < fresh.size(); ++i) {
        if (fresh[i].day)
            notice.days.push_back(*fresh[i].day);
        if (i < kNamed)
            notice.words += (i == 0 ? "" : " ") + fresh[i].words;
    }
    if (fresh.size() > kNamed)
        notice.words += " " + std::to_string(fresh.size() - kNamed) + " more days.";
    return notice;
}

Notice recoveryOf(const std::string& source, const std::vector<ToldMatter>& over, bool allWell,
                  Instant at)
{
    Notice notice;
    notice.kind = NoticeKind::Recovery;
    notice.source = source;
    notice.at = at;
    notice.title = titled(source, allWell ? "all is well again" : "a matter is settled");
    std::string names;
    for (std::size_t i = 0; i < over.size(); ++i) {
        if (over[i].day)
            notice.days.push_back(*over[i].day);
        if (i < kNamed)
            names += (names.empty() ? "" : ", ") + over[i].name;
    }
    if (over.size() > kNamed)
        names += " and " + std::to_string(over.size() - kNamed) + " more";
    notice.words =
        "Over: " + names + ". " +
        (allWell ? "Nothing else is the matter." : "Something else is still the matter.");
    std::sort(notice.days.begin(), notice.days.end());
    return notice;
}

Matter damageOf(const PlannedDay& day, Day today)
{
    const std::string spoken = spokenDay(day.day, today);
    return {NoticeKind::Failure,
            day.day,
            "The files of " + spoken + " are not what landed any more. Import the day again.",
            "the damage of " + spoken,
            "a landed day is damaged",
            "landed days are damaged"};
}

/// The next day, where nobody announced it in time; a gap is a matter of its own.
std::optional<Matter> overdueOf(const Plan& plan)
{
    const LatenessFound lateness = latenessOf(plan);
    const PlannedDay* next = plan.nextDay ? plan.find(*plan.nextDay) : nullptr;
    if (lateness.lateness != Lateness::Overdue || !next || next->state != DayState::Awaiting)
        return std::nullopt;
    return Matter{NoticeKind::Overdue, next->day, asSentence(capitalised(lateness.words)),
                  "that it was overdue", "it is overdue"};
}

/// Whether something is the matter with the day, or a run is on it, so that nothing of it is over.
bool isStillOpen(const Matters& now, const ToldMatter& told)
{
    if (!told.day)
        return false;
    return now.underWay.contains(*told.day) ||
           std::any_of(now.open.begin(), now.open.end(),
                       [&](const auto& entry) { return entry.second.day == told.day; });
}

} // namespace

Matters mattersOf(const PlannedSource& planned, Instant now)
{
    Matters matters;
    const Day today = planned.plan.today;
    for (const PlannedDay& day : planned.plan.days) {
        if (day.state == DayState::Importing)
            matters.underWay.insert(day.day);
        else if (day.state == DayState::Gap)
            matters.open["gap " + formatDay(day.day)] = gapOf(day, today);
        else if (day.state == DayState::Failed)
            matters.open["failure " + formatDay(day.day)] =
                failureOf(day, planned.find(day.day), today);
        if (day.damaged)
            matters.open["damage " + formatDay(day.day)] = damageOf(day, today);
    }
    if (!planned.record.schemaBreak.empty())
        matters.open["columns"] = {NoticeKind::Failure, std::nullopt, planned.record.schemaBreak,
                                   "its columns", "its columns block imports"};
    const ledger::PollRecord& poll = planned.record.poll;
    if (poll.error)
        matters.open["silent"] = {NoticeKind::Failure, std::nullopt, errorWords(*poll.error),
                                  "that it did not answer", "it does not answer"};
    if (poll.error || isPollDue(poll, planned.record.policy, now))
        matters.unknown.insert("overdue");
    else if (auto overdue = overdueOf(planned.plan))
        matters.open["overdue"] = std::move(*overdue);
    return matters;
}

std::vector<Notice> tellDifference(const std::string& source, const Matters& now, ToldMatters& told,
                                   Instant at)
{
    std::map<std::pair<NoticeKind, std::string>, std::vector<Matter>> fresh; // by kind and title
    for (const auto& [key, matter] : now.open) {
        const bool known = told.contains(key);
        ToldMatter& entry = told[key];
        if (!known)
            fresh[{matter.kind, matter.one}].push_back(matter);
        if (!known || matter.day)
            entry = {matter.kind, matter.day, matter.name};
    }
    std::vector<ToldMatter> over;
    for (auto entry = told.begin(); entry != told.end();) {
        const bool open = now.open.contains(entry->first) || now.unknown.contains(entry->first);
        const bool underWay = entry->second.day && now.underWay.contains(*entry->second.day);
        if (open || underWay) {
            ++entry;
            continue;
        }
        if (!isStillOpen(now, entry->second))
            over.push_back(entry->second);
        entry = told.erase(entry);
    }
    std::vector<Notice> notices;
    for (const auto& [kind, matters] : fresh)
        notices.push_back(noticeOf(kind.first, source, matters, at));
    if (!over.empty())
        notices.push_back(recoveryOf(source, over, told.empty(), at));
    return notices;
}

} // namespace daymark
