// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Customers' files are decoded in a child process of the program, so that none can crash it, fill
// its memory or hold it up: Parquet, CSV and JSON lines, plain or compressed, their rows as well as
// the looks by which their format is found.
//
// 1. The parent opens the file, below the source's folder and as it was listed, and passes the open
//    descriptor to the child. The child never sees a path.
// 2. The child is this very program, started anew (no copy of the parent's memory, no secret), with
//    nothing open but its end of a socket, and with limits on memory, processor time and the size
//    of files. It cannot gain rights. It ends when the socket does: with its parent, however that
//    ends. (The kernel's own signal for that goes by the thread that started the child, which may
//    well end before the reading does.)
// 3. Rows come back column by column in shared memory (decode_slot.h), a batch at a time, some on
//    the way; the socket says that one is there (decode_wire.h). The parent copies and checks it.
// 4. A child serves all files of a day one after another. One that is not done with a file when its
//    reader goes is ended, which is also how reading is cancelled.

#include <optional>

namespace daymark {

/// To be called first in main(): becomes the decoding child where the arguments say so, and answers
/// what main() returns. Otherwise makes this program the one that is started as such.
[[nodiscard]] std::optional<int> decodeIfChild(int argc, char** argv);

} // namespace daymark
