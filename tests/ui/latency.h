// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For how long a click would have to wait for the window's thread. What the thread waited for a
// processor while it wanted to run is left out, as the kernel accounts for it: that is the
// machine's load, not the window's doing.

#include <QElapsedTimer>
#include <QFile>
#include <QTimer>

#include <algorithm>
#include <optional>
#include <vector>

namespace daymark::ui {

/// The delays of a heartbeat, in milliseconds.
class Delays
{
public:
    void add(double delay) { m_delays.push_back(std::max(delay, 0.0)); }

    [[nodiscard]] std::size_t count() const { return m_delays.size(); }
    [[nodiscard]] double worst() const
    {
        return m_delays.empty() ? 0 : *std::max_element(m_delays.begin(), m_delays.end());
    }

    /// The wait that `share` of all moments do not exceed. A moment within a delay waits for its
    /// end, so that a long delay counts by its length.
    [[nodiscard]] double percentile(double share, double beat) const
    {
        double total = 0;
        for (const double delay : m_delays)
            total += delay + beat;
        double low = 0;
        double high = worst();
        for (int step = 0; step < 60; ++step) {
            const double middle = (low + high) / 2;
            double beyond = 0;
            for (const double delay : m_delays)
                beyond += std::max(0.0, delay - middle);
            (beyond > (1 - share) * total ? low : high) = middle;
        }
        return high;
    }

private:
    std::vector<double> m_delays;
};

/// For how long this thread has waited for a processor so far, in milliseconds; none where the
/// kernel doesn't say.
inline std::optional<double> processorWait()
{
    QFile file(QStringLiteral("/proc/thread-self/schedstat"));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QList<QByteArray> fields = file.readAll().split(' ');
    return fields.size() < 2 ? std::nullopt : std::optional(fields[1].toDouble() / 1e6);
}

/// Measures from its making on, by a heartbeat on the thread that it lives on.
class LatencyMeter : public QObject
{
public:
    static constexpr int kBeat = 5; // milliseconds

    LatencyMeter()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setSingleShot(true);
        connect(&m_timer, &QTimer::timeout, this, [this] {
            const double late = double(m_clock.nsecsElapsed()) / 1e6 - kBeat;
            m_all.add(late);
            m_own.add(late - (processorWait().value_or(0) - m_waited));
            beat();
        });
        beat();
    }

    /// The delays of the thread's own doing.
    [[nodiscard]] const Delays& own() const { return m_own; }
    /// With the time for which it had no processor.
    [[nodiscard]] const Delays& all() const { return m_all; }

private:
    void beat()
    {
        m_waited = processorWait().value_or(0);
        m_clock.restart();
        m_timer.start(kBeat);
    }

    QTimer m_timer;
    QElapsedTimer m_clock;
    double m_waited = 0;
    Delays m_own;
    Delays m_all;
};

} // namespace daymark::ui
