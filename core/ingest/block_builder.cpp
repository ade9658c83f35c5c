// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/block_builder.h"

#include <algorithm>

namespace daymark {

namespace {

constexpr std::size_t kBlockPages = kBlockRows / kPageRows;

} // namespace

PagePool::~PagePool()
{
    for (LandedPage* page : m_free)
        delete page;
}

LandedPagePtr PagePool::take()
{
    LandedPage* page = nullptr;
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_free.empty()) {
            page = m_free.back();
            m_free.pop_back();
        }
    }
    if (!page)
        page = new LandedPage; // its rows are written before they are read
    page->count = 0;
    return {page, PageReturn{shared_from_this()}};
}

void PagePool::giveBack(LandedPage* page)
{
    const std::scoped_lock lock(m_mutex);
    m_free.push_back(page);
}

BlockBuilder::BlockBuilder(BlockSink* sink, RollupTable& rollups, std::size_t maxPages)
    : m_sink(sink)
    , m_rollups(rollups)
    , m_pool(std::make_shared<PagePool>())
    , m_maxPages(std::max(maxPages, kBlockPages))
{}

/// Half a block for each chain: enough that, once they have been handed on in turn, the chains
/// stand at all heights between nothing and a block.
std::size_t BlockBuilder::pageLimit() const
{
    return std::min(m_maxPages, (m_chains.size() + 2) * kBlockPages / 2);
}

Status BlockBuilder::closePage(Chain& chain, const std::shared_ptr<LandedNames>& names,
                               const std::stop_token& stop)
{
    m_rollups.addPage(*chain.open);
    if (!m_sink) {
        chain.open->count = 0;
        return {};
    }
    chain.full.push_back(std::move(chain.open));
    ++m_fullPages;
    if (chain.full.size() < kBlockPages && m_fullPages < pageLimit())
        return {};
    return handOn(names, stop);
}

/// A block of the fattest chain, filled up from the next fattest ones.
Status BlockBuilder::handOn(const std::shared_ptr<LandedNames>& names, const std::stop_token& stop)
{
    std::vector<LandedPagePtr> pages;
    while (pages.size() < kBlockPages && m_fullPages > 0) {
        Chain& fattest =
            *std::max_element(m_chains.begin(), m_chains.end(), [](const Chain& a, const Chain& b) {
                return a.full.size() < b.full.size();
            });
        const auto count =
            static_cast<std::ptrdiff_t>(std::min(fattest.full.size(), kBlockPages - pages.size()));
        std::move(fattest.full.begin(), fattest.full.begin() + count, std::back_inserter(pages));
        fattest.full.erase(fattest.full.begin(), fattest.full.begin() + count);
        m_fullPages -= static_cast<std::size_t>(count);
    }
    return put(std::move(pages), names, stop);
}

Status BlockBuilder::put(std::vector<LandedPagePtr> pages,
                         const std::shared_ptr<LandedNames>& names, const std::stop_token& stop)
{
    LandedBlock block;
    block.pages = std::move(pages);
    block.names = names;
    for (const LandedPagePtr& page : block.pages)
        block.rows += page->count;
    return block.rows == 0 ? Status{} : m_sink->put(std::move(block), stop);
}

void BlockBuilder::stopGrouping()
{
    if (!m_grouped)
        return;
    m_grouped = false;
    Chain all;
    for (Chain& chain : m_chains) {
        std::move(chain.full.begin(), chain.full.end(), std::back_inserter(all.full));
        if (!chain.open || chain.open->count == 0)
            continue;
        m_rollups.addPage(*chain.open);
        if (m_sink) {
            all.full.push_back(std::move(chain.open));
            ++m_fullPages;
        }
    }
    m_chains.clear();
    m_chains.push_back(std::move(all));
}

Status BlockBuilder::flush(const std::shared_ptr<LandedNames>& names, const std::stop_token& stop)
{
    std::vector<LandedPagePtr> pages;
    for (Chain& chain : m_chains) {
        if (chain.open && chain.open->count > 0) {
            m_rollups.addPage(*chain.open);
            chain.full.push_back(std::move(chain.open));
        }
        for (LandedPagePtr& page : chain.full) {
            pages.push_back(std::move(page));
            if (m_sink && pages.size() == kBlockPages) {
                if (Status done = put(std::move(pages), names, stop); !done)
                    return done;
                pages.clear();
            }
        }
        chain = Chain();
    }
    m_fullPages = 0;
    return m_sink ? put(std::move(pages), names, stop) : Status{};
}

} // namespace daymark
