// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/source.h"

namespace daymark {

/// The steps of a connection test as they are made.
class TestSteps
{
public:
    void pass(std::string name, std::string message);
    void warn(std::string name, std::string message, std::string hint);
    void failed(std::string name, const Error& error);
    /// As `failed`, on the way to the data.
    void unreached(std::string name, const Error& error);

    /// Adds a step by the outcome of something: true where the test goes on.
    template <class T>
    bool check(std::string name, const Result<T>& outcome, std::string message)
    {
        if (outcome)
            pass(std::move(name), std::move(message));
        else
            failed(std::move(name), outcome.error());
        return outcome.has_value();
    }

    /// `find the columns`: true where nothing forbids an import.
    bool checkColumns(const MappedSchema& schema);

    /// `find the signals`.
    void checkSignals(const Result<SignalReading>& signalsRead, const std::string& place);

    [[nodiscard]] std::vector<TestStep> list() && { return std::move(m_steps); }

private:
    std::vector<TestStep> m_steps;
};

/// Holds a mapping against the columns that are there now: ErrorCode::SchemaMismatch names those
/// that have gone since the source was described.
[[nodiscard]] Status checkMapped(const ColumnMapping& mapping, std::span<const std::string> names,
                                 const std::string& place);

/// Finds the column with the finished days: by `--map finished_date=…`, by name, or by the name
/// cleaned of blanks, quotes and case. ErrorCode::SignalMissing where there is none.
[[nodiscard]] Result<std::string>
findSignalColumn(std::span<const std::string> names,
                 const std::map<std::string, std::string>& overrides, const std::string& place);

} // namespace daymark
