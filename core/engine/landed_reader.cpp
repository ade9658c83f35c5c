// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/landed_reader.h"

#include "core/landing/parquet_file.h"
#include "core/schema/dataset.h"

namespace daymark {

namespace {

/// The columns as they landed, in the order of the query below.
constexpr std::array<metrics::Column, 6> kLanded = {metrics::UnitId,     metrics::IdType,
                                                    metrics::MetricName, metrics::Value,
                                                    metrics::Numerator,  metrics::Denominator};

Error unreadable(const Error& error)
{
    if (error.code == ErrorCode::RunCancelled || error.code == ErrorCode::StorageFull)
        return error;
    return {ErrorCode::StorageDamaged, "The landed rows cannot be read: " + error.message, {}};
}

class LandedReader final : public RowReader
{
public:
    LandedReader(DuckConnection connection, DuckResult result, Day day)
        : m_connection(std::move(connection)), m_result(std::move(result)), m_day(day)
    {}

    Result<bool> read(Batch& batch, std::stop_token stop) override
    {
        if (stop.stop_requested())
            return fail(ErrorCode::RunCancelled, "The reading of landed rows was cancelled.");
        batch.clear(metrics::kColumns);
        const auto more = m_result.next();
        if (!more)
            return fail(unreadable(more.error()));
        if (!*more)
            return false;
        batch.rows = m_result.rows();
        fill(batch);
        return true;
    }

    [[nodiscard]] bool holdsOtherDays() const override { return false; }

private:
    void fill(Batch& batch)
    {
        const Cell day = Cell::ofInteger(m_day.time_since_epoch().count(), Cell::Kind::Day);
        batch.columns[metrics::Date].assign(batch.rows, day);
        for (std::size_t row = 0; row < batch.rows; ++row)
            batch.rowNumbers.push_back(++m_row);
        for (std::size_t at = 0; at < kLanded.size(); ++at) {
            const DuckVector& vector = m_result.column(at);
            std::vector<Cell>& column = batch.columns[kLanded[at]];
            for (std::size_t row = 0; row < batch.rows; ++row) {
                if (vector.isNull(row))
                    column.emplace_back();
                else if (vector.type() == DuckType::Text)
                    column.push_back(Cell::ofText(vector.text(row)));
                else
                    column.push_back(Cell::ofReal(vector.number(row)));
            }
        }
        batch.kept.push_back(m_result.keepChunk());
    }

    DuckConnection m_connection;
    DuckResult m_result;
    Day m_day;
    std::uint64_t m_row = 0;
};

Status addTexts(DuckConnection& connection, const std::string& sql, const std::stop_token& stop,
                const std::function<void(const DuckResult&, std::size_t)>& take)
{
    auto result = connection.query(sql, stop);
    if (!result)
        return fail(unreadable(result.error()));
    while (true) {
        const auto more = result->next();
        if (!more)
            return fail(unreadable(more.error()));
        if (!*more)
            return {};
        for (std::size_t row = 0; row < result->rows(); ++row)
            take(*result, row);
    }
}

std::string rowsOf(const std::vector<std::filesystem::path>& files)
{
    return "read_parquet(" + landing::fileList(files) + ", hive_partitioning = false)";
}

} // namespace

Result<LandedMarks> marksOf(DuckConnection& connection,
                            const std::vector<std::filesystem::path>& files,
                            const std::stop_token& stop)
{
    LandedMarks marks;
    const Status told =
        addTexts(connection,
                 "SELECT decode(key), decode(value) FROM parquet_kv_metadata(" +
                     landing::fileList(files) + ")",
                 stop, [&marks](const DuckResult& result, std::size_t row) {
                     if (!result.column(0).isNull(row) && !result.column(1).isNull(row))
                         marks.metadata[std::string(result.column(0).text(row))] =
                             result.column(1).text(row);
                 });
    if (!told)
        return fail(told.error());
    const Status listed =
        addTexts(connection, "SELECT DISTINCT id_type FROM " + rowsOf(files) + " ORDER BY 1", stop,
                 [&marks](const DuckResult& result, std::size_t row) {
                     if (!result.column(0).isNull(row))
                         marks.idTypes.emplace_back(result.column(0).text(row));
                 });
    if (!listed)
        return fail(listed.error());
    return marks;
}

Result<std::unique_ptr<RowReader>> openLanded(DuckConnection connection,
                                              const std::vector<std::filesystem::path>& files,
                                              Day day, const std::stop_token& stop)
{
    auto result = connection.query("SELECT unit_id, id_type, metric_name, metric_value, "
                                   "numerator, denominator FROM " +
                                       rowsOf(files),
                                   stop);
    if (!result)
        return fail(unreadable(result.error()));
    return std::unique_ptr<RowReader>(
        std::make_unique<LandedReader>(std::move(connection), std::move(*result), day));
}

} // namespace daymark
