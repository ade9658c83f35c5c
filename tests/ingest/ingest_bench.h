// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the stream's tests share: a reader made of rows, sinks that collect, fail or stall.

#include "core/ingest/ingest.h"

#include "core/base/text.h"
#include "tests/support/tsan_suppressions.h"

#include <algorithm>
#include <atomic>
#include <fstream>
#include <sstream>
#include <thread>

namespace daymark {

/// A row by canonical column; a missing cell is null.
using TestRow = std::vector<std::optional<std::string>>;

/// `unit,type,date,metric,value,numerator,denominator,uuid`: nothing between commas is null, `""`
/// is an empty text.
inline TestRow row(std::string_view line)
{
    TestRow out;
    std::stringstream cells{std::string(line)};
    for (std::string cell; std::getline(cells, cell, ',');)
        out.push_back(cell.empty() ? std::nullopt
                                   : std::optional(cell == "\"\"" ? std::string() : cell));
    out.resize(8);
    return out;
}

/// Hands out rows in batches of `batchRows`; ends as it is told.
class TestReader : public RowReader
{
public:
    explicit TestReader(std::vector<TestRow> given, std::size_t batchSize = 7)
        : rows(std::move(given)), batchRows(batchSize)
    {}

    Result<bool> read(Batch& batch, std::stop_token stop) override
    {
        batch.clear(8);
        if (m_next == 0)
            batch.broken = broken;
        while (stall && !stop.stop_requested())
            std::this_thread::yield();
        if (stop.stop_requested())
            return fail(ErrorCode::RunCancelled, "stopped");
        for (auto& column : batch.columns)
            column.reserve(batchRows);
        for (; m_next < rows.size() && batch.rows < batchRows; ++m_next) {
            for (std::size_t i = 0; i < 8; ++i) {
                const auto& cell = rows[m_next][i];
                batch.columns[i].push_back(cell ? Cell::ofText(*cell) : Cell());
            }
            batch.rowNumbers.push_back(m_next + 2);
            ++batch.rows;
        }
        if (batch.rows > 0 || !batch.broken.empty())
            return true;
        if (failure)
            return fail(*failure);
        return false;
    }
    std::optional<std::uint64_t> expectedRows() const override { return expected; }
    bool holdsOtherDays() const override { return otherDays; }

    std::vector<TestRow> rows;
    std::vector<BrokenRow> broken; ///< come with the first batch
    std::size_t batchRows;
    std::optional<Error> failure; ///< in place of the end
    std::optional<std::uint64_t> expected;
    bool otherDays = false;
    std::atomic<bool> stall = false;

private:
    std::size_t m_next = 0;
};

/// Keeps every row as text.
class CollectingSink : public BlockSink
{
public:
    Status put(LandedBlock block, std::stop_token) override
    {
        ++blocks;
        for (const LandedPagePtr& page : block.pages) {
            for (std::size_t i = 0; i < page->count; ++i) {
                const LandedRow& landed = page->rows[i];
                const LandedNames& names = *block.names;
                std::string line(names.units.at(landed.unit).view());
                for (const auto& text :
                     {names.idTypes.at(landed.group).view(), names.metrics.at(landed.group).view()})
                    line += "," + std::string(text);
                for (const double number : {landed.value, landed.numerator, landed.denominator})
                    line += "," + (isNullNumber(number) ? std::string() : formatDouble(number));
                lines.push_back(line);
            }
        }
        return {};
    }
    std::vector<std::string> sorted() const
    {
        auto out = lines;
        std::sort(out.begin(), out.end());
        return out;
    }
    std::vector<std::string> lines;
    std::size_t blocks = 0;
};

/// A folder that goes with the test.
class TestFolder
{
public:
    TestFolder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "daymark-XXXXXX").string();
        path = ::mkdtemp(name.data());
    }
    ~TestFolder() { std::filesystem::remove_all(path); }
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;
    std::filesystem::path path;
};

inline std::string contentOf(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::stringstream content;
    content << file.rdbuf();
    return content.str();
}

inline IngestOptions testOptions()
{
    IngestOptions options{*parseDay("2022-06-13"),
                          DateDecoder(DateFormat::Iso, TimeZone()),
                          {},
                          {},
                          {},
                          {},
                          {},
                          {},
                          0,
                          {}};
    options.idTypes = {"user_id", "stable_id"};
    return options;
}

/// `accepted/rejected/dropped code:count …`, codes in the order of Rule.
inline std::string outline(const IngestSummary& summary)
{
    std::string out = std::to_string(summary.accepted) + "/" + std::to_string(summary.rejected) +
                      "/" + std::to_string(summary.dropped);
    for (const RuleCount& count : summary.rules)
        out += " " + std::string(ruleSpec(count.rule).code) + ":" + std::to_string(count.count);
    return out;
}

inline const RuleCount* findRule(const IngestSummary& summary, Rule rule)
{
    for (const RuleCount& count : summary.rules) {
        if (count.rule == rule)
            return &count;
    }
    return nullptr;
}

} // namespace daymark
