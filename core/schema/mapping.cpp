// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schema/mapping.h"

#include "core/base/text.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

// The plan:
// 1. A name that the source uses twice is an error: nobody can say which of the two was meant.
// 2. What the operator mapped comes first; a column taken so is not taken again by its own name.
// 3. Each canonical column left looks for its exact name, then for its name after cleaning.
// 4. What was found must be able to hold what is needed; a needed column that is missing is an
// error.
// 5. Columns that nothing is mapped to are noted.

namespace daymark {

namespace {

constexpr std::size_t kExtraColumnsNamed = 50;
constexpr std::size_t kColumnsListed = 8;
constexpr std::size_t kColumnsNamed = 20;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string quoted(std::string_view name) { return "'" + shortened(name) + "'"; }

std::string_view typeWord(ColumnType type)
{
    switch (type) {
    case ColumnType::Text:
        return "text";
    case ColumnType::Date:
        return "a date";
    case ColumnType::Number:
        return "a number";
    }
    return "it";
}

bool canHold(const SourceColumn& column, ColumnType type)
{
    switch (type) {
    case ColumnType::Text:
        return column.canHoldText;
    case ColumnType::Date:
        return column.canHoldDate;
    case ColumnType::Number:
        return column.canHoldNumber;
    }
    return true;
}

class Mapper
{
public:
    Mapper(const Dataset& dataset, std::span<const SourceColumn> columns)
        : m_dataset(dataset), m_columns(columns), m_taken(columns.size(), false)
    {
        m_result.mapping.positions.resize(dataset.columns.size());
        m_result.mapping.names.resize(dataset.columns.size());
        for (std::size_t i = 0; i < columns.size(); ++i) {
            m_exact.emplace(columns[i].name, i);
            m_cleaned.emplace(cleanedName(columns[i].name), i);
        }
    }

    MappedSchema run(const std::map<std::string, std::string>& overrides)
    {
        checkDuplicates();
        applyOverrides(overrides);
        matchNames();
        checkTypes();
        checkNeeded();
        if (m_dataset.kind == DatasetKind::Metrics)
            checkValueColumns();
        noteExtras();
        return std::move(m_result);
    }

private:
    void add(std::string_view code, Severity severity, std::string_view column, std::string message)
    {
        m_result.findings.push_back(
            {std::string(code), severity, std::string(column), std::move(message)});
    }

    std::string_view canonical(std::size_t index) const { return m_dataset.columns[index].name; }
    std::optional<std::size_t>& position(std::size_t index)
    {
        return m_result.mapping.positions[index];
    }

    void take(std::size_t index, std::size_t column)
    {
        position(index) = column;
        m_result.mapping.names[index] = m_columns[column].name;
        m_taken[column] = true;
    }

    void checkDuplicates()
    {
        std::unordered_map<std::string_view, std::size_t> uses;
        for (const SourceColumn& column : m_columns)
            if (const std::size_t use = ++uses[column.name]; use == 2 && !column.name.empty())
                add("schema.column_duplicate", Severity::Error, column.name,
                    "The source has more than one column named " + quoted(column.name) +
                        "; give each a name of its own.");
    }

    void applyOverrides(const std::map<std::string, std::string>& overrides)
    {
        for (const auto& [name, wanted] : overrides) {
            if (name == kSignalColumn)
                continue; // of the signals, not of the rows
            const auto spec =
                std::find_if(m_dataset.columns.begin(), m_dataset.columns.end(),
                             [&name = name](const ColumnSpec& s) { return s.name == name; });
            if (spec == m_dataset.columns.end()) {
                addUnknownCanonical(name);
                continue;
            }
            const auto index = static_cast<std::size_t>(spec - m_dataset.columns.begin());
            m_settled.insert(index);
            if (!wanted.empty() && !matchExact(index, wanted) && !matchCleaned(index, wanted))
                add("schema.column_missing", Severity::Error, name,
                    "There is no column " + quoted(wanted) + ", which " + quoted(name) +
                        " is mapped to. " + columnsThere(wanted));
        }
    }

    void addUnknownCanonical(const std::string& name)
    {
        std::vector<std::string> names;
        for (const ColumnSpec& spec : m_dataset.columns)
            names.emplace_back(spec.name);
        const auto near = nearest(name, names);
        add("schema.column_missing", Severity::Error, name,
            "The dataset " + std::string(m_dataset.name) + " has no column " + quoted(name) +
                " to map to." + (near ? " Did you mean " + quoted(*near) + "?" : std::string()));
    }

    void matchNames()
    {
        for (std::size_t index = 0; index < m_dataset.columns.size(); ++index)
            if (!m_settled.contains(index))
                matchFree(index);
    }

    void matchFree(std::size_t index)
    {
        const auto exact = m_exact.find(canonical(index));
        if (exact == m_exact.end())
            matchCleaned(index, canonical(index));
        else if (!m_taken[exact->second])
            take(index, exact->second);
    }

    bool matchExact(std::size_t index, const std::string& wanted)
    {
        const auto found = m_exact.find(wanted);
        if (found == m_exact.end())
            return false;
        take(index, found->second);
        return true;
    }

    bool matchCleaned(std::size_t index, std::string_view wanted)
    {
        std::vector<std::size_t> found;
        const auto [first, last] = m_cleaned.equal_range(cleanedName(wanted));
        for (auto it = first; it != last; ++it)
            if (!m_taken[it->second])
                found.push_back(it->second);
        if (found.empty())
            return false;
        const std::size_t column = *std::min_element(found.begin(), found.end());
        take(index, column);
        if (found.size() > 1)
            add("schema.column_duplicate", Severity::Error, canonical(index),
                "More than one column reads as " + quoted(wanted) +
                    " once blanks, quotes and case "
                    "are set aside; map one of them to " +
                    quoted(canonical(index)) + ".");
        else
            add("schema.column_dirty", Severity::Warning, canonical(index),
                "The column " + quoted(m_columns[column].name) + " is taken as " + quoted(wanted) +
                    ", though its name differs in blanks, quotes, a byte-order mark or case.");
        return true;
    }

    void checkTypes()
    {
        for (std::size_t index = 0; index < m_dataset.columns.size(); ++index) {
            const ColumnSpec& spec = m_dataset.columns[index];
            if (!position(index) || canHold(m_columns[*position(index)], spec.type))
                continue;
            const SourceColumn& column = m_columns[*position(index)];
            const std::string type = column.typeName.empty()
                                         ? "of a type that"
                                         : "declared " + shortened(column.typeName) + ", which";
            add("schema.column_type", Severity::Error, spec.name,
                "The column " + quoted(column.name) + " is " + type + " can never hold " +
                    std::string(typeWord(spec.type)) + " as " + quoted(spec.name) + " needs it.");
        }
    }

    void checkNeeded()
    {
        for (std::size_t index = 0; index < m_dataset.columns.size(); ++index)
            if (m_dataset.columns[index].needed && !position(index) &&
                !isReported(canonical(index)))
                add("schema.column_missing", Severity::Error, canonical(index),
                    "There is no column " + quoted(canonical(index)) + ", which every row needs. " +
                        nearestColumn(canonical(index)));
    }

    void checkValueColumns()
    {
        const bool upper = position(metrics::Numerator).has_value();
        const bool lower = position(metrics::Denominator).has_value();
        if (position(metrics::Value) || (upper && lower) || isReported("metric_value"))
            return;
        if (upper != lower) {
            const std::string_view found = upper ? "numerator" : "denominator";
            const std::string_view other = upper ? "denominator" : "numerator";
            if (!isReported(other))
                add("schema.column_missing", Severity::Error, other,
                    "There is " + quoted(found) + " but no column " + quoted(other) +
                        " to go with it, and no 'metric_value' either. " + nearestColumn(other));
            return;
        }
        add("schema.column_missing", Severity::Error, "metric_value",
            "There is no column 'metric_value', and no 'numerator' and 'denominator' in its "
            "place. " +
                nearestColumn("metric_value"));
    }

    /// Whether an error already says that this canonical column is missing.
    bool isReported(std::string_view column) const
    {
        return std::any_of(
            m_result.findings.begin(), m_result.findings.end(), [&](const SchemaFinding& finding) {
                return finding.code == "schema.column_missing" && finding.column == column;
            });
    }

    void noteExtras()
    {
        std::size_t extras = 0;
        for (std::size_t i = 0; i < m_columns.size(); ++i)
            if (!m_taken[i] && ++extras <= kExtraColumnsNamed)
                add("schema.column_extra", Severity::Note, m_columns[i].name,
                    "Nothing is mapped to the column " + quoted(m_columns[i].name) +
                        "; it is not imported.");
        if (extras > kExtraColumnsNamed)
            add("schema.column_extra", Severity::Note, {},
                "Nothing is mapped to " + groupedDigits(extras - kExtraColumnsNamed) +
                    " further columns; they are not imported.");
    }

    /// What there is in the place of a column that an operator named: any column may be meant.
    std::string columnsThere(std::string_view wanted) const
    {
        if (m_columns.empty())
            return "The source has no columns.";
        std::vector<std::string> names;
        for (const SourceColumn& column : m_columns)
            names.push_back(column.name);
        std::string list;
        for (std::size_t i = 0; i < std::min(names.size(), kColumnsNamed); ++i)
            list += (i == 0 ? "" : ", ") + quoted(names[i]);
        if (names.size() > kColumnsNamed)
            list += " and " + groupedDigits(names.size() - kColumnsNamed) + " more";
        const auto near = nearest(wanted, names);
        return (near ? "The nearest column is " + quoted(*near) + "; the" : std::string("The")) +
               " source has " + list + ".";
    }

    /// The column that is most likely meant, of those that nothing is mapped to; else what there
    /// is.
    std::string nearestColumn(std::string_view wanted) const
    {
        std::vector<std::string> names;
        for (std::size_t i = 0; i < m_columns.size(); ++i)
            if (!m_taken[i])
                names.push_back(m_columns[i].name);
        if (const auto near = nearest(wanted, names))
            return "The nearest column is " + quoted(*near) + ".";
        if (names.empty())
            return m_columns.empty() ? "The source has no columns." : "No other column is left.";
        std::string list;
        for (std::size_t i = 0; i < std::min(names.size(), kColumnsListed); ++i)
            list += (i == 0 ? "" : ", ") + quoted(names[i]);
        return "No column comes near; " +
               std::string(names.size() > kColumnsListed ? "the first ones" : "those left") +
               " are " + list + ".";
    }

    const Dataset& m_dataset;
    std::span<const SourceColumn> m_columns;
    std::vector<bool> m_taken;                                 ///< by source column
    std::unordered_map<std::string_view, std::size_t> m_exact; ///< the first of each name
    std::unordered_multimap<std::string, std::size_t> m_cleaned;
    std::unordered_set<std::size_t> m_settled; ///< canonical columns that the operator decided on
    MappedSchema m_result;
};

} // namespace

bool MappedSchema::hasErrors() const
{
    return std::any_of(findings.begin(), findings.end(), [](const SchemaFinding& finding) {
        return finding.severity == Severity::Error;
    });
}

MappedSchema mapColumns(const Dataset& dataset, std::span<const SourceColumn> columns,
                        const std::map<std::string, std::string>& overrides)
{
    return Mapper(dataset, columns).run(overrides);
}

std::string cleanedName(std::string_view name)
{
    constexpr std::string_view strays = " \t\r\n\"'`";
    while (!name.empty()) {
        if (name.starts_with(kByteOrderMark))
            name.remove_prefix(kByteOrderMark.size());
        else if (strays.find(name.front()) != std::string_view::npos)
            name.remove_prefix(1);
        else if (strays.find(name.back()) != std::string_view::npos)
            name.remove_suffix(1);
        else
            break;
    }
    return asciiLower(name);
}

} // namespace daymark
