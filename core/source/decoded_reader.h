// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/batch_buffers.h"
#include "core/source/decode_process.h"
#include "core/source/decode_slot.h"
#include "core/source/file_reader.h"

namespace daymark {

/// The decoding child of a day, or of a look at some files: started when it is first needed, and
/// anew after a file that was not read to its end. Used by one thread at a time.
class Decoder
{
public:
    /// A child that waits for an order.
    [[nodiscard]] Result<DecodeProcess*> process();

    /// Ends the child, whatever it is doing.
    void end() { m_process.reset(); }

private:
    std::unique_ptr<DecodeProcess> m_process;
};

/// Reads a file that the decoding child decodes (decode_child.h).
class DecodedReader : public FileReader
{
public:
    /// @param order  processorSeconds is set here.
    /// @param decoder  serves one reader at a time.
    [[nodiscard]] static Result<std::unique_ptr<DecodedReader>>
    open(const Descriptor& file, OpenOrder order, std::shared_ptr<Decoder> decoder,
         std::stop_token stop);

    DecodedReader(const DecodedReader&) = delete;
    DecodedReader& operator=(const DecodedReader&) = delete;
    ~DecodedReader() override;

    [[nodiscard]] const std::vector<SourceColumn>& columns() const override
    {
        return m_file.columns;
    }
    [[nodiscard]] bool hasFixedColumns() const override { return m_file.hasFixedColumns; }
    [[nodiscard]] Status select(const std::vector<std::string>& names) override;
    [[nodiscard]] Result<bool> read(Batch& batch, std::stop_token stop) override;
    [[nodiscard]] std::optional<std::uint64_t> expectedRows() const override;
    [[nodiscard]] double fraction() const override { return m_fraction; }

private:
    DecodedReader(std::string name, std::shared_ptr<Decoder> decoder)
        : m_name(std::move(name)), m_decoder(std::move(decoder))
    {}
    [[nodiscard]] Status begin(const Descriptor& file, OpenOrder order,
                               const std::stop_token& stop);
    [[nodiscard]] Status share(const SelectOrder& order);
    [[nodiscard]] Result<bool> take(const std::string& notice, Batch& batch);

    std::string m_name;
    std::shared_ptr<Decoder> m_decoder;
    DecodeProcess* m_process = nullptr; ///< the decoder's, while a file is being read
    OpenedFile m_file;
    std::uint64_t m_fileSize = 0;
    DecodeSlot m_shape;
    std::size_t m_canonicalColumns = 0;
    std::vector<std::size_t> m_selected; ///< canonical columns in the order of the slot's
    const char* m_memory = nullptr;      ///< shared with the child, which writes there
    std::uint64_t m_batches = 0;
    std::uint64_t m_read = 0; ///< rows
    double m_fraction = 0;
    bool m_isDone = false;
    bool m_hasFailed = true; ///< until the file was opened
    BatchBuffers m_buffers;
};

/// The beginning and the end of a text file, by the child.
[[nodiscard]] Result<TextEnds> lookAtEnds(const Descriptor& file, OpenOrder order, Decoder& decoder,
                                          const std::stop_token& stop);

} // namespace daymark
