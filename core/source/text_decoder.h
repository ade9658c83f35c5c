// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/file_decoder.h"
#include "core/source/file_reader.h"

namespace daymark {

/// Decodes a file of CSV or JSON lines, plain or compressed.
class TextDecoder : public FileDecoder
{
public:
    /// @param file  at its beginning.
    [[nodiscard]] static Result<std::unique_ptr<FileDecoder>> open(Descriptor file,
                                                                   const OpenOrder& order);

    [[nodiscard]] const OpenedFile& file() const override { return m_file; }
    [[nodiscard]] Status select(const SelectOrder& order) override;
    [[nodiscard]] const DecodeSlot& shape() const override { return m_shape; }
    [[nodiscard]] Result<std::optional<RowsNotice>> fill(std::span<char> slot) override;

private:
    explicit TextDecoder(std::unique_ptr<FileReader> reader);
    [[nodiscard]] bool isUsedUp() const
    {
        return m_at == m_batch.rows && m_brokenAt == m_batch.broken.size();
    }
    void takeBroken(RowsNotice& notice);
    [[nodiscard]] bool takeRows(std::span<char> slot, std::size_t rows, RowsNotice& notice);
    [[nodiscard]] bool takeColumn(std::span<char> slot, std::size_t column, std::size_t rows,
                                  std::size_t& texts);

    std::unique_ptr<FileReader> m_reader;
    OpenedFile m_file;
    DecodeSlot m_shape;
    Batch m_batch;
    std::size_t m_at = 0;       ///< rows of it that were sent
    std::size_t m_brokenAt = 0; ///< broken rows of it that were sent
};

/// The text at the beginning of such a file, and at its end where it is not far.
///
/// @param file  at its beginning.
[[nodiscard]] Result<TextEnds> lookAtText(const Descriptor& file, const OpenOrder& order);

} // namespace daymark
