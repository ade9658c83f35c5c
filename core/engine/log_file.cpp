// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/log_file.h"

#include "core/base/redaction.h"
#include "core/base/text.h"
#include "core/engine/workspace.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace daymark {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestLine = 2000;

/// The lines of one thing that happened; none for what is not worth one.
std::string lineOf(const RunInfo& run)
{
    std::string line = fmt::format(
        "run {} of {}, {}: {}, {} read, {} accepted, {} rejected, {} duplicates, {:.2f} s",
        run.id.value, run.source, formatDay(run.day), runStateName(run.state), run.rowsRead,
        run.accepted, run.rejected, run.duplicates, run.seconds);
    if (run.error)
        line += fmt::format("; {}: {}", errorName(run.error->code), run.error->message);
    return line;
}

std::string lineOf(const PollReport& poll)
{
    if (poll.error)
        return fmt::format("poll of {}: {}: {}", poll.source, errorName(poll.error->code),
                           poll.error->message);
    return fmt::format("poll of {}: {} signalled days, {} new, {} withdrawn, {} findings",
                       poll.source, poll.signalCount, poll.added.size(), poll.withdrawn.size(),
                       poll.findings.size());
}

std::string lineOf(const Event& event)
{
    switch (event.kind) {
    case EventKind::RunStarted:
        return fmt::format("run {} of {}, {}: started", event.progress.run.value,
                           event.progress.source, formatDay(event.progress.day));
    case EventKind::RunFinished:
        return lineOf(event.run);
    case EventKind::PollFinished:
        return lineOf(event.poll);
    case EventKind::PassFinished:
        return event.message.empty() ? "" : fmt::format("{}: {}", event.source, event.message);
    case EventKind::SourcesChanged:
        return fmt::format("source {}: added, edited or removed", event.source);
    default:
        return {};
    }
}

} // namespace

void LogFile::add(Instant at, const std::string& text)
{
    const std::string line = formatInstant(at) + ' ' +
                             shortened(withoutCredentials(withoutQuoted(text)), kLongestLine) +
                             '\n';
    const std::scoped_lock lock(m_mutex);
    const fs::path file = m_folder / kLogName;
    std::error_code error;
    if (fs::create_directories(m_folder, error))
        ::chmod(m_folder.c_str(), S_IRWXU);
    if (fs::file_size(file, error) + line.size() > m_fileBytes && !error)
        rotate();
    const int descriptor =
        ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK,
               S_IRUSR | S_IWUSR);
    if (descriptor < 0)
        return;
    // A line that is cut short by a full disk is still a line of a log.
    static_cast<void>(::write(descriptor, line.data(), line.size()) < 0);
    ::close(descriptor);
}

/// `daymark.log` becomes `daymark.log.1`, and so on; the last one goes.
void LogFile::rotate() const
{
    const auto named = [this](int number) {
        std::string name(kLogName);
        if (number > 0)
            name += '.' + std::to_string(number);
        return m_folder / name;
    };
    std::error_code error;
    fs::remove(named(kFiles - 1), error);
    for (int number = kFiles - 1; number > 0; --number)
        fs::rename(named(number - 1), named(number), error);
}

WorkspaceLog::WorkspaceLog(const Workspace& workspace)
    : m_workspace(workspace), m_file(workspace.folder / kLogFolder)
{
    m_file.add(workspace.clock.now(),
               fmt::format("start: process {}, {}", ::getpid(), workspace.actor));
    for (const std::string& repair : workspace.repairs)
        m_file.add(workspace.clock.now(), "mended: " + repair);
    m_subscription = workspace.events->subscribe([this](const Event& event) { take(event); });
}

WorkspaceLog::~WorkspaceLog()
{
    m_subscription = Subscription();
    m_file.add(m_workspace.clock.now(), fmt::format("end: process {}", ::getpid()));
}

void WorkspaceLog::take(const Event& event)
{
    if (const std::string line = lineOf(event); !line.empty())
        m_file.add(m_workspace.clock.now(), line);
}

} // namespace daymark
