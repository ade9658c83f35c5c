// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/batch.h"
#include "core/schema/mapping.h"
#include "core/schema/source_config.h"

namespace daymark {

/// One step of a connection test, in the order in which it was tried.
struct TestStep
{
    std::string name; ///< `find the table`
    bool ok = false;
    bool warning = false;
    std::string message; ///< what was found, or why it failed
    std::string hint;
    bool isUnreached = false; ///< it failed on the way to the data: more would only fail again
};

/// What a source looks like now.
struct SourceDescription
{
    std::vector<SourceColumn> columns; ///< as the source orders them
    std::string dataPlace;             ///< `statsig_user_metrics`, `metrics/*/`
    std::string signalPlace;           ///< `statsig_user_metrics_signal`, `signals/`
    std::optional<std::uint64_t> rows; ///< of the whole source, where that is cheap to know
    /// What is odd about the place (files that are passed over); none of it forbids an import.
    std::vector<SchemaFinding> findings;
};

/// The signals as they stand now.
struct SignalReading
{
    std::vector<Day> days;  ///< ascending, each once
    std::uint64_t rows = 0; ///< read, repeats and invalid ones included
    /// `signal.invalid` and whatever else is wrong; none of it stops the others from counting.
    std::vector<SchemaFinding> findings;
};

/// A place that days come from. It is only ever read. One object serves one thread at a time; every
/// call may wait for the outside world, gives up with ErrorCode::RunCancelled soon after `stop` is
/// requested, and can be repeated.
class Source
{
public:
    virtual ~Source() = default;

    /// Finds out, once, what an import must not guess (delimiter, header, date formats, …): the
    /// entries that belong into `SourceConfig::format`, those that the operator set kept as they
    /// are.
    [[nodiscard]] virtual Result<std::map<std::string, std::string>>
    detectFormat(std::stop_token stop) = 0;

    [[nodiscard]] virtual Result<SourceDescription> describe(std::stop_token stop) = 0;

    [[nodiscard]] virtual Result<SignalReading> readSignals(std::stop_token stop) = 0;

    /// Opens one day in a snapshot of its own. `mapping` comes from mapColumns() on describe().
    [[nodiscard]] virtual Result<std::unique_ptr<RowReader>>
    openDay(Day day, const ColumnMapping& mapping, std::stop_token stop) = 0;

    /// Counts the rows of a day as cheaply as the source can.
    [[nodiscard]] virtual Result<std::uint64_t> countDay(Day day, std::stop_token stop) = 0;

    /// The steps of a connection test, up to and including the first that fails.
    [[nodiscard]] virtual std::vector<TestStep> test(std::stop_token stop) = 0;

    /// What a person runs where the source lies to announce a day (`INSERT INTO …`); empty for
    /// kinds without such a thing. Asks no server.
    [[nodiscard]] virtual std::string signalStatement(Day) const { return {}; }
};

} // namespace daymark
