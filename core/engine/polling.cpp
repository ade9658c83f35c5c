// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/polling.h"

#include "core/engine/contract.h"
#include "core/engine/convert.h"
#include "core/engine/day_reader.h"
#include "core/engine/planning.h"
#include "core/source/registry.h"

#include <algorithm>

namespace daymark {

using std::chrono::minutes;
using std::chrono::seconds;

namespace {

constexpr minutes kLongestPause{60};
constexpr int kMostDoublings = 10;

PollReport reportOf(const std::string& name, SignalReading reading,
                    const ledger::SignalChanges& changes)
{
    PollReport report;
    report.source = name;
    report.ok = true;
    report.signalCount = reading.days.size();
    report.added = changes.added;
    report.added.insert(report.added.end(), changes.returned.begin(), changes.returned.end());
    std::sort(report.added.begin(), report.added.end());
    report.withdrawn = changes.vanished;
    report.findings = std::move(reading.findings);
    return report;
}

Result<PollReport> readAndKeep(const Workspace& workspace, ledger::SourceRecord& record,
                               std::stop_token stop)
{
    const auto source = openAgreed(workspace, record, stop);
    if (!source)
        return fail(source.error());
    auto reading = (*source)->readSignals(stop);
    if (!reading)
        return fail(reading.error());
    const auto changes = workspace.ledger->signalTable().replaceFromSource(record.id, reading->days,
                                                                           workspace.clock.now());
    if (!changes)
        return fail(changes.error());
    PollReport report = reportOf(record.config.name, std::move(*reading), *changes);
    if (const Status held = pollContract(workspace, record, **source, report.findings, stop); !held)
        return fail(held.error());
    return report;
}

bool isOfTheSource(const Error& error)
{
    const Remedy remedy = remedyFor(error.code);
    return (remedy == Remedy::Retry || remedy == Remedy::FixSource ||
            error.code == ErrorCode::SourceInvalid) &&
           error.code != ErrorCode::WorkspaceBusy;
}

} // namespace

Result<std::unique_ptr<Source>> openSource(const Workspace& workspace, ledger::SourceRecord& record,
                                           std::stop_token stop)
{
    auto source = makeSource(record.config);
    if (!source)
        return source;
    const bool known = record.config.format.contains("detected");
    if (known)
        return source;
    auto format = (*source)->detectFormat(stop);
    if (!format)
        return fail(format.error());
    record.config.format = std::move(*format);
    record.config.format["detected"] = "yes";
    if (const auto described = makeSource(record.config); described) {
        if (const auto look = (*described)->describe(stop); look) {
            record.dataPlace = look->dataPlace;
            record.signalPlace = look->signalPlace;
        }
    }
    if (workspace.writable) {
        const Status saved = workspace.ledger->sourceTable().edit(
            record.id, {record.config, record.policy, record.dataPlace, record.signalPlace},
            workspace.stamp());
        if (!saved)
            return fail(saved.error());
    }
    return makeSource(record.config);
}

Result<PollReport> pollSource(const Workspace& workspace, const std::string& name,
                              std::stop_token stop)
{
    auto record = workspace.ledger->sourceTable().find(name);
    if (!record)
        return fail(record.error());
    auto report = readAndKeep(workspace, *record, stop);
    if (!report && !isOfTheSource(report.error()))
        return report;
    const Instant now = workspace.clock.now();
    const std::optional<Error> error = report ? std::nullopt : std::optional(report.error());
    const int failures = error ? record->poll.failures + 1 : 0;
    const Status noted = workspace.ledger->sourceTable().recordPoll(
        record->id, {now, error, nextPollAt(now, record->policy, record->id, error, failures)});
    if (!noted)
        return fail(noted.error());
    if (error) {
        report = PollReport{};
        report->source = record->config.name;
        report->error = error;
    } else if (const auto planned = planSource(workspace, name)) {
        addFindings(report->findings, signalFindings(*planned));
    }
    Event event;
    event.kind = EventKind::PollFinished;
    event.source = record->config.name;
    event.poll = *report;
    workspace.events->tell(event);
    return report;
}

Instant nextPollAt(Instant now, const Policy& policy, SourceId source,
                   const std::optional<Error>& error, int failures)
{
    const minutes interval{std::max(policy.pollMinutes, 1)};
    if (error && remedyFor(error->code) == Remedy::Retry) {
        const minutes pause{1 << std::clamp(failures - 1, 0, kMostDoublings)};
        return now + std::min(pause, std::max(interval, kLongestPause));
    }
    const auto spread = std::chrono::duration_cast<seconds>(interval) / 20;
    const auto share = static_cast<std::int64_t>(
        static_cast<std::uint64_t>(source.value) * 0x9E3779B97F4A7C15ULL >> 32U);
    return now + interval + seconds{spread.count() > 0 ? share % spread.count() : 0};
}

bool isPollDue(const ledger::PollRecord& poll, const Policy& policy, Instant now)
{
    const minutes longest = std::max(minutes{2 * policy.pollMinutes}, 2 * kLongestPause);
    return !poll.last || !poll.nextDue || *poll.nextDue <= now || *poll.nextDue > now + longest;
}

} // namespace daymark
