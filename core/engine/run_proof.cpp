// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/run_proof.h"

#include "core/base/file.h"
#include "core/base/redaction.h"
#include "core/base/secret.h"
#include "core/base/small_file.h"
#include "core/base/text.h"
#include "core/engine/convert.h"
#include "core/engine/engine_access.h"
#include "core/engine/past.h"
#include "core/engine/proof_format.h"

#include <fmt/format.h>

namespace daymark {

namespace {

constexpr std::chrono::days kDaysBefore{30};
constexpr std::chrono::days kDaysAfter{14};

/// Free text of the workspace on its way out.
class Cleaner
{
public:
    explicit Cleaner(const std::string& source)
    {
        // Without the secret there is nothing of it to find.
        if (auto secret = findSecret(source); secret && *secret)
            m_secret = std::move(**secret);
    }
    Cleaner(const Cleaner&) = delete;
    Cleaner& operator=(const Cleaner&) = delete;
    ~Cleaner() { wipe(m_secret); }

    /// What an operator wrote.
    [[nodiscard]] std::string words(const std::string& text) const
    {
        return shortened(withoutSecret(withoutCredentials(text), m_secret), 4000);
    }
    /// What the program said: it may name values of rows.
    [[nodiscard]] std::string message(const std::string& text) const
    {
        return words(withoutQuoted(text));
    }

private:
    std::string m_secret;
};

void addSettings(RunProof& proof, const ledger::SourceRecord& record, const Cleaner& clean)
{
    const SourceConfig& config = record.config;
    const Policy& policy = record.policy;
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty())
            proof.settings.emplace_back(name, clean.words(value));
    };
    add("kind", config.kind);
    add("dataset", std::string(dataset(config.dataset).name));
    add("uri", config.uri);
    add("table", config.table);
    add("query", config.query);
    add("signal_table", config.signalTable);
    add("rows_from", record.dataPlace);
    add("signals_from", record.signalPlace);
    for (const auto& [canonical, column] : config.columnMap)
        add(("map." + canonical).c_str(), column);
    for (const auto& [name, value] : config.format)
        add(("format." + name).c_str(), value);
    add("unit_day", std::string(unitDayName(config.unitDay)));
    add("order", policy.order == DayOrder::Strict ? "strict" : "high-water");
    add("horizon_days", std::to_string(policy.horizonDays));
    add("first_day", policy.firstDay ? formatDay(*policy.firstDay) : "");
    add("time_zone", policy.timeZone);
    add("tolerance", formatDouble(policy.tolerancePercent));
}

void addRun(RunProof& proof, const Workspace& workspace, const ledger::RunRecord& record,
            const Cleaner& clean)
{
    const RunInfo run = toRunInfo(workspace, record);
    proof.run = run.id;
    proof.source = run.source;
    proof.day = run.day;
    proof.state = runStateName(run.state);
    proof.rowsRead = run.rowsRead;
    proof.accepted = run.accepted;
    proof.rejected = run.rejected;
    proof.duplicates = run.duplicates;
    proof.startedAt = run.startedAt;
    proof.finishedAt = run.finishedAt;
    proof.seconds = run.seconds;
    proof.actor = clean.words(run.actor);
    proof.reason = clean.words(run.reason);
    proof.note = clean.message(run.note);
    proof.replaces = run.replaces;
    if (run.error) {
        proof.errorCode = errorName(run.error->code);
        proof.errorMessage = clean.message(run.error->message);
    }
    proof.files = record.files;
    if (record.fingerprint != Hash128{})
        proof.fingerprint = formatHash(record.fingerprint);
}

Status addRules(RunProof& proof, const Workspace& workspace)
{
    const auto rules = workspace.ledger->runTable().rules(proof.run);
    if (!rules)
        return fail(rules.error());
    for (const RuleCount& rule : *rules) {
        const RuleSpec& spec = ruleSpec(rule.rule);
        ProofRule entry{std::string(spec.code), std::string(severityName(rule.severity)),
                        rule.count, std::string(spec.meaning), rule.examples};
        for (RuleExample& example : entry.examples)
            example.value = masked(example.value);
        proof.rules.push_back(std::move(entry));
    }
    return {};
}

Status addPlan(RunProof& proof, const Workspace& workspace, const ledger::SourceRecord& record)
{
    // A moment before the run: what led to it, not what it did.
    const Instant at = std::max(proof.startedAt - std::chrono::microseconds(1), record.createdAt);
    auto past = pastSource(workspace, record, at);
    if (!past)
        return fail(past.error());
    const CalendarView view = calendarWith(workspace, std::move(past->planned),
                                           proof.day - kDaysBefore, proof.day + kDaysAfter);
    proof.plan.at = at;
    proof.plan.today = view.plan.today;
    proof.plan.firstDay = view.plan.firstDay;
    proof.plan.frontier = view.plan.frontier;
    proof.plan.nextDay = view.plan.nextDay;
    proof.plan.unknown = std::move(past->unknown);
    for (const CalendarDay& day : view.days)
        proof.plan.days.push_back({day.planned.day, std::string(stateName(day.planned.state)),
                                   withoutQuoted(day.description)});
    return {};
}

Result<RunProof> proofOf(const Workspace& workspace, RunId id)
{
    const auto run = workspace.ledger->runTable().get(id);
    if (!run)
        return fail(run.error());
    const auto record = workspace.ledger->sourceTable().get(run->source);
    if (!record)
        return fail(record.error());
    const Cleaner clean(record->config.name);
    RunProof proof;
    proof.program = DAYMARK_VERSION;
    proof.writtenAt = workspace.clock.now();
    addRun(proof, workspace, *run, clean);
    if (proof.state == runStateName(RunState::Running) ||
        proof.state == runStateName(RunState::Committing))
        return fail(ErrorCode::UsageInvalid,
                    "Run " + std::to_string(id.value) +
                        " is at work: there is nothing to prove "
                        "yet.",
                    "Wait for its end.");
    addSettings(proof, *record, clean);
    if (const Status added = addRules(proof, workspace); !added)
        return fail(added.error());
    if (const Status added = addPlan(proof, workspace, *record); !added)
        return fail(added.error());
    return proof;
}

} // namespace

Status exportRun(Engine& engine, RunId run, const std::filesystem::path& target)
{
    const auto proof = proofOf(EngineAccess::workspace(engine), run);
    if (!proof)
        return fail(proof.error());
    return writeFileDurably(target, proofText(*proof));
}

Result<RunProof> readRunProof(const std::filesystem::path& file)
{
    const auto content = readSmallFile(file, kMaxProofBytes);
    if (!content)
        return fail(content.error());
    auto proof = parseProof(*content);
    if (proof)
        return proof;
    Error error = proof.error();
    error.message = shortened(file.string(), 500) + " " + error.message;
    return fail(std::move(error));
}

} // namespace daymark
