// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/browse.h"

#include "core/base/text.h"
#include "core/source/file_reader.h"
#include "core/source/files_detection.h"
#include "core/source/files_place.h"
#include "core/source/test_steps.h"

#include <fmt/format.h>

#include <algorithm>

namespace daymark {

namespace {

constexpr std::size_t kLookedInto = 200; ///< folders that are looked into for days

std::string fileKind(FileType type)
{
    switch (type.format) {
    case FileFormat::Csv:
        return "CSV file";
    case FileFormat::JsonLines:
        return "JSON lines file";
    case FileFormat::Parquet:
        return "Parquet file";
    }
    return "file";
}

bool holdsDays(const FileRoot& root, const std::string& folder)
{
    const Result<Listing> inside = root.list(folder);
    return inside &&
           std::any_of(inside->folders.begin(), inside->folders.end(),
                       [](const std::string& name) { return parseDay(name).has_value(); });
}

void addFolders(const FileRoot& root, const Listing& listing, std::vector<PlaceItem>& items)
{
    std::size_t lookedInto = 0;
    for (const std::string& folder : listing.folders) {
        if (parseDay(folder) || items.size() >= kMostItems)
            continue;
        const bool days = ++lookedInto <= kLookedInto && holdsDays(root, folder);
        items.push_back(
            {folder, folder + (days ? "/*/" : "/"), days ? "folder a day" : "folder", {}});
    }
}

void addFiles(const Listing& listing, std::vector<PlaceItem>& items)
{
    for (const ListedFile& file : listing.files)
        if (file.type && items.size() < kMostItems)
            items.push_back({file.name, file.name, fileKind(*file.type), {}});
}

/// What a source finds without being told a table.
std::optional<PlaceItem> foundByItself(SourceConfig config)
{
    config.table.clear();
    const Result<FilesPlace> place = FilesPlace::open(config);
    if (!place)
        return std::nullopt;
    return PlaceItem{"", place->dataPlace(), "found by its name", {}};
}

Result<std::vector<PlaceItem>> listFolder(const SourceConfig& config)
{
    const Result<FileRoot> root = FileRoot::open(config.uri);
    if (!root)
        return fail(root.error());
    const Result<Listing> listing = root->list({});
    if (!listing)
        return fail(listing.error());
    std::vector<PlaceItem> items;
    if (std::optional<PlaceItem> own = foundByItself(config))
        items.push_back(std::move(*own));
    addFolders(*root, *listing, items);
    addFiles(*listing, items);
    return items;
}

void addRows(const Batch& batch, std::size_t most, PlaceSample& sample)
{
    for (std::size_t row = 0; row < batch.rows && sample.rows.size() < most; ++row) {
        auto& values = sample.rows.emplace_back();
        for (const std::vector<Cell>& column : batch.columns)
            values.push_back(column.empty() ? std::nullopt : sampleValue(column[row]));
    }
}

Status readSample(FileReader& reader, std::size_t rows, PlaceSample& sample, std::stop_token stop)
{
    sample.columns = reader.columns();
    std::vector<std::string> names;
    for (std::size_t i = 0; i < std::min(sample.columns.size(), kSampleColumns); ++i)
        names.push_back(sample.columns[i].name);
    if (Status status = reader.select(names); !status)
        return status;
    Batch batch;
    while (sample.rows.size() < rows) {
        const Result<bool> more = reader.read(batch, stop);
        if (!more)
            return fail(more.error());
        if (!*more)
            return {};
        addRows(batch, rows, sample);
    }
    return {};
}

} // namespace

PlaceListing browseFiles(const SourceConfig& config, std::stop_token)
{
    std::error_code ignored;
    TestSteps steps;
    PlaceListing listing;
    if (std::filesystem::is_regular_file(config.uri, ignored)) {
        const Result<FilesPlace> place = FilesPlace::open(config);
        if (!steps.check("open the file", place, config.uri + " is a file."))
            return {std::move(steps).list(), {}};
        listing.items.push_back({"", place->dataPlace(), "file", {}});
        listing.steps = std::move(steps).list();
        return listing;
    }
    auto items = listFolder(config);
    if (!steps.check("open the folder", items, config.uri + " opens for reading."))
        return {std::move(steps).list(), {}};
    if (items->empty())
        steps.warn("list the files", "The folder has no data files and no folders.",
                   "Choose another folder, or put the first day's files there.");
    else
        steps.pass("list the files", fmt::format("It offers {} {}.", groupedDigits(items->size()),
                                                 items->size() == 1 ? "place" : "places"));
    listing.items = std::move(*items);
    listing.steps = std::move(steps).list();
    return listing;
}

Result<PlaceSample> sampleFiles(const SourceConfig& config, std::size_t rows, std::stop_token stop)
{
    const Result<FilesPlace> place = FilesPlace::open(config);
    if (!place)
        return fail(place.error());
    const Result<Listing> files = place->sampleFiles();
    if (!files)
        return fail(files.error());
    PlaceSample sample;
    sample.title = place->dataPlace();
    if (files->files.empty())
        return fail(ErrorCode::SourceMissing,
                    fmt::format("There are no data files in {} yet.",
                                place->root().fullPath(place->dataPlace())),
                    "Put the first day's files there, or choose another place.");
    // Dates that can be read in two ways are settled later; here the rows are enough.
    std::map<std::string, std::string> format = config.format;
    const Status detected = detectFileFormat(*place, config, format, stop);
    if (!detected && !format.contains("columns"))
        return fail(detected.error());
    format.try_emplace("final_newline", "optional");
    const auto reader = openFileReader(place->root(), files->files.front(), format, stop);
    if (!reader)
        return fail(reader.error());
    if (Status status = readSample(**reader, rows, sample, std::move(stop)); !status)
        return fail(status.error());
    return sample;
}

} // namespace daymark
