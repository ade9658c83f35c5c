// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a decoding child may send when it is no longer ours: any message, any batch. Whatever is
// taken lies in memory that can be read.
#include "core/source/decode_slot.h"
#include "fuzz_input.h"

using namespace daymark;

namespace {

void checkBatch(fuzz::Input input)
{
    const DecodeSlot shape{std::size_t{input.byte()} % 5};
    static std::vector<std::uint64_t> memory;
    memory.assign(shape.textsAt() / 8, 0);
    memory.resize(shape.size() / 8); // the texts are zeros
    RowsNotice notice;
    if (input.byte() % 8 == 0)
        notice.broken.push_back({1, "a", "b"});
    notice.rows = input.byte() | static_cast<unsigned>(input.byte()) << 8U;
    notice.textBytes = input.byte() | static_cast<unsigned>(input.byte()) << 8U;
    for (std::size_t i = 0; i < shape.columns; ++i)
        notice.kinds += static_cast<char>(input.byte() % 8);
    const std::string_view rest = input.rest();
    auto* const bytes = reinterpret_cast<char*>(memory.data());
    for (std::size_t i = 0; i < shape.columns && !rest.empty(); ++i) {
        // Each column's values and presence are a stretch of the input, from a place of its own.
        const std::string_view part = rest.substr(rest.size() * i / shape.columns);
        std::memcpy(bytes + shape.valuesAt(i), part.data(),
                    std::min(part.size(), DecodeSlot::kRows * 8));
        std::memcpy(bytes + shape.presenceAt(i), part.data(),
                    std::min(part.size(), DecodeSlot::kRows / 8));
    }
    Batch batch;
    BatchBuffers buffers;
    buffers.begin(batch);
    batch.clear(shape.columns);
    std::vector<std::size_t> canonical;
    for (std::size_t i = 0; i < shape.columns; ++i)
        canonical.push_back(i);
    if (!takeRows({bytes, shape.size()}, shape, notice, canonical, batch, buffers))
        return;
    fuzz::hold(batch.rows == notice.rows && batch.rowNumbers.size() == batch.rows);
    std::size_t length = 0;
    for (const auto& column : batch.columns) {
        fuzz::hold(column.size() == batch.rows);
        for (std::size_t row = 0; row < std::min<std::size_t>(column.size(), 300); ++row)
            length += formatCell(column[row]).size();
    }
    fuzz::hold(length < ~std::size_t{0});
}

void checkMessages(std::string_view bytes)
{
    if (const auto file = openedFileFrom(bytes)) {
        fuzz::hold(file->columns.size() <= kMostDecodedColumns);
        fuzz::hold(openedFileFrom(wireBytes(*file)).has_value());
    }
    if (const auto notice = rowsNoticeFrom(bytes)) {
        fuzz::hold(notice->broken.size() <= kMostBrokenRows);
        fuzz::hold(rowsNoticeFrom(wireBytes(*notice)).has_value());
    }
    if (const auto order = openOrderFrom(bytes))
        fuzz::hold(openOrderFrom(wireBytes(*order)).has_value());
    (void)textEndsFrom(bytes);
    (void)selectOrderFrom(bytes);
    if (const auto error = errorFrom(bytes))
        fuzz::hold(errorName(error->code).starts_with("source."));
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    fuzz::Input input(data, size);
    if (input.byte() % 2 == 0)
        checkBatch(input);
    else
        checkMessages(input.rest());
    return 0;
}
