// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/files_signals.h"

#include "core/base/text.h"
#include "core/source/csv_sniffer.h"
#include "core/source/date_detection.h"
#include "core/source/decode_wire.h"
#include "core/source/file_reader.h"
#include "core/source/signal_collector.h"
#include "core/source/source_error.h"
#include "core/source/test_steps.h"

#include <fmt/format.h>

namespace daymark {

namespace {

constexpr std::size_t kDaySamples = 2'000;

using Settings = std::map<std::string, std::string>;

/// How signal files are read: their own delimiter, and any last line.
Settings signalSettings(const Settings& format)
{
    Settings settings{{"final_newline", "optional"}};
    const auto take = [&](const std::string& from, const std::string& to) {
        if (const auto entry = format.find(from); entry != format.end())
            settings[to] = entry->second;
    };
    take("delimiter", "delimiter");
    take("quote", "quote");
    take("signal_delimiter", "delimiter");
    return settings;
}

/// A file of signals, open at its first row, with only the day chosen.
Result<std::unique_ptr<FileReader>>
openSignalFile(const FilesPlace& place, const SourceConfig& config, const ListedFile& file,
               const Settings& format, std::shared_ptr<Decoder> decoder, std::stop_token stop)
{
    Result<std::unique_ptr<FileReader>> reader = openFileReader(
        place.root(), file, signalSettings(format), std::move(stop), std::move(decoder));
    if (!reader)
        return reader;
    if (isWithoutRows(**reader))
        return fail(ErrorCode::SourceEmpty, shortened(file.path) + " is empty.",
                    "The first date goes there.");
    std::vector<std::string> names;
    for (const SourceColumn& column : (*reader)->columns())
        names.push_back(column.name);
    const Result<std::string> column = findSignalColumn(names, config.columnMap, file.path);
    if (!column)
        return fail(column.error());
    if (Status status = (*reader)->select({*column}); !status)
        return fail(status.error());
    return reader;
}

Status collect(const FilesPlace& place, const SourceConfig& config, const ListedFile& file,
               SignalCollector& collector, const std::shared_ptr<Decoder>& decoder,
               std::stop_token stop)
{
    Result<std::unique_ptr<FileReader>> reader =
        openSignalFile(place, config, file, config.format, decoder, stop);
    if (!reader && reader.error().code == ErrorCode::SourceEmpty)
        return {}; // a file of signals that has none yet
    if (!reader)
        return fail(reader.error());
    Batch batch;
    while (true) {
        const Result<bool> more = (*reader)->read(batch, stop);
        if (!more)
            return fail(more.error());
        if (!*more)
            return place.root().checkUnchanged(file);
        for (const Cell& cell : batch.columns[0])
            collector.add(cell);
        for (const BrokenRow& row : batch.broken)
            collector.addInvalid(row.text);
    }
}

/// A file without an ending is a day by its name.
void addMarker(const ListedFile& file, SignalCollector& collector, SignalReading& extra)
{
    if (const std::optional<Day> day = parseDay(file.name)) {
        collector.addDay(*day);
        return;
    }
    if (file.name.find('.') == std::string::npos) {
        collector.addInvalid(file.name);
        return;
    }
    extra.findings.push_back(
        {"source.file_skipped",
         Severity::Warning,
         {},
         fmt::format("{} is passed over: its ending is that of no known format.",
                     shortened(file.path))});
}

} // namespace

Result<SignalReading> readFileSignals(const FilesPlace& place, const SourceConfig& config,
                                      const DateSettings& dates, std::stop_token stop)
{
    const Result<Listing> listing = place.signalFiles();
    if (!listing)
        return fail(listing.error());
    SignalCollector collector(dates.signals());
    SignalReading extra;
    extra.findings = listing->findings;
    const std::shared_ptr<Decoder> decoder = makeDecoder();
    for (const ListedFile& file : listing->files) {
        if (stop.stop_requested())
            return fail(readCancelled(place.root().fullPath(file.path)));
        if (!file.type) {
            addMarker(file, collector, extra);
            continue;
        }
        if (Status status = collect(place, config, file, collector, decoder, stop); !status)
            return fail(status.error());
    }
    SignalReading reading = std::move(collector).finish(place.signalPlace());
    reading.findings.insert(reading.findings.end(), extra.findings.begin(), extra.findings.end());
    return reading;
}

Status detectFileSignals(const FilesPlace& place, const SourceConfig& config, Settings& format,
                         std::stop_token stop)
{
    const Result<Listing> listing = place.signalFiles();
    if (!listing)
        return {}; // the schema checks say so
    std::vector<std::string> samples;
    const std::shared_ptr<Decoder> decoder = makeDecoder();
    for (const ListedFile& file : listing->files) {
        if (!file.type || file.size == 0 || samples.size() >= kDaySamples)
            continue;
        if (file.type->format == FileFormat::Csv && !format.contains("signal_delimiter")) {
            const Result<TextEnds> ends = lookIntoFile(place.root(), file, *decoder, stop);
            if (!ends)
                return fail(ends.error());
            const Result<CsvSniff> sniff = sniffCsv(ends->head, place.root().fullPath(file.path),
                                                    config, std::span(&kSignalColumn, 1));
            if (!sniff)
                return fail(sniff.error());
            if (sniff->columns > 1)
                format["signal_delimiter"] = delimiterName(sniff->dialect.delimiter);
        }
        const Result<std::unique_ptr<FileReader>> reader =
            openSignalFile(place, config, file, format, decoder, stop);
        if (!reader)
            return reader.error().code == ErrorCode::SignalMissing ? Status()
                                                                   : fail(reader.error());
        Batch batch;
        const Result<bool> more = (*reader)->read(batch, stop);
        if (!more)
            return fail(more.error());
        for (std::size_t i = 0; i < batch.rows && samples.size() < kDaySamples; ++i)
            samples.push_back(formatCell(batch.columns[0][i]));
    }
    if (format.contains("signal_date_format"))
        return {};
    const Result<DateFormat> found =
        detectDateFormat(samples, "The signals in " + place.signalPlace(), "signal_date_format");
    if (!found)
        return fail(found.error());
    format["signal_date_format"] = dateFormatName(*found);
    return {};
}

} // namespace daymark
