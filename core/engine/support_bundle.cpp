// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/support_bundle.h"

#include "core/base/file.h"
#include "core/base/redaction.h"
#include "core/base/small_file.h"
#include "core/base/text.h"
#include "core/engine/about.h"
#include "core/engine/log_file.h"

#include <fmt/format.h>

#include <sys/utsname.h>

namespace daymark {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kRunsBundled = 50;
constexpr std::size_t kEntries = 200;
constexpr std::size_t kFaults = 200;
constexpr std::size_t kLogBytes = 512 * 1024; ///< the end of the latest log
constexpr std::size_t kLongestText = 1000;

/// A text of the workspace on its way out.
std::string clean(const std::string& text)
{
    return shortened(withoutCredentials(withoutQuoted(text)), kLongestText);
}

std::string heading(const std::string& title) { return "\n== " + title + " ==\n"; }

std::string line(const std::string& name, const std::string& value)
{
    return value.empty() ? std::string() : name + ": " + value + "\n";
}

std::string errorLine(const Error& error)
{
    return std::string(errorName(error.code)) + ": " + clean(error.message);
}

std::string machineText()
{
    utsname system = {};
    std::string text;
    if (::uname(&system) == 0)
        text +=
            line("system", fmt::format("{} {} {}", system.sysname, system.release, system.machine));
    if (const auto release = readSmallFile("/etc/os-release", 65536)) {
        const std::size_t at = release->find("PRETTY_NAME=");
        if (at != std::string::npos)
            text += release->substr(at, release->find('\n', at) - at) + "\n";
    }
    text += line("daymark", DAYMARK_VERSION);
    for (const auto& [library, version] : libraryVersions())
        text += line(library, version);
    return text;
}

std::string placeText(const SupportRequest& request)
{
    std::error_code error;
    std::string text = line("workspace", request.workspace.string());
    const auto space = fs::space(request.workspace, error);
    if (!error)
        text += line("free space", groupedDigits(space.available) + " bytes");
    for (const char* part : {"daymark.sqlite", "daymark.sqlite-wal"}) {
        const auto size = fs::file_size(request.workspace / part, error);
        text += line(part, error ? "is not there" : groupedDigits(size) + " bytes");
    }
    if (request.trouble)
        text += line("cannot be opened", errorLine(*request.trouble));
    return text;
}

std::string sourceText(const SourceInfo& source)
{
    const SourceConfig& config = source.config;
    const Policy& policy = source.policy;
    std::string text = "\n" + line("source", clean(config.name)) + line("kind", config.kind) +
                       line("enabled", source.enabled ? "yes" : "no") +
                       line("uri", shortened(withoutCredentials(config.uri), kLongestText)) +
                       line("table", clean(config.table)) +
                       line("query", config.query.empty() ? "" : "is set") +
                       line("signals from", clean(source.signalPlace));
    for (const auto& [canonical, column] : config.columnMap)
        text += line("map " + canonical, clean(column));
    for (const auto& [name, value] : config.format)
        text += line("format " + name, clean(value));
    text += line("order", policy.order == DayOrder::Strict ? "strict" : "high-water") +
            line("time zone", policy.timeZone) +
            line("first day", policy.firstDay ? formatDay(*policy.firstDay) : "") +
            line("horizon days", std::to_string(policy.horizonDays)) +
            line("tolerance", formatDouble(policy.tolerancePercent)) +
            line("poll minutes", std::to_string(policy.pollMinutes)) +
            line("blocked by", clean(source.schemaBreak)) +
            line("last poll", source.poll.last ? formatInstant(*source.poll.last) : "");
    if (source.poll.error)
        text += line("last poll failed", errorLine(*source.poll.error));
    return text;
}

std::string runText(const RunInfo& run)
{
    std::string text = fmt::format(
        "{} {} {} {} read {} accepted {} rejected {} duplicates {} started {} took {:.2f} s\n",
        run.id.value, clean(run.source), formatDay(run.day), runStateName(run.state), run.rowsRead,
        run.accepted, run.rejected, run.duplicates, formatInstant(run.startedAt), run.seconds);
    if (run.error)
        text += "    " + errorLine(*run.error) + "\n";
    return text;
}

template <class Answer, class Write>
std::string partText(const Answer& answer, Write write)
{
    if (!answer)
        return errorLine(answer.error()) + "\n";
    std::string text;
    for (const auto& entry : *answer)
        text += write(entry);
    return text.empty() ? "none\n" : text;
}

std::string checkText(Engine& engine, const std::stop_token& stop)
{
    const auto report = engine.check(false, stop);
    if (!report)
        return errorLine(report.error()) + "\n";
    std::string text = fmt::format("{}: {} days, {} files, {} versions, {} faults\n",
                                   report->ok ? "sound" : "not sound", report->days, report->files,
                                   report->versions, report->faults.size());
    for (std::size_t i = 0; i < std::min(report->faults.size(), kFaults); ++i)
        text += report->faults[i].code + ": " + clean(report->faults[i].message) + "\n";
    return text;
}

/// The end of the latest log, and of the one before it where that is short.
std::string logText(const fs::path& workspace)
{
    std::string text;
    for (const char* ending : {".1", ""}) {
        const fs::path file = workspace / kLogFolder / (std::string(kLogName) + ending);
        if (const auto content = readSmallFile(file, 4 * LogFile::kFileBytes))
            text += *content;
    }
    if (text.size() <= kLogBytes)
        return text.empty() ? "none\n" : text;
    const std::size_t begin = text.find('\n', text.size() - kLogBytes);
    return "(the end of it)" + text.substr(begin);
}

} // namespace

std::string supportText(const SupportRequest& request, const std::stop_token& stop)
{
    std::string text =
        "Daymark: what helps those who help. Made on " + formatInstant(request.now) +
        ".\nRead it before you send it. It holds no passwords and no values of rows; "
        "names of sources,\ntables, columns and people who acted are in it.\n";
    text += heading("Versions and machine") + machineText();
    text += heading("Workspace") + placeText(request);
    if (Engine* engine = request.engine) {
        text += heading("Sources") + partText(engine->sources(), sourceText);
        text +=
            heading("Latest runs") + partText(engine->runs(std::nullopt, kRunsBundled), runText);
        text += heading("Check") + checkText(*engine, stop);
        text += heading("Journal") +
                partText(engine->journal(std::nullopt, kEntries), [](const JournalEntry& entry) {
                    return fmt::format("{} {} {} {} {}\n", formatInstant(entry.at), entry.action,
                                       clean(entry.source), entry.day ? formatDay(*entry.day) : "-",
                                       clean(entry.actor));
                });
    }
    return text + heading("Log") + logText(request.workspace);
}

Status writeSupportBundle(const SupportRequest& request, const fs::path& target,
                          const std::stop_token& stop)
{
    const std::string text = supportText(request, stop);
    if (stop.stop_requested())
        return fail(ErrorCode::RunCancelled, "It was cancelled.");
    return writeFileDurably(target, text);
}

} // namespace daymark
