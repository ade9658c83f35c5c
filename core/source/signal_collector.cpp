// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/signal_collector.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace daymark {

namespace {

constexpr std::size_t kExamples = 5;

} // namespace

SignalCollector::SignalCollector(DateDecoder decoder) : m_decoder(std::move(decoder)) {}

void SignalCollector::add(const Cell& cell, std::uint64_t times)
{
    const DecodedDate date = m_decoder.decode(cell);
    if (date.status != DateStatus::Ok) {
        addInvalid(date.status == DateStatus::Missing ? std::string() : formatCell(cell), times);
        return;
    }
    m_rows += times;
    m_days.insert(date.day);
}

void SignalCollector::addInvalid(std::string_view text, std::uint64_t times)
{
    m_rows += times;
    m_invalid += times;
    if (m_examples.size() >= kExamples)
        return;
    std::string example = text.empty() ? "an empty value" : shortened(text, 40);
    if (std::find(m_examples.begin(), m_examples.end(), example) == m_examples.end())
        m_examples.push_back(std::move(example));
}

void SignalCollector::addDay(Day day)
{
    ++m_rows;
    m_days.insert(day);
}

SignalReading SignalCollector::finish(std::string_view place) &&
{
    SignalReading reading;
    reading.days.assign(m_days.begin(), m_days.end());
    reading.rows = m_rows;
    if (m_invalid > 0) {
        reading.findings.push_back(
            {"signal.invalid", Severity::Warning, std::string(kSignalColumn),
             fmt::format("{} of the {} signals in {} name no calendar date, for example {}.",
                         groupedDigits(m_invalid), groupedDigits(m_rows), place,
                         fmt::join(m_examples, ", "))});
    }
    return reading;
}

} // namespace daymark
