// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/source_words.h"

#include "core/engine/about.h"
#include "ui/style/text.h"

#include <QCoreApplication>
#include <QStringList>

namespace daymark::ui {

namespace {

constexpr std::size_t kDaysNamed = 4;

QString phrase(const char* words) { return QCoreApplication::translate("Sources", words); }

QString orUsual(const std::string& value)
{
    return value.empty() ? phrase("the usual one") : text(value);
}

QString percent(double value) { return phrase("%1 %").arg(wordsLocale().toString(value, 'g', 6)); }

QString dayOrNone(const std::optional<Day>& day)
{
    return day ? plainDate(toDate(*day)) : phrase("found by itself");
}

/// Collects `name: before → after` where the two differ.
class Changes
{
public:
    void note(const char* name, const QString& before, const QString& after)
    {
        if (before != after)
            m_lines << phrase("%1: %2 → %3").arg(phrase(name), before, after);
    }
    [[nodiscard]] QStringList lines() const { return m_lines; }

private:
    QStringList m_lines;
};

void noteMapping(Changes& changes, const std::map<std::string, std::string>& before,
                 const std::map<std::string, std::string>& after)
{
    const auto words = [](const std::map<std::string, std::string>& map) {
        QStringList parts;
        for (const auto& [canonical, column] : map)
            parts << phrase("%1 from %2").arg(text(canonical), text(column));
        return parts.isEmpty() ? phrase("by name") : parts.join(QStringLiteral(", "));
    };
    changes.note(QT_TRANSLATE_NOOP("Sources", "Columns"), words(before), words(after));
}

} // namespace

QString kindTitle(const std::string& kind)
{
    for (const KindOffer& offer : offeredKinds())
        if (offer.name == kind)
            return text(offer.title);
    return text(kind);
}

QString orderWord(DayOrder order)
{
    return order == DayOrder::Strict ? phrase("strict") : phrase("high-water");
}

QString orderMeaning(DayOrder order)
{
    return order == DayOrder::Strict
               ? phrase(
                     "Each day is announced by itself. A day that is not announced is a gap, and "
                     "the days after it wait.")
               : phrase("An announced day says that every day up to it is finished, too. There are "
                        "no gaps before it.");
}

QString unitDayMeaning(UnitDay policy)
{
    switch (policy) {
    case UnitDay::Reject:
        return phrase("reject the further rows");
    case UnitDay::First:
        return phrase("keep the first, drop and count the others");
    case UnitDay::Sum:
        return phrase("keep all and add them up");
    }
    return {};
}

QString recheckMeaning(Recheck recheck)
{
    return recheck == Recheck::Full ? phrase("read every row again")
                                    : phrase("count its rows: cheap, blind to new values");
}

QString recheckTime(int days)
{
    return days == 0   ? phrase("never")
           : days == 1 ? phrase("for 1 day after it landed")
                       : phrase("for %1 days after it landed").arg(days);
}

QString reimportWords(const std::optional<double>& abovePercent)
{
    return abovePercent ? phrase("is imported again by itself above %1").arg(percent(*abovePercent))
                        : phrase("is only marked");
}

QString schemaActionMeaning(SchemaAction action)
{
    switch (action) {
    case SchemaAction::Block:
        return phrase("imports wait until it is accepted");
    case SchemaAction::Warn:
        return phrase("is told, and days are imported");
    case SchemaAction::Accept:
        return phrase("is not told");
    }
    return {};
}

QString keptVersions(const Policy& policy)
{
    return policy.keepVersions == 0 ? phrase("none")
                                    : phrase("%1, each for %2 days at most")
                                          .arg(policy.keepVersions)
                                          .arg(policy.keepDays);
}

QString pollResult(const PollInfo& poll, Instant now)
{
    if (!poll.last)
        return phrase("not polled yet");
    const QString when = clockTime(*poll.last, now);
    if (poll.error)
        return phrase("%1: %2").arg(when, text(poll.error->message));
    return phrase("%1: signals read").arg(when);
}

QString nextPoll(const SourceInfo& source, Instant now)
{
    if (!source.enabled)
        return phrase("disabled");
    if (source.poll.missedSince)
        return phrase("missed since %1").arg(clockTime(*source.poll.missedSince, now));
    if (!source.poll.next)
        return phrase("not by itself");
    return *source.poll.next <= now ? phrase("due now") : clockTime(*source.poll.next, now);
}

QString dayList(const std::vector<Day>& days)
{
    if (days.empty())
        return {};
    if (days.size() > kDaysNamed)
        return phrase("%1 to %2")
            .arg(plainDate(toDate(days.front())), plainDate(toDate(days.back())));
    QStringList words;
    for (const Day day : days)
        words << plainDate(toDate(day));
    const QString last = words.takeLast();
    return words.isEmpty() ? last : phrase("%1 and %2").arg(words.join(QStringLiteral(", ")), last);
}

QStringList settingChanges(const SourceInfo& before, const SourceConfig& config,
                           const Policy& policy)
{
    const SourceConfig& old = before.config;
    const Policy& was = before.policy;
    Changes changes;
    changes.note(QT_TRANSLATE_NOOP("Sources", "Place"), text(old.uri), text(config.uri));
    changes.note(QT_TRANSLATE_NOOP("Sources", "Table"), orUsual(old.table), orUsual(config.table));
    changes.note(QT_TRANSLATE_NOOP("Sources", "Query"), orUsual(old.query), orUsual(config.query));
    changes.note(QT_TRANSLATE_NOOP("Sources", "Signals"), orUsual(old.signalTable),
                 orUsual(config.signalTable));
    noteMapping(changes, old.columnMap, config.columnMap);
    changes.note(QT_TRANSLATE_NOOP("Sources", "Time zone"), text(was.timeZone),
                 text(policy.timeZone));
    changes.note(QT_TRANSLATE_NOOP("Sources", "Order"), orderWord(was.order),
                 orderWord(policy.order));
    changes.note(QT_TRANSLATE_NOOP("Sources", "First day"), dayOrNone(was.firstDay),
                 dayOrNone(policy.firstDay));
    changes.note(QT_TRANSLATE_NOOP("Sources", "Horizon in days"), QString::number(was.horizonDays),
                 QString::number(policy.horizonDays));
    changes.note(QT_TRANSLATE_NOOP("Sources", "Tolerance"), percent(was.tolerancePercent),
                 percent(policy.tolerancePercent));
    changes.note(QT_TRANSLATE_NOOP("Sources", "Poll in minutes"), QString::number(was.pollMinutes),
                 QString::number(policy.pollMinutes));
    changes.note(QT_TRANSLATE_NOOP("Sources", "Metric staleness in days"),
                 QString::number(was.stalenessDays), QString::number(policy.stalenessDays));
    changes.note(QT_TRANSLATE_NOOP("Sources", "Rows of the same unit, day and metric"),
                 unitDayMeaning(old.unitDay), unitDayMeaning(config.unitDay));
    changes.note(QT_TRANSLATE_NOOP("Sources", "Landed days are compared daily"),
                 recheckTime(was.recheckDays), recheckTime(policy.recheckDays));
    changes.note(QT_TRANSLATE_NOOP("Sources", "To compare is to"), recheckMeaning(was.recheck),
                 recheckMeaning(policy.recheck));
    changes.note(QT_TRANSLATE_NOOP("Sources", "A day that changed"),
                 reimportWords(was.reimportAbovePercent),
                 reimportWords(policy.reimportAbovePercent));
    changes.note(QT_TRANSLATE_NOOP("Sources", "Earlier versions kept"), keptVersions(was),
                 keptVersions(policy));
    changes.note(QT_TRANSLATE_NOOP("Sources", "A column that is gone"),
                 schemaActionMeaning(was.columnGone), schemaActionMeaning(policy.columnGone));
    changes.note(QT_TRANSLATE_NOOP("Sources", "A new column"), schemaActionMeaning(was.columnNew),
                 schemaActionMeaning(policy.columnNew));
    changes.note(QT_TRANSLATE_NOOP("Sources", "A column of another type"),
                 schemaActionMeaning(was.columnType), schemaActionMeaning(policy.columnType));
    return changes.lines();
}

} // namespace daymark::ui
