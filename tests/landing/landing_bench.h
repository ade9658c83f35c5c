// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A workspace folder of its own, and days written into it by DuckDB.

#include "core/duckdb/duck_database.h"
#include "core/landing/parquet_landing.h"

#include <QTemporaryDir>

namespace daymark::landing {

inline Day dayOf(int dayOfJune)
{
    return std::chrono::sys_days(std::chrono::year(2022) / 6 / dayOfJune);
}

inline DayPlace placeOf(int dayOfJune, const std::string& source = "shop")
{
    return {source, DatasetKind::Metrics, dayOf(dayOfJune)};
}

/// The name of an answer's error; `ok` without one.
template <class Answer>
std::string outcome(const Answer& answer)
{
    return answer ? "ok" : std::string(errorName(answer.error().code));
}

/// Writes `rows` rows as the stream would: u0, u1, … with the values 0, 1, …, alternately of the
/// metrics revenue and visits; each tenth row is a ratio.
inline Status writeRows(const std::filesystem::path& file, std::uint64_t rows)
{
    DuckOptions options;
    options.files = {file};
    auto database = DuckDatabase::open(options);
    if (!database)
        return fail(database.error());
    auto connection = database->connect();
    if (!connection)
        return fail(connection.error());
    return connection->execute(
        "COPY (SELECT 'u' || i AS unit_id, 'user_id' AS id_type, "
        "CASE WHEN i % 2 = 0 THEN 'revenue' ELSE 'visits' END AS metric_name, "
        "CASE WHEN i % 10 = 9 THEN NULL ELSE i::DOUBLE END AS metric_value, "
        "CASE WHEN i % 10 = 9 THEN 1.5::DOUBLE END AS numerator, "
        "CASE WHEN i % 10 = 9 THEN 0.1::DOUBLE END AS denominator "
        "FROM range(" +
        std::to_string(rows) + ") t (i) ORDER BY i) TO " + quotedText(file.string()) +
        " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 2048, USE_TMP_FILE false)");
}

class LandingBench
{
public:
    LandingBench() : workspace(m_folder.path().toStdString()), landing(workspace) {}

    /// Stages, writes and seals a day.
    Result<ExpectedDay> seal(std::int64_t run, int day, std::uint64_t rows = 100,
                             const std::string& source = "shop")
    {
        auto staging = landing.stage({run}, placeOf(day, source));
        if (!staging)
            return fail(staging.error());
        if (const Status written = writeRows(staging->file, rows); !written)
            return fail(written.error());
        auto files = landing.seal(*staging, rows, {});
        if (!files)
            return fail(files.error());
        lastStaging = *staging;
        return ExpectedDay{placeOf(day, source), {run}, std::move(*files)};
    }

    /// The whole way of a day.
    ExpectedDay land(std::int64_t run, int day, std::uint64_t rows = 100,
                     const std::string& source = "shop")
    {
        auto sealed = seal(run, day, rows, source);
        if (!sealed)
            qFatal("%s", sealed.error().message.c_str());
        if (const Status published = landing.publish(lastStaging); !published)
            qFatal("%s", published.error().message.c_str());
        if (const Status dropped = landing.dropStaging({run}); !dropped)
            qFatal("%s", dropped.error().message.c_str());
        return *sealed;
    }

    /// `file.size day=2022-06-13 …`: the codes of a check, in the order of their paths.
    std::string check(const std::vector<ExpectedDay>& days, bool full = false,
                      const std::vector<LiveRun>& live = {},
                      const std::vector<ExpectedDay>& versions = {})
    {
        const auto report = landing.check({days, versions, live}, full, {});
        if (!report)
            return outcome(report);
        std::string codes;
        for (const CheckFault& fault : report->faults)
            codes += (codes.empty() ? "" : " ") + fault.code;
        return codes;
    }

private:
    QTemporaryDir m_folder;

public:
    std::filesystem::path workspace;
    ParquetLanding landing;
    Staging lastStaging;
};

} // namespace daymark::landing
