// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The door: each command checks who may act, does its part in the room that it belongs to, and
// tells what changed. Whatever is longer than that lives in a file of its own.

#include "core/engine/engine.h"

#include "core/base/text.h"
#include "core/engine/convert.h"
#include "core/engine/day_story.h"
#include "core/engine/demo.h"
#include "core/engine/drafts.h"
#include "core/engine/engine_access.h"
#include "core/engine/import_queue.h"
#include "core/engine/landed_views.h"
#include "core/engine/ledger_copies.h"
#include "core/engine/log_file.h"
#include "core/engine/notifier.h"
#include "core/engine/overview.h"
#include "core/engine/planning.h"
#include "core/engine/polling.h"
#include "core/engine/preview.h"
#include "core/engine/recheck.h"
#include "core/engine/scheduler.h"
#include "core/engine/source_setup.h"
#include "core/engine/versions.h"
#include "core/engine/watchdog.h"

#include <algorithm>

namespace daymark {

namespace {

constexpr std::chrono::seconds kBetweenProbes{1};
constexpr const char* kDemoName = "demo";
constexpr const char* kDemoFile = "demo.sqlite";

/// Waits for a moment, or until `stop`. False when stopped.
bool pause(std::chrono::milliseconds time, const std::stop_token& stop)
{
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    return !wake.wait_for(lock, stop, time, [&stop] { return stop.stop_requested(); });
}

/// Adds how a pass of a source went to a report.
void collect(ImportReport& report, const std::string& source, PassResult pass)
{
    for (RunInfo& run : pass.runs) {
        report.failed += run.state == RunState::Failed ? 1 : 0;
        report.runs.push_back(std::move(run));
    }
    if (pass.poll) {
        report.failed += pass.poll->ok ? 0 : 1;
        report.polls.push_back(std::move(*pass.poll));
    }
    if (pass.error) {
        ++report.failed;
        pass.waiting =
            pass.error->message + (pass.error->hint.empty() ? "" : " ") + pass.error->hint;
    }
    if (!pass.waiting.empty())
        report.waiting.emplace_back(source, pass.waiting);
    report.cancelled = report.cancelled || pass.cancelled;
}

} // namespace

class Engine::Impl
{
public:
    Impl(std::unique_ptr<Workspace> opened, int threads)
        : workspace(std::move(opened)), notifier(*workspace)
    {
        if (!workspace->writable)
            return;
        log = std::make_unique<WorkspaceLog>(*workspace);
        queue = std::make_unique<ImportQueue>(*workspace, threads);
    }

    void tellDays(const std::string& source) const
    {
        Event event;
        event.kind = EventKind::DaysChanged;
        event.source = source;
        workspace->events->tell(event);
    }

    /// The record of a source that is about to be changed.
    [[nodiscard]] Result<ledger::SourceRecord> recordForChange(const std::string& name) const
    {
        if (const Status writer = workspace->requireWriter(); !writer)
            return fail(writer.error());
        return workspace->ledger->sourceTable().find(name);
    }

    [[nodiscard]] Result<std::vector<PassRequest>> passesFor(const ImportRequest& request) const;
    /// Does something with a source while nothing else is done with it, and waits for its end.
    /// An error where it could not begin; what went wrong after that is in the result.
    [[nodiscard]] Result<PassResult> runJob(const std::string& source, const PassJob& job,
                                            const std::stop_token& stop);
    [[nodiscard]] ImportReport runPasses(std::vector<PassRequest> requests, std::stop_token stop);
    void tellDisabled(ImportReport& report) const;
    [[nodiscard]] Result<Probe> probe(const PlannedSource& planned, Day day, std::stop_token stop);

    std::unique_ptr<Workspace> workspace;
    Notifier notifier;
    std::unique_ptr<WorkspaceLog> log;    ///< null in a reading process
    std::unique_ptr<ImportQueue> queue;   ///< null in a reading process
    std::unique_ptr<Scheduler> scheduler; ///< it feeds the queue
    std::unique_ptr<Watchdog> watchdog;   ///< last: it looks at all of them
};

Result<std::vector<PassRequest>> Engine::Impl::passesFor(const ImportRequest& request) const
{
    if (const Status writer = workspace->requireWriter(); !writer)
        return fail(writer.error());
    std::vector<std::string> names;
    for (const std::string& name : request.sources) {
        const auto record = workspace->ledger->sourceTable().find(name);
        if (!record)
            return fail(record.error());
        if (std::find(names.begin(), names.end(), record->config.name) == names.end())
            names.push_back(record->config.name);
    }
    if (request.sources.empty()) {
        const auto records = workspace->ledger->sourceTable().list();
        if (!records)
            return fail(records.error());
        for (const ledger::SourceRecord& record : *records)
            if (record.enabled)
                names.push_back(record.config.name);
    }
    std::vector<PassRequest> passes;
    for (std::string& name : names)
        passes.push_back(
            {std::move(name), request.poll, true, true, request.last, workspace->actor});
    return passes;
}

Result<PassResult> Engine::Impl::runJob(const std::string& source, const PassJob& job,
                                        const std::stop_token& stop)
{
    bool begun = false;
    PassRequest request{source, false, false, false, {}, workspace->actor};
    request.job = [&](const PassTools& tools, PassResult& result) {
        begun = true;
        job(tools, result);
    };
    ImportQueue::Ticket ticket = queue->add(std::move(request));
    const std::stop_callback stopIt(stop, [&ticket] { ticket.stop.request_stop(); });
    PassResult result = ticket.result.get();
    if (begun)
        return result;
    return fail(result.error.value_or(
        Error{ErrorCode::RunCancelled, "It was cancelled before it began.", {}}));
}

ImportReport Engine::Impl::runPasses(std::vector<PassRequest> requests, std::stop_token stop)
{
    std::vector<ImportQueue::Ticket> tickets;
    std::vector<std::string> names;
    for (PassRequest& request : requests) {
        names.push_back(request.source);
        tickets.push_back(queue->add(std::move(request)));
    }
    const std::stop_callback stopAll(stop, [&tickets] {
        for (ImportQueue::Ticket& ticket : tickets)
            ticket.stop.request_stop();
    });
    ImportReport report;
    for (std::size_t i = 0; i < tickets.size(); ++i)
        collect(report, names[i], tickets[i].result.get());
    return report;
}

/// Says which sources were left out of an import of all.
void Engine::Impl::tellDisabled(ImportReport& report) const
{
    const auto records = workspace->ledger->sourceTable().list();
    if (!records)
        return; // the passes have said more of such a ledger
    for (const ledger::SourceRecord& record : *records)
        if (!record.enabled)
            report.waiting.emplace_back(record.config.name,
                                        record.config.name +
                                            " is disabled: it is imported only when it is named.");
}

/// Counts the day's rows twice, a moment apart, to tell a day that is complete from one whose rows
/// are still arriving.
Result<Probe> Engine::Impl::probe(const PlannedSource& planned, Day day, std::stop_token stop)
{
    ledger::SourceRecord record = planned.record;
    const auto source = openSource(*workspace, record, stop);
    if (!source)
        return fail(source.error());
    const auto first = (*source)->countDay(day, stop);
    if (!first)
        return fail(first.error());
    Probe probe{*first, workspace->clock.now(), std::nullopt};
    if (*first == 0)
        return probe;
    if (!pause(kBetweenProbes, stop))
        return fail(ErrorCode::RunCancelled, "The probe was cancelled.");
    const auto second = (*source)->countDay(day, stop);
    if (!second)
        return fail(second.error());
    return Probe{*second, workspace->clock.now(), *first};
}

Workspace& EngineAccess::workspace(Engine& engine) { return *engine.m_impl->workspace; }

Engine::Engine(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

Engine::~Engine() = default;

Status Engine::create(const std::filesystem::path& workspace, Clock clock)
{
    return Workspace::create(workspace, clock, {});
}

Result<std::unique_ptr<Engine>> Engine::open(EngineOptions options)
{
    auto workspace = Workspace::open(options);
    if (!workspace)
        return fail(workspace.error());
    return std::unique_ptr<Engine>(
        new Engine(std::make_unique<Impl>(std::move(*workspace), options.parallelSources)));
}

bool Engine::canWrite() const { return m_impl->workspace->writable; }

const std::filesystem::path& Engine::workspace() const { return m_impl->workspace->folder; }

Instant Engine::now() const { return m_impl->workspace->clock.now(); }

std::vector<std::string> Engine::repairs() const { return m_impl->workspace->repairs; }

Subscription Engine::subscribe(std::function<void(const Event&)> listener)
{
    return m_impl->workspace->events->subscribe(std::move(listener));
}

Result<SourceSaved> Engine::addSource(const std::string& name, const std::string& kind,
                                      const std::string& dataset, const SourceSettings& settings,
                                      std::stop_token stop)
{
    return saveDraft({name, kind, dataset, settings, false}, std::move(stop));
}

Result<SourceSaved> Engine::editSource(const std::string& name, const SourceSettings& settings,
                                       std::stop_token stop)
{
    return saveDraft({name, {}, {}, settings, true}, std::move(stop));
}

Status Engine::setSourceEnabled(const std::string& name, bool enabled)
{
    const auto record = m_impl->recordForChange(name);
    if (!record)
        return fail(record.error());
    Workspace& workspace = *m_impl->workspace;
    const Status set =
        workspace.ledger->sourceTable().setEnabled(record->id, enabled, workspace.stamp());
    if (!set)
        return set;
    Event event;
    event.kind = EventKind::SourcesChanged;
    event.source = record->config.name;
    workspace.events->tell(event);
    return {};
}

Status Engine::checkDraftName(const std::string& name)
{
    return m_impl->workspace->ledger->sourceTable().checkName(name);
}

Result<PlaceLook> Engine::browseDraft(const SourceDraft& draft, std::stop_token stop)
{
    return browsePlace(*m_impl->workspace, draft, std::move(stop));
}

Result<PlaceSample> Engine::sampleDraft(const SourceDraft& draft, std::size_t rows,
                                        std::stop_token stop)
{
    return samplePlace(*m_impl->workspace, draft, rows, std::move(stop));
}

Result<SourceTest> Engine::testDraft(const SourceDraft& draft, std::stop_token stop)
{
    return testOfDraft(*m_impl->workspace, draft, std::move(stop));
}

Result<Preview> Engine::previewDraft(const SourceDraft& draft, const PreviewRequest& request,
                                     std::stop_token stop, const PreviewProgressFn& progress)
{
    return previewOfDraft(*m_impl->workspace, draft, request, progress, std::move(stop));
}

Result<DraftPlan> Engine::planDraft(const SourceDraft& draft, std::stop_token stop)
{
    return planOfDraft(*m_impl->workspace, draft, std::move(stop));
}

Result<SourceSaved> Engine::saveDraft(const SourceDraft& draft, std::stop_token stop)
{
    if (const Status writer = m_impl->workspace->requireWriter(); !writer)
        return fail(writer.error());
    auto saved = saveSource(*m_impl->workspace, draft, std::move(stop));
    if (saved) {
        m_impl->tellDays(saved->source.config.name);
        renewCopy(*m_impl->workspace);
    }
    return saved;
}

Status Engine::removeSource(const std::string& name, bool keepData)
{
    if (const Status writer = m_impl->workspace->requireWriter(); !writer)
        return writer;
    return removeSourceFrom(*m_impl->workspace, name, keepData);
}

Result<std::vector<KeptSource>> Engine::keptSources() { return keptSourcesOf(*m_impl->workspace); }

Result<std::vector<SourceInfo>> Engine::sources()
{
    const auto records = m_impl->workspace->ledger->sourceTable().list();
    if (!records)
        return fail(records.error());
    std::vector<SourceInfo> infos;
    for (const ledger::SourceRecord& record : *records)
        infos.push_back(toSourceInfo(*m_impl->workspace, record));
    return infos;
}

Result<SourceInfo> Engine::source(const std::string& name)
{
    const auto record = m_impl->workspace->ledger->sourceTable().find(name);
    if (!record)
        return fail(record.error());
    return toSourceInfo(*m_impl->workspace, *record);
}

Result<SourceTest> Engine::testSource(const std::string& name, std::stop_token stop)
{
    return testSourceOf(*m_impl->workspace, name, std::move(stop));
}

Result<SourceSaved> Engine::addDemo(std::stop_token stop)
{
    if (const Status writer = m_impl->workspace->requireWriter(); !writer)
        return fail(writer.error());
    if (m_impl->workspace->ledger->sourceTable().find(kDemoName))
        return fail(ErrorCode::SourceExists, "There is a source called demo already.",
                    "Remove it first: daymark-cli source remove demo.");
    const std::filesystem::path file = m_impl->workspace->folder / kDemoFile;
    const Day today = std::chrono::floor<std::chrono::days>(now());
    if (const Status written = writeDemoDatabase(file, today); !written)
        return fail(written.error());
    SourceSettings settings;
    settings.uri = file.string();
    return addSource(kDemoName, "sqlite", "metrics", settings, std::move(stop));
}

Result<std::vector<std::string>> Engine::idTypes()
{
    const auto records = m_impl->workspace->ledger->idTypeTable().list();
    if (!records)
        return fail(records.error());
    std::vector<std::string> names;
    for (const ledger::IdTypeRecord& record : *records)
        names.push_back(record.name);
    return names;
}

Status Engine::addIdType(const std::string& name)
{
    if (const Status writer = m_impl->workspace->requireWriter(); !writer)
        return writer;
    return m_impl->workspace->ledger->idTypeTable().add(name, m_impl->workspace->stamp());
}

Result<PollReport> Engine::poll(const std::string& name, std::stop_token stop)
{
    const auto record = m_impl->recordForChange(name);
    if (!record)
        return fail(record.error());
    auto report = pollSource(*m_impl->workspace, record->config.name, std::move(stop));
    if (report)
        m_impl->tellDays(record->config.name);
    return report;
}

Result<CalendarView> Engine::calendar(const std::string& name, std::optional<Day> from,
                                      std::optional<Day> to)
{
    return calendarOf(*m_impl->workspace, name, from, to);
}

Result<std::vector<SourceOverview>> Engine::overview() { return overviewOf(*m_impl->workspace); }

Result<DayExplained> Engine::explainDay(const std::string& name, Day day, bool probe,
                                        std::stop_token stop)
{
    const auto planned = planSource(*m_impl->workspace, name);
    if (!planned)
        return fail(planned.error());
    std::optional<Probe> counted;
    if (probe) {
        const auto found = m_impl->probe(*planned, rootOf(planned->plan, day), std::move(stop));
        if (!found)
            return fail(found.error());
        counted = *found;
    }
    return explainedDay(*m_impl->workspace, *planned, day, counted);
}

Status Engine::signalDay(const std::string& name, Day day)
{
    const auto record = m_impl->recordForChange(name);
    if (!record)
        return fail(record.error());
    const auto added = m_impl->workspace->ledger->signalTable().addByOperator(
        record->id, day, m_impl->workspace->stamp());
    if (!added)
        return fail(added.error());
    m_impl->tellDays(record->config.name);
    return {};
}

Status Engine::withdrawSignal(const std::string& name, Day day)
{
    const auto record = m_impl->recordForChange(name);
    if (!record)
        return fail(record.error());
    const auto planned = planSource(*m_impl->workspace, name);
    if (!planned)
        return fail(planned.error());
    const ledger::DayRecord* known = planned->find(day);
    if (known && known->run)
        return fail(ErrorCode::DayState,
                    formatDay(day) + " has landed: its mark cannot be taken back any more.",
                    "Roll it back or import it again where its rows are not what they should be.");
    const auto withdrawn = m_impl->workspace->ledger->signalTable().withdraw(
        record->id, day, m_impl->workspace->stamp());
    if (!withdrawn)
        return fail(withdrawn.error());
    if (!*withdrawn)
        return fail(ErrorCode::DayState, formatDay(day) + " was not marked as finished here.",
                    "What the source itself says is taken back there.");
    m_impl->tellDays(record->config.name);
    return {};
}

Status Engine::skipDay(const std::string& name, Day day, const std::string& reason)
{
    const auto record = m_impl->recordForChange(name);
    if (!record)
        return fail(record.error());
    const auto planned = planSource(*m_impl->workspace, name);
    if (!planned)
        return fail(planned.error());
    if (day > planned->plan.today)
        return fail(ErrorCode::DayState,
                    formatDay(day) + " has not come yet, so it cannot be skipped.",
                    "Skip days up to today, " + formatDay(planned->plan.today) + ".");
    if (planned->plan.firstDay && day < *planned->plan.firstDay)
        return fail(ErrorCode::DayState,
                    formatDay(day) + " lies before the first day, " +
                        formatDay(*planned->plan.firstDay) + ": no import waits for it.",
                    "Skip a gap or a failed day after it.");
    const PlannedDay* listed = planned->plan.find(day);
    const DayState state =
        listed ? listed->state : unlistedDay(planned->plan, day, record->policy.horizonDays).state;
    if (state == DayState::Ignored)
        return fail(ErrorCode::DayState,
                    formatDay(day) + " lies before the horizon: no import waits for it.",
                    "To begin with it, set the first day: daymark-cli source edit " +
                        shellQuoted(record->config.name) + " --first-day " + formatDay(day) + ".");
    const Status skipped = m_impl->workspace->ledger->dayTable().skip(record->id, day, reason,
                                                                      m_impl->workspace->stamp());
    if (skipped)
        m_impl->tellDays(record->config.name);
    return skipped;
}

Status Engine::reopenDay(const std::string& name, Day day)
{
    const auto record = m_impl->recordForChange(name);
    if (!record)
        return fail(record.error());
    const Status reopened =
        m_impl->workspace->ledger->dayTable().reopen(record->id, day, m_impl->workspace->stamp());
    if (reopened)
        m_impl->tellDays(record->config.name);
    return reopened;
}

Result<Preview> Engine::preview(const std::string& name, const PreviewRequest& request,
                                std::stop_token stop, const PreviewProgressFn& progress)
{
    return previewOf(*m_impl->workspace, name, request, progress, std::move(stop));
}

Result<ImportReport> Engine::import(const ImportRequest& request, std::stop_token stop)
{
    auto passes = m_impl->passesFor(request);
    if (!passes)
        return fail(passes.error());
    ImportReport report = m_impl->runPasses(std::move(*passes), std::move(stop));
    if (request.sources.empty())
        m_impl->tellDisabled(report);
    return report;
}

Status Engine::requestImport(const ImportRequest& request)
{
    auto passes = m_impl->passesFor(request);
    if (!passes)
        return fail(passes.error());
    for (PassRequest& pass : *passes)
        static_cast<void>(m_impl->queue->add(std::move(pass)));
    return {};
}

Status Engine::cancelRun(RunId run)
{
    if (const Status writer = m_impl->workspace->requireWriter(); !writer)
        return writer;
    if (m_impl->queue->cancel(run))
        return {};
    return fail(ErrorCode::RunUnknown,
                "Run " + std::to_string(run.value) + " is not at work; there is nothing to cancel.",
                "See how it ended: daymark-cli run show " + std::to_string(run.value) + ".");
}

std::vector<RunProgress> Engine::liveRuns() const
{
    return m_impl->queue ? m_impl->queue->live() : std::vector<RunProgress>();
}

Result<ReimportReport> Engine::reimport(const ReimportRequest& request, std::stop_token stop)
{
    const auto record = m_impl->recordForChange(request.source);
    if (!record)
        return fail(record.error());
    const auto days = reimportedDays(*m_impl->workspace, request);
    if (!days)
        return fail(days.error());
    ReimportReport report;
    auto pass = m_impl->runJob(
        record->config.name,
        [&](const PassTools& tools, PassResult& result) {
            reimportDays(*m_impl->workspace, request, *days, tools, result, report);
        },
        stop);
    if (!pass)
        return fail(pass.error());
    collect(report.import, record->config.name, std::move(*pass));
    return report;
}

Result<RollbackReport> Engine::rollback(const RollbackRequest& request, std::stop_token stop)
{
    const auto record = m_impl->recordForChange(request.source);
    if (!record)
        return fail(record.error());
    Result<RollbackReport> report;
    const auto ran = m_impl->runJob(
        record->config.name,
        [&](const PassTools& tools, PassResult&) {
            report = rollBack(*m_impl->workspace, request, tools.stop);
        },
        stop);
    if (!ran)
        return fail(ran.error());
    m_impl->tellDays(record->config.name);
    return report;
}

Result<std::vector<VersionInfo>> Engine::versions(const std::string& name, Day day)
{
    return versionsOf(*m_impl->workspace, name, day);
}

Result<std::vector<RecheckInfo>> Engine::recheck(const std::string& name, std::optional<Day> day,
                                                 std::stop_token stop)
{
    const auto record = m_impl->recordForChange(name);
    if (!record)
        return fail(record.error());
    std::vector<RecheckInfo> found;
    const auto ran = m_impl->runJob(
        record->config.name,
        [&](const PassTools& tools, PassResult& result) {
            const auto days = day ? Result<std::vector<Day>>(std::vector{*day})
                                  : dueRechecks(*m_impl->workspace, *record);
            for (const Day one : days.value_or(std::vector<Day>())) {
                auto info = recheckDay(*m_impl->workspace, *record, one, tools.stop);
                if (!info) {
                    result.error = info.error();
                    return;
                }
                found.push_back(std::move(*info));
            }
            if (!days)
                result.error = days.error();
        },
        stop);
    if (!ran)
        return fail(ran.error());
    if (ran->error)
        return fail(*ran->error);
    return found;
}

Result<std::vector<RunInfo>> Engine::runs(std::optional<std::string> source, std::size_t limit)
{
    std::optional<SourceId> id;
    if (source) {
        const auto record = m_impl->workspace->ledger->sourceTable().find(*source);
        if (!record)
            return fail(record.error());
        id = record->id;
    }
    const auto records = m_impl->workspace->ledger->runTable().list(id, limit);
    if (!records)
        return fail(records.error());
    std::vector<RunInfo> infos;
    for (const ledger::RunRecord& record : *records)
        infos.push_back(toRunInfo(*m_impl->workspace, record));
    return infos;
}

Result<RunInfo> Engine::run(RunId id)
{
    const auto record = m_impl->workspace->ledger->runTable().get(id);
    if (!record)
        return fail(record.error());
    auto rules = m_impl->workspace->ledger->runTable().rules(id);
    if (!rules)
        return fail(rules.error());
    RunInfo info = toRunInfo(*m_impl->workspace, *record);
    info.rules = std::move(*rules);
    return info;
}

Result<std::vector<JournalEntry>> Engine::journal(std::optional<std::string> source,
                                                  std::size_t limit)
{
    const auto records = m_impl->workspace->ledger->journalTable().list(std::move(source), limit);
    if (!records)
        return fail(records.error());
    std::vector<JournalEntry> entries;
    for (const ledger::JournalRecord& record : *records)
        entries.push_back(
            {record.at, record.actor, record.source, record.day, record.action, record.detail});
    return entries;
}

Result<DayStory> Engine::dayStory(const std::string& name, Day day)
{
    return storyOf(*m_impl->workspace, name, day);
}

Status Engine::startScheduler()
{
    if (const Status writer = m_impl->workspace->requireWriter(); !writer)
        return writer;
    if (!m_impl->scheduler)
        m_impl->scheduler = std::make_unique<Scheduler>(*m_impl->workspace, *m_impl->queue);
    return {};
}

Status Engine::startNotices()
{
    if (const Status writer = m_impl->workspace->requireWriter(); !writer)
        return writer;
    Notifier& notifier = m_impl->notifier;
    if (!m_impl->watchdog)
        m_impl->watchdog = std::make_unique<Watchdog>(
            *m_impl->workspace, [&notifier](const auto& words) { notifier.setStopped(words); });
    return notifier.start();
}

NoticeDesk& Engine::notices() { return m_impl->notifier; }

Result<ImportReport> Engine::runDue(std::stop_token stop)
{
    if (const Status writer = m_impl->workspace->requireWriter(); !writer)
        return fail(writer.error());
    auto due = duePasses(*m_impl->workspace, true);
    if (!due)
        return fail(due.error());
    return m_impl->runPasses(std::move(*due), std::move(stop));
}

Result<std::vector<MetricInfo>> Engine::catalog(bool withStale)
{
    return catalogOf(*m_impl->workspace, withStale);
}

Result<MetricInfo> Engine::metric(const std::string& name)
{
    return metricOf(*m_impl->workspace, name);
}

Result<std::vector<LandedMetricRow>> Engine::rows(const std::string& name, Day day,
                                                  std::optional<std::string> metric,
                                                  std::size_t limit, std::stop_token stop)
{
    return landedRows(*m_impl->workspace, name, day, metric, limit, std::move(stop));
}

Result<std::uint64_t> Engine::exportRows(const std::string& name, std::optional<Day> from,
                                         std::optional<Day> to, const std::filesystem::path& target,
                                         std::stop_token stop)
{
    return exportLanded(*m_impl->workspace, name, from, to, target, std::move(stop));
}

Result<CheckReport> Engine::check(bool full, std::stop_token stop)
{
    return checkLanded(*m_impl->workspace, full, std::move(stop));
}

} // namespace daymark
