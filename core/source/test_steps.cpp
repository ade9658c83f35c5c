// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/test_steps.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace daymark {

void TestSteps::pass(std::string name, std::string message)
{
    m_steps.push_back({std::move(name), true, false, std::move(message), {}});
}

void TestSteps::warn(std::string name, std::string message, std::string hint)
{
    m_steps.push_back({std::move(name), true, true, std::move(message), std::move(hint)});
}

void TestSteps::failed(std::string name, const Error& error)
{
    m_steps.push_back({std::move(name), false, false, error.message, error.hint});
}

void TestSteps::unreached(std::string name, const Error& error)
{
    m_steps.push_back({std::move(name), false, false, error.message, error.hint, true});
}

bool TestSteps::checkColumns(const MappedSchema& schema)
{
    std::string errors;
    std::string warnings;
    for (const SchemaFinding& finding : schema.findings) {
        std::string& text = finding.severity == Severity::Error ? errors : warnings;
        if (finding.severity == Severity::Error || finding.severity == Severity::Warning)
            text += (text.empty() ? "" : " ") + finding.message;
    }
    if (!errors.empty()) {
        failed("find the columns", {ErrorCode::SchemaMismatch, errors,
                                    "Map a column of another name with --map canonical=column."});
    } else if (!warnings.empty()) {
        warn("find the columns", warnings, "");
    } else {
        pass("find the columns", "Every needed column is there.");
    }
    return errors.empty();
}

void TestSteps::checkSignals(const Result<SignalReading>& signalsRead, const std::string& place)
{
    const std::string name = "find the signals";
    if (!signalsRead) {
        failed(name, signalsRead.error());
        return;
    }
    const std::vector<SchemaFinding>& findings = signalsRead->findings;
    const auto unreadable =
        std::find_if(findings.begin(), findings.end(),
                     [](const SchemaFinding& finding) { return finding.code == "signal.invalid"; });
    if (signalsRead->days.empty() && unreadable != findings.end()) {
        failed(name,
               {ErrorCode::SourceFormat,
                fmt::format("{} announces no day that can be read: {}", place, unreadable->message),
                "Write finished days as dates, or say how they are written with --set "
                "signal_date_format=dd/mm/yyyy."});
        return;
    }
    if (signalsRead->days.empty()) {
        warn(name, fmt::format("{} announces no finished day.", place),
             "Add a row for each day that is complete; nothing is imported before.");
        return;
    }
    const std::string last = formatDay(signalsRead->days.back());
    std::string message = signalsRead->days.size() == 1
                              ? fmt::format("{} announces 1 day, {}.", place, last)
                              : fmt::format("{} announces {} days, the last one {}.", place,
                                            groupedDigits(signalsRead->days.size()), last);
    if (signalsRead->findings.empty()) {
        pass(name, std::move(message));
        return;
    }
    for (const SchemaFinding& finding : signalsRead->findings)
        message += " " + finding.message;
    warn(name, std::move(message), "Correct these signals; the others count.");
}

Status checkMapped(const ColumnMapping& mapping, std::span<const std::string> names,
                   const std::string& place)
{
    std::vector<std::string> gone;
    for (const std::string& name : mapping.names) {
        if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end())
            gone.push_back(shortened(name));
    }
    if (gone.empty())
        return {};
    std::vector<std::string> first;
    for (std::size_t i = 0; i < std::min<std::size_t>(names.size(), 20); ++i)
        first.push_back(shortened(names[i], 60));
    return fail(ErrorCode::SchemaMismatch,
                fmt::format("{} no longer has the column {}; it has {}.", place,
                            fmt::join(gone, ", "), fmt::join(first, ", ")),
                "Restore the column, or map the new one with --map canonical=column.");
}

namespace {

/// What a place has in a missing column's place.
std::string columnsThere(std::span<const std::string> names, const std::optional<std::string>& near)
{
    if (near)
        return fmt::format("Did you mean {}?", shortened(*near));
    std::vector<std::string> first;
    for (std::size_t i = 0; i < std::min<std::size_t>(names.size(), 20); ++i)
        first.push_back(shortened(names[i], 60));
    return first.empty() ? "It has no columns." : fmt::format("It has {}.", fmt::join(first, ", "));
}

} // namespace

Result<std::string> findSignalColumn(std::span<const std::string> names,
                                     const std::map<std::string, std::string>& overrides,
                                     const std::string& place)
{
    const auto given = overrides.find(std::string(kSignalColumn));
    const std::string wanted =
        given == overrides.end() ? std::string(kSignalColumn) : given->second;
    const auto exact = std::find(names.begin(), names.end(), wanted);
    if (exact != names.end())
        return *exact;
    const auto cleaned = std::find_if(names.begin(), names.end(), [&](const std::string& name) {
        return cleanedName(name) == cleanedName(wanted);
    });
    if (cleaned != names.end())
        return *cleaned;
    const std::optional<std::string> near = nearest(wanted, names);
    return fail(ErrorCode::SignalMissing,
                fmt::format("{} has no column {}.", place, shortened(wanted)),
                fmt::format("{} Name its column of finished days with --map {}=COLUMN, or another "
                            "table or file with --signal-table.",
                            columnsThere(names, near), kSignalColumn));
}

} // namespace daymark
