// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A CSV file, read to its end with all its columns. Row numbers ascend, every cell lies in memory
// that can be read, and the same file cut into columns and not has the same rows.
#include "core/source/csv_reader.h"
#include "fuzz_input.h"

using namespace daymark;

namespace {

CsvDialect dialectOf(std::uint8_t choice)
{
    constexpr char kDelimiters[] = {',', ';', '\t', '|'};
    CsvDialect dialect;
    dialect.delimiter = kDelimiters[choice & 3U];
    dialect.quote = (choice & 4U) != 0 ? '\0' : (choice & 8U) != 0 ? '\'' : '"';
    dialect.finalNewlineNeeded = (choice & 16U) != 0;
    return dialect;
}

struct Counts
{
    std::uint64_t rows = 0;
    std::uint64_t broken = 0;
    std::uint64_t lastLine = 0;
    std::optional<ErrorCode> error;
    bool operator==(const Counts&) const = default;
};

/// Reads every byte of every cell, so that a sanitizer sees those that are not there.
std::uint64_t touch(const Batch& batch)
{
    std::uint64_t sum = 0;
    for (const std::vector<Cell>& column : batch.columns) {
        fuzz::hold(column.empty() || column.size() == batch.rows);
        for (const Cell& cell : column) {
            if (cell.kind == Cell::Kind::Text) {
                for (const char one : cell.asText())
                    sum += static_cast<unsigned char>(one);
            }
        }
    }
    return sum;
}

Counts readAll(std::string_view text, const CsvDialect& dialect, bool all)
{
    Counts counts;
    auto reader =
        CsvReader::open(fuzz::fileOf(text), fuzz::listedAs("a.csv", text), "a.csv", dialect, {});
    if (!reader) {
        counts.error = reader.error().code;
        return counts;
    }
    std::vector<std::string> names;
    for (const SourceColumn& column : (*reader)->columns()) {
        if (all || names.empty())
            names.push_back(column.name);
    }
    if (const Status selected = (*reader)->select(names); !selected) {
        counts.error = selected.error().code;
        return counts;
    }
    Batch batch;
    volatile std::uint64_t sum = 0;
    while (true) {
        const Result<bool> more = (*reader)->read(batch, {});
        if (!more)
            counts.error = more.error().code;
        if (!more || !*more)
            return counts;
        fuzz::hold(batch.rowNumbers.size() == batch.rows);
        sum = sum + touch(batch);
        for (const std::uint64_t number : batch.rowNumbers) {
            fuzz::hold(number > counts.lastLine || counts.rows == 0);
            counts.lastLine = number;
        }
        counts.rows += batch.rows;
        counts.broken += batch.broken.size();
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    fuzz::Input input(data, size);
    const CsvDialect dialect = dialectOf(input.byte());
    const Counts all = readAll(input.rest(), dialect, true);
    const Counts first = readAll(input.rest(), dialect, false);
    fuzz::hold(all == first);
    const auto lines =
        static_cast<std::uint64_t>(std::count(input.rest().begin(), input.rest().end(), '\n') + 1);
    fuzz::hold(all.rows + all.broken <= lines);
    return 0;
}
