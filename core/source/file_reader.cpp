// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/file_reader.h"

#include "core/source/csv_reader.h"
#include "core/source/decoded_reader.h"
#include "core/source/format_keys.h"
#include "core/source/jsonl_reader.h"

#include <fmt/format.h>

#include <algorithm>

namespace daymark {

namespace {

Result<std::unique_ptr<FileReader>> openCsv(OpenFile open, const ListedFile& file, std::string name,
                                            const std::map<std::string, std::string>& format)
{
    const Result<CsvDialect> dialect = CsvDialect::of(format);
    if (!dialect)
        return fail(dialect.error());
    const auto header = format.find("header");
    const bool isGiven = header != format.end() && header->second == "no";
    const std::vector<std::string> given = isGiven ? columnsOf(format) : std::vector<std::string>();
    return CsvReader::open(std::move(open), file, std::move(name), *dialect, given);
}

} // namespace

Result<std::unique_ptr<FileReader>> openFileReader(const FileRoot& root, const ListedFile& file,
                                                   const std::map<std::string, std::string>& format,
                                                   std::stop_token stop,
                                                   std::shared_ptr<Decoder> decoder)
{
    Result<OpenFile> open = root.openFile(file);
    if (!open)
        return fail(open.error());
    std::string name = root.fullPath(file.path);
    if (!file.type)
        return fail(ErrorCode::SourceFormat, fmt::format("{} has an unknown ending.", name),
                    "Use .csv, .tsv, .txt, .jsonl, .ndjson, .json or .parquet, with .gz or .zst "
                    "behind it where it is compressed.");
    switch (file.type->format) {
    case FileFormat::Csv:
        return openCsv(std::move(*open), file, std::move(name), format);
    case FileFormat::JsonLines:
        return JsonlReader::open(std::move(*open), file, std::move(name));
    case FileFormat::Parquet:
        return DecodedReader::open(std::move(*open), file, std::move(name),
                                   decoder ? std::move(decoder) : makeDecoder(), std::move(stop));
    }
    return fail(ErrorCode::Internal, "There is no such file format.");
}

std::shared_ptr<Decoder> makeDecoder() { return std::make_shared<Decoder>(); }

std::vector<std::optional<std::size_t>> canonicalByColumn(const std::vector<SourceColumn>& columns,
                                                          const std::vector<std::string>& names)
{
    std::vector<std::optional<std::size_t>> canonical(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto found = std::find(names.begin(), names.end(), columns[i].name);
        if (found != names.end() && !columns[i].name.empty())
            canonical[i] = static_cast<std::size_t>(found - names.begin());
    }
    return canonical;
}

} // namespace daymark
