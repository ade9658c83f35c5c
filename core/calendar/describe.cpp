// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/calendar/day_words.h"
#include "core/calendar/explain.h"

namespace daymark {

namespace {

std::string importedDetail(const PlannedDay& planned)
{
    std::string detail = planned.empty ? "no rows" : "";
    const auto add = [&detail](const char* words) {
        detail += (detail.empty() ? "" : ", ") + std::string(words);
    };
    if (planned.damaged)
        add("its landed files are damaged");
    if (planned.changed)
        add("changed in the source since");
    return detail;
}

/// What stands in the way of the signals, where they were never read, or not of late.
std::string readingWords(const ExplainContext& context)
{
    const std::string name = context.source.empty() ? "the source" : shortened(context.source);
    std::string trouble = asSentence(context.pollError);
    if (!context.pollHint.empty())
        trouble += ' ' + asSentence(context.pollHint);
    if (!context.signalsRead && context.pollError.empty())
        return "The signals of " + name + " have not been read yet: daymark-cli poll " +
               shellQuoted(context.source) + " reads them.";
    if (!context.signalsRead)
        return "The signals of " + name + " could not be read yet: " + trouble;
    if (!context.pollError.empty())
        return "They could not be read again since: " + trouble;
    return {};
}

/// Why a plan is empty, as far as its signals tell.
std::string emptyWords(const Plan& plan, const ExplainContext& context)
{
    const std::string place =
        context.signalPlace.empty() ? "the source" : shortened(context.signalPlace, 200);
    const std::string limit =
        plan.firstDay ? "before the first day, " + formatDay(*plan.firstDay)
        : context.horizonDays <= 0
            ? std::string("older than today")
            : "older than " + counted(static_cast<std::uint64_t>(context.horizonDays), "day");
    switch (plan.empty) {
    case EmptyPlan::No:
        return {};
    case EmptyPlan::NoSignals:
        if (!context.signalsRead)
            return {};
        return context.pollError.empty()
                   ? "Nothing is signalled in " + place + "."
                   : "Nothing was signalled in " + place + " when its signals were last read.";
    case EmptyPlan::AllTooOld:
        return "The only signals up to today are " + limit + ".";
    case EmptyPlan::AllFuture:
        return "The only signals are after today, " + formatDay(plan.today) + ".";
    }
    return {};
}

std::string detailOf(const Plan& plan, const PlannedDay& planned)
{
    const std::string waiting = planned.waiting > 0 ? ", " + waitingWords(planned.waiting) : "";
    switch (planned.state) {
    case DayState::Imported:
        return importedDetail(planned);
    case DayState::Skipped:
        return "closed by an operator";
    case DayState::Importing:
        return "a run is on it";
    case DayState::Failed:
        return "the last run failed" + waiting;
    case DayState::Ready:
        return "signalled, the next day to import";
    case DayState::Queued:
        return "signalled, lands after " + formatDay(*plan.nextDay);
    case DayState::Gap:
        return "not signalled" + waiting;
    case DayState::Blocked:
        return planned.blockedBy ? "signalled, waits for " + formatDay(*planned.blockedBy)
                                 : "signalled, waits for the source's columns";
    case DayState::Awaiting:
        if (!plan.firstDay)
            return "nothing is planned yet";
        return planned.overdue ? "overdue, not signalled" : "not signalled yet";
    case DayState::Future:
        return planned.signalled ? "after today, signalled already" : "after today";
    case DayState::Ignored:
        return planned.ignored == IgnoredReason::TooOld ? "before the horizon"
                                                        : "before the first day";
    }
    return {};
}

} // namespace

std::string explainEmpty(const Plan& plan, const ExplainContext& context)
{
    if (plan.empty == EmptyPlan::No)
        return {};
    std::string words = emptyWords(plan, context);
    if (const std::string reading = readingWords(context); !reading.empty())
        words += (words.empty() ? "" : " ") + reading;
    return words;
}

std::string describeDay(const Plan& plan, Day day)
{
    const PlannedDay* listed = plan.find(day);
    const PlannedDay planned = listed ? *listed : unlistedDay(plan, day, Policy{}.horizonDays);
    const std::string detail = detailOf(plan, planned);
    return std::string(stateName(planned.state)) + (detail.empty() ? "" : ": " + detail);
}

} // namespace daymark
