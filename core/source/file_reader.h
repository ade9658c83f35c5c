// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/batch.h"
#include "core/schema/mapping.h"
#include "core/source/file_root.h"

#include <memory>

namespace daymark {

/// Reads the rows of one file. Used by one thread.
class FileReader
{
public:
    virtual ~FileReader() = default;

    /// The columns of the file, known once it is open.
    [[nodiscard]] virtual const std::vector<SourceColumn>& columns() const = 0;

    /// Whether a column that is missing means a changed file (a header that lacks it), rather than
    /// just no value in any row (JSON lines).
    [[nodiscard]] virtual bool hasFixedColumns() const { return true; }

    /// Chooses what is read: by canonical column the file's own name for it, empty where unmapped.
    /// To be called once, before the first `read`, with names that the file has.
    [[nodiscard]] virtual Status select(const std::vector<std::string>& names) = 0;

    /// As RowReader::read, for this file; leaves `Batch::file` alone.
    [[nodiscard]] virtual Result<bool> read(Batch& batch, std::stop_token stop) = 0;

    /// About how many rows the whole file has.
    [[nodiscard]] virtual std::optional<std::uint64_t> expectedRows() const = 0;

    /// How much of it was read, 0 to 1.
    [[nodiscard]] virtual double fraction() const = 0;
};

class Decoder;

/// Opens a listed file for reading, by its type.
///
/// @param format  the settings that were found when the source was set up.
/// @param decoder  what decodes files, in a process of its own; kept from one file to the next it
///     is started once. None: one for this file. One reader at a time.
[[nodiscard]] Result<std::unique_ptr<FileReader>>
openFileReader(const FileRoot& root, const ListedFile& file,
               const std::map<std::string, std::string>& format, std::stop_token stop,
               std::shared_ptr<Decoder> decoder = {});

struct TextEnds;

/// The text of a listed file at its beginning and its end (decode_wire.h). While no reader of the
/// decoder is in use.
[[nodiscard]] Result<TextEnds> lookIntoFile(const FileRoot& root, const ListedFile& file,
                                            Decoder& decoder, const std::stop_token& stop);

/// Whether it is a file without a header (JSON lines) that has no line at all: a day without rows.
[[nodiscard]] bool isWithoutRows(const FileReader& reader);

[[nodiscard]] std::shared_ptr<Decoder> makeDecoder();

/// By column of the file: the canonical column that it feeds.
[[nodiscard]] std::vector<std::optional<std::size_t>>
canonicalByColumn(const std::vector<SourceColumn>& columns, const std::vector<std::string>& names);

} // namespace daymark
