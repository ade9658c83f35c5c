// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/block_builder.h"
#include "core/ingest/ingest.h"
#include "core/ingest/metric_rules.h"
#include "core/ingest/rejects_file.h"
#include "core/ingest/sample_rows.h"
#include "core/ingest/unit_days.h"
#include "core/ingest/unit_tally.h"

namespace daymark {

/// The second stage: takes checked rows in the order in which they were read, drops repeats,
/// numbers units, fills pages and keeps the counts. Used by one thread.
class Stream
{
public:
    Stream(const IngestOptions& options, const Checker& checker, BlockSink* sink,
           std::stop_token stop);

    void expectRows(std::uint64_t rows) { m_keys.expect(rows); }

    /// True: go on. False: the row limit is reached.
    [[nodiscard]] Result<bool> process(const CheckedBatch& checked);

    /// After the last row: hands on what is left and closes the rejects file.
    [[nodiscard]] Status finish();

    /// After finish().
    [[nodiscard]] IngestSummary summary();

    [[nodiscard]] std::uint64_t read() const { return m_summary.read; }
    [[nodiscard]] std::uint64_t rejected() const { return m_summary.rejected; }

private:
    [[nodiscard]] bool atLimit() const
    {
        return m_options.rowLimit != 0 && m_summary.read >= m_options.rowLimit;
    }
    [[nodiscard]] Status processBroken(const CheckedBatch& checked);
    [[nodiscard]] Status processRow(const CheckedBatch& checked, std::size_t row);
    [[nodiscard]] Status acceptRow(const CheckedBatch& checked, std::size_t row);
    [[nodiscard]] Status reject(const CheckedBatch& checked, std::size_t row, std::uint32_t rules);
    [[nodiscard]] Status furtherRow(const CheckedBatch& checked, std::size_t row, bool& kept);
    void sample(const CheckedBatch& checked, std::size_t row, std::uint32_t rules, RowFate fate)
    {
        if (m_samples.wants(rules))
            m_samples.add(checked.batch, row, rules, fate);
    }
    void tally(const CheckedRow& row);
    [[nodiscard]] std::uint32_t groupFor(const CheckedRow& row);
    void prefetch(const CheckedBatch& checked, std::size_t row) const;
    void noteUndated(const Hash128& hash);
    void chooseLayout();
    [[nodiscard]] Status boundUnits();

    const IngestOptions& m_options;
    const Checker& m_checker;
    std::stop_token m_stop;
    KeySet m_keys;
    UnitTable m_units;
    UnitDays m_unitDays;
    RollupTable m_rollups;
    BlockBuilder m_builder;
    RejectsFile m_rejects;
    RuleCounts m_rules;
    MetricRules m_metricRules;
    SampleRows m_samples;
    UnitTally m_tally;
    IngestSummary m_summary;
    std::uint64_t m_unitBytes = 0; ///< of the rows accepted before the layout was chosen
    bool m_layoutChosen = false;
};

} // namespace daymark
