// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The import of one day, from the first look at the source to the landed day:
//
//   1. begin the run in the ledger; from here on everything ends in a stated result
//   2. hold the source's columns against the dataset; open the day in one snapshot
//   3. read: rows are validated, deduplicated, rolled up and written to the staging folder
//   4. hold the rejected rows against the tolerance
//   5. seal: close, reopen, count, hash, sync
//   6. commit: the ledger notes the run as committing with all that it consists of; the staged
//   folder
//      moves to its place; the ledger, fenced, makes it the day's current run
//   7. tell
//
// A day that has landed is imported again in the same steps, with two more before 6: the impact is
// weighed, and the landed version is kept in the history. In 6 the two change places in one step.
//
// Up to the beginning of 6 a failure or a cancel leaves the day as it was. After it, a crash is
// mended by the next start from what reached its place.

#include "core/engine/import_day.h"

#include "core/base/fault.h"
#include "core/base/text.h"
#include "core/engine/contract.h"
#include "core/engine/convert.h"
#include "core/engine/damage.h"
#include "core/engine/day_reader.h"
#include "core/engine/impact.h"
#include "core/engine/ingest_options.h"
#include "core/engine/mending.h"
#include "core/engine/polling.h"
#include "core/engine/run_files.h"
#include "core/landing/folders.h"
#include "core/landing/parquet_writer.h"

#include <fmt/format.h>

#include <condition_variable>
#include <thread>

namespace daymark {

namespace {

using SteadyClock = std::chrono::steady_clock;

double secondsSince(SteadyClock::time_point start)
{
    return std::chrono::duration<double>(SteadyClock::now() - start).count();
}

ledger::RunCounts countsOf(const IngestSummary& summary)
{
    return {summary.read, summary.accepted, summary.rejected, summary.dropped};
}

/// Writes a sign of life of a run into the ledger every two seconds, whatever the run itself is
/// waiting for.
class Heartbeat
{
public:
    Heartbeat(const Workspace& workspace, RunId run)
        : m_workspace(workspace), m_run(run), m_thread([this](std::stop_token stop) { beat(stop); })
    {}

    void note(std::string phase, std::uint64_t rows, std::uint64_t rejected)
    {
        const std::scoped_lock lock(m_mutex);
        m_pulse.phase = std::move(phase);
        m_pulse.counts.read = rows;
        m_pulse.counts.rejected = rejected;
    }

private:
    void beat(const std::stop_token& stop)
    {
        std::unique_lock lock(m_mutex);
        while (!m_wake.wait_for(lock, stop, std::chrono::seconds(2),
                                [&stop] { return stop.stop_requested(); })) {
            ledger::RunPulse pulse = m_pulse;
            lock.unlock();
            pulse.at = m_workspace.clock.now();
            // A pulse that fails changes nothing: the run's end is what counts.
            static_cast<void>(m_workspace.ledger->runTable().pulse(m_run, pulse));
            lock.lock();
        }
    }

    const Workspace& m_workspace;
    RunId m_run;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    ledger::RunPulse m_pulse; ///< guarded by m_mutex
    std::jthread m_thread;    ///< last: it uses all of the above
};

class ImportJob
{
public:
    /// @param landed  the version that is to be replaced, if the day has landed.
    ImportJob(const Workspace& workspace, const DayImport& job, ledger::SourceRecord record,
              std::optional<ledger::LandedDay> landed, RunId run, const RunProgressFn& progress,
              std::stop_token stop)
        : m_workspace(workspace)
        , m_job(job)
        , m_record(std::move(record))
        , m_landedRecord(std::move(landed))
        , m_landed(m_landedRecord ? std::optional(toExpectedDay(*m_landedRecord)) : std::nullopt)
        , m_run(run)
        , m_progress(progress)
        , m_stop(std::move(stop))
        , m_heartbeat(workspace, run)
    {}

    Result<RunInfo> run();

private:
    Status work();
    Result<std::unique_ptr<RowReader>> openReader();
    Status checkSignal(const RowReader& reader) const;
    Status read(const landing::Staging& staging);
    Status checkTolerance() const;
    [[nodiscard]] Result<bool> isEmptyBesides() const;
    Status checkStop() const;
    Status seal(const landing::Staging& staging);
    Status weigh(const landing::Staging& staging);
    Status keepLanded();
    Status commit(const landing::Staging& staging);
    Status settle(const Error& error);
    void enterPhase(std::string phase);
    void tell(std::uint64_t rows, std::uint64_t rejected, std::optional<double> fraction);
    [[nodiscard]] ledger::RunReport report() const;
    [[nodiscard]] landing::DayPlace place() const;

    const Workspace& m_workspace;
    const DayImport& m_job;
    ledger::SourceRecord m_record;
    std::optional<ledger::LandedDay> m_landedRecord;
    std::optional<landing::ExpectedDay> m_landed; ///< the same, as the landing has it
    bool m_landedWhole = true;                    ///< its files are what landed
    RunId m_run;
    const RunProgressFn& m_progress;
    std::stop_token m_stop;
    Heartbeat m_heartbeat;
    SteadyClock::time_point m_started = SteadyClock::now();
    SteadyClock::time_point m_phaseStarted = SteadyClock::now();
    std::string m_phase;
    std::vector<ledger::PhaseTime> m_timings;
    IngestSummary m_summary;
    std::vector<SchemaFinding> m_findings;
    std::vector<LandedFile> m_files;
    std::vector<LandedFile> m_keptFiles; ///< of the version that is replaced, in the history
    std::string m_turnedDown;            ///< why, where the impact was
    bool m_readWhole = false;            ///< the stream ended well: its rejects file is complete
};

void ImportJob::enterPhase(std::string phase)
{
    if (!m_phase.empty())
        m_timings.push_back({m_phase, secondsSince(m_phaseStarted)});
    m_phaseStarted = SteadyClock::now();
    m_phase = std::move(phase);
    if (!m_phase.empty())
        tell(m_summary.read, m_summary.rejected, std::nullopt);
}

void ImportJob::tell(std::uint64_t rows, std::uint64_t rejected, std::optional<double> fraction)
{
    m_heartbeat.note(m_phase, rows, rejected);
    RunProgress progress;
    progress.run = m_run;
    progress.source = m_record.config.name;
    progress.day = m_job.day;
    progress.phase = m_phase;
    progress.rows = rows;
    progress.rejected = rejected;
    const double elapsed = secondsSince(m_started);
    progress.rowsPerSecond = elapsed > 0 ? static_cast<double>(rows) / elapsed : 0;
    progress.fraction = fraction;
    if (fraction && *fraction > 0)
        progress.secondsLeft = elapsed * (1 - *fraction) / *fraction;
    m_progress(progress);
}

landing::DayPlace ImportJob::place() const
{
    return {m_record.config.name, m_record.config.dataset, m_job.day};
}

Result<std::unique_ptr<RowReader>> ImportJob::openReader()
{
    auto reader = openDayReader(m_workspace, m_record, m_job.day, m_findings, m_stop);
    if (!reader)
        return reader;
    if (const std::string words = blockingWords(m_findings); !words.empty())
        return fail(contractBroken(m_record.config.name, words));
    if (const Status signalled = checkSignal(**reader); !signalled)
        return fail(signalled.error());
    return reader;
}

/// A signal that was withdrawn since the poll no longer announces the day, unless an operator did,
/// or a later day's signal does under high-water. What has landed may be imported again all the
/// same.
Status ImportJob::checkSignal(const RowReader& reader) const
{
    if (m_landed || reader.signalled().value_or(true) ||
        m_record.policy.order == DayOrder::HighWater)
        return {};
    const auto signals = m_workspace.ledger->signalTable().find(m_record.id, m_job.day);
    if (!signals)
        return fail(signals.error());
    for (const ledger::SignalRecord& signal : *signals)
        if (signal.byOperator && !signal.gone)
            return {};
    return fail(ErrorCode::SourceChanged,
                formatDay(m_job.day) + " is no longer signalled in " + m_record.signalPlace +
                    ", where it was at the last poll.",
                "Poll again; the day waits until it is signalled, or marked finished by hand.");
}

Status ImportJob::read(const landing::Staging& staging)
{
    enterPhase("reading");
    const auto reader = openReader();
    if (!reader)
        return fail(reader.error());
    auto ingest = ingestOptions(m_workspace, m_record, m_job.day);
    if (!ingest)
        return fail(ingest.error());
    const std::filesystem::path rejects = rejectsPath(m_record.config.name, m_job.day, m_run);
    ingest->rejectsFile = m_workspace.folder / rejects;
    ingest->spillFolder = staging.scratch;
    if (Status made = landing::makeFolders(m_workspace.folder, rejects.parent_path()); !made)
        return fail(made.error());
    ParquetOptions parquet;
    parquet.metadata = {{"daymark.run", std::to_string(m_run.value)},
                        {"daymark.source", m_record.config.name},
                        {"daymark.day", formatDay(m_job.day)}};
    parquet.idTypes = ingest->idTypes;
    const auto writer = ParquetWriter::open(staging.file, parquet);
    if (!writer)
        return fail(writer.error());
    auto summary = ingestDay(
        **reader, *ingest, writer->get(),
        [this](const IngestProgress& progress) {
            if (progress.phase == IngestPhase::Closing && m_phase == "reading")
                enterPhase("writing");
            tell(progress.rows, progress.rejected, progress.fraction);
        },
        m_stop);
    if (!summary)
        return fail(summary.error());
    m_summary = std::move(*summary);
    m_readWhole = true;
    addFindings(m_findings, (*reader)->findings());
    const auto written = (*writer)->finish(m_stop);
    if (!written)
        return fail(written.error());
    if (*written != m_summary.accepted)
        return fail(ErrorCode::Internal,
                    fmt::format("{} rows were written where {} were accepted.", *written,
                                m_summary.accepted),
                    "Import the day again; if this comes again, report it.");
    return {};
}

/// About how many rows a source holds of all days; 0 where it does not tell.
std::uint64_t rowsInAll(const Workspace& workspace, ledger::SourceRecord record,
                        const std::stop_token& stop)
{
    const auto source = openSource(workspace, record, stop);
    if (!source)
        return 0;
    const auto description = (*source)->describe(stop);
    return description ? description->rows.value_or(0) : 0;
}

/// Whether the day has no rows of its own, and those that have no usable date are too few to be
/// taken for them: by the latest landed day that had rows, else by the rows of other days.
Result<bool> ImportJob::isEmptyBesides() const
{
    if (m_summary.undated == 0 || m_summary.undated < m_summary.read ||
        m_record.policy.tolerancePercent == 0)
        return false;
    const auto usual = m_workspace.ledger->runTable().latestRows(m_record.id);
    if (!usual)
        return fail(usual.error());
    if (*usual > 0)
        return m_summary.undated <= *usual / 2;
    // An index leaves the rows of other days unread.
    return m_summary.undated <= m_summary.otherDays ||
           m_summary.undated <= rowsInAll(m_workspace, m_record, m_stop) / 2;
}

Status ImportJob::checkTolerance() const
{
    const auto read = static_cast<double>(m_summary.read);
    const auto rejected = static_cast<double>(m_summary.rejected);
    const double limit = read * m_record.policy.tolerancePercent / 100.0;
    if (rejected <= limit * (1 + 1e-12))
        return {};
    const auto empty = isEmptyBesides();
    if (!empty)
        return fail(empty.error());
    if (*empty)
        return {};
    std::string rules;
    for (const RuleCount& rule : m_summary.rules)
        if (rule.severity == Severity::Error)
            rules += fmt::format("{}{} {}", rules.empty() ? "" : ", ", ruleSpec(rule.rule).code,
                                 groupedDigits(rule.count));
    return fail(
        ErrorCode::DayTolerance,
        fmt::format("{} of {} rows of {} were rejected ({:.3g} %), over the tolerance of "
                    "{:g} %: {}.",
                    groupedDigits(m_summary.rejected), groupedDigits(m_summary.read),
                    formatDay(m_job.day), rejected * 100.0 / read, m_record.policy.tolerancePercent,
                    rules),
        fmt::format("Look at {}, mend the rows at the source and import again; or raise the "
                    "tolerance: daymark-cli source edit {} --tolerance PCT.",
                    report().rejectsFile, shellQuoted(m_record.config.name)));
}

Status ImportJob::checkStop() const
{
    if (m_stop.stop_requested())
        return fail(ErrorCode::RunCancelled, "The import was cancelled.", "Import the day again.");
    return {};
}

Status ImportJob::seal(const landing::Staging& staging)
{
    enterPhase("verifying");
    auto files = m_workspace.landing->seal(staging, m_summary.accepted, m_stop);
    if (!files)
        return fail(files.error());
    m_files = std::move(*files);
    if (!m_summary.rejectsWritten)
        return {};
    const auto rejects = m_workspace.folder / report().rejectsFile;
    for (auto folder = rejects.parent_path(); folder != m_workspace.folder;
         folder = folder.parent_path())
        if (const Status synced = syncFolder(folder); !synced)
            return synced;
    return {};
}

/// Holds what is staged against what is landed, and asks whether to go on.
Status ImportJob::weigh(const landing::Staging& staging)
{
    if (!m_landed)
        return {};
    enterPhase("comparing");
    const auto whole = isWhole(m_workspace, *m_landedRecord, m_stop);
    if (!whole)
        return fail(whole.error());
    m_landedWhole = *whole;
    const auto before = factsOfRun(m_workspace, m_landed->run);
    if (!before)
        return fail(before.error());
    DayImpact impact = impactOf(*m_landed, *before,
                                {countsOf(m_summary), m_summary.rollups, m_summary.fingerprint});
    impact.by = m_run;
    const Status refined =
        m_landedWhole ? refine(m_workspace, impact, *m_landed, staging, m_stop) : Status();
    if (!refined)
        return refined;
    m_turnedDown = m_job.weigh ? m_job.weigh(impact).value_or("") : "";
    if (!m_turnedDown.empty())
        return fail(ErrorCode::RunCancelled, m_turnedDown);
    return {};
}

/// What is damaged is no version that anybody goes back to.
Status ImportJob::keepLanded()
{
    if (!m_landed || !m_landedWhole)
        return {};
    auto kept = m_workspace.landing->keepVersion(*m_landed);
    if (!kept)
        return fail(kept.error());
    m_keptFiles = std::move(*kept);
    return {};
}

Status ImportJob::commit(const landing::Staging& staging)
{
    enterPhase("committing");
    if (const Status kept = keepLanded(); !kept)
        return kept;
    auto& runs = m_workspace.ledger->runTable();
    ledger::RunCommit commit{report(), m_files, m_summary.rollups, m_summary.fingerprint, {}};
    for (const auto& [row, count] : m_summary.newUndated)
        commit.newUndated.push_back({row, count});
    if (const Status fault = faultPoint("before_committing"); !fault)
        return fault;
    if (const Status noted = runs.markCommitting(m_run, commit, m_workspace.clock.now()); !noted)
        return noted;
    if (const Status fault = faultPoint("after_committing"); !fault)
        return fault;
    const Status published =
        m_landed ? m_workspace.landing->replace(staging) : m_workspace.landing->publish(staging);
    if (!published)
        return published;
    if (const Status fault = faultPoint("before_finish"); !fault)
        return fault;
    enterPhase("");
    const Status finished = runs.finishImported(m_run, m_workspace.clock.now(),
                                                secondsSince(m_started), m_timings, m_keptFiles);
    if (!finished)
        return finished;
    // From here on the day is imported, whatever else goes wrong.
    static_cast<void>(faultPoint("after_finish"));
    static_cast<void>(m_workspace.landing->dropStaging(m_run));
    return {};
}

Status ImportJob::work()
{
    const auto staging = m_workspace.landing->stage(m_run, place());
    if (!staging)
        return fail(staging.error());
    if (const Status done = read(*staging); !done)
        return done;
    if (const Status done = checkTolerance(); !done)
        return done;
    if (const Status done = seal(*staging); !done)
        return done;
    if (const Status done = weigh(*staging); !done)
        return done;
    if (const Status done = checkStop(); !done)
        return done;
    return commit(*staging);
}

ledger::RunReport ImportJob::report() const
{
    ledger::RunReport report;
    report.counts = countsOf(m_summary);
    if (m_summary.rejectsWritten)
        report.rejectsFile = rejectsPath(m_record.config.name, m_job.day, m_run).string();
    report.rules = m_summary.rules;
    report.timings = m_timings;
    report.note = m_summary.layout;
    if (m_readWhole && m_summary.read == m_summary.undated)
        report.note =
            m_summary.read == 0
                ? "schema.no_rows: the day has no rows and lands as empty."
                : "schema.no_rows: the day has no rows of its own and lands as empty; the "
                  "rejected rows have no usable date.";
    if (!m_turnedDown.empty())
        report.note = m_turnedDown;
    if (m_summary.undatedCut)
        report.note += " More rows without a date were met than are remembered; later days may be "
                       "charged with some of them again.";
    for (const SchemaFinding& finding : m_findings)
        if (finding.severity == Severity::Warning)
            report.note += (report.note.empty() ? "" : " ") + finding.code + ": " + finding.message;
    return report;
}

/// Ends the run in the ledger after an error. A run whose folder reached its place stays
/// committing: it is landed, and what could not be written down is written by settleSource() or the
/// next start.
Status ImportJob::settle(const Error& error)
{
    if (!m_phase.empty())
        enterPhase("");
    if (m_workspace.landing->carries(place(), m_run))
        return fail(error);
    auto& runs = m_workspace.ledger->runTable();
    static_cast<void>(m_workspace.landing->dropStaging(m_run));
    if (m_landed)
        dropSecondNames(m_workspace, m_landed->place, m_landed->run);
    const bool cancelled = error.code == ErrorCode::RunCancelled;
    if (!m_readWhole || cancelled) {
        dropRejects(m_workspace.folder, m_record.config.name, m_job.day, m_run);
        m_summary.rejectsWritten = false;
    }
    std::error_code ignored; // whoever took the workspace over has dropped them
    if (m_summary.rejectsWritten &&
        !std::filesystem::exists(m_workspace.folder / report().rejectsFile, ignored))
        m_summary.rejectsWritten = false;
    const double seconds = secondsSince(m_started);
    const Instant now = m_workspace.clock.now();
    return cancelled ? runs.cancel(m_run, report(), now, seconds)
                     : runs.fail(m_run, error, report(), now, seconds);
}

Result<RunInfo> ImportJob::run()
{
    if (const Status done = work(); !done)
        if (const Status settled = settle(done.error()); !settled)
            return fail(settled.error());
    auto record = m_workspace.ledger->runTable().get(m_run);
    if (!record)
        return fail(record.error());
    RunInfo info = toRunInfo(m_workspace, *record);
    info.rules = m_summary.rules;
    if (record->look)
        if (const Status dropped = m_workspace.ledger->runTable().dropLook(m_run); !dropped)
            return fail(dropped.error());
    return info;
}

} // namespace

Result<RunInfo> importDay(const Workspace& workspace, const DayImport& job, const RunBegunFn& begun,
                          const RunProgressFn& progress, std::stop_token stop)
{
    auto record = workspace.ledger->sourceTable().find(job.source);
    if (!record)
        return fail(record.error());
    std::optional<ledger::LandedDay> landed;
    if (job.again) {
        auto found = landedRecord(workspace, *record, job.day);
        if (!found)
            return fail(found.error());
        landed = std::move(*found);
    }
    const auto run =
        workspace.ledger->runTable().begin({record->id,
                                            job.day,
                                            job.firstDay,
                                            thisProcess(),
                                            {job.actor, workspace.clock.now()},
                                            landed ? std::optional(landed->run) : std::nullopt,
                                            job.reason,
                                            job.look});
    if (!run)
        return fail(run.error());
    begun(*run);
    return ImportJob(workspace, job, std::move(*record), std::move(landed), *run, progress,
                     std::move(stop))
        .run();
}

} // namespace daymark
