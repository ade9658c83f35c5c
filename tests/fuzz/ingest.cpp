// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A day of CSV through the whole stream: rows in = landed + rejected + dropped + other days', and
// every rejected row has a rule.
#include "core/ingest/ingest.h"
#include "core/source/csv_reader.h"
#include "fuzz_input.h"

using namespace daymark;

namespace {

constexpr std::string_view kHeader =
    "unit_id,id_type,date,metric_name,metric_value,numerator,denominator,timeuuid\n";

/// Counts what a file's reader gives.
class CountingReader : public RowReader
{
public:
    CountingReader(std::unique_ptr<FileReader> reader, bool holdsOtherDays)
        : m_reader(std::move(reader)), m_holdsOtherDays(holdsOtherDays)
    {}

    Result<bool> read(Batch& batch, std::stop_token stop) override
    {
        Result<bool> more = m_reader->read(batch, std::move(stop));
        if (more && *more)
            m_given += batch.rows + batch.broken.size();
        return more;
    }
    bool holdsOtherDays() const override { return m_holdsOtherDays; }
    std::uint64_t given() const { return m_given; }

private:
    std::unique_ptr<FileReader> m_reader;
    bool m_holdsOtherDays;
    std::uint64_t m_given = 0;
};

IngestOptions optionsFor(std::uint8_t choice)
{
    constexpr UnitDay kUnitDays[] = {UnitDay::Reject, UnitDay::First, UnitDay::Sum};
    IngestOptions options{*parseDay("2022-06-13"),
                          DateDecoder(DateFormat::Iso, TimeZone()),
                          kUnitDays[(choice >> 1U) % 3],
                          {},
                          {},
                          {},
                          {},
                          {},
                          0,
                          {}};
    options.idTypes = {"user_id", "stable_id"};
    options.limits.keyMemory = 1U << 16U;
    options.limits.unitMemory = 1U << 14U;
    options.limits.pageMemory = 1U << 20U;
    options.limits.groups = 50;
    options.sampleRows = 5;
    options.tallyUnits = true;
    return options;
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    fuzz::Input input(data, size);
    const std::uint8_t choice = input.byte();
    const std::string text = std::string(kHeader) + std::string(input.rest());
    CsvDialect dialect;
    dialect.finalNewlineNeeded = false;
    auto file =
        CsvReader::open(fuzz::fileOf(text), fuzz::listedAs("a.csv", text), "a.csv", dialect, {});
    if (!file)
        return 0;
    std::vector<std::string> names;
    for (const SourceColumn& column : (*file)->columns())
        names.push_back(column.name);
    fuzz::hold((*file)->select(names).has_value());
    CountingReader reader(std::move(*file), (choice & 1U) != 0);
    const Result<IngestSummary> summary = ingestDay(reader, optionsFor(choice), nullptr, {}, {});
    if (!summary)
        return 0;
    fuzz::hold(summary->read == summary->accepted + summary->rejected + summary->dropped);
    fuzz::hold(summary->read + summary->otherDays == reader.given());
    fuzz::hold((summary->rejected == 0) || !summary->rules.empty());
    std::uint64_t landed = 0;
    for (const Rollup& rollup : summary->rollups)
        landed += rollup.rows;
    fuzz::hold(landed == summary->accepted);
    return 0;
}
