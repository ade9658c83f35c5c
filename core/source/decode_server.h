// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/duckdb/duck_database.h"
#include "core/source/decode_channel.h"
#include "core/source/file_decoder.h"

namespace daymark {

/// What the decoding child does: opens the files that it is sent, one after another, and fills the
/// shared memory with their rows, as far ahead as there is room.
class DecodeServer
{
public:
    explicit DecodeServer(Descriptor socket) : m_channel(std::move(socket)) {}
    DecodeServer(const DecodeServer&) = delete;
    DecodeServer& operator=(const DecodeServer&) = delete;
    ~DecodeServer();

    /// Serves until the parent has closed its end.
    void run();

private:
    [[nodiscard]] Status openDatabase();
    [[nodiscard]] Status open(const OpenOrder& order, Descriptor file);
    [[nodiscard]] Status look(const OpenOrder& order, const Descriptor& file);
    [[nodiscard]] Result<std::unique_ptr<FileDecoder>> openParquet(const Descriptor& file);
    [[nodiscard]] Status select(const SelectOrder& order, const Descriptor& memory);
    [[nodiscard]] Status sendRows();
    [[nodiscard]] Status obey(DecodeChannel::Message message);
    [[nodiscard]] bool awaitPlace();
    void close();

    DecodeChannel m_channel;
    std::optional<DuckConnection> m_connection;
    int m_nextFile = 0; ///< the descriptor that the next file gets; each once a database
    int m_file = -1;
    std::string m_name;
    std::unique_ptr<FileDecoder> m_decoder;
    char* m_memory = nullptr; ///< shared
    std::size_t m_memorySize = 0;
    std::uint64_t m_sent = 0;  ///< batches
    std::uint64_t m_freed = 0; ///< of them
    bool m_isOver = false;
};

} // namespace daymark
