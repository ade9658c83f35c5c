// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ledger/signal_table.h"

#include "core/base/fault.h"
#include "core/ledger/journal_writer.h"

#include <algorithm>

namespace daymark::ledger {

namespace {

struct KnownSignal
{
    Day day;
    bool gone = false;
};

/// What the source said before, ascending.
std::vector<KnownSignal> knownSignals(SQLite::Database& database, SourceId source)
{
    std::vector<KnownSignal> known;
    Query query(database, "SELECT day, gone FROM signals WHERE source = ? AND by_operator = 0 "
                          "ORDER BY day");
    query.with(source);
    while (query.next())
        known.push_back({query.day(0), query.flag(1)});
    return known;
}

/// Walks both ascending lists side by side.
SignalChanges compare(const std::vector<KnownSignal>& known, std::span<const Day> days)
{
    SignalChanges changes;
    auto old = known.begin();
    for (const Day day : days) {
        for (; old != known.end() && old->day < day; ++old) {
            if (!old->gone)
                changes.vanished.push_back(old->day);
        }
        const bool seen = old != known.end() && old->day == day;
        if (!seen)
            changes.added.push_back(day);
        else if (old->gone)
            changes.returned.push_back(day);
        old += seen ? 1 : 0;
    }
    for (; old != known.end(); ++old) {
        if (!old->gone)
            changes.vanished.push_back(old->day);
    }
    return changes;
}

/// When the source's signals were read before, which is when those that vanished were last seen.
Instant lastReading(SQLite::Database& database, SourceId source, Instant otherwise)
{
    Query query(database, "SELECT signals_read_at FROM sources WHERE id = ?");
    return query.with(source).next() ? query.maybeInstant(0).value_or(otherwise) : otherwise;
}

/// The signals of a day, or of all days.
std::vector<SignalRecord> readRecords(SQLite::Database& database, SourceId source,
                                      std::optional<Day> day)
{
    Query query(database, "SELECT day, first_seen, iif(by_operator OR gone, last_seen, "
                          "coalesce(signals_read_at, last_seen)), actor, by_operator, gone, "
                          "returned_at FROM signals JOIN sources ON sources.id = signals.source "
                          "WHERE source = ?1 AND (?2 IS NULL OR day = ?2) ORDER BY day, "
                          "by_operator");
    query.with(source, day);
    std::vector<SignalRecord> found;
    while (query.next()) {
        found.push_back({query.day(0), query.instant(1), query.instant(2), query.text(3),
                         query.flag(4), query.flag(5), query.maybeInstant(6)});
    }
    return found;
}

void writeChanges(SQLite::Database& database, SourceId source, const SignalChanges& changes,
                  Instant at)
{
    const Instant before = lastReading(database, source, at);
    Query add(database,
              "INSERT INTO signals (source, day, by_operator, actor, first_seen, last_seen, "
              "after_run) VALUES (?1, ?2, 0, 'source', ?3, ?3, "
              "(SELECT current_run FROM days WHERE source = ?1 AND day = ?2))");
    for (const Day day : changes.added)
        add.with(source, day, at).run();
    Query mark(database, "UPDATE signals SET gone = 1, last_seen = ? "
                         "WHERE source = ? AND day = ? AND by_operator = 0");
    for (const Day day : changes.vanished)
        mark.with(before, source, day).run();
    Query unmark(database,
                 "UPDATE signals SET gone = 0, last_seen = ?3, returned_at = ?3, after_run = "
                 "(SELECT current_run FROM days WHERE source = ?1 AND day = ?2) "
                 "WHERE source = ?1 AND day = ?2 AND by_operator = 0");
    for (const Day day : changes.returned)
        unmark.with(source, day, at).run();
    Query(database, "UPDATE sources SET signals_read_at = ? WHERE id = ?").with(at, source).run();
}

} // namespace

Result<SignalChanges> SignalTable::replaceFromSource(SourceId source, std::span<const Day> days,
                                                     Instant at)
{
    if (std::adjacent_find(days.begin(), days.end(), std::greater_equal<>()) != days.end())
        return fail(ErrorCode::Internal, "The signals are not in ascending order, each day once.");
    return m_connection.write([&](SQLite::Database& database) -> Result<SignalChanges> {
        if (const auto name = sourceName(database, source); !name)
            return fail(name.error());
        SignalChanges changes = compare(knownSignals(database, source), days);
        writeChanges(database, source, changes, at);
        if (const Status passed = faultPoint("in_signals"); !passed)
            return fail(passed.error());
        return changes;
    });
}

Result<bool> SignalTable::addByOperator(SourceId source, Day day, const Stamp& by)
{
    return m_connection.write([&](SQLite::Database& database) -> Result<bool> {
        const auto name = sourceName(database, source);
        if (!name)
            return fail(name.error());
        Query insert(database, "INSERT INTO signals (source, day, by_operator, actor, first_seen, "
                               "last_seen, after_run) VALUES (?1, ?2, 1, ?3, ?4, ?4, "
                               "(SELECT current_run FROM days WHERE source = ?1 AND day = ?2)) "
                               "ON CONFLICT DO NOTHING");
        const bool added = insert.with(source, day, by.actor, by.at).run() == 1;
        if (added)
            writeJournal(database, {0, by.at, by.actor, *name, day, "day.signal", ""});
        return added;
    });
}

Result<bool> SignalTable::withdraw(SourceId source, Day day, const Stamp& by)
{
    return m_connection.write([&](SQLite::Database& database) -> Result<bool> {
        const auto name = sourceName(database, source);
        if (!name)
            return fail(name.error());
        Query remove(database,
                     "DELETE FROM signals WHERE source = ? AND day = ? AND by_operator = 1");
        const bool removed = remove.with(source, day).run() == 1;
        if (removed)
            writeJournal(database, {0, by.at, by.actor, *name, day, "day.withdraw_signal", ""});
        return removed;
    });
}

Result<std::vector<Signal>> SignalTable::counting(SourceId source)
{
    return m_connection.read([&](SQLite::Database& database) -> Result<std::vector<Signal>> {
        Query query(database,
                    "SELECT DISTINCT day FROM signals s WHERE source = ? AND (gone = 0 OR EXISTS "
                    "(SELECT 1 FROM days d WHERE d.source = s.source AND d.day = s.day "
                    "AND d.current_run IS NOT NULL)) ORDER BY day");
        query.with(source);
        std::vector<Signal> counted;
        while (query.next())
            counted.push_back({query.day(0)});
        return counted;
    });
}

Result<std::vector<Resignal>> SignalTable::resignalled(SourceId source)
{
    return m_connection.read([&](SQLite::Database& database) -> Result<std::vector<Resignal>> {
        Query query(database, "SELECT s.day, max(coalesce(s.returned_at, s.first_seen)) "
                              "FROM signals s JOIN days d ON d.source = s.source AND d.day = s.day "
                              "WHERE s.source = ? AND s.gone = 0 AND s.after_run = d.current_run "
                              "GROUP BY s.day ORDER BY s.day");
        query.with(source);
        std::vector<Resignal> found;
        while (query.next())
            found.push_back({query.day(0), query.instant(1)});
        return found;
    });
}

Result<std::vector<Signal>> SignalTable::lasting(SourceId source)
{
    return m_connection.read([&](SQLite::Database& database) -> Result<std::vector<Signal>> {
        Query query(database,
                    "SELECT DISTINCT day FROM signals s WHERE source = ? AND (by_operator AND NOT "
                    "gone OR EXISTS (SELECT 1 FROM days d WHERE d.source = s.source AND "
                    "d.day = s.day AND d.current_run IS NOT NULL)) ORDER BY day");
        query.with(source);
        std::vector<Signal> lasting;
        while (query.next())
            lasting.push_back({query.day(0)});
        return lasting;
    });
}

Result<std::vector<SignalRecord>> SignalTable::all(SourceId source)
{
    return m_connection.read([&](SQLite::Database& database) -> Result<std::vector<SignalRecord>> {
        return readRecords(database, source, std::nullopt);
    });
}

Result<std::vector<SignalRecord>> SignalTable::find(SourceId source, Day day)
{
    return m_connection.read([&](SQLite::Database& database) -> Result<std::vector<SignalRecord>> {
        return readRecords(database, source, day);
    });
}

Result<std::vector<SignalRecord>> SignalTable::announcements(SourceId source, Day first, Day last)
{
    return m_connection.read([&](SQLite::Database& database) -> Result<std::vector<SignalRecord>> {
        Query query(database,
                    "SELECT day, first_seen, last_seen, actor, by_operator, gone, returned_at "
                    "FROM signals s WHERE source = ? AND day BETWEEN ? AND ? AND (gone = 0 "
                    "OR EXISTS (SELECT 1 FROM days d WHERE d.source = s.source AND d.day = s.day "
                    "AND d.current_run IS NOT NULL)) ORDER BY day, gone, by_operator");
        query.with(source, first, last);
        std::vector<SignalRecord> found;
        while (query.next()) {
            const Day day = query.day(0);
            if (found.empty() || found.back().day != day)
                found.push_back({day, query.instant(1), query.instant(2), query.text(3),
                                 query.flag(4), query.flag(5), query.maybeInstant(6)});
        }
        return found;
    });
}

} // namespace daymark::ledger
