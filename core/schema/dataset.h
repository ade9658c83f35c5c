// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The datasets that can be imported, as data: their columns, what each must hold, and where a
// database keeps them unless told otherwise.

#include <optional>
#include <span>
#include <string_view>

namespace daymark {

enum class ColumnType { Text, Date, Number };

struct ColumnSpec
{
    std::string_view name;
    ColumnType type = ColumnType::Text;
    bool needed = false;
    std::string_view meaning; ///< one sentence for help and settings
};

enum class DatasetKind { Metrics };

struct Dataset
{
    DatasetKind kind = DatasetKind::Metrics;
    std::string_view name; ///< as in `--dataset metrics` and in folder names
    std::string_view table;
    std::string_view signalTable;
    std::span<const ColumnSpec> columns;
};

/// Columns of the metrics dataset, by position in `Dataset::columns` and in every Batch.
namespace metrics {
enum Column : std::size_t {
    UnitId,
    IdType,
    Date,
    MetricName,
    Value,
    Numerator,
    Denominator,
    TimeUuid
};
inline constexpr std::size_t kColumns = 8;
} // namespace metrics

/// The datasets on offer.
[[nodiscard]] std::span<const Dataset> datasets();
[[nodiscard]] const Dataset* findDataset(std::string_view name);
[[nodiscard]] const Dataset& dataset(DatasetKind kind);

inline constexpr std::string_view kSignalColumn = "finished_date";

} // namespace daymark
