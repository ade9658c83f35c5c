// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/checker.h"
#include "core/schema/sample_row.h"
#include "core/schema/source_config.h"

#include <array>

namespace daymark {

/// Keeps the first rows of a day as they were read and, beyond them, the first few that broke each
/// rule. Its memory is bounded: rows, cells and texts are.
class SampleRows
{
public:
    /// @param first  how many rows to keep whatever they are; 0: nothing is ever kept.
    SampleRows(std::size_t first, UnitDay unitDay);

    /// Whether a row that broke these rules is to be kept. Cheap: asked for every row.
    [[nodiscard]] bool wants(std::uint32_t rules) const
    {
        return m_rows.size() < m_first || (rules & m_open) != 0;
    }

    void add(const Batch& batch, std::size_t row, std::uint32_t rules, RowFate fate);
    void add(const Batch& batch, const BrokenRow& broken);

    /// Marks the rows that rules about whole metrics name as examples, and hands all rows out in
    /// the order of the read.
    [[nodiscard]] std::vector<SampleRow> taken(const std::vector<RuleCount>& rules);

private:
    SampleRow& append(const Batch& batch, std::uint64_t number, std::uint32_t rules);
    void blame(const RuleCount& rule);

    std::size_t m_first;
    UnitDay m_unitDay;
    std::uint32_t m_open = 0; ///< rules that more rows are kept for
    std::array<std::size_t, kRules> m_further{};
    std::vector<SampleRow> m_rows;
    std::vector<std::size_t> m_files; ///< by row: the number of its file in the order of the read
};

} // namespace daymark
