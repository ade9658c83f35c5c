// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/stream.h"

#include "core/base/text.h"

#include <algorithm>

namespace daymark {

namespace {

/// How far ahead of the row at hand memory is asked for: first the tables' slots, then the texts
/// that they lead to.
constexpr std::size_t kSlotsAhead = 24;
constexpr std::size_t kTextsAhead = 8;

/// Rows for which it is asked for at once: finding a page's place takes about as long as the memory
/// itself, and several such searches go on side by side where nothing stands between them.
constexpr std::size_t kRowsAtOnce = 8;

/// Rows after which the layout is chosen.
constexpr std::uint64_t kLayoutSample = 8192;
/// Ids longer than this cost more when a metric's rows lie together than that saves a reader, where
/// the rows of one unit come close to each other and rarely repeat over the file.
constexpr std::uint64_t kLongUnit = 20;
constexpr std::size_t kMaxGroupedMetrics = 2048;

/// The part of the units' memory that texts may take once they are known by their hashes.
constexpr std::size_t kGenerationShare = 6;

} // namespace

Stream::Stream(const IngestOptions& options, const Checker& checker, BlockSink* sink,
               std::stop_token stop)
    : m_options(options)
    , m_checker(checker)
    , m_stop(std::move(stop))
    , m_keys(options.limits.keyMemory, options.spillFolder)
    , m_unitDays(options.limits.keyMemory / 2, options.spillFolder)
    , m_rollups(checker.metrics(), options.idTypes)
    , m_builder(sink, m_rollups, options.limits.pageMemory / sizeof(LandedPage))
    , m_rejects(options.rejectsFile)
    , m_rules(options.idTypes, options.unitDay)
    , m_samples(options.sampleRows, options.unitDay)
{}

Result<bool> Stream::process(const CheckedBatch& checked)
{
    if (Status done = processBroken(checked); !done)
        return fail(std::move(done.error()));
    for (std::size_t row = 0; row < checked.rows.size(); ++row) {
        if (atLimit()) {
            m_summary.whole = false;
            return false;
        }
        if (row % kRowsAtOnce == 0)
            prefetch(checked, row);
        if (Status done = processRow(checked, row); !done)
            return fail(std::move(done.error()));
    }
    chooseLayout();
    if (Status done = boundUnits(); !done)
        return fail(std::move(done.error()));
    return true;
}

void Stream::prefetch(const CheckedBatch& checked, std::size_t row) const
{
    const std::size_t count = checked.rows.size();
    const std::size_t slots = row == 0 ? 0 : row + kSlotsAhead;
    for (std::size_t i = slots; i < std::min(row + kSlotsAhead + kRowsAtOnce, count); ++i) {
        const CheckedRow& ahead = checked.rows[i];
        if (ahead.hasKey)
            m_keys.prefetch(ahead.key);
        m_units.prefetch(ahead.unitHash);
    }
    const std::size_t texts = row == 0 ? 0 : row + kTextsAhead;
    for (std::size_t i = texts; i < std::min(row + kTextsAhead + kRowsAtOnce, count); ++i)
        m_units.prefetchText(checked.rows[i].unitHash);
}

Status Stream::processBroken(const CheckedBatch& checked)
{
    for (std::size_t i = 0; i < checked.batch.broken.size() && !atLimit(); ++i) {
        const BrokenRow& broken = checked.batch.broken[i];
        ++m_summary.read;
        ++m_summary.rejected;
        m_rules.countBroken(checked.batch, broken);
        if (i < checked.brokenHashes.size())
            noteUndated(checked.brokenHashes[i]);
        if (m_samples.wants(maskOf(Rule::RowMalformed)))
            m_samples.add(checked.batch, broken);
        if (Status added = m_rejects.add(checked.batch, broken); !added)
            return added;
    }
    return {};
}

Status Stream::processRow(const CheckedBatch& checked, std::size_t row)
{
    const CheckedRow& given = checked.rows[row];
    if (given.state == RowState::OtherDay) {
        ++m_summary.otherDays;
        return {};
    }
    ++m_summary.read;
    if (given.rules != 0)
        m_rules.count(given.rules, checked.batch, row);
    if (m_options.tallyUnits)
        tally(given);
    if (given.state == RowState::Rejected) {
        if (given.undated)
            noteUndated(given.key);
        return reject(checked, row, given.rules);
    }
    if (!given.hasKey)
        return acceptRow(checked, row);
    switch (m_keys.insert(given.key)) {
    case Seen::New:
        return acceptRow(checked, row);
    case Seen::Before:
        m_rules.count(maskOf(Rule::DuplicateTimeUuid), checked.batch, row);
        ++m_summary.dropped;
        sample(checked, row, given.rules | maskOf(Rule::DuplicateTimeUuid), RowFate::Dropped);
        return {};
    case Seen::Failed:
        break;
    }
    return fail(m_keys.error());
}

Status Stream::acceptRow(const CheckedBatch& checked, std::size_t row)
{
    const CheckedRow& given = checked.rows[row];
    const std::uint32_t unit = m_units.numberOf({given.unit, given.unitSize}, given.unitHash);
    const std::uint32_t number = groupFor(given);
    if (m_rollups.size() > m_options.limits.groups)
        return fail(ErrorCode::SourceLimit,
                    "The day has more than " + groupedDigits(m_options.limits.groups) +
                        " different pairs of metric and id type.",
                    "Check which column metric_name is mapped to: it should name a metric, not a "
                    "unit or an event.");
    RollupTable::Group& group = m_rollups.group(number);
    const Seen seen = m_unitDays.insert(number, unit, given.unitHash);
    if (seen == Seen::Failed)
        return fail(m_unitDays.error());
    std::uint32_t rules = given.rules;
    if (seen == Seen::Before) {
        rules |= maskOf(Rule::UnitDayDuplicate);
        bool kept = false;
        if (Status done = furtherRow(checked, row, kept); !done || !kept)
            return done;
    } else {
        ++group.units;
    }
    const bool ratio = isNullNumber(given.value);
    bool& known = ratio ? group.seenRatio : group.seenValue;
    if (!known) {
        known = true;
        m_metricRules.noteFirst(given.metric, ratio, checked.batch, row);
    }
    group.fingerprint +=
        landedRowHash(given.unitHash, group.hash, given.value, given.numerator, given.denominator);
    ++m_summary.accepted;
    sample(checked, row, rules, RowFate::Accepted);
    if (!m_layoutChosen)
        m_unitBytes += given.unitSize;
    m_builder.append(given.metric) = {given.value, given.numerator, given.denominator, unit,
                                      number};
    return m_builder.commit(given.metric, m_units.names(), m_stop);
}

/// The number of the row's group; a new one is named for the blocks.
std::uint32_t Stream::groupFor(const CheckedRow& row)
{
    const std::size_t before = m_rollups.size();
    const std::uint32_t number = m_rollups.groupOf(row.metric, row.idType);
    if (m_rollups.size() != before)
        m_rollups.nameGroups(*m_units.names(), before);
    return number;
}

/// A further row of a unit, id type, day and metric: what happens is the source's setting.
Status Stream::furtherRow(const CheckedBatch& checked, std::size_t row, bool& kept)
{
    const CheckedRow& given = checked.rows[row];
    m_rules.count(maskOf(Rule::UnitDayDuplicate), checked.batch, row);
    kept = m_options.unitDay == UnitDay::Sum;
    if (m_options.unitDay == UnitDay::First) {
        ++m_summary.dropped;
        sample(checked, row, given.rules | maskOf(Rule::UnitDayDuplicate), RowFate::Dropped);
    }
    if (m_options.unitDay != UnitDay::Reject)
        return {};
    // A rejected row must not shadow a later good one that has its id.
    if (given.hasKey)
        m_keys.undoInsert();
    return reject(checked, row, given.rules | maskOf(Rule::UnitDayDuplicate));
}

Status Stream::reject(const CheckedBatch& checked, std::size_t row, std::uint32_t rules)
{
    ++m_summary.rejected;
    sample(checked, row, rules, RowFate::Rejected);
    return m_rejects.add(checked.batch, row, rules);
}

void Stream::tally(const CheckedRow& row)
{
    constexpr std::uint32_t noUnit = maskOf(Rule::UnitIdMissing) | maskOf(Rule::UnitIdTooLong);
    if ((row.rules & noUnit) == 0)
        m_tally.add(row.unitHash, {row.unit, row.unitSize});
}

void Stream::noteUndated(const Hash128& hash)
{
    ++m_summary.undated;
    auto& kept = m_summary.newUndated;
    if (const auto known = kept.find(hash); known != kept.end())
        ++known->second;
    else if (kept.size() < kUndatedKept)
        kept.emplace(hash, 1);
    else
        m_summary.undatedCut = true;
}

/// Rows of one metric lie together unless that makes the file much larger: where ids are long and
/// each comes up many times close together, as in an export in the order of units.
void Stream::chooseLayout()
{
    if (m_builder.isGrouped() && m_builder.chains() > kMaxGroupedMetrics) {
        m_builder.stopGrouping();
        m_layoutChosen = true;
        m_summary.layout = "Rows lie in the order in which they were read: the day has more than " +
                           groupedDigits(kMaxGroupedMetrics) + " metrics.";
    }
    if (m_layoutChosen || m_summary.accepted < kLayoutSample)
        return;
    m_layoutChosen = true;
    const std::uint64_t length = m_unitBytes / m_summary.accepted;
    const bool repeats = m_units.size() * 2 < m_summary.accepted;
    if (length <= kLongUnit || !repeats)
        return;
    m_builder.stopGrouping();
    m_summary.layout = "Rows lie in the order in which they were read: unit ids have " +
                       std::to_string(length) +
                       " bytes each and repeat close together, so that the file stays small.";
}

/// Keeps the texts of units within their memory. Beyond it
/// 1. what was seen is kept as hashes of unit and group, which spill;
/// 2. all pages are handed on, and units are numbered anew: numbers live as long as their blocks.
Status Stream::boundUnits()
{
    const std::size_t memory = m_options.limits.unitMemory;
    const bool full = m_unitDays.isHashed() ? m_units.memory() > memory / kGenerationShare
                                            : m_units.memory() + m_unitDays.memory() > memory;
    if (!full && m_units.size() < TextColumn::kCapacity / 2)
        return {};
    if (!m_unitDays.isHashed()) {
        if (Status done = m_unitDays.switchToHashes(m_units); !done)
            return done;
    }
    if (Status done = m_builder.flush(m_units.names(), m_stop); !done)
        return done;
    m_units.restart();
    m_rollups.nameGroups(*m_units.names(), 0);
    return {};
}

Status Stream::finish()
{
    if (Status done = m_builder.flush(m_units.names(), m_stop); !done)
        return done;
    return m_rejects.close();
}

IngestSummary Stream::summary()
{
    m_summary.rollups = m_rollups.rollups();
    for (const Rollup& rollup : m_summary.rollups)
        m_summary.fingerprint += rollup.fingerprint;
    m_metricRules.conclude(m_summary.rollups, m_checker.metrics(), m_options.knownMetrics, m_rules);
    m_summary.rules = m_rules.taken();
    m_summary.samples = m_samples.taken(m_summary.rules);
    m_summary.heaviestUnit = m_tally.heaviest();
    m_summary.rejectsWritten = m_rejects.exists();
    m_summary.groupedByMetric = m_builder.isGrouped();
    if (m_summary.layout.empty())
        m_summary.layout = "Rows of one metric lie together.";
    m_summary.spilledKeys = m_keys.spilled() + m_unitDays.spilled();
    return std::move(m_summary);
}

} // namespace daymark
