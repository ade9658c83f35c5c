// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/checker.h"

#include <filesystem>

namespace daymark {

/// The rejected rows of one run as CSV in UTF-8: `file,row,codes`, the canonical columns as the
/// source had them, and `raw`, the text of a line that could not be split. Codes are separated by
/// blanks. Null is an empty field, an empty text is `""`. A value that is no UTF-8 or has a NUL
/// byte is written as
/// `\x` and the hexadecimal digits of all its bytes.
class RejectsFile
{
public:
    /// Creates nothing yet; an empty path never does.
    explicit RejectsFile(std::filesystem::path path);
    RejectsFile(const RejectsFile&) = delete;
    RejectsFile& operator=(const RejectsFile&) = delete;
    ~RejectsFile();

    [[nodiscard]] Status add(const Batch& batch, std::size_t row, std::uint32_t rules);
    [[nodiscard]] Status add(const Batch& batch, const BrokenRow& broken);

    /// Writes what is left and forces the file to the disk.
    [[nodiscard]] Status close();

    [[nodiscard]] bool exists() const { return m_created; }

private:
    [[nodiscard]] Status begin(std::string_view file, std::uint64_t number, std::uint32_t rules);
    void addText(std::string_view text);
    [[nodiscard]] Status addValue(std::string_view value);
    [[nodiscard]] Status flush();

    std::filesystem::path m_path;
    int m_descriptor = -1;
    bool m_created = false;
    std::string m_buffer;
};

/// The codes of a mask, separated by blanks.
[[nodiscard]] std::string codesOf(std::uint32_t rules);

} // namespace daymark
