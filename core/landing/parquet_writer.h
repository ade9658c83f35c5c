// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schema/landed_block.h"

#include <filesystem>
#include <map>
#include <string>

namespace daymark {

struct ParquetOptions
{
    /// Kept in the file's footer: the run, the source, the day.
    std::map<std::string, std::string> metadata;

    /// Every id type that a row may have. Where they are given and few, the file is written faster.
    std::vector<std::string> idTypes = {};

    /// In bytes. What DuckDB may hold while it writes.
    std::uint64_t memoryLimit = std::uint64_t{512} << 20U;
};

/// Writes the accepted rows of a day to one Parquet file: unit_id, id_type, metric_name (VARCHAR),
/// metric_value, numerator, denominator (DOUBLE); zstd; row groups of kBlockRows rows. Two threads
/// of its own take the blocks from a short queue. The file is neither synced nor moved.
class ParquetWriter : public BlockSink
{
public:
    /// Starts writing to `path`, which must not exist, in a folder that must.
    [[nodiscard]] static Result<std::unique_ptr<ParquetWriter>> open(std::filesystem::path path,
                                                                     const ParquetOptions& options);

    /// Gives up, unless it has finished: waits for its threads and removes the file.
    ~ParquetWriter() override;

    [[nodiscard]] Status put(LandedBlock block, std::stop_token stop) override;

    /// Waits until everything is in the file, and says how many rows those were; a day without rows
    /// makes a file with the columns alone. After an error, or a second time: the same error.
    [[nodiscard]] Result<std::uint64_t> finish(std::stop_token stop);

private:
    struct Work;
    explicit ParquetWriter(std::unique_ptr<Work> work);
    std::unique_ptr<Work> m_work;
};

} // namespace daymark
