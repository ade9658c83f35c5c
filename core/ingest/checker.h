// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/number.h"
#include "core/schema/dataset.h"
#include "core/schema/date_decoder.h"
#include "core/schema/landed_block.h"
#include "core/schema/rule.h"

#include <map>

namespace daymark {

[[nodiscard]] constexpr std::uint32_t maskOf(Rule rule)
{
    return std::uint32_t{1} << static_cast<unsigned>(rule);
}
static_assert(kRules <= 32);

enum class RowState : std::uint8_t {
    Good,
    Rejected,
    OtherDay, ///< passed over, and counted nowhere
};

/// What the checks made of one row.
struct CheckedRow
{
    Hash128 key;      ///< of its timeuuid, evenly spread; of an undated row: its hash
    Hash128 unitHash; ///< of a good row
    double value = 0;
    double numerator = 0;
    double denominator = 0;
    const char* unit = nullptr; ///< of a good row: the text that lands
    std::uint32_t unitSize = 0;
    std::uint32_t metric = 0; ///< position in Checker::metrics(), of a good row
    std::uint32_t rules = 0;  ///< those that were broken, by maskOf()
    std::uint16_t idType = 0; ///< position in the workspace's id types, of a good row
    RowState state = RowState::Good;
    bool hasKey = false;
    bool undated = false; ///< rejected, in a source that holds other days
};

/// A batch on its way from the reader to the second stage.
struct CheckedBatch
{
    Batch batch;
    std::vector<CheckedRow> rows;      ///< as many as the batch has
    std::vector<Hash128> brokenHashes; ///< as many as it has broken rows, in a source that holds
                                       ///< other days; none otherwise
    std::vector<std::string> texts;    ///< unit ids that were no text in the source
    std::size_t textsUsed = 0;
};

struct CheckerOptions
{
    Day day;
    const DateDecoder* dates = nullptr;
    std::span<const std::string> idTypes;
    const std::map<Hash128, std::uint64_t>* knownUndated = nullptr;
    bool holdsOtherDays = true;
    std::size_t maxMetrics = 0;
};

/// The checks that need nothing but the row itself, on the reader's thread. Another thread may read
/// metrics() as far as it was handed batches.
class Checker
{
public:
    explicit Checker(const CheckerOptions& options);

    /// Fills everything but `batch`. ErrorCode::SourceLimit where the day has too many metrics.
    [[nodiscard]] Status check(CheckedBatch& checked);

    /// The valid names that came up.
    [[nodiscard]] const TextColumn& metrics() const { return m_metrics; }

private:
    struct Column
    {
        const Cell* cells;
        std::size_t stride; ///< 0: an unmapped column, null in every row
        [[nodiscard]] const Cell& at(std::size_t row) const { return cells[row * stride]; }
    };
    void checkRow(CheckedBatch& checked, std::size_t row);
    [[nodiscard]] bool checkDate(const Cell& cell, CheckedBatch& checked, std::size_t row);
    void checkUnit(const Cell& cell, CheckedBatch& checked, CheckedRow& out);
    void checkIdType(const Cell& cell, CheckedRow& out);
    void checkMetric(const Cell& cell, CheckedRow& out);
    void checkNumbers(std::size_t row, CheckedRow& out);
    void checkTimeUuid(const Cell& cell, CheckedRow& out);
    void checkBroken(CheckedBatch& checked);
    [[nodiscard]] std::optional<std::uint32_t> findMetric(std::string_view name);
    void addMetric(std::string_view name, std::uint64_t hash);
    [[nodiscard]] DecodedDate decodeDate(const Cell& cell);
    [[nodiscard]] bool takeKnownUndated(const Hash128& hash);

    CheckerOptions m_options;
    std::map<Hash128, std::uint64_t> m_knownUndated; ///< how many of each are left
    Column m_columns[metrics::kColumns] = {};

    TextColumn m_metrics;
    std::vector<std::unique_ptr<char[]>> m_memory;
    std::vector<std::uint32_t> m_metricSlots; ///< number plus one; a power of two
    std::vector<std::uint32_t> m_follower;    ///< by metric: the one that came after it last time
    std::uint32_t m_lastMetric = 0;
    bool m_tooManyMetrics = false;

    std::string m_lastDateText;
    DecodedDate m_lastDate;
    std::uint16_t m_lastIdType = 0;
};

/// The hash of a whole row, however its cells are typed: what knownUndated goes by.
[[nodiscard]] Hash128 wholeRowHash(const Batch& batch, std::size_t row);

/// What is wrong with the bytes of a text: maskOf(TextNotUtf8), maskOf(TextNul), both or 0.
[[nodiscard]] std::uint32_t textFaults(std::string_view text);

/// A UUID as 32 hexadecimal digits in groups of 8-4-4-4-12, in either case, as 128 bits.
[[nodiscard]] bool parseUuid(std::string_view text, Hash128& out);

} // namespace daymark
