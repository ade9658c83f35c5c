// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Landed rows, read back and exported.

#include "core/base/file.h"
#include "core/base/text.h"
#include "core/landing/folders.h"
#include "core/landing/layout.h"
#include "core/landing/parquet_file.h"
#include "core/landing/parquet_landing.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

namespace daymark::landing {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kColumns =
    "unit_id, id_type, metric_name, metric_value, numerator, denominator";

/// Where a file of a day lies. While the day is being replaced, its current version is in the
/// history already and no more at its place.
fs::path pathOf(const fs::path& workspace, const ExpectedDay& day, const LandedFile& file)
{
    const fs::path path = workspace / file.path;
    if (isThere(path))
        return path;
    const fs::path kept = workspace / versionFolder(day.place, day.run) / path.filename();
    return isThere(kept) ? kept : path;
}

/// The files of a day on the disk, each held against what landed: one that changed is not shown.
Result<std::vector<fs::path>> filesOf(const fs::path& workspace, const ExpectedDay& day,
                                      WholeFiles& wholeFiles, const std::stop_token& stop)
{
    std::vector<fs::path> files;
    for (const LandedFile& file : day.files) {
        fs::path path = pathOf(workspace, day, file);
        const auto fault = wholeFiles.faultOf(path, file, stop);
        if (!fault)
            return fail(fault.error());
        if (!fault->empty())
            return fail(ErrorCode::StorageDamaged,
                        "The landed file " + file.path + " of " + formatDay(day.place.day) +
                            " of " + day.place.source + " " + *fault + ".",
                        "See what is damaged with: daymark-cli check --full");
        files.push_back(std::move(path));
    }
    return files;
}

std::string selectRows(const std::vector<fs::path>& files, const RowQuery& query)
{
    std::string sql = "SELECT " + std::string(kColumns) + " FROM read_parquet(" + fileList(files) +
                      ", hive_partitioning = false)";
    if (query.metric)
        sql += " WHERE metric_name = " + quotedText(*query.metric);
    return sql + " LIMIT " + std::to_string(query.limit);
}

std::optional<double> maybeNumber(const DuckVector& column, std::size_t row)
{
    return column.isNull(row) ? std::nullopt : std::optional(column.number(row));
}

void appendRows(const DuckResult& result, std::vector<MetricRow>& rows)
{
    for (std::size_t row = 0; row < result.rows(); ++row) {
        MetricRow out;
        out.unitId = result.column(0).text(row);
        out.idType = result.column(1).text(row);
        out.metric = result.column(2).text(row);
        out.value = maybeNumber(result.column(3), row);
        out.numerator = maybeNumber(result.column(4), row);
        out.denominator = maybeNumber(result.column(5), row);
        rows.push_back(std::move(out));
    }
}

/// An error while landed files are read: unless it was cancelled, they are what is wrong.
Error readingError(const Error& error)
{
    if (error.code == ErrorCode::RunCancelled || error.code == ErrorCode::StorageFull)
        return error;
    return {ErrorCode::StorageDamaged, "The landed rows cannot be read: " + error.message,
            "See what is damaged with: daymark-cli check --full"};
}

enum class ExportFormat { Csv, Parquet };

Result<ExportFormat> formatOf(const fs::path& target)
{
    const std::string ending = asciiLower(target.extension().string());
    if (ending == ".csv")
        return ExportFormat::Csv;
    if (ending == ".parquet")
        return ExportFormat::Parquet;
    return fail(ErrorCode::UsageInvalid,
                "The file " + target.string() + " is neither .csv nor .parquet.",
                "Let its name end in .csv or .parquet.");
}

/// A text for a spreadsheet that would otherwise take it for a formula.
std::string plainText(std::string_view column)
{
    const std::string name(column);
    return "CASE WHEN regexp_matches(" + name + ", '^[=+@\\x00-\\x1F-]') THEN '''' || " + name +
           " ELSE " + name + " END AS " + name;
}

std::string exportedColumns(ExportFormat format)
{
    std::string columns =
        "CAST(regexp_extract(filename, 'day=(\\d{4}-\\d{2}-\\d{2})/(?:run-\\d+/)?[^/]*$', 1) "
        "AS DATE) AS \"date\", ";
    if (format == ExportFormat::Parquet)
        return columns + std::string(kColumns);
    for (const std::string_view text : {"unit_id", "id_type", "metric_name"})
        columns += plainText(text) + ", ";
    return columns + "metric_value, numerator, denominator";
}

std::string copyStatement(const std::vector<fs::path>& files, const fs::path& draft,
                          ExportFormat format)
{
    const std::string options = format == ExportFormat::Csv ? "FORMAT csv, HEADER true"
                                                            : "FORMAT parquet, COMPRESSION zstd";
    return "COPY (SELECT " + exportedColumns(format) + " FROM read_parquet(" + fileList(files) +
           ", hive_partitioning = false, filename = true)) TO " + quotedText(draft.string()) +
           " (" + options + ", USE_TMP_FILE false)";
}

/// Runs the COPY; the number of rows that it says it wrote.
Result<std::uint64_t> copyRows(const std::vector<fs::path>& files, const fs::path& draft,
                               ExportFormat format, std::stop_token stop)
{
    auto allowed = files;
    allowed.push_back(draft);
    auto connection = connectTo(std::move(allowed));
    if (!connection)
        return fail(connection.error());
    auto result = connection->query(copyStatement(files, draft, format), stop);
    if (!result)
        return fail(readingError(result.error()));
    const auto more = result->next();
    if (!more)
        return fail(readingError(more.error()));
    return *more && result->rows() > 0 ? static_cast<std::uint64_t>(result->column(0).integer(0))
                                       : std::uint64_t{0};
}

/// Whether a path is where only the program itself writes.
bool isReserved(const fs::path& workspace, const fs::path& target)
{
    std::error_code error;
    const fs::path below = fs::weakly_canonical(target, error)
                               .lexically_relative(fs::weakly_canonical(workspace, error));
    const std::string first = below.empty() ? std::string() : below.begin()->string();
    return first == "landing" || first == "staging" || first == "history" || first == "rejects" ||
           first.starts_with("daymark.sqlite");
}

Status checkTarget(const fs::path& workspace, const fs::path& target)
{
    std::error_code error;
    if (isReserved(workspace, target)) {
        return fail(ErrorCode::UsageInvalid,
                    "The file " + target.string() + " would lie among the workspace's own.",
                    "Choose a file outside the workspace folder.");
    }
    if (fs::is_directory(target, error))
        return fail(ErrorCode::UsageInvalid, target.string() + " is a folder.", "Name a file.");
    if (!fs::is_directory(target.parent_path(), error)) {
        return fail(ErrorCode::UsageInvalid,
                    "There is no folder " + target.parent_path().string() + ".",
                    "Create it first, or choose another file.");
    }
    return {};
}

Status moveIntoPlace(const fs::path& draft, const fs::path& target)
{
    if (const Status synced = syncFile(draft); !synced)
        return synced;
    if (std::rename(draft.c_str(), target.c_str()) != 0)
        return fail(fileError(errno, "move " + draft.string() + " to", target));
    return syncFolder(target.parent_path());
}

Result<std::vector<MetricRow>> readRows(const fs::path& workspace, const ExpectedDay& day,
                                        WholeFiles& wholeFiles, const RowQuery& query,
                                        std::stop_token stop)
{
    const auto files = filesOf(workspace, day, wholeFiles, stop);
    if (!files)
        return fail(files.error());
    std::vector<MetricRow> rows;
    if (files->empty())
        return rows;
    auto connection = connectTo(*files);
    if (!connection)
        return fail(connection.error());
    auto result = connection->query(selectRows(*files, query), stop);
    if (!result)
        return fail(readingError(result.error()));
    while (true) {
        const auto more = result->next();
        if (!more)
            return fail(readingError(more.error()));
        if (!*more)
            return rows;
        appendRows(*result, rows);
    }
}

} // namespace

Result<std::string> ParquetLanding::damageOf(const ExpectedDay& day, std::stop_token stop)
{
    const auto look = [&] { return filesOf(m_workspace, day, m_wholeFiles, stop); };
    auto files = look();
    // A file may have gone into the history between the look at it and its opening: once.
    if (!files && files.error().code == ErrorCode::StorageDamaged)
        files = look();
    if (files)
        return std::string();
    if (files.error().code == ErrorCode::StorageDamaged)
        return files.error().message;
    return fail(files.error());
}

Result<std::vector<MetricRow>> ParquetLanding::rows(const ExpectedDay& day, const RowQuery& query,
                                                    std::stop_token stop)
{
    auto rows = readRows(m_workspace, day, m_wholeFiles, query, stop);
    // A file may have gone into the history between the look at it and its opening: once.
    if (!rows && rows.error().code == ErrorCode::StorageDamaged)
        rows = readRows(m_workspace, day, m_wholeFiles, query, stop);
    return rows;
}

Result<std::uint64_t> ParquetLanding::exportDays(std::span<const ExpectedDay> days,
                                                 const fs::path& target, std::stop_token stop)
{
    std::error_code error;
    const fs::path whole = fs::absolute(target, error);
    const auto format = formatOf(whole);
    if (!format)
        return fail(format.error());
    if (const Status fit = checkTarget(m_workspace, whole); !fit)
        return fail(fit.error());
    std::vector<fs::path> files;
    std::uint64_t expected = 0;
    for (const ExpectedDay& day : days) {
        const auto found = filesOf(m_workspace, day, m_wholeFiles, stop);
        if (!found)
            return fail(found.error());
        files.insert(files.end(), found->begin(), found->end());
        for (const LandedFile& file : day.files)
            expected += file.rows;
    }
    if (files.empty())
        return fail(ErrorCode::DayState, "No day of that range has landed.");
    const fs::path draft = whole.parent_path() / ("." + whole.filename().string() + ".daymark-" +
                                                  std::to_string(::getpid()));
    auto written = copyRows(files, draft, *format, stop);
    if (written && *written != expected) {
        written = fail(ErrorCode::StorageDamaged,
                       "The landed files hold " + groupedDigits(*written) + " rows where " +
                           groupedDigits(expected) + " landed.",
                       "See what is damaged with: daymark-cli check --full");
    }
    const Status placed = written ? moveIntoPlace(draft, whole) : Status(fail(written.error()));
    if (placed)
        return written;
    fs::remove(draft, error);
    return fail(placed.error());
}

} // namespace daymark::landing
