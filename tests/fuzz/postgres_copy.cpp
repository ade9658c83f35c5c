// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A server's COPY, binary or text, of columns of any types. The same bytes in one piece and in many
// give the same rows and the same end.
#include "core/source/postgres_copy.h"
#include "fuzz_input.h"

#include <array>

using namespace daymark;

namespace {

constexpr std::size_t kMostRows = 512;

struct Rows
{
    std::string text;
    bool isDamaged = false;
    bool mayEnd = false;
    bool operator==(const Rows&) const = default;
};

std::vector<PostgresWire> wiresFrom(fuzz::Input& input)
{
    constexpr unsigned kKinds = static_cast<unsigned>(PostgresWire::TimestampTz) + 1;
    std::vector<PostgresWire> wires(1 + input.byte() % 4);
    for (PostgresWire& wire : wires)
        wire = static_cast<PostgresWire>(input.byte() % kKinds);
    return wires;
}

/// Takes all rows of bytes that arrive `step` at a time.
Rows takeAll(const std::vector<PostgresWire>& wires, bool isBinary, std::string_view bytes,
             std::size_t step)
{
    const auto format = isBinary ? makeBinaryCopyFormat(wires) : makeTextCopyFormat(wires);
    Rows rows;
    Batch batch;
    std::string waiting;
    std::size_t taken = 0;
    while (taken < kMostRows) {
        std::vector<Cell> cells(wires.size());
        std::vector<Cell*> places;
        for (Cell& cell : cells)
            places.push_back(&cell);
        BatchBuffers buffers;
        buffers.begin(batch);
        std::size_t used = 0;
        const auto done = format->take(waiting, used, places, 0, buffers);
        fuzz::hold(used <= waiting.size());
        if (done == PostgresCopyFormat::Step::More) {
            if (bytes.empty())
                break;
            waiting += bytes.substr(0, step);
            bytes.remove_prefix(std::min(step, bytes.size()));
            continue;
        }
        if (done == PostgresCopyFormat::Step::Row) {
            ++taken;
            for (const Cell& cell : cells)
                rows.text += std::to_string(static_cast<int>(cell.kind)) + formatCell(cell) + '|';
        }
        waiting.erase(0, used);
        rows.isDamaged = done == PostgresCopyFormat::Step::Damaged;
        if (rows.isDamaged || done == PostgresCopyFormat::Step::End)
            break;
    }
    rows.mayEnd = format->mayEnd();
    return rows;
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    fuzz::Input input(data, size);
    const std::uint8_t choice = input.byte();
    const std::vector<PostgresWire> wires = wiresFrom(input);
    const bool isBinary = (choice & 1U) != 0;
    const std::size_t step = 1 + (choice >> 1U);
    fuzz::hold(takeAll(wires, isBinary, input.rest(), input.rest().size() + 1) ==
               takeAll(wires, isBinary, input.rest(), step));
    return 0;
}
