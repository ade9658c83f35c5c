// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/duckdb/duck_database.h"
#include "core/source/batch_buffers.h"
#include "core/source/file_reader.h"

namespace daymark {

/// Reads a Parquet file through DuckDB, in the order of its rows.
class ParquetReader : public FileReader
{
public:
    [[nodiscard]] static Result<std::unique_ptr<ParquetReader>>
    open(OpenFile file, const ListedFile& listed, std::string name, std::stop_token stop);

    [[nodiscard]] const std::vector<SourceColumn>& columns() const override { return m_columns; }
    [[nodiscard]] Status select(const std::vector<std::string>& names) override;
    [[nodiscard]] Result<bool> read(Batch& batch, std::stop_token stop) override;
    [[nodiscard]] std::optional<std::uint64_t> expectedRows() const override { return m_rows; }
    [[nodiscard]] double fraction() const override;

private:
    ParquetReader(OpenFile file, std::string name, DuckConnection connection);
    [[nodiscard]] Status describe(std::stop_token stop);
    [[nodiscard]] Error explained(const Error& error) const;
    void takeChunk(Batch& batch);
    void takeColumn(const DuckVector& vector, std::size_t rows, std::vector<Cell>& cells);

    OpenFile m_file;
    std::string m_name;
    std::string m_table; ///< read_parquet(…) of just this file
    DuckConnection m_connection;
    std::vector<SourceColumn> m_columns;
    std::vector<DuckType> m_types;
    std::uint64_t m_rows = 0;
    std::uint64_t m_read = 0;
    std::size_t m_canonicalColumns = 0;
    std::vector<std::size_t> m_selected; ///< canonical columns in the order of the SELECT
    std::string m_select;
    std::stop_source m_stop; ///< ends the query, whichever call's token asks for it
    std::optional<DuckResult> m_result;
    BatchBuffers m_buffers;
    std::size_t m_textBytes = 0; ///< that the batch at hand points to
};

} // namespace daymark
