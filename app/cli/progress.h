// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/terminal.h"
#include "core/engine/engine.h"

#include <map>
#include <mutex>

namespace daymark::cli {

/// One line of live progress on stderr: the oldest live run with its rows, rate and time left, and
/// how many more there are. Draws nothing where stderr is no terminal. Told on the engine's
/// threads.
class ProgressBar
{
public:
    /// Follows `engine` until destruction, which clears the line. `shown` is false for a silent
    /// one.
    ProgressBar(Engine& engine, bool shown);
    ~ProgressBar();

private:
    void take(const Event& event);
    void draw();
    void clear();

    std::mutex m_mutex;
    std::map<RunId, RunProgress> m_live; ///< guarded by m_mutex
    bool m_drawn = false;                ///< guarded by m_mutex
    Subscription m_subscription;
};

/// The words of a progress line, at most `width` columns: source, day, bar, rows, rate, time left.
[[nodiscard]] std::string progressText(const RunProgress& progress, std::size_t others,
                                       std::size_t width);

} // namespace daymark::cli
