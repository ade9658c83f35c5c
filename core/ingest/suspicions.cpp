// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/suspicions.h"

#include "core/base/text.h"

#include <algorithm>
#include <cmath>

namespace daymark {

namespace {

/// Fewer rows than this say nothing about shares.
constexpr std::uint64_t kFewestRows = 20;
/// Of the rows: from where on a repeated day, or a unit, is worth a sentence.
constexpr double kRepeatedShare = 0.45;
constexpr double kHeavyShare = 0.45;
constexpr double kNearlyAll = 0.9;
/// A day whose further rows add up is taken as loaded twice only where the half fits closely.
constexpr double kExactHalf = 0.01;
constexpr std::size_t kMetricsNamed = 3;

/// What it means that not one row keeps a rule.
struct EveryRow
{
    Rule rule;
    const char* code;
    const char* column;
    const char* sentence;
};

constexpr EveryRow kEveryRow[] = {
    {Rule::RowMalformed, "looks.wrong_format", "",
     "No line can be split into the columns of its header: the delimiter or the quoting is "
     "probably another one."},
    {Rule::DateMissing, "looks.all_null", "date",
     "No row has a date. Check which column date is mapped to."},
    {Rule::DateInvalid, "looks.wrong_format", "date",
     "No date can be read: the source probably writes its dates in another format."},
    {Rule::DateMismatch, "looks.other_day", "date",
     "Every row carries another day than the folder or file that it lies in: it looks as if the "
     "rows of another day were put there."},
    {Rule::UnitIdMissing, "looks.all_null", "unit_id",
     "No row has a unit id. Check which column unit_id is mapped to."},
    {Rule::IdTypeMissing, "looks.all_null", "id_type",
     "No row has an id type. Check which column id_type is mapped to."},
    {Rule::IdTypeUnknown, "looks.wrong_column", "id_type",
     "No row has an id type that the workspace knows. Add it as an id type, or check which column "
     "id_type is mapped to."},
    {Rule::MetricNameMissing, "looks.all_null", "metric_name",
     "No row has a metric name. Check which column metric_name is mapped to."},
    {Rule::ValueMissing, "looks.all_null", "metric_value",
     "Every value is null: no row has a metric value, a numerator or a denominator. Check which "
     "column metric_value is mapped to."},
    {Rule::ValueNotANumber, "looks.wrong_format", "metric_value",
     "No value is a number: a decimal comma, a currency sign or the wrong column may be the "
     "reason."},
    {Rule::RatioIncomplete, "looks.all_null", "denominator",
     "Every row has just one of numerator and denominator. Check which columns they are mapped "
     "to."},
};

std::string counted(std::uint64_t rows)
{
    return groupedDigits(rows) + (rows == 1 ? " row" : " rows");
}

double share(std::uint64_t part, std::uint64_t whole)
{
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

class Looker
{
public:
    Looker(const IngestSummary& summary, const DayContext& context)
        : m_summary(summary), m_context(context)
    {}

    std::vector<SchemaFinding> run()
    {
        lookAtEveryRow();
        lookForTheDay();
        lookAtUnits();
        lookAtRepeats();
        lookAtMetrics();
        lookAtValues();
        lookAtSize();
        return std::move(m_found);
    }

private:
    void say(const char* code, const char* column, std::string sentence)
    {
        m_found.push_back({code, Severity::Warning, column, std::move(sentence)});
    }

    [[nodiscard]] std::uint64_t countOf(Rule rule) const
    {
        const auto found =
            std::find_if(m_summary.rules.begin(), m_summary.rules.end(),
                         [rule](const RuleCount& count) { return count.rule == rule; });
        return found == m_summary.rules.end() ? 0 : found->count;
    }

    [[nodiscard]] std::string ofRead(std::uint64_t rows) const
    {
        return groupedDigits(rows) + " of " + counted(m_summary.read);
    }

    void lookAtEveryRow()
    {
        for (const EveryRow& every : kEveryRow) {
            if (m_summary.read > 1 && countOf(every.rule) == m_summary.read)
                say(every.code, every.column, every.sentence);
        }
    }

    void lookForTheDay()
    {
        if (m_summary.read == 0 && m_summary.whole && m_summary.otherDays > 0)
            say("looks.other_day", "date",
                "No row carries this day, although " + counted(m_summary.otherDays) +
                    " of other days were read. Check the date format and the time zone.");
    }

    /// A unit may have one row for each metric; more of them make one that stands for many.
    void lookAtUnits()
    {
        if (!m_summary.heaviestUnit || m_summary.read < kFewestRows)
            return;
        const UnitShare& heavy = *m_summary.heaviestUnit;
        const double part = share(heavy.rows, m_summary.read);
        if (part < kHeavyShare || heavy.rows <= 2 * m_summary.rollups.size())
            return;
        m_heavyUnit = true;
        const char* words = part >= kNearlyAll ? "nearly all rows"
                            : part >= 0.6      ? "most of the rows"
                                               : "half of the rows";
        say("looks.one_unit", "unit_id",
            "One unit has " + std::string(words) + ": `" + heavy.unit + "` in at least " +
                ofRead(heavy.rows) +
                ". It may stand for visitors without an id; leave their rows out in the source.");
    }

    /// n loads of the same rows leave n - 1 of n rows as repeats.
    void lookAtRepeats()
    {
        const std::uint64_t byId = countOf(Rule::DuplicateTimeUuid);
        const std::uint64_t byUnit = countOf(Rule::UnitDayDuplicate);
        if (m_heavyUnit || m_summary.read < kFewestRows)
            return;
        if (share(byId, m_summary.read) >= kNearlyAll) {
            say("looks.same_id", "timeuuid",
                "Nearly every row repeats a timeuuid (" + ofRead(byId) +
                    "). Check which column timeuuid is mapped to: it should be unique.");
            return;
        }
        const std::uint64_t repeats = byId + byUnit;
        const double part = share(repeats, m_summary.read);
        if (part < kRepeatedShare ||
            (m_context.unitDay == UnitDay::Sum && byId == 0 && std::abs(part - 0.5) > kExactHalf))
            return;
        const auto loads = static_cast<std::uint64_t>(std::lround(1 / (1 - std::min(part, 0.9))));
        const std::string times = loads <= 2 ? "twice" : std::to_string(loads) + " times";
        say("looks.loaded_twice", "",
            "It looks as if the day was loaded " + times + ": " + ofRead(repeats) +
                (byId >= byUnit ? " repeat the timeuuid of an earlier row."
                                : " repeat the unit, id type and metric of an earlier row."));
    }

    void lookAtMetrics()
    {
        if (m_summary.accepted >= 2 * kFewestRows &&
            share(m_summary.rollups.size(), m_summary.accepted) > 0.5)
            say("looks.wrong_column", "metric_name",
                "There are " + groupedDigits(m_summary.rollups.size()) + " different metrics in " +
                    counted(m_summary.accepted) +
                    ". Check which column metric_name is mapped to: it should name a metric, not "
                    "a unit or an event.");
    }

    using Test = bool (*)(const Rollup&);

    void sayOfMetrics(Test test, const char* column, const std::string& begin,
                      const std::string& end)
    {
        std::string names;
        std::size_t found = 0;
        for (const Rollup& rollup : m_summary.rollups) {
            if (!test(rollup) || ++found > kMetricsNamed)
                continue;
            names += (names.empty() ? "`" : ", `") + shortened(rollup.metric) + "`";
        }
        if (found > kMetricsNamed)
            names += " and " + groupedDigits(found - kMetricsNamed) + " more";
        if (found > 0)
            say("looks.all_zero", column, begin + names + end);
    }

    void lookAtValues()
    {
        sayOfMetrics(
            [](const Rollup& rollup) {
                return rollup.valueRows >= kFewestRows && rollup.minimum == 0 &&
                       rollup.maximum == 0;
            },
            "metric_value", "Every value is 0: ", ".");
        sayOfMetrics(
            [](const Rollup& rollup) {
                return rollup.ratioRows >= kFewestRows &&
                       rollup.zeroDenominators == rollup.ratioRows;
            },
            "denominator", "Every denominator is 0: ", ". No unit is left for analysis.");
    }

    void lookAtSize()
    {
        if (!m_summary.whole || !m_context.usualRows || *m_context.usualRows < kFewestRows)
            return;
        const double part = share(m_summary.read, *m_context.usualRows);
        if (part < 0.5 && m_summary.read > 0)
            say("looks.few_rows", "",
                "The day has " + counted(m_summary.read) + ", while about " +
                    groupedDigits(*m_context.usualRows) +
                    " are usual. Its rows may still be arriving.");
        else if (part > 1.8)
            say("looks.many_rows", "",
                "The day has " + counted(m_summary.read) + ", while about " +
                    groupedDigits(*m_context.usualRows) + " are usual.");
    }

    const IngestSummary& m_summary;
    const DayContext& m_context;
    std::vector<SchemaFinding> m_found;
    bool m_heavyUnit = false;
};

} // namespace

std::vector<SchemaFinding> suspicionsOf(const IngestSummary& summary, const DayContext& context)
{
    return Looker(summary, context).run();
}

} // namespace daymark
