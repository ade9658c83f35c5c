// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schema/dataset.h"

#include <array>

namespace daymark {

namespace {

constexpr std::array<ColumnSpec, metrics::kColumns> kMetricsColumns = {{
    {"unit_id", ColumnType::Text, true, "The unit that the value belongs to, 1 to 1,024 bytes."},
    {"id_type", ColumnType::Text, true,
     "The kind of the unit's id, one of the workspace's id types; case counts."},
    {"date", ColumnType::Date, true, "The day of the value, as a date or a time."},
    {"metric_name", ColumnType::Text, true, "The metric's name, under 128 characters."},
    {"metric_value", ColumnType::Number, false,
     "The value; a row needs it, or both a numerator and a denominator."},
    {"numerator", ColumnType::Number, false, "The upper part of a ratio metric's value."},
    {"denominator", ColumnType::Number, false, "The lower part of a ratio metric's value."},
    {"timeuuid", ColumnType::Text, false,
     "The row's unique id; a row read again under the same id is dropped and counted."},
}};

constexpr std::array<Dataset, 1> kDatasets = {{
    {DatasetKind::Metrics, "metrics", "statsig_user_metrics", "statsig_user_metrics_signal",
     kMetricsColumns},
}};

} // namespace

std::span<const Dataset> datasets() { return kDatasets; }

const Dataset* findDataset(std::string_view name)
{
    for (const Dataset& candidate : kDatasets)
        if (candidate.name == name)
            return &candidate;
    return nullptr;
}

const Dataset& dataset(DatasetKind kind) { return kDatasets[static_cast<std::size_t>(kind)]; }

} // namespace daymark
