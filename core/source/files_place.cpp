// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/files_place.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>

#include <sys/stat.h>

namespace daymark {

namespace {

constexpr std::string_view kSignals = "signals";

/// The name up to its first dot: `metrics` of `metrics.csv.gz`.
std::string_view stemOf(std::string_view name) { return name.substr(0, name.find('.')); }

bool isRegularFile(const std::string& path)
{
    struct stat info = {};
    return ::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
}

std::string withoutSlashes(std::string path)
{
    while (path.size() > 1 && path.back() == '/')
        path.pop_back();
    return path;
}

void keepKnown(Listing& listing)
{
    std::vector<ListedFile> known;
    for (ListedFile& file : listing.files) {
        if (file.type) {
            known.push_back(std::move(file));
        } else {
            listing.findings.push_back(
                {"source.file_skipped",
                 Severity::Warning,
                 {},
                 fmt::format("{} is passed over: its ending is that of no known format.",
                             shortened(file.path))});
        }
    }
    listing.files = std::move(known);
}

tl::unexpected<Error> nothingThere(const FileRoot& root, const std::string& name)
{
    return fail(ErrorCode::SourceMissing,
                fmt::format("There are no data files in {}.", root.fullPath({})),
                fmt::format("Put them into {}/YYYY-MM-DD/ or {}/, or name the right file or folder "
                            "with --table.",
                            name, name));
}

} // namespace

std::string_view filesLayoutName(FilesLayout layout)
{
    return layout == FilesLayout::Days ? "days" : "flat";
}

std::optional<FilesLayout> findFilesLayout(std::string_view name)
{
    if (name == "days")
        return FilesLayout::Days;
    if (name == "flat")
        return FilesLayout::Flat;
    return std::nullopt;
}

Result<FilesPlace> FilesPlace::open(const SourceConfig& config)
{
    const std::string uri = withoutSlashes(config.uri);
    const bool isFile = isRegularFile(uri);
    const std::filesystem::path path(uri);
    const std::string folder = path.has_parent_path() ? path.parent_path().string() : ".";
    Result<FileRoot> root = FileRoot::open(isFile ? folder : uri);
    if (!root)
        return fail(root.error());
    FilesPlace place(std::move(*root));
    place.m_signalPath = config.signalTable;
    if (isFile)
        place.m_file = path.filename().string();
    else if (Status status = place.findData(config); !status)
        return fail(status.error());
    if (Status status = place.findLayout(config); !status)
        return fail(status.error());
    return place;
}

Status FilesPlace::findData(const SourceConfig& config)
{
    return config.table.empty() ? findOwn(std::string(dataset(config.dataset).name))
                                : findTable(withoutSlashes(config.table));
}

Status FilesPlace::findTable(const std::string& table)
{
    const Result<FileRoot::Kind> kind = m_root.kindOf(table);
    if (!kind)
        return fail(kind.error());
    if (*kind == FileRoot::Kind::File) {
        m_file = table;
        return {};
    }
    if (*kind == FileRoot::Kind::Folder) {
        m_folder = table;
        return {};
    }
    const Result<Listing> listing = m_root.list({});
    if (!listing)
        return fail(listing.error());
    std::vector<std::string> names = listing->folders;
    for (const ListedFile& file : listing->files)
        names.push_back(file.name);
    const std::optional<std::string> near = nearest(table, names);
    return fail(
        ErrorCode::SourceTableMissing,
        fmt::format("There is no file or folder {} in {}.", shortened(table), m_root.fullPath({})),
        near ? fmt::format("Did you mean {}?", shortened(*near))
             : std::string("Name a file or a folder below the source's folder."));
}

Status FilesPlace::findOwn(const std::string& name)
{
    const Result<FileRoot::Kind> kind = m_root.kindOf(name);
    if (!kind)
        return fail(kind.error());
    if (*kind == FileRoot::Kind::Folder) {
        m_folder = name;
        return {};
    }
    const Result<Listing> listing = m_root.list({});
    if (!listing)
        return fail(listing.error());
    const auto isOwn = [&name](const ListedFile& file) {
        return file.type && stemOf(file.name) == name;
    };
    if (std::any_of(listing->files.begin(), listing->files.end(), isOwn)) {
        m_stem = name;
        return {};
    }
    const bool hasFiles =
        std::any_of(listing->files.begin(), listing->files.end(),
                    [this](const ListedFile& file) { return file.type && !isSignalFile(file); });
    const bool hasDays =
        std::any_of(listing->folders.begin(), listing->folders.end(),
                    [](const std::string& folder) { return parseDay(folder).has_value(); });
    if (!hasFiles && !hasDays)
        return nothingThere(m_root, name);
    return {};
}

Status FilesPlace::findLayout(const SourceConfig& config)
{
    if (!m_file.empty() || !m_stem.empty())
        return {};
    const auto entry = config.format.find("layout");
    if (entry != config.format.end()) {
        const std::optional<FilesLayout> layout = findFilesLayout(entry->second);
        if (!layout) {
            return fail(ErrorCode::SourceInvalid,
                        fmt::format("There is no layout {}.", shortened(entry->second, 40)),
                        "Set the format layout to days or to flat.");
        }
        m_layout = *layout;
        return {};
    }
    const Result<std::vector<Day>> days = dayFolders();
    if (!days)
        return fail(days.error());
    m_layout = days->empty() ? FilesLayout::Flat : FilesLayout::Days;
    return {};
}

std::string FilesPlace::below(const std::string& name) const
{
    return m_folder.empty() ? name : m_folder + "/" + name;
}

std::string FilesPlace::dataPlace() const
{
    if (!m_file.empty())
        return m_file;
    if (!m_stem.empty())
        return m_stem + ".*";
    const std::string folder = m_folder.empty() ? "" : m_folder + "/";
    if (m_layout == FilesLayout::Days)
        return folder + "*/";
    return folder.empty() ? "*" : folder;
}

std::string FilesPlace::signalPlace() const
{
    if (!m_signalPath.empty())
        return m_signalPath;
    const Result<Listing> beside = m_root.list({});
    if (beside && m_root.kindOf(std::string(kSignals)) != FileRoot::Kind::Folder)
        for (const ListedFile& file : beside->files)
            if (file.type && stemOf(file.name) == kSignals)
                return file.name;
    return std::string(kSignals) + "/";
}

bool FilesPlace::isSignalFile(const ListedFile& file) const
{
    return file.path == m_signalPath || (m_signalPath.empty() && stemOf(file.path) == kSignals);
}

Result<std::vector<Day>> FilesPlace::dayFolders() const
{
    const Result<Listing> listing = m_root.list(m_folder);
    if (!listing)
        return fail(listing.error());
    std::vector<Day> days;
    for (const std::string& folder : listing->folders) {
        if (const std::optional<Day> day = parseDay(folder))
            days.push_back(*day);
    }
    std::sort(days.begin(), days.end());
    return days;
}

Result<Listing> FilesPlace::flatFiles() const
{
    if (!m_file.empty()) {
        Result<ListedFile> file = m_root.find(m_file);
        if (!file)
            return fail(file.error());
        Listing listing;
        listing.files.push_back(std::move(*file));
        return listing;
    }
    Result<Listing> listing = m_root.list(m_folder);
    if (!listing)
        return listing;
    std::erase_if(listing->files, [this](const ListedFile& file) {
        return isSignalFile(file) || (!m_stem.empty() && stemOf(file.name) != m_stem);
    });
    keepKnown(*listing);
    return listing;
}

Result<Listing> FilesPlace::dataFiles(Day day) const
{
    if (m_layout == FilesLayout::Flat)
        return flatFiles();
    const std::string folder = below(formatDay(day));
    const Result<FileRoot::Kind> kind = m_root.kindOf(folder);
    if (!kind)
        return fail(kind.error());
    if (*kind == FileRoot::Kind::Nothing)
        return Listing{};
    Result<Listing> listing = m_root.list(folder);
    if (!listing)
        return listing;
    for (const std::string& inner : listing->folders) {
        listing->findings.push_back({"source.file_skipped",
                                     Severity::Warning,
                                     {},
                                     fmt::format("{}/{} is passed over: folders within the folder "
                                                 "of a day are not read.",
                                                 folder, shortened(inner))});
    }
    keepKnown(*listing);
    return listing;
}

Result<Listing> FilesPlace::sampleFiles() const
{
    Listing samples;
    if (m_layout == FilesLayout::Flat) {
        Result<Listing> listing = flatFiles();
        if (!listing)
            return listing;
        samples.findings = std::move(listing->findings);
        if (!listing->files.empty())
            samples.files.push_back(listing->files.back());
        if (listing->files.size() > 1)
            samples.files.push_back(listing->files.front());
        return samples;
    }
    Result<std::vector<Day>> days = dayFolders();
    if (!days)
        return fail(days.error());
    std::reverse(days->begin(), days->end());
    std::optional<ListedFile> empty; // which says nothing of the others
    for (std::size_t i = 0; i < days->size(); ++i) {
        const bool isWanted = samples.files.empty() || i + 1 == days->size();
        if (!isWanted)
            continue;
        Result<Listing> listing = dataFiles((*days)[i]);
        if (!listing)
            return listing;
        samples.findings.insert(samples.findings.end(), listing->findings.begin(),
                                listing->findings.end());
        const auto telling = std::find_if(listing->files.begin(), listing->files.end(),
                                          [](const ListedFile& file) { return file.size > 0; });
        if (telling != listing->files.end())
            samples.files.push_back(*telling);
        else if (!listing->files.empty())
            empty = listing->files.front();
    }
    if (samples.files.empty() && empty)
        samples.files.push_back(std::move(*empty));
    return samples;
}

Result<Listing> FilesPlace::signalFiles() const
{
    const std::string path =
        m_signalPath.empty() ? std::string(kSignals) : withoutSlashes(m_signalPath);
    const Result<FileRoot::Kind> kind = m_root.kindOf(path);
    if (!kind)
        return fail(kind.error());
    if (*kind == FileRoot::Kind::Folder)
        return m_root.list(path);
    Listing found;
    if (*kind == FileRoot::Kind::File) {
        Result<ListedFile> file = m_root.find(path);
        if (!file)
            return fail(file.error());
        found.files.push_back(std::move(*file));
        return found;
    }
    const Result<Listing> listing = m_root.list({});
    if (!listing)
        return listing;
    if (m_signalPath.empty()) {
        for (const ListedFile& file : listing->files) {
            if (file.type && stemOf(file.name) == kSignals)
                found.files.push_back(file);
        }
    }
    if (found.files.empty()) {
        return fail(
            ErrorCode::SignalMissing,
            fmt::format("There is no {} in {}.", shortened(signalPlace()), m_root.fullPath({})),
            "Put an empty file signals/YYYY-MM-DD or a file with the column finished_date "
            "there, or name it with --signal-table.");
    }
    return found;
}

} // namespace daymark
