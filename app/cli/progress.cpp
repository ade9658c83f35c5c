// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progress.h"

#include "app/cli/show.h"
#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unistd.h>

namespace daymark::cli {

namespace {

constexpr std::size_t kBarWidth = 20;

std::string barText(double fraction)
{
    const double share = std::clamp(fraction, 0.0, 1.0);
    const auto full = static_cast<std::size_t>(std::lround(share * kBarWidth));
    std::string bar;
    for (std::size_t i = 0; i < kBarWidth; ++i)
        bar += i < full ? "█" : "░";
    return fmt::format("{} {:3.0f} %", bar, share * 100);
}

/// Safe text cut to `width` columns.
std::string cutTo(const std::string& text, std::size_t width)
{
    std::string cut = text;
    const auto continues = [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
    };
    while (displayWidth(cut) > width) {
        while (continues(cut.back()))
            cut.pop_back();
        cut.pop_back();
    }
    return cut;
}

} // namespace

std::string progressText(const RunProgress& progress, std::size_t others, std::size_t width)
{
    std::string text = printable(progress.source, 40) + " " + formatDay(progress.day) + "  ";
    if (progress.fraction)
        text += barText(*progress.fraction) + "  ";
    text += progress.phase + "  " + plural(progress.rows, "row");
    if (progress.rowsPerSecond >= 1)
        text += ", " + groupedDigits(static_cast<std::uint64_t>(progress.rowsPerSecond)) + "/s";
    if (progress.rejected > 0)
        text += ", " + groupedDigits(progress.rejected) + " rejected";
    if (progress.secondsLeft)
        text += ", " + durationText(std::max(0.0, *progress.secondsLeft)) + " left";
    if (others > 0)
        text += "  (+ " + std::to_string(others) + " more)";
    return cutTo(text, width);
}

ProgressBar::ProgressBar(Engine& engine, bool shown)
{
    if (shown && isTerminal(STDERR_FILENO))
        m_subscription = engine.subscribe([this](const Event& event) { take(event); });
}

ProgressBar::~ProgressBar()
{
    m_subscription = Subscription();
    const std::scoped_lock lock(m_mutex);
    clear();
}

void ProgressBar::take(const Event& event)
{
    const std::scoped_lock lock(m_mutex);
    if (event.kind == EventKind::RunStarted || event.kind == EventKind::RunProgressed)
        m_live[event.progress.run] = event.progress;
    else if (event.kind == EventKind::RunFinished)
        m_live.erase(event.run.id);
    else
        return;
    draw();
}

void ProgressBar::draw()
{
    if (m_live.empty()) {
        clear();
        return;
    }
    const std::string text =
        progressText(m_live.begin()->second, m_live.size() - 1, terminalWidth(STDERR_FILENO) - 1);
    (void)writeAll(STDERR_FILENO, "\r" + text + "\x1b[K");
    m_drawn = true;
}

void ProgressBar::clear()
{
    if (m_drawn)
        (void)writeAll(STDERR_FILENO, "\r\x1b[K");
    m_drawn = false;
}

} // namespace daymark::cli
