// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/date_decoder.h"
#include "core/source/source.h"

#include <set>

namespace daymark {

/// Gathers the rows of a signal table or file: the days, each once, and those that are none. Holds
/// the distinct days and a few examples only, however many rows there are.
class SignalCollector
{
public:
    explicit SignalCollector(DateDecoder decoder);

    /// Counts a row, or as many as have this very value.
    void add(const Cell& cell, std::uint64_t times = 1);

    /// Counts rows that could not be read at all.
    void addInvalid(std::string_view text, std::uint64_t times = 1);

    /// Announces a day by something else than a row, such as an empty file of its name.
    void addDay(Day day);

    /// What was gathered, with `signal.invalid` where `place` had rows that are no day.
    [[nodiscard]] SignalReading finish(std::string_view place) &&;

private:
    DateDecoder m_decoder;
    std::set<Day> m_days;
    std::uint64_t m_rows = 0;
    std::uint64_t m_invalid = 0;
    std::vector<std::string> m_examples;
};

} // namespace daymark
