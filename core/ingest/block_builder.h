// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/rollup_table.h"

#include <mutex>

namespace daymark {

/// Pages that were used and can be used again. Thread-safe.
class PagePool : public PageHome, public std::enable_shared_from_this<PagePool>
{
public:
    ~PagePool() override;
    [[nodiscard]] LandedPagePtr take();
    void giveBack(LandedPage* page) override;

private:
    std::mutex m_mutex;
    std::vector<LandedPage*> m_free; ///< guarded by m_mutex
};

/// Collects accepted rows in a chain of pages for each metric and hands them on in blocks of
/// kBlockRows rows: as far as can be of one metric each, so that a question about one metric reads
/// few row groups of the landed file.
class BlockBuilder
{
public:
    /// @param sink      null: rows are rolled up and forgotten.
    /// @param maxPages  full pages to hold back at most.
    BlockBuilder(BlockSink* sink, RollupTable& rollups, std::size_t maxPages);

    /// Where a row of `metric` goes. Valid until the next call.
    [[nodiscard]] LandedRow& append(std::uint32_t metric)
    {
        const std::uint32_t number = m_grouped ? metric : 0;
        if (number >= m_chains.size())
            m_chains.resize(number + 1);
        Chain& chain = m_chains[number];
        if (!chain.open)
            chain.open = m_pool->take();
        return chain.open->rows[chain.open->count];
    }

    /// Takes the row that append() gave; hands a block on when one is due.
    [[nodiscard]] Status commit(std::uint32_t metric, const std::shared_ptr<LandedNames>& names,
                                const std::stop_token& stop)
    {
        Chain& chain = m_chains[m_grouped ? metric : 0];
        if (++chain.open->count < kPageRows)
            return {};
        return closePage(chain, names, stop);
    }

    /// From now on rows are handed on in the order in which they came.
    void stopGrouping();
    [[nodiscard]] bool isGrouped() const { return m_grouped; }
    [[nodiscard]] std::size_t chains() const { return m_chains.size(); }

    /// Hands on all that is left.
    [[nodiscard]] Status flush(const std::shared_ptr<LandedNames>& names,
                               const std::stop_token& stop);

private:
    struct Chain
    {
        LandedPagePtr open;
        std::vector<LandedPagePtr> full;
    };
    [[nodiscard]] Status closePage(Chain& chain, const std::shared_ptr<LandedNames>& names,
                                   const std::stop_token& stop);
    [[nodiscard]] Status handOn(const std::shared_ptr<LandedNames>& names,
                                const std::stop_token& stop);
    [[nodiscard]] Status put(std::vector<LandedPagePtr> pages,
                             const std::shared_ptr<LandedNames>& names,
                             const std::stop_token& stop);
    [[nodiscard]] std::size_t pageLimit() const;

    BlockSink* m_sink;
    RollupTable& m_rollups;
    std::shared_ptr<PagePool> m_pool;
    std::vector<Chain> m_chains;
    std::size_t m_fullPages = 0;
    std::size_t m_maxPages;
    bool m_grouped = true;
};

} // namespace daymark
