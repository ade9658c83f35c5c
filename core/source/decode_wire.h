// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a decoding child and its parent say to each other, as bytes. The parent takes nothing on
// trust: whatever the bytes are, reading them ends in values within their limits or in none, and
// never past their end.

#include "core/schema/batch.h"
#include "core/schema/mapping.h"
#include "core/source/file_root.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daymark {

enum class DecodeWord : std::uint32_t {
    Open = 1, ///< to the child, with the file: OpenOrder
    Look,     ///< to the child, with the file: OpenOrder; for a look at its text, not its rows
    Select,   ///< to the child, with the shared memory: SelectOrder; rows follow by themselves
    Free,     ///< to the child: the oldest DecodeSlot::kFreedAtOnce batches were taken
    Opened,   ///< from the child: OpenedFile
    Looked,   ///< from the child: TextEnds
    Rows,     ///< from the child: RowsNotice
    End,      ///< from the child: there are no more rows
    Failed,   ///< from the child: an Error
};

/// Stands in front of every message.
struct DecodeHead
{
    std::uint32_t word = 0;
    std::uint32_t size = 0; ///< bytes that follow
};

/// What a message may have at most: a header of CSV may take up 16 MiB.
inline constexpr std::uint32_t kMostDecodeBytes = 40U << 20U;
inline constexpr std::size_t kMostDecodedColumns = 10'000;

struct OpenOrder
{
    std::string name; ///< for people
    FileType type;
    std::uint64_t size = 0; ///< of the file, in bytes
    std::uint64_t processorSeconds = 0;
    std::map<std::string, std::string> format; ///< the source's settings
};

struct OpenedFile
{
    std::uint64_t rows = 0;
    bool isExact = false;        ///< the file itself says how many rows it has; else by its size
    bool hasFixedColumns = true; ///< FileReader::hasFixedColumns
    std::vector<SourceColumn> columns;
};

/// The columns of the file to read, by their names, each once.
struct SelectOrder
{
    std::vector<std::string> columns;
};

/// The text of a file at its beginning and at its end.
struct TextEnds
{
    std::string head;
    std::optional<std::string> tail; ///< none where it would take long to get there
};

/// A batch that lies in the shared memory: what DecodeSlot needs to take it.
struct RowsNotice
{
    std::uint32_t rows = 0;
    std::uint32_t textBytes = 0;
    std::uint32_t done = 0; ///< of the file, in millionths
    std::string kinds;      ///< a Cell::Kind a column
    std::vector<BrokenRow> broken;
};

/// What the broken rows of one notice may have together, about, and how many there may be.
inline constexpr std::size_t kMostBrokenBytes = 2UL << 20U;
inline constexpr std::size_t kMostBrokenRows = 4096;

[[nodiscard]] std::string wireBytes(const OpenOrder& order);
[[nodiscard]] std::string wireBytes(const OpenedFile& file);
[[nodiscard]] std::string wireBytes(const TextEnds& ends);
[[nodiscard]] std::string wireBytes(const SelectOrder& order);
[[nodiscard]] std::string wireBytes(const RowsNotice& notice);
[[nodiscard]] std::string wireBytes(const Error& error);

[[nodiscard]] std::optional<OpenOrder> openOrderFrom(std::string_view bytes);
[[nodiscard]] std::optional<OpenedFile> openedFileFrom(std::string_view bytes);
[[nodiscard]] std::optional<TextEnds> textEndsFrom(std::string_view bytes);
[[nodiscard]] std::optional<SelectOrder> selectOrderFrom(std::string_view bytes);
[[nodiscard]] std::optional<RowsNotice> rowsNoticeFrom(std::string_view bytes);
/// Its texts fit for people's eyes; a code that is none of a source's becomes SourceDamaged.
[[nodiscard]] std::optional<Error> errorFrom(std::string_view bytes);

} // namespace daymark
