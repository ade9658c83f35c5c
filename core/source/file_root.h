// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/descriptor.h"
#include "core/base/error.h"
#include "core/schema/rule.h"
#include "core/source/byte_stream.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace daymark {

enum class FileFormat { Csv, JsonLines, Parquet };

/// What a file is by the ending of its name: `.csv.gz`, `.jsonl`, `.parquet`, …
struct FileType
{
    FileFormat format = FileFormat::Csv;
    Compression compression = Compression::None;
};

[[nodiscard]] std::optional<FileType> fileTypeOf(std::string_view name);

/// A regular file as it was listed.
struct ListedFile
{
    std::string path; ///< below the root
    std::string name;
    std::optional<FileType> type; ///< none for an unknown ending
    std::uint64_t size = 0;
    std::uint64_t inode = 0;
    std::uint64_t device = 0;
    std::int64_t modified = 0; ///< nanoseconds
};

/// What a folder holds, by name.
struct Listing
{
    std::vector<ListedFile> files;
    std::vector<std::string> folders;
    std::vector<SchemaFinding> findings; ///< what was passed over, and why
};

/// A customer's folder. Nothing outside of it is ever opened: neither by `..` nor by a link.
class FileRoot
{
public:
    /// ErrorCode::SourceMissing, SourcePermission or SourceInvalid (no folder).
    [[nodiscard]] static Result<FileRoot> open(const std::string& path);

    /// Lists a folder below the root (`` for itself). Hidden names (`.` or `_` in front) are passed
    /// over; links that lead out, pipes, devices and the like are passed over with a finding.
    [[nodiscard]] Result<Listing> list(const std::string& folder) const;

    enum class Kind { Nothing, File, Folder, Other };
    /// What a path below the root is. ErrorCode::SourceInvalid for one that leads out.
    [[nodiscard]] Result<Kind> kindOf(const std::string& path) const;

    /// A single file as `list` would show it.
    [[nodiscard]] Result<ListedFile> find(const std::string& path) const;

    /// Opens a listed file. ErrorCode::SourceChanged where it is no longer the one that was listed.
    [[nodiscard]] Result<Descriptor> openFile(const ListedFile& file) const;

    /// ErrorCode::SourceChanged where the file of that name is no longer the one that was listed.
    [[nodiscard]] Status checkUnchanged(const ListedFile& file) const;

    /// The path for people.
    [[nodiscard]] std::string fullPath(const std::string& path) const;

private:
    FileRoot(std::string path, Descriptor folder)
        : m_path(std::move(path)), m_folder(std::move(folder))
    {}
    [[nodiscard]] int openBelow(const std::string& path, int flags) const;

    std::string m_path;
    Descriptor m_folder;
};

} // namespace daymark
