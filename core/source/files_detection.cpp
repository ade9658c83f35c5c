// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/files_detection.h"

#include "core/base/text.h"
#include "core/source/csv_sniffer.h"
#include "core/source/date_detection.h"
#include "core/source/decode_wire.h"
#include "core/source/file_reader.h"
#include "core/source/format_keys.h"

#include <fmt/format.h>

namespace daymark {

namespace {

constexpr std::size_t kBatches = 64;
constexpr std::size_t kSamples = 2'000; ///< different dates that are enough

using Settings = std::map<std::string, std::string>;

bool isCsv(const ListedFile& file) { return file.type && file.type->format == FileFormat::Csv; }

Status detectDialect(const TextEnds& ends, const std::string& name, const SourceConfig& config,
                     Settings& format)
{
    std::vector<std::string_view> wanted;
    for (const ColumnSpec& column : dataset(config.dataset).columns)
        wanted.push_back(column.name);
    const Result<CsvSniff> sniff = sniffCsv(ends.head, name, config, wanted);
    if (!sniff)
        return fail(sniff.error());
    format.try_emplace("delimiter", delimiterName(sniff->dialect.delimiter));
    format.try_emplace("quote", std::string(1, sniff->dialect.quote));
    format.try_emplace("header", "yes");
    return {};
}

/// `optional` where a whole last line without a line end was seen.
Status detectEnding(const TextEnds& looked, const std::string& name, std::size_t columns,
                    Settings& format, bool& seenWithout)
{
    if (!looked.tail)
        return {};
    const Result<CsvDialect> dialect = CsvDialect::of(format);
    if (!dialect)
        return fail(dialect.error());
    const Result<std::optional<bool>> ends = endsWithNewline(*looked.tail, name, *dialect, columns);
    if (!ends)
        return fail(ends.error());
    seenWithout = seenWithout || (*ends && !**ends);
    return {};
}

/// Adds the dates of the first rows; none where the file types them itself.
Status sampleDates(FileReader& reader, const std::string& column, DateSamples& samples,
                   std::stop_token stop)
{
    if (Status status = reader.select({column}); !status)
        return fail(status.error());
    Batch batch;
    for (std::size_t i = 0; i < kBatches && samples.size() < kSamples; ++i) {
        const Result<bool> more = reader.read(batch, stop);
        if (!more)
            return fail(more.error());
        if (!*more)
            break;
        for (const Cell& cell : batch.columns[0]) {
            const bool isPlain = cell.kind == Cell::Kind::Text ||
                                 cell.kind == Cell::Kind::Integer || cell.kind == Cell::Kind::Real;
            if (isPlain && samples.size() < kSamples)
                ++samples[formatCell(cell).substr(0, 256)];
        }
    }
    return {};
}

/// What is found by looking into one file.
class FileLook
{
public:
    FileLook(const FilesPlace& place, const SourceConfig& config, Settings& format)
        : m_place(place), m_config(config), m_format(format)
    {}

    Status look(const ListedFile& file, std::stop_token stop)
    {
        const FileRoot& root = m_place.root();
        const std::string name = root.fullPath(file.path);
        TextEnds ends;
        if (isCsv(file)) {
            Result<TextEnds> looked = lookIntoFile(root, file, *m_decoder, stop);
            if (!looked)
                return fail(looked.error());
            ends = std::move(*looked);
            if (Status status = detectDialect(ends, name, m_config, m_format); !status)
                return status;
        }
        Settings settings = m_format;
        settings.try_emplace("final_newline", "optional");
        Result<std::unique_ptr<FileReader>> reader =
            openFileReader(root, file, settings, stop, m_decoder);
        if (!reader)
            return fail(reader.error());
        const std::vector<SourceColumn>& columns = (*reader)->columns();
        if (isWithoutRows(**reader))
            return fail(ErrorCode::SourceEmpty,
                        fmt::format("{} is empty: no row names the columns yet.", name),
                        "It can be read as soon as one day has rows.");
        noteColumns(**reader);
        if (isCsv(file) && !m_format.contains("final_newline")) {
            if (Status status =
                    detectEnding(ends, name, columns.size(), m_format, m_seenWithoutNewline);
                !status)
                return status;
        }
        const MappedSchema schema =
            mapColumns(dataset(m_config.dataset), columns, m_config.columnMap);
        const std::string date = schema.mapping.names[metrics::Date];
        if (date.empty() || m_format.contains("date_format"))
            return {};
        if (Status status = sampleDates(**reader, date, m_dates, std::move(stop)); !status)
            return status;
        m_datePlace = fmt::format("Column {} of {}", shortened(date), shortened(file.path));
        return {};
    }

    Status finish()
    {
        m_format.try_emplace("final_newline", m_seenWithoutNewline ? "optional" : "required");
        if (m_format.contains("date_format"))
            return {};
        const Result<DateFormat> found = detectDateFormat(m_dates, m_datePlace, "date_format");
        if (!found)
            return fail(found.error());
        m_format["date_format"] = dateFormatName(*found);
        return {};
    }

private:
    /// The newest file comes first, and its columns count.
    void noteColumns(const FileReader& reader)
    {
        std::vector<std::string> names;
        for (const SourceColumn& column : reader.columns())
            names.push_back(column.name);
        m_format.try_emplace("columns", columnsSetting(names));
    }

    std::shared_ptr<Decoder> m_decoder = makeDecoder();
    const FilesPlace& m_place;
    const SourceConfig& m_config;
    Settings& m_format;
    DateSamples m_dates;
    std::string m_datePlace;
    bool m_seenWithoutNewline = false;
};

} // namespace

bool saysNothingOfOthers(const Error& error)
{
    return error.code == ErrorCode::SourceTruncated || error.code == ErrorCode::SourceEmpty;
}

Status detectFileFormat(const FilesPlace& place, const SourceConfig& config, Settings& format,
                        std::stop_token stop)
{
    format.try_emplace("layout", filesLayoutName(place.layout()));
    const Result<Listing> samples = place.sampleFiles();
    if (!samples)
        return fail(samples.error());
    FileLook look(place, config, format);
    std::size_t whole = 0;
    Status broken;
    for (const ListedFile& file : samples->files) {
        const Status status = look.look(file, stop);
        if (status)
            ++whole;
        else if (saysNothingOfOthers(status.error()))
            broken = status;
        else
            return status;
    }
    if (whole == 0)
        return broken;
    return look.finish();
}

} // namespace daymark
