// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The only door for the window and the command line: it owns the workspace, the scheduler, the run
// queue and the worker threads. Commands in, events out.

#include "core/base/clock.h"
#include "core/engine/draft.h"
#include "core/engine/views.h"

#include <functional>
#include <memory>
#include <span>
#include <stop_token>

namespace daymark {

struct Notice;
class NoticeDesk;

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
    DaysChanged, ///< the calendar of `source` is new; `message` says what a look found, if it did
    SourcesChanged, ///< a source was added, edited or removed
    PollFinished,
    PassFinished,   ///< the import pass of `source` is over; `message` says what it waits for, if
                    ///< anything
    NoticeTold,     ///< `notice` is new
    NoticesChanged, ///< whether notices are muted, or where they go, is another now
    PollingChecked  ///< `message` says that polling has stopped; empty: it goes on again
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
    std::shared_ptr<const Notice> notice; ///< of NoticeTold
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
    std::size_t samples = 0;                  ///< first rows to hand out as they were read
};

/// Called at most ten times a second, on the thread of the call.
using PreviewProgressFn = std::function<void(const PreviewProgress&)>;

struct ImportRequest
{
    std::vector<std::string> sources; ///< none: all
    bool poll = true;                 ///< read the signals first
    std::optional<Day> last;          ///< take days up to this one only
};

/// The landed days from `first` to `last`, both included.
struct DayRange
{
    Day first;
    Day last;
};

/// Looks at an impact before anything is committed; false turns it down, and the landed version
/// stays. Called on one of the engine's threads, which waits for the answer.
using DecideFn = std::function<bool(const DayImpact&)>;

struct ReimportRequest
{
    std::string source;
    std::vector<DayRange> days; ///< one range at least; days of them that have not landed are left
    std::string reason;         ///< for the journal; may be empty
    bool dryRun = false;        ///< tell the impact and commit nothing
    DecideFn decide = {};       ///< none: commit whatever it is
};

struct RollbackRequest
{
    std::string source;
    Day day;
    std::optional<RunId> to; ///< the version to go to; none: the one before the current one
    bool forward = false;    ///< without `to`: the one after the current one instead
    std::string reason;
    bool dryRun = false;
    DecideFn decide = {};
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
    /// A disabled source is neither polled nor imported by itself, nor by an import that names no
    /// source.
    [[nodiscard]] Status setSourceEnabled(const std::string& name, bool enabled);
    /// With `keepData` its landed days and history stay: a new source of its name and dataset takes
    /// them up, and a second removal, without `keepData`, removes them. Without, they go at once.
    [[nodiscard]] Status removeSource(const std::string& name, bool keepData);
    /// The removed sources whose landed days are kept, by name.
    [[nodiscard]] Result<std::vector<KeptSource>> keptSources();
    [[nodiscard]] Result<std::vector<SourceInfo>> sources();
    [[nodiscard]] Result<SourceInfo> source(const std::string& name);
    [[nodiscard]] Result<SourceTest> testSource(const std::string& name, std::stop_token stop);

    // Drafts: sources that are being set up. Nothing is saved but by saveDraft().
    /// Refuses a name that cannot be a new source's: SourceInvalid, SourceExists.
    [[nodiscard]] Status checkDraftName(const std::string& name);
    /// Connects step by step and lists what the place holds; its table is not chosen yet.
    [[nodiscard]] Result<PlaceLook> browseDraft(const SourceDraft& draft, std::stop_token stop);
    /// Columns and first rows of the draft's table, query or file.
    [[nodiscard]] Result<PlaceSample> sampleDraft(const SourceDraft& draft, std::size_t rows,
                                                  std::stop_token stop);
    [[nodiscard]] Result<SourceTest> testDraft(const SourceDraft& draft, std::stop_token stop);
    [[nodiscard]] Result<Preview> previewDraft(const SourceDraft& draft,
                                               const PreviewRequest& request, std::stop_token stop,
                                               const PreviewProgressFn& progress = {});
    /// The calendar as it would be, and for an edit what would change in it.
    [[nodiscard]] Result<DraftPlan> planDraft(const SourceDraft& draft, std::stop_token stop);
    /// Adds or edits the source that the draft is about.
    [[nodiscard]] Result<SourceSaved> saveDraft(const SourceDraft& draft, std::stop_token stop);

    /// Writes the sample database into the workspace and adds it as the source `demo`.
    [[nodiscard]] Result<SourceSaved> addDemo(std::stop_token stop);

    [[nodiscard]] Result<std::vector<std::string>> idTypes();
    [[nodiscard]] Status addIdType(const std::string& name);

    // Days.
    [[nodiscard]] Result<PollReport> poll(const std::string& name, std::stop_token stop);
    [[nodiscard]] Result<CalendarView>
    calendar(const std::string& name, std::optional<Day> from = {}, std::optional<Day> to = {});
    /// Every source at a glance, by name; never reads a landed row.
    [[nodiscard]] Result<std::vector<SourceOverview>> overview();
    /// With `probe`, counts the rows of the day (or of its root day) at the source first.
    [[nodiscard]] Result<DayExplained> explainDay(const std::string& name, Day day, bool probe,
                                                  std::stop_token stop);
    [[nodiscard]] Status signalDay(const std::string& name, Day day);
    /// Takes signalDay() back. DayState where the day has landed meanwhile, or no operator marked
    /// it.
    [[nodiscard]] Status withdrawSignal(const std::string& name, Day day);
    [[nodiscard]] Status skipDay(const std::string& name, Day day, const std::string& reason);
    [[nodiscard]] Status reopenDay(const std::string& name, Day day);

    /// Checks the schema and validates rows of a day without importing anything.
    [[nodiscard]] Result<Preview> preview(const std::string& name, const PreviewRequest& request,
                                          std::stop_token stop,
                                          const PreviewProgressFn& progress = {});

    // Imports.
    /// Polls, then runs one import pass for each source, and waits for their end.
    [[nodiscard]] Result<ImportReport> import(const ImportRequest& request, std::stop_token stop);
    /// Asks for the same and returns at once; events tell the rest.
    [[nodiscard]] Status requestImport(const ImportRequest& request);
    /// Asks a live run to end; returns at once. Its end is told as RunFinished.
    [[nodiscard]] Status cancelRun(RunId run);
    /// What is being imported at this moment. Never waits.
    [[nodiscard]] std::vector<RunProgress> liveRuns() const;

    // Days that change.
    /// Imports landed days again, oldest first, and waits for their end. The landed version of each
    /// stays current until the new one has committed. DayState where none of the days has landed.
    [[nodiscard]] Result<ReimportReport> reimport(const ReimportRequest& request,
                                                  std::stop_token stop);
    /// Makes an earlier (or, after a rollback, later) version of a day its current one. DayState
    /// where there is none, or it is not kept any more; StorageDamaged where its files are not what
    /// landed.
    [[nodiscard]] Result<RollbackReport> rollback(const RollbackRequest& request,
                                                  std::stop_token stop);
    /// Every version of a day that ever landed, latest first.
    [[nodiscard]] Result<std::vector<VersionInfo>> versions(const std::string& name, Day day);
    /// Holds landed days against their source and marks those that differ: one day, or all whose
    /// recheck is due.
    [[nodiscard]] Result<std::vector<RecheckInfo>>
    recheck(const std::string& name, std::optional<Day> day, std::stop_token stop);

    [[nodiscard]] Result<std::vector<RunInfo>> runs(std::optional<std::string> source,
                                                    std::size_t limit);
    [[nodiscard]] Result<RunInfo> run(RunId id);
    [[nodiscard]] Result<std::vector<JournalEntry>> journal(std::optional<std::string> source,
                                                            std::size_t limit);
    /// All that the ledger holds of one day. At most the 50 latest runs and 200 latest entries.
    [[nodiscard]] Result<DayStory> dayStory(const std::string& name, Day day);

    // The scheduler.
    /// Polls each source at its interval and imports what is ready, on the engine's own threads,
    /// until the engine is destroyed. What is due at the start is only polled: importing begins
    /// with the next scheduled poll, so that a person who opens the window can look first. `watch`
    /// calls runDue() before.
    [[nodiscard]] Status startScheduler();
    /// All that is due now, once: polls that are due, and import passes where days are ready.
    [[nodiscard]] Result<ImportReport> runDue(std::stop_token stop);

    // Notices.
    /// Tells, from now on, what goes wrong and what is well again, and watches over the polling of
    /// a scheduler that was started. To be called once somebody listens.
    [[nodiscard]] Status startNotices();
    /// Where notices go, and whether they are muted.
    [[nodiscard]] NoticeDesk& notices();

    // What landed.
    [[nodiscard]] Result<std::vector<MetricInfo>> catalog(bool withStale);
    [[nodiscard]] Result<MetricInfo> metric(const std::string& name);
    /// Landed rows, of a removed source whose data was kept too. Their files are held against what
    /// landed first: StorageDamaged names the file, and the day is marked as damaged from then on.
    [[nodiscard]] Result<std::vector<LandedMetricRow>> rows(const std::string& name, Day day,
                                                            std::optional<std::string> metric,
                                                            std::size_t limit,
                                                            std::stop_token stop = {});
    /// Writes landed rows as CSV or Parquet, by the target's ending; the number of rows written.
    /// Their files are held against what landed, as rows() does.
    [[nodiscard]] Result<std::uint64_t> exportRows(const std::string& name, std::optional<Day> from,
                                                   std::optional<Day> to,
                                                   const std::filesystem::path& target,
                                                   std::stop_token stop);
    /// What it finds wrong with a day's files marks the day as damaged, and a damaged day whose
    /// files are as they landed is marked so no more.
    [[nodiscard]] Result<CheckReport> check(bool full, std::stop_token stop);

private:
    friend class EngineAccess; ///< parts of the engine that have a header of their own
    class Impl;
    explicit Engine(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace daymark
