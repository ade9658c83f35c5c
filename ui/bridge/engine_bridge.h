// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/engine.h"
#include "core/engine/notices.h"
#include "ui/bridge/work_queue.h"

#include <QTimer>

#include <functional>
#include <thread>

namespace daymark::ui {

/// What was just done, and how it is taken back.
struct Undo
{
    QString words;                           ///< `17 June 2026 is marked as finished.`
    QString undone;                          ///< said once it was taken back
    std::function<Status(Engine&)> takeBack; ///< may be called on any thread
};

/// The window's way to the engine: questions are asked on worker threads and answered on the
/// window's thread, and what the engine tells arrives as signals on the window's thread.
class EngineBridge : public QObject
{
    Q_OBJECT

public:
    using Lane = WorkQueue::Lane;
    enum class State { Closed, Opening, Open, Failed, Closing };

    explicit EngineBridge(QObject* parent = nullptr);
    /// Closes the engine and waits for it where close() has not done so.
    ~EngineBridge() override;

    /// Opens the workspace off this thread; stateChanged() tells the end. With `create`, makes an
    /// empty workspace first; with `schedule`, starts the scheduler where this process may write.
    void open(const EngineOptions& options, bool create, bool schedule);

    /// Cancels live runs and closes the engine off this thread; stateChanged() tells the end.
    void close();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isOpen() const { return m_state == State::Open; }
    /// Why opening failed.
    [[nodiscard]] const Error& error() const { return m_error; }
    [[nodiscard]] bool canWrite() const { return isOpen() && m_canWrite; }
    /// One sentence for each thing that the start repaired.
    [[nodiscard]] const std::vector<std::string>& repairs() const { return m_repairs; }
    /// The time by the workspace's clock.
    [[nodiscard]] Instant now() const { return m_options.clock.now(); }
    [[nodiscard]] const std::filesystem::path& workspace() const { return m_options.workspace; }
    [[nodiscard]] std::vector<RunProgress> liveRuns() const;

    /// Tells the window of something that can be taken back: it shows a bar with an Undo.
    void offerUndo(const Undo& undo) { Q_EMIT undoOffered(undo); }

    /// Runs `job(Engine&, std::stop_token)` on a worker and then `done(answer)` here, unless the
    /// request became stale. Nothing happens while no engine is open.
    template <class Job, class Done>
    void ask(Request& request, Lane lane, Job job, Done done)
    {
        if (!isOpen())
            return;
        m_queue->ask(
            request, lane,
            [engine = m_engine.get(), job](std::stop_token stop) mutable {
                return job(*engine, stop);
            },
            std::move(done));
    }

Q_SIGNALS:
    void stateChanged();
    void runStarted(const daymark::RunProgress& progress);
    void runProgressed(const daymark::RunProgress& progress);
    void runFinished(const daymark::RunInfo& run);
    void daysChanged(const QString& source);
    void sourcesChanged();
    void pollFinished(const daymark::PollReport& report);
    void passFinished(const QString& source, const QString& message);
    void noticeTold(const daymark::Notice& notice);
    /// Whether notices are muted, or where they go, is another now.
    void noticesChanged();
    /// Polling has stopped, in words; empty: it goes on again.
    void pollingChecked(const QString& words);
    /// Something was done that can be taken back.
    void undoOffered(const daymark::ui::Undo& undo);
    /// Another process runs the workspace and may have changed something; told every few seconds.
    void lookAgain();

private:
    /// What opening makes on its worker.
    struct Opened
    {
        std::unique_ptr<Engine> engine;
        Error error;
        bool canWrite = false;
        std::vector<std::string> repairs;
    };

    static Opened openNow(const EngineOptions& options, bool create, bool schedule);
    void adopt(Opened& opened);
    void tell(const Event& event);
    void setState(State state);
    void endEngine();

    EngineOptions m_options;
    State m_state = State::Closed;
    Error m_error;
    bool m_canWrite = false;
    std::vector<std::string> m_repairs;
    Request m_opening;
    Request m_noticing;
    std::unique_ptr<Engine> m_engine;
    Subscription m_subscription; ///< ends before the engine does
    std::unique_ptr<WorkQueue> m_queue;
    std::jthread m_closing;
    QTimer m_lookAgain;
};

} // namespace daymark::ui
