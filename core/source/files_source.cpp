// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/files_source.h"

#include "core/base/text.h"
#include "core/calendar/day_words.h"
#include "core/source/csv_dialect.h"
#include "core/source/date_settings.h"
#include "core/source/files_day_reader.h"
#include "core/source/files_detection.h"
#include "core/source/files_signals.h"
#include "core/source/format_keys.h"
#include "core/source/signal_statement.h"
#include "core/source/test_steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace daymark {

namespace {

/// Rows without fixed columns leave out what they have no value for: so many that lack a column
/// show that it is gone.
constexpr std::uint64_t kTellingRows = 100;

/// The canonical columns that the newest file has not shown and nobody has mapped or left out, by
/// their own names: rows of other days may have them.
std::vector<std::string> lateNames(const SourceConfig& config,
                                   const std::vector<std::string>& names)
{
    std::vector<std::string> late(names.size());
    const std::span<const ColumnSpec> columns = dataset(config.dataset).columns;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string name(columns[i].name);
        if (names[i].empty() && !config.columnMap.contains(name) &&
            std::find(names.begin(), names.end(), name) == names.end())
            late[i] = name;
    }
    return late;
}

class FilesSource : public Source
{
public:
    FilesSource(SourceConfig config, DateSettings dates)
        : m_config(std::move(config)), m_dates(std::move(dates))
    {}

    Result<std::map<std::string, std::string>> detectFormat(std::stop_token stop) override;
    Result<SourceDescription> describe(std::stop_token stop) override;
    Result<SignalReading> readSignals(std::stop_token stop) override;
    Result<std::unique_ptr<RowReader>> openDay(Day day, const ColumnMapping& mapping,
                                               std::stop_token stop) override;
    Result<std::uint64_t> countDay(Day day, std::stop_token stop) override;
    std::vector<TestStep> test(std::stop_token stop) override;
    std::string signalStatement(Day day) const override;

private:
    [[nodiscard]] Result<std::unique_ptr<FilesDayReader>>
    openFiles(Day day, std::vector<std::string> names, std::vector<std::string> lateNames,
              std::stop_token stop);
    [[nodiscard]] Result<std::vector<SourceColumn>>
    columnsOfNewest(const Listing& samples, const std::map<std::string, std::string>& format,
                    std::stop_token stop);

    SourceConfig m_config;
    DateSettings m_dates;
    /// Of the latest look at the columns; the day that is opened next goes on with it.
    std::shared_ptr<Decoder> m_decoder;
};

Result<std::map<std::string, std::string>> FilesSource::detectFormat(std::stop_token stop)
{
    const Result<FilesPlace> place = FilesPlace::open(m_config);
    if (!place)
        return fail(place.error());
    std::map<std::string, std::string> format = m_config.format;
    if (Status status = detectFileFormat(*place, m_config, format, stop); !status)
        return fail(status.error());
    if (Status status = detectFileSignals(*place, m_config, format, std::move(stop)); !status)
        return fail(status.error());
    return format;
}

Result<std::vector<SourceColumn>>
FilesSource::columnsOfNewest(const Listing& samples,
                             const std::map<std::string, std::string>& format, std::stop_token stop)
{
    std::vector<SourceColumn> columns;
    const Result<FilesPlace> place = FilesPlace::open(m_config);
    if (!place)
        return fail(place.error());
    m_decoder = makeDecoder();
    // The newest file's alone: an older one may lack what came since.
    if (!samples.files.empty()) {
        const Result<std::unique_ptr<FileReader>> reader = openFileReader(
            place->root(), samples.files.front(), format, std::move(stop), m_decoder);
        if (!reader)
            return fail(reader.error());
        columns = (*reader)->columns();
        const bool tells =
            (*reader)->hasFixedColumns() || (*reader)->expectedRows().value_or(0) >= kTellingRows;
        if (tells)
            return columns;
    }
    for (const std::string& name : columnsOf(format)) {
        const bool isKnown = std::any_of(columns.begin(), columns.end(),
                                         [&](const SourceColumn& c) { return c.name == name; });
        if (isKnown)
            continue;
        SourceColumn column;
        column.name = name;
        columns.push_back(std::move(column));
    }
    return columns;
}

Result<SourceDescription> FilesSource::describe(std::stop_token stop)
{
    const Result<FilesPlace> place = FilesPlace::open(m_config);
    if (!place)
        return fail(place.error());
    Result<Listing> samples = place->sampleFiles();
    if (!samples)
        return fail(samples.error());
    Result<std::vector<SourceColumn>> columns =
        columnsOfNewest(*samples, m_config.format, std::move(stop));
    if (!columns)
        return fail(columns.error());
    if (columns->empty()) {
        return fail(ErrorCode::SourceMissing,
                    fmt::format("There are no data files in {} yet.",
                                place->root().fullPath(place->dataPlace())),
                    "Put the first day's files there, or name the right folder with --table.");
    }
    SourceDescription description;
    description.columns = std::move(*columns);
    description.dataPlace = place->dataPlace();
    description.signalPlace = place->signalPlace();
    description.findings = std::move(samples->findings);
    return description;
}

Result<SignalReading> FilesSource::readSignals(std::stop_token stop)
{
    const Result<FilesPlace> place = FilesPlace::open(m_config);
    if (!place)
        return fail(place.error());
    return readFileSignals(*place, m_config, m_dates, std::move(stop));
}

Result<std::unique_ptr<FilesDayReader>> FilesSource::openFiles(Day day,
                                                               std::vector<std::string> names,
                                                               std::vector<std::string> lateNames,
                                                               std::stop_token stop)
{
    const Result<FilesPlace> place = FilesPlace::open(m_config);
    if (!place)
        return fail(place.error());
    Result<Listing> listing = place->dataFiles(day);
    if (!listing)
        return fail(listing.error());
    FilesDayReader::Task task;
    task.files = std::move(listing->files);
    task.findings = std::move(listing->findings);
    task.names = std::move(names);
    task.lateNames = std::move(lateNames);
    task.format = m_config.format;
    task.holdsOtherDays = place->layout() == FilesLayout::Flat;
    task.decoder = std::exchange(m_decoder, nullptr);
    Result<FileRoot> root = FileRoot::open(place->root().fullPath({}));
    if (!root)
        return fail(root.error());
    auto reader = std::make_unique<FilesDayReader>(std::move(*root), std::move(task));
    if (Status status = reader->begin(std::move(stop)); !status)
        return fail(status.error());
    return reader;
}

Result<std::unique_ptr<RowReader>> FilesSource::openDay(Day day, const ColumnMapping& mapping,
                                                        std::stop_token stop)
{
    return openFiles(day, mapping.names, lateNames(m_config, mapping.names), std::move(stop));
}

Result<std::uint64_t> FilesSource::countDay(Day day, std::stop_token stop)
{
    const Result<SourceDescription> description = describe(stop);
    if (!description)
        return fail(description.error());
    const MappedSchema schema =
        mapColumns(dataset(m_config.dataset), description->columns, m_config.columnMap);
    std::vector<std::string> names(schema.mapping.names.size());
    names[metrics::Date] = schema.mapping.names[metrics::Date];
    Result<std::unique_ptr<FilesDayReader>> reader = openFiles(day, std::move(names), {}, stop);
    if (!reader)
        return fail(reader.error());
    std::uint64_t count = 0;
    Batch batch;
    while (true) {
        const Result<bool> more = (*reader)->read(batch, stop);
        if (!more)
            return fail(more.error());
        if (!*more)
            return count;
        if (!(*reader)->holdsOtherDays()) {
            count += batch.rows + batch.broken.size();
            continue;
        }
        for (const Cell& cell : batch.columns[metrics::Date]) {
            const DecodedDate date = m_dates.rows().decode(cell);
            count += date.status == DateStatus::Ok && date.day == day ? 1 : 0;
        }
    }
}

/// A marker named by its day in a folder of signals, or one more line of a plain CSV of them.
std::string FilesSource::signalStatement(Day day) const
{
    const Result<FilesPlace> place = FilesPlace::open(m_config);
    if (!place)
        return {};
    const std::string path = place->signalPlace();
    const std::string full = place->root().fullPath(path);
    if (path.ends_with('/') || place->root().kindOf(path) == FileRoot::Kind::Folder)
        return "touch " + shellQuoted(full + (path.ends_with('/') ? "" : "/") + formatDay(day));
    if (!path.ends_with(".csv") || m_config.format.contains("signal_delimiter"))
        return {};
    return "echo " + writtenDay(day, m_dates.signals()) + " >> " + shellQuoted(full);
}

std::vector<TestStep> FilesSource::test(std::stop_token stop)
{
    TestSteps steps;
    const Result<FilesPlace> place = FilesPlace::open(m_config);
    if (!steps.check("open the folder", place,
                     place ? place->root().fullPath({}) + " opens for reading." : ""))
        return std::move(steps).list();
    const Result<Listing> samples = place->sampleFiles();
    if (!steps.check("find the files", samples, place->dataPlace() + " is there."))
        return std::move(steps).list();
    for (const SchemaFinding& finding : samples->findings)
        steps.warn("look at the files", finding.message, {});
    std::map<std::string, std::string> format = m_config.format;
    const Status found = detectFileFormat(*place, m_config, format, stop);
    if (!steps.check("read one row", found,
                     samples->files.empty() ? "There are no rows yet."
                                            : samples->files.front().path + " can be read."))
        return std::move(steps).list();
    const Result<std::vector<SourceColumn>> columns = columnsOfNewest(*samples, format, stop);
    if (!columns) {
        steps.failed("find the columns", columns.error());
        return std::move(steps).list();
    }
    if (columns->empty())
        steps.warn("find the columns", "There are no files to look at yet.", {});
    else if (!steps.checkColumns(
                 mapColumns(dataset(m_config.dataset), *columns, m_config.columnMap)))
        return std::move(steps).list();
    steps.checkSignals(readFileSignals(*place, m_config, m_dates, std::move(stop)),
                       place->signalPlace());
    return std::move(steps).list();
}

Result<std::unique_ptr<Source>> makeFilesSource(const SourceConfig& config)
{
    if (config.uri.find("://") != std::string::npos) { // never shown: it may hold a password
        return fail(ErrorCode::SourceInvalid, "An address is no path of a folder or file.",
                    "Give a path on this machine, or another --kind.");
    }
    if (config.uri.find('\0') != std::string::npos) {
        return fail(ErrorCode::SourceInvalid, "The path of the source holds a NUL byte.",
                    "Give the path of a folder or of one file.");
    }
    if (const Result<CsvDialect> dialect = CsvDialect::of(config.format); !dialect)
        return fail(dialect.error());
    const auto header = config.format.find("header");
    if (header != config.format.end() && header->second != "yes" &&
        (header->second != "no" || columnsOf(config.format).empty())) {
        return fail(
            ErrorCode::SourceInvalid,
            fmt::format("{} is no value for the setting header.", shortened(header->second, 40)),
            "Use yes, or no together with the names in the setting columns.");
    }
    Result<DateSettings> dates = DateSettings::of(config);
    if (!dates)
        return fail(dates.error());
    return std::make_unique<FilesSource>(config, std::move(*dates));
}

} // namespace

SourceKind filesKind()
{
    SourceKind kind;
    kind.name = "files";
    kind.title = "Folder of files";
    kind.uriHelp = "the path of a folder or of one file";
    kind.summary = "CSV, JSON lines or Parquet files: a folder for each day, or flat files with a "
                   "date column. They may be compressed.";
    kind.uriCanBeFolder = true;
    kind.make = makeFilesSource;
    kind.browse = browseFiles;
    kind.sample = sampleFiles;
    return kind;
}

} // namespace daymark
