// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/checker.h"

#include "core/base/text.h"
#include "core/ingest/key_set.h"

#include <algorithm>
#include <cmath>

namespace daymark {

namespace {

constexpr std::size_t kMaxUnitBytes = 1024;
constexpr std::size_t kMaxMetricCharacters = 127;
constexpr std::uint64_t kHighBits = 0x8080808080808080ULL;
constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
const Cell kNullCell;

/// Errors among the rules; the others leave a row good.
constexpr std::uint32_t kErrorMask = maskOf(Rule::DuplicateTimeUuid) - 1;

std::uint64_t load8(const char* at)
{
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof(word));
    return word;
}

/// Whether eight bytes are all ASCII and none of them NUL.
bool isPlain(std::uint64_t word) { return ((word | (word - kOnes)) & kHighBits) == 0; }

bool isPlainText(std::string_view text)
{
    const char* at = text.data();
    std::size_t left = text.size();
    for (; left >= 8; left -= 8, at += 8) {
        if (!isPlain(load8(at)))
            return false;
    }
    for (; left > 0; --left, ++at) {
        if (*at <= 0)
            return false;
    }
    return true;
}

/// Eight hexadecimal digits as 32 bits in some fixed order; sets bits of `bad` where one is none.
std::uint64_t hexBits(std::uint64_t word, std::uint64_t& bad)
{
    const std::uint64_t digit = word ^ 0x30 * kOnes;
    const std::uint64_t letter = (word | 0x20 * kOnes) ^ 0x60 * kOnes;
    const std::uint64_t noDigit = digit + 0x76 * kOnes;
    const std::uint64_t noLetter = (letter + 0x79 * kOnes) | ~(letter + 0x7F * kOnes);
    bad |= (word | (noDigit & noLetter)) & kHighBits;
    std::uint64_t bits = (word & 0x0F * kOnes) + 9 * (word >> 6U & kOnes);
    bits = (bits << 4U | bits >> 8U) & 0x00FF00FF00FF00FFULL;
    bits = (bits | bits >> 8U) & 0x0000FFFF0000FFFFULL;
    return (bits | bits >> 16U) & 0xFFFFFFFFULL;
}

std::uint64_t joined(const char* first, const char* second)
{
    char both[8];
    std::memcpy(both, first, 4);
    std::memcpy(both + 4, second, 4);
    return load8(both);
}

bool same(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && sameBytes(a.data(), b.data(), a.size());
}

bool isWhole(double value)
{
    return std::isfinite(value) && std::abs(value) < 9.2e18 && std::trunc(value) == value;
}

} // namespace

bool parseUuid(std::string_view text, Hash128& out)
{
    if (text.size() != 36)
        return false;
    const char* at = text.data();
    std::uint64_t bad = 0;
    const std::uint64_t a = hexBits(load8(at), bad);
    const std::uint64_t b = hexBits(joined(at + 9, at + 14), bad);
    const std::uint64_t c = hexBits(joined(at + 19, at + 24), bad);
    const std::uint64_t d = hexBits(load8(at + 28), bad);
    if (bad != 0 || at[8] != '-' || at[13] != '-' || at[18] != '-' || at[23] != '-')
        return false;
    out = {c << 32U | d, a << 32U | b};
    return true;
}

std::uint32_t textFaults(std::string_view text)
{
    if (isPlainText(text))
        return 0;
    return (isUtf8(text) ? 0 : maskOf(Rule::TextNotUtf8)) |
           (text.find('\0') == std::string_view::npos ? 0 : maskOf(Rule::TextNul));
}

Hash128 wholeRowHash(const Batch& batch, std::size_t row)
{
    std::string content;
    for (const std::vector<Cell>& column : batch.columns) {
        const Cell& cell = column.empty() ? kNullCell : column[row];
        content += cell.isNull() ? 'n' : 't';
        const std::string text = formatCell(cell);
        content += std::to_string(text.size());
        content += ':';
        content += text;
    }
    return hash128(content);
}

Checker::Checker(const CheckerOptions& options) : m_options(options), m_metricSlots(1024, 0)
{
    if (options.knownUndated)
        m_knownUndated = *options.knownUndated;
}

Status Checker::check(CheckedBatch& checked)
{
    const Batch& batch = checked.batch;
    for (std::size_t i = 0; i < metrics::kColumns; ++i) {
        const bool mapped = i < batch.columns.size() && !batch.columns[i].empty();
        m_columns[i] = {mapped ? batch.columns[i].data() : &kNullCell, mapped ? 1U : 0U};
    }
    checked.textsUsed = 0;
    checked.texts.reserve(batch.rows); // short texts lie within their strings, which must not move
    checked.rows.resize(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row)
        checkRow(checked, row);
    checkBroken(checked);
    if (m_tooManyMetrics)
        return fail(ErrorCode::SourceLimit,
                    "The day has more than " + groupedDigits(m_options.maxMetrics) +
                        " different metrics.",
                    "Check which column metric_name is mapped to: it should name a metric, not a "
                    "unit or an event.");
    return {};
}

void Checker::checkRow(CheckedBatch& checked, std::size_t row)
{
    CheckedRow& out = checked.rows[row];
    out.rules = 0;
    out.state = RowState::Good;
    out.hasKey = false;
    out.undated = false;
    if (!checkDate(m_columns[metrics::Date].at(row), checked, row)) {
        out.state = RowState::OtherDay;
        return;
    }
    checkUnit(m_columns[metrics::UnitId].at(row), checked, out);
    checkIdType(m_columns[metrics::IdType].at(row), out);
    checkMetric(m_columns[metrics::MetricName].at(row), out);
    checkNumbers(row, out);
    if (!out.undated)
        checkTimeUuid(m_columns[metrics::TimeUuid].at(row), out);
    if ((out.rules & kErrorMask) != 0)
        out.state = RowState::Rejected;
}

/// False: the row is passed over.
bool Checker::checkDate(const Cell& cell, CheckedBatch& checked, std::size_t row)
{
    const DecodedDate date = decodeDate(cell);
    CheckedRow& out = checked.rows[row];
    if (date.status == DateStatus::Ok) {
        if (date.day == m_options.day)
            return true;
        if (m_options.holdsOtherDays)
            return false;
        out.rules |= maskOf(Rule::DateMismatch);
        return true;
    }
    out.rules |= maskOf(date.status == DateStatus::Missing ? Rule::DateMissing : Rule::DateInvalid);
    if (!m_options.holdsOtherDays)
        return true;
    out.undated = true;
    out.key = wholeRowHash(checked.batch, row);
    return !takeKnownUndated(out.key);
}

DecodedDate Checker::decodeDate(const Cell& cell)
{
    if (cell.kind != Cell::Kind::Text || cell.size > 40)
        return m_options.dates->decode(cell);
    // Days in a row are mostly written alike.
    if (same(cell.asText(), m_lastDateText))
        return m_lastDate;
    m_lastDate = m_options.dates->decode(cell);
    m_lastDateText.assign(cell.asText());
    return m_lastDate;
}

bool Checker::takeKnownUndated(const Hash128& hash)
{
    const auto known = m_knownUndated.find(hash);
    if (known == m_knownUndated.end() || known->second == 0)
        return false;
    --known->second;
    return true;
}

void Checker::checkUnit(const Cell& cell, CheckedBatch& checked, CheckedRow& out)
{
    std::string_view text;
    if (cell.kind == Cell::Kind::Text) {
        text = cell.asText();
    } else if (!cell.isNull()) {
        if (checked.textsUsed == checked.texts.size())
            checked.texts.emplace_back();
        std::string& own = checked.texts[checked.textsUsed++];
        own = cell.kind == Cell::Kind::Real && isWhole(cell.real)
                  ? std::to_string(static_cast<std::int64_t>(cell.real))
                  : formatCell(cell);
        text = own;
    }
    if (text.empty()) {
        out.rules |= maskOf(Rule::UnitIdMissing);
        return;
    }
    if (text.size() > kMaxUnitBytes)
        out.rules |= maskOf(Rule::UnitIdTooLong);
    out.rules |= textFaults(text);
    out.unit = text.data();
    out.unitSize = static_cast<std::uint32_t>(text.size());
    if (text.size() <= kMaxUnitBytes)
        out.unitHash = hash128(text);
}

void Checker::checkIdType(const Cell& cell, CheckedRow& out)
{
    if (cell.isNull() || (cell.kind == Cell::Kind::Text && cell.size == 0)) {
        out.rules |= maskOf(Rule::IdTypeMissing);
        return;
    }
    const std::string other = cell.kind == Cell::Kind::Text ? std::string() : formatCell(cell);
    const std::string_view text = cell.kind == Cell::Kind::Text ? cell.asText() : other;
    const auto& known = m_options.idTypes;
    if (m_lastIdType < known.size() && same(text, known[m_lastIdType])) {
        out.idType = m_lastIdType;
        return;
    }
    const auto found = std::find(known.begin(), known.end(), text);
    if (found == known.end()) {
        out.rules |= maskOf(Rule::IdTypeUnknown) | textFaults(text);
        return;
    }
    m_lastIdType = static_cast<std::uint16_t>(found - known.begin());
    out.idType = m_lastIdType;
}

void Checker::checkMetric(const Cell& cell, CheckedRow& out)
{
    const std::string other = cell.kind == Cell::Kind::Text ? std::string() : formatCell(cell);
    const std::string_view name = cell.kind == Cell::Kind::Text ? cell.asText() : other;
    if (name.empty()) {
        out.rules |= maskOf(Rule::MetricNameMissing);
        return;
    }
    if (m_lastMetric < m_follower.size()) {
        const std::uint32_t guess = m_follower[m_lastMetric];
        if (guess < m_metrics.size() && same(m_metrics.at(guess).view(), name)) {
            out.metric = m_lastMetric = guess;
            return;
        }
    }
    if (const auto found = findMetric(name)) {
        m_follower[m_lastMetric] = *found;
        out.metric = m_lastMetric = *found;
        return;
    }
    out.rules |= textFaults(name);
    if (codePoints(name) > kMaxMetricCharacters)
        out.rules |= maskOf(Rule::MetricNameTooLong);
    else
        m_tooManyMetrics |= m_metrics.size() > m_options.maxMetrics;
}

/// The number of a known or valid new name; none for an invalid one.
std::optional<std::uint32_t> Checker::findMetric(std::string_view name)
{
    const std::uint64_t hash = hash128(name.substr(0, 512)).low;
    std::size_t at = hash & (m_metricSlots.size() - 1);
    for (; m_metricSlots[at] != 0; at = (at + 1) & (m_metricSlots.size() - 1)) {
        if (m_metrics.at(m_metricSlots[at] - 1).view() == name)
            return m_metricSlots[at] - 1;
    }
    if (codePoints(name) > kMaxMetricCharacters || textFaults(name) != 0)
        return std::nullopt;
    if (m_metrics.size() > m_options.maxMetrics)
        return std::nullopt;
    addMetric(name, hash);
    return static_cast<std::uint32_t>(m_metrics.size() - 1);
}

void Checker::addMetric(std::string_view name, std::uint64_t hash)
{
    m_memory.push_back(std::make_unique<char[]>(name.size()));
    std::memcpy(m_memory.back().get(), name.data(), name.size());
    m_metrics.append(PackedText(std::string_view(m_memory.back().get(), name.size())));
    m_follower.push_back(0);
    const auto place = [&](std::uint64_t of, std::size_t number) {
        std::size_t at = of & (m_metricSlots.size() - 1);
        while (m_metricSlots[at] != 0)
            at = (at + 1) & (m_metricSlots.size() - 1);
        m_metricSlots[at] = static_cast<std::uint32_t>(number + 1);
    };
    if (m_metrics.size() * 2 <= m_metricSlots.size()) {
        place(hash, m_metrics.size() - 1);
        return;
    }
    m_metricSlots.assign(m_metricSlots.size() * 4, 0);
    for (std::size_t i = 0; i < m_metrics.size(); ++i)
        place(hash128(m_metrics.at(i).view()).low, i);
}

void Checker::checkNumbers(std::size_t row, CheckedRow& out)
{
    const Number value = numberOf(m_columns[metrics::Value].at(row));
    const Number numerator = numberOf(m_columns[metrics::Numerator].at(row));
    const Number denominator = numberOf(m_columns[metrics::Denominator].at(row));
    out.value = out.numerator = out.denominator = kNullNumber;
    std::uint32_t faults = 0;
    for (const Number& number : {value, numerator, denominator}) {
        if (number.status == NumberStatus::NotANumber)
            faults |= maskOf(Rule::ValueNotANumber);
        else if (number.status == NumberStatus::NotFinite)
            faults |= maskOf(Rule::ValueNotFinite);
    }
    const bool hasValue = value.status != NumberStatus::Null;
    const bool hasNumerator = numerator.status != NumberStatus::Null;
    const bool hasDenominator = denominator.status != NumberStatus::Null;
    out.rules |= faults;
    if (faults != 0)
        return;
    if (hasNumerator && hasDenominator) {
        out.numerator = numerator.value;
        out.denominator = denominator.value;
        out.rules |= (hasValue ? maskOf(Rule::RatioValueIgnored) : 0) |
                     (denominator.value == 0 ? maskOf(Rule::RatioZeroDenominator) : 0) |
                     (numerator.rounded || denominator.rounded ? maskOf(Rule::ValueRounded) : 0);
    } else if (hasValue) {
        out.value = value.value;
        out.rules |= value.rounded ? maskOf(Rule::ValueRounded) : 0;
        if (hasNumerator || hasDenominator)
            out.rules |= maskOf(Rule::RatioPartialIgnored);
    } else {
        out.rules |=
            maskOf(hasNumerator || hasDenominator ? Rule::RatioIncomplete : Rule::ValueMissing);
    }
}

void Checker::checkTimeUuid(const Cell& cell, CheckedRow& out)
{
    const std::string other = cell.kind == Cell::Kind::Text ? std::string() : formatCell(cell);
    const std::string_view text = cell.kind == Cell::Kind::Text ? cell.asText() : other;
    if (text.empty()) {
        out.rules |= maskOf(Rule::TimeUuidMissing);
        return;
    }
    Hash128 bits;
    if (!parseUuid(text, bits)) {
        bits = hash128(text);
        out.rules |= maskOf(Rule::TimeUuidNotUuid) | textFaults(text);
    }
    out.key = KeySet::mixed(bits);
    out.hasKey = true;
}

/// Broken lines carry no date either: in a source that holds other days each is charged once.
void Checker::checkBroken(CheckedBatch& checked)
{
    checked.brokenHashes.clear();
    std::vector<BrokenRow>& broken = checked.batch.broken;
    if (broken.empty())
        return;
    if (!m_options.holdsOtherDays)
        return;
    std::erase_if(broken, [this](const BrokenRow& row) {
        return takeKnownUndated(hash128("broken:" + row.text));
    });
    for (const BrokenRow& row : broken)
        checked.brokenHashes.push_back(hash128("broken:" + row.text));
}

} // namespace daymark
