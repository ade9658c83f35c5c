// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The only door for the window and the command line: it owns the workspace, the scheduler, the run
// queue and the worker threads. Commands in, events out.

#include "core/base/clock.h"
#include "core/engine/views.h"

#include <functional>
#include <memory>
#include <span>
#include <stop_token>

namespace daymark {

enum class OpenMode {
    Write,      ///< be the one writing process; ErrorCode::WorkspaceBusy where there is one already
    Read,       ///< only look; works beside a writing process
    WriteOrRead ///< write if nobody else does, else look: the window
};

struct EngineOptions
{
    std::filesystem::path workspace;
    Clock clock;
    OpenMode mode = OpenMode::Write;
    std::string actor;       ///< who acts, for the journal; the system's user name where empty
    int parallelSources = 2; ///< sources that are polled and imported side by side
};

enum class EventKind {
    RunStarted,
    RunProgressed,
    RunFinished,
    DaysChanged,    ///< the calendar of `source` is new
    SourcesChanged, ///< a source was added, edited or removed
    PollFinished,
    PassFinished, ///< the import pass of `source` is over; `message` says what it waits for, if
                  ///< anything
};

/// Something happened. Told on one of the engine's threads, one at a time, in order.
struct Event
{
    EventKind kind = EventKind::DaysChanged;
    std::string source;
    RunProgress progress; ///< of RunStarted and RunProgressed
    RunInfo run;          ///< of RunFinished
    PollReport poll;      ///< of PollFinished
    std::string message;
};

/// Ends a subscription when it is destroyed; no event is told after that.
class Subscription
{
public:
    Subscription() = default;
    explicit Subscription(std::function<void()> end) : m_end(std::move(end)) {}
    Subscription(Subscription&& other) noexcept : m_end(std::exchange(other.m_end, nullptr)) {}
    Subscription& operator=(Subscription&& other) noexcept
    {
        std::swap(m_end, other.m_end);
        return *this;
    }
    ~Subscription()
    {
        if (m_end)
            m_end();
    }

private:
    std::function<void()> m_end;
};

struct PreviewRequest
{
    std::optional<Day> day; ///< default: the next day, else the latest signalled one
    std::optional<std::uint64_t> rows = 1000; ///< none: the whole day
};

struct ImportRequest
{
    std::vector<std::string> sources; ///< none: all
    bool poll = true;                 ///< read the signals first
    std::optional<Day> last;          ///< take days up to this one only
};

/// An open workspace. Every function may be called from any thread and, unless it says otherwise,
/// may take long (disk, a customer's server): never call one on the window's thread. A `stop`
/// request makes it return ErrorCode::RunCancelled within a second. Destruction cancels live runs,
/// leaves their days as they were, and joins every thread.
class Engine
{
public:
    /// Creates an empty workspace. ErrorCode::WorkspaceExists where one is.
    [[nodiscard]] static Status create(const std::filesystem::path& workspace, Clock clock);

    /// Opens a workspace; in writing mode finishes or drops what a crash left behind.
    /// ErrorCode::WorkspaceMissing, WorkspaceBusy, WorkspaceNewer or WorkspaceDamaged.
    [[nodiscard]] static Result<std::unique_ptr<Engine>> open(EngineOptions options);

    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    [[nodiscard]] bool canWrite() const;
    [[nodiscard]] const std::filesystem::path& workspace() const;
    [[nodiscard]] Instant now() const;

    /// One sentence for each thing that the start repaired; empty after an orderly end.
    [[nodiscard]] std::vector<std::string> repairs() const;

    [[nodiscard]] Subscription subscribe(std::function<void(const Event&)> listener);

    // Sources.
    [[nodiscard]] Result<SourceSaved> addSource(const std::string& name, const std::string& kind,
                                                const std::string& dataset,
                                                const SourceSettings& settings,
                                                std::stop_token stop);
    [[nodiscard]] Result<SourceSaved>
    editSource(const std::string& name, const SourceSettings& settings, std::stop_token stop);
    /// With `keepData` its landed days and history stay; without, they are removed too.
    [[nodiscard]] Status removeSource(const std::string& name, bool keepData);
    [[nodiscard]] Result<std::vector<SourceInfo>> sources();
    [[nodiscard]] Result<SourceInfo> source(const std::string& name);
    [[nodiscard]] Result<SourceTest> testSource(const std::string& name, std::stop_token stop);
    /// Writes the sample database into the workspace and adds it as the source `demo`.
    [[nodiscard]] Result<SourceSaved> addDemo(std::stop_token stop);

    [[nodiscard]] Result<std::vector<std::string>> idTypes();
    [[nodiscard]] Status addIdType(const std::string& name);

    // Days.
    [[nodiscard]] Result<PollReport> poll(const std::string& name, std::stop_token stop);
    [[nodiscard]] Result<CalendarView>
    calendar(const std::string& name, std::optional<Day> from = {}, std::optional<Day> to = {});
    /// With `probe`, counts the rows of the day (or of its root day) at the source first.
    [[nodiscard]] Result<DayExplained> explainDay(const std::string& name, Day day, bool probe,
                                                  std::stop_token stop);
    [[nodiscard]] Status signalDay(const std::string& name, Day day);
    [[nodiscard]] Status skipDay(const std::string& name, Day day, const std::string& reason);
    [[nodiscard]] Status reopenDay(const std::string& name, Day day);

    /// Checks the schema and validates rows of a day without importing anything.
    [[nodiscard]] Result<Preview> preview(const std::string& name, const PreviewRequest& request,
                                          std::stop_token stop);

    // Imports.
    /// Polls, then runs one import pass for each source, and waits for their end.
    [[nodiscard]] Result<ImportReport> import(const ImportRequest& request, std::stop_token stop);
    /// Asks for the same and returns at once; events tell the rest.
    [[nodiscard]] Status requestImport(const ImportRequest& request);
    /// Asks a live run to end; returns at once. Its end is told as RunFinished.
    [[nodiscard]] Status cancelRun(RunId run);
    /// What is being imported at this moment. Never waits.
    [[nodiscard]] std::vector<RunProgress> liveRuns() const;

    [[nodiscard]] Result<std::vector<RunInfo>> runs(std::optional<std::string> source,
                                                    std::size_t limit);
    [[nodiscard]] Result<RunInfo> run(RunId id);
    [[nodiscard]] Result<std::vector<JournalEntry>> journal(std::optional<std::string> source,
                                                            std::size_t limit);

    // The scheduler.
    /// Polls each source at its interval and imports what is ready, on the engine's own threads,
    /// until the engine is destroyed. What is due at the start is only polled: importing begins
    /// with the next scheduled poll, so that a person who opens the window can look first. `watch`
    /// calls runDue() before.
    [[nodiscard]] Status startScheduler();
    /// All that is due now, once: polls that are due, and import passes where days are ready.
    [[nodiscard]] Result<ImportReport> runDue(std::stop_token stop);

    // What landed.
    [[nodiscard]] Result<std::vector<MetricInfo>> catalog(bool withStale);
    [[nodiscard]] Result<MetricInfo> metric(const std::string& name);
    [[nodiscard]] Result<std::vector<LandedMetricRow>>
    rows(const std::string& name, Day day, std::optional<std::string> metric, std::size_t limit);
    /// Writes landed rows as CSV or Parquet, by the target's ending; the number of rows written.
    [[nodiscard]] Result<std::uint64_t> exportRows(const std::string& name, std::optional<Day> from,
                                                   std::optional<Day> to,
                                                   const std::filesystem::path& target,
                                                   std::stop_token stop);
    [[nodiscard]] Result<CheckReport> check(bool full, std::stop_token stop);

private:
    class Impl;
    explicit Engine(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace daymark
