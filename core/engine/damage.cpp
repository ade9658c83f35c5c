// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/damage.h"

#include "core/calendar/day_words.h"
#include "core/engine/convert.h"

namespace daymark {

namespace {

/// What a person does about a damaged day.
std::string wayOut(const Workspace& workspace, const ledger::LandedDay& day)
{
    const std::string name = shellQuoted(day.sourceName);
    const auto record = workspace.ledger->sourceTable().get(day.source);
    if (record && record->removed)
        return "Its source is not there any more: add it again (daymark-cli source add " + name +
               " …), then import the day again.";
    return "Import the day again: daymark-cli reimport " + name + " " + formatDay(day.day) + ".";
}

/// What is wrong with a day's files; marked.
Result<std::string> look(const Workspace& workspace, const ledger::LandedDay& day,
                         const std::stop_token& stop)
{
    auto damage = workspace.landing->damageOf(toExpectedDay(day), stop);
    if (damage)
        markDamage(workspace, day, *damage);
    return damage;
}

} // namespace

bool markDamage(const Workspace& workspace, const ledger::LandedDay& day, const std::string& damage)
{
    if (damage == day.damage)
        return true;
    const bool noted = workspace.change([&](ledger::Ledger& ledger) {
        return ledger.dayTable().noteDamage(day.source, day.day, day.run, damage,
                                            workspace.stamp());
    });
    if (!noted)
        return false;
    Event event;
    event.kind = EventKind::DaysChanged;
    event.source = day.sourceName;
    workspace.events->tell(event);
    return true;
}

Status requireWhole(const Workspace& workspace, std::span<const ledger::LandedDay> days,
                    const std::stop_token& stop)
{
    for (const ledger::LandedDay& day : days) {
        const auto damage = look(workspace, day, stop);
        if (!damage)
            return fail(damage.error());
        if (!damage->empty())
            return fail(ErrorCode::StorageDamaged, *damage + " Its rows are not shown.",
                        wayOut(workspace, day));
    }
    return {};
}

Result<bool> isWhole(const Workspace& workspace, const ledger::LandedDay& day,
                     const std::stop_token& stop)
{
    const auto damage = look(workspace, day, stop);
    if (!damage)
        return fail(damage.error());
    return damage->empty();
}

} // namespace daymark
