// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/csv_parser.h"
#include "core/source/file_reader.h"
#include "core/source/text_blocks.h"

namespace daymark {

/// The most columns that a header may have.
inline constexpr std::size_t kMostColumns = 10'000;

/// The first record of a CSV file.
struct CsvHeader
{
    std::vector<std::string> names; ///< the first with the byte-order mark, where there is one
    std::uint64_t lines = 0;        ///< that it takes up
    bool hasLineEnd = false;
    double averageLine = 0; ///< bytes of the lines behind it, by a sample; 0 where there are none
};

/// Takes the header from the front of a stream. ErrorCode::SourceEmpty, SourceFormat (no text, a
/// name twice) or SourceLimit (over 10,000 columns, or no line end within 16 MiB).
///
/// @param given  the names, where the file has no header.
[[nodiscard]] Result<CsvHeader> takeCsvHeader(TextBlocks& blocks, const CsvDialect& dialect,
                                              const std::string& name,
                                              std::span<const std::string> given = {});

class CsvReader : public FileReader
{
public:
    /// @param file   kept open as long as the reader lives.
    /// @param given  the columns, where the file has no header.
    [[nodiscard]] static Result<std::unique_ptr<CsvReader>>
    open(Descriptor file, const ListedFile& listed, std::string name, CsvDialect dialect,
         std::span<const std::string> given);

    [[nodiscard]] const std::vector<SourceColumn>& columns() const override { return m_columns; }
    [[nodiscard]] Status select(const std::vector<std::string>& names) override;
    [[nodiscard]] Result<bool> read(Batch& batch, std::stop_token stop) override;
    [[nodiscard]] std::optional<std::uint64_t> expectedRows() const override;
    [[nodiscard]] double fraction() const override;

private:
    CsvReader(Descriptor file, std::unique_ptr<ByteStream> stream, std::string name,
              std::uint64_t fileSize, CsvDialect dialect);
    [[nodiscard]] Result<bool> readBlock(std::size_t size, Batch& batch);
    void skip(const TextBlocks::Block& block);
    [[nodiscard]] Status finish(bool isUnfinished, bool lacksLineEnd);

    Descriptor m_file;
    TextBlocks m_blocks;
    std::string m_name;
    std::uint64_t m_fileSize;
    CsvDialect m_dialect;
    CsvHeader m_header;
    std::vector<SourceColumn> m_columns;
    std::optional<std::uint64_t> m_expectedRows;
    std::size_t m_blockSize = 0;
    std::optional<CsvParser> m_parser;
    std::size_t m_canonicalColumns = 0;
    BatchBuffers m_buffers;
    bool m_isSkipping = false; ///< within a line that is too long
    bool m_isDone = false;
};

} // namespace daymark
