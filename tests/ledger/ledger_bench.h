// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A ledger in a folder of its own, with a clock that the test sets and short ways to common steps.

#include "core/ledger/ledger.h"

#include <QTemporaryDir>

namespace daymark::ledger {

inline Day dayOf(int dayOfJune)
{
    return std::chrono::sys_days(std::chrono::year(2022) / 6 / dayOfJune);
}

inline Instant at(int minute)
{
    return Instant(std::chrono::sys_days(std::chrono::year(2022) / 6 / 30)) +
           std::chrono::minutes(minute);
}

inline Stamp ann(int minute = 0) { return {"ann", at(minute)}; }

class LedgerBench
{
public:
    LedgerBench() : file(std::filesystem::path(m_folder.path().toStdString()) / kFileName)
    {
        auto made = Ledger::create(file, ann());
        if (!made)
            qFatal("%s", made.error().message.c_str());
        ledger = std::move(*made);
    }

    /// Closes the ledger and opens it again.
    void reopen(Access access = Access::Write)
    {
        ledger.reset();
        auto opened = Ledger::open(file, access);
        if (!opened)
            qFatal("%s", opened.error().message.c_str());
        ledger = std::move(*opened);
    }

    SourceId addSource(const std::string& name = "shop")
    {
        SourceEdit edit;
        edit.config.name = name;
        edit.config.kind = "sqlite";
        edit.config.uri = "/data/shop.sqlite";
        auto added = ledger->sourceTable().add(edit, ann());
        if (!added)
            qFatal("%s", added.error().message.c_str());
        return *added;
    }

    Result<RunId> begin(SourceId source, int day, std::optional<Day> firstDay = {})
    {
        return ledger->runTable().begin(
            {source, dayOf(day), firstDay, {4711, "host/boot", "12345"}, ann(1)});
    }

    /// What a run of `rows` accepted rows commits.
    static RunCommit commitOf(RunId run, std::uint64_t rows)
    {
        RunCommit commit;
        commit.report.counts = {rows + 3, rows, 2, 1};
        commit.report.rejectsFile = "rejects/run.csv";
        commit.report.note = "rows grouped by metric";
        commit.report.timings = {{"read", 0.25}, {"seal", 0.5}};
        commit.report.rules = {
            {Rule::UnitIdMissing, Severity::Error, 2, "No unit.", {{"", 17, "unit_id", true, ""}}}};
        commit.files = {{"landing/run-" + std::to_string(run.value) + ".parquet", 100 + rows,
                         std::string(64, 'a'), rows}};
        Rollup revenue;
        revenue.metric = "revenue";
        revenue.idType = "user_id";
        revenue.rows = revenue.valueRows = rows;
        revenue.units = rows;
        revenue.sum = 0.1 + 0.2;
        revenue.sumSquares = 1e300;
        revenue.minimum = -5e-324;
        revenue.maximum = 1.7976931348623157e308;
        revenue.fingerprint = {1, ~std::uint64_t{0}};
        commit.rollups = {revenue};
        commit.fingerprint = {7, 9};
        commit.newUndated = {{{1, 2}, 3}};
        return commit;
    }

    /// A whole run of a day, from its begin to imported.
    Result<RunId> import(SourceId source, int day, std::uint64_t rows = 10,
                         std::optional<Day> firstDay = {})
    {
        const auto run = begin(source, day, firstDay);
        if (!run)
            return run;
        RunTable& runs = ledger->runTable();
        if (const Status status = runs.markCommitting(*run, commitOf(*run, rows), at(2)); !status)
            return fail(status.error());
        if (const Status status = runs.finishImported(*run, at(3), 1.5); !status)
            return fail(status.error());
        return run;
    }

private:
    QTemporaryDir m_folder;

public:
    std::filesystem::path file;
    std::unique_ptr<Ledger> ledger;
};

/// The name of a status's error; `ok` without one.
template <class Answer>
std::string outcome(const Answer& answer)
{
    return answer ? "ok" : std::string(errorName(answer.error().code));
}

} // namespace daymark::ledger
