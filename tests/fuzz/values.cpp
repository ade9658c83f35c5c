// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Dates, numbers, ids and signals of any text: a number that is told is finite, a day that is told
// reads back as itself, a signal counts as a day or as an invalid row.
#include "core/base/text.h"
#include "core/ingest/checker.h"
#include "core/ingest/number.h"
#include "core/source/signal_collector.h"
#include "fuzz_input.h"

#include <cmath>

using namespace daymark;

namespace {

TimeZone zoneOf(std::uint8_t choice)
{
    constexpr std::string_view kZones[] = {"UTC", "Europe/London", "Pacific/Apia",
                                           "Australia/Lord_Howe", "UTC-08:00"};
    return *TimeZone::find(kZones[choice % std::size(kZones)]);
}

std::vector<Cell> cellsOf(std::string_view text)
{
    std::vector<Cell> cells{Cell::ofText(text)};
    std::int64_t bits = 0;
    std::memcpy(&bits, text.data(), std::min(text.size(), sizeof bits));
    for (const Cell::Kind kind :
         {Cell::Kind::Integer, Cell::Kind::Day, Cell::Kind::LocalTime, Cell::Kind::Instant})
        cells.push_back(Cell::ofInteger(bits, kind));
    cells.push_back(Cell::ofReal(std::bit_cast<double>(bits)));
    return cells;
}

void checkDate(const DateDecoder& decoder, const Cell& cell)
{
    const DecodedDate date = decoder.decode(cell);
    if (date.status == DateStatus::Ok)
        fuzz::hold(parseDay(formatDay(date.day)) == date.day);
}

void checkNumber(const Cell& cell)
{
    const Number number = numberOf(cell);
    if (number.status == NumberStatus::Ok)
        fuzz::hold(std::isfinite(number.value));
    (void)formatCell(cell);
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    fuzz::Input input(data, size);
    const std::uint8_t choice = input.byte();
    const auto format = static_cast<DateFormat>(choice % 7);
    const DateDecoder decoder(format, zoneOf(input.byte()));
    const std::string text(input.rest());
    SignalCollector collector(decoder);
    for (const Cell& cell : cellsOf(text)) {
        checkDate(decoder, cell);
        checkNumber(cell);
        collector.add(cell);
    }
    const SignalReading signals = std::move(collector).finish("signals");
    fuzz::hold(signals.days.size() <= signals.rows);
    Hash128 id;
    (void)parseUuid(text, id);
    (void)textFaults(text);
    fuzz::hold(isUtf8(shortened(text)));
    const std::vector<std::string> samples{text, text.substr(text.size() / 2)};
    (void)possibleDateFormats(samples);
    return 0;
}
