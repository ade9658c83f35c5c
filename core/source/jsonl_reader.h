// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/batch_buffers.h"
#include "core/source/file_reader.h"
#include "core/source/json_line.h"
#include "core/source/text_blocks.h"

namespace daymark {

/// Reads JSON lines: one object a line, its members the columns. Numbers are handed on as the text
/// that they are, so that none is rounded; a line that is no object becomes a BrokenRow.
class JsonlReader : public FileReader
{
public:
    [[nodiscard]] static Result<std::unique_ptr<JsonlReader>>
    open(Descriptor file, const ListedFile& listed, std::string name);

    /// The keys of the first lines.
    [[nodiscard]] const std::vector<SourceColumn>& columns() const override { return m_columns; }
    [[nodiscard]] bool hasFixedColumns() const override { return false; }
    [[nodiscard]] Status select(const std::vector<std::string>& names) override;
    [[nodiscard]] Result<bool> read(Batch& batch, std::stop_token stop) override;
    [[nodiscard]] std::optional<std::uint64_t> expectedRows() const override;
    [[nodiscard]] double fraction() const override;

private:
    JsonlReader(Descriptor file, std::unique_ptr<ByteStream> stream, std::string name,
                std::uint64_t fileSize);
    [[nodiscard]] Status lookAtBeginning();
    [[nodiscard]] Status readBlock(std::size_t size, Batch& batch);
    void takeLine(std::string_view line, Batch& batch);
    [[nodiscard]] Result<bool> takeRest(std::string_view rest, bool isLast, Batch& batch);
    [[nodiscard]] std::string_view takeCells(Batch& batch);
    [[nodiscard]] std::optional<std::size_t> canonicalOf(const JsonField& field,
                                                         std::size_t position);
    void addBroken(std::string_view line, std::string_view why, Batch& batch);

    Descriptor m_file;
    TextBlocks m_blocks;
    std::string m_name;
    std::uint64_t m_fileSize;
    std::vector<SourceColumn> m_columns;
    std::optional<std::uint64_t> m_expectedRows;
    std::vector<std::string> m_names;  ///< by canonical column
    std::vector<std::size_t> m_latest; ///< by position of a key: the canonical column it was lately
    std::vector<JsonField> m_fields;
    BatchBuffers m_buffers;
    std::uint64_t m_line = 1;
    bool m_isSkipping = false;
    bool m_isDone = false;
};

} // namespace daymark
