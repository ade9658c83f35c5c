// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/duckdb/duck_database.h"
#include "core/source/file_decoder.h"

namespace daymark {

/// Decodes a Parquet file through DuckDB.
class ParquetReader : public FileDecoder
{
public:
    /// @param path  one that the connection's database may read.
    /// @param name  the file, for error messages.
    [[nodiscard]] static Result<std::unique_ptr<FileDecoder>>
    open(DuckConnection& connection, const std::string& path, std::string name);

    [[nodiscard]] const OpenedFile& file() const override { return m_file; }
    [[nodiscard]] Status select(const SelectOrder& order) override;
    [[nodiscard]] const DecodeSlot& shape() const override { return m_shape; }
    [[nodiscard]] Result<std::optional<RowsNotice>> fill(std::span<char> slot) override;

private:
    ParquetReader(DuckConnection& connection, std::string path, std::string name)
        : m_connection(connection), m_path(std::move(path)), m_name(std::move(name))
    {}
    [[nodiscard]] Status describe();
    [[nodiscard]] Error explained(const Error& error) const;
    [[nodiscard]] Result<bool> nextChunk();
    [[nodiscard]] bool take(std::span<char> slot, std::size_t rows);
    [[nodiscard]] bool takeColumn(std::span<char> slot, std::size_t column, std::size_t rows);
    template <class Text>
    [[nodiscard]] bool putTexts(std::span<char> slot, const DuckVector& vector, std::size_t rows,
                                std::uint64_t* places, Text textOf);

    DuckConnection& m_connection;
    std::string m_path;  ///< that of a descriptor
    std::string m_name;  ///< for people
    std::string m_table; ///< read_parquet(…) of just this file
    std::vector<DuckType> m_types;
    OpenedFile m_file;
    DecodeSlot m_shape;
    std::string m_select;
    std::string m_kinds; ///< a Cell::Kind a chosen column
    std::optional<DuckResult> m_result;
    std::size_t m_chunkRows = 0; ///< of the chunk at hand
    std::size_t m_chunkAt = 0;   ///< of them taken
    std::size_t m_rows = 0;      ///< in the slot at hand
    std::size_t m_texts = 0;     ///< bytes of texts in it
    std::uint64_t m_read = 0;    ///< of the file
};

} // namespace daymark
