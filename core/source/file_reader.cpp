// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/file_reader.h"

#include "core/source/decoded_reader.h"

#include <fmt/format.h>

#include <algorithm>

namespace daymark {

namespace {

/// An open file, and what the child is told of it.
struct Opened
{
    Descriptor file;
    OpenOrder order;
};

Result<Opened> openFor(const FileRoot& root, const ListedFile& file,
                       const std::map<std::string, std::string>& format)
{
    Result<Descriptor> open = root.openFile(file);
    if (!open)
        return fail(open.error());
    Opened opened{std::move(*open), {root.fullPath(file.path), {}, file.size, 0, format}};
    if (!file.type)
        return fail(ErrorCode::SourceFormat,
                    fmt::format("{} has an unknown ending.", opened.order.name),
                    "Use .csv, .tsv, .txt, .jsonl, .ndjson, .json or .parquet, with .gz or .zst "
                    "behind it where it is compressed.");
    opened.order.type = *file.type;
    // The columns that were there at set-up say something where the file itself does not.
    if (const auto header = format.find("header"); header == format.end() || header->second != "no")
        opened.order.format.erase("columns");
    return opened;
}

} // namespace

Result<std::unique_ptr<FileReader>> openFileReader(const FileRoot& root, const ListedFile& file,
                                                   const std::map<std::string, std::string>& format,
                                                   std::stop_token stop,
                                                   std::shared_ptr<Decoder> decoder)
{
    Result<Opened> opened = openFor(root, file, format);
    if (!opened)
        return fail(opened.error());
    return DecodedReader::open(opened->file, std::move(opened->order),
                               decoder ? std::move(decoder) : makeDecoder(), std::move(stop));
}

Result<TextEnds> lookIntoFile(const FileRoot& root, const ListedFile& file, Decoder& decoder,
                              const std::stop_token& stop)
{
    Result<Opened> opened = openFor(root, file, {});
    if (!opened)
        return fail(opened.error());
    return lookAtEnds(opened->file, std::move(opened->order), decoder, stop);
}

bool isWithoutRows(const FileReader& reader)
{
    return !reader.hasFixedColumns() && reader.columns().empty() && reader.expectedRows() == 0;
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
