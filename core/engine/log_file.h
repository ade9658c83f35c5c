// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/engine.h"

#include <mutex>

namespace daymark {

class Workspace;

/// Where logs lie, below the workspace; the latest one's name.
inline constexpr std::string_view kLogFolder = "logs";
inline constexpr std::string_view kLogName = "daymark.log";

/// A log of bounded size: a file that gives way to a new one when it is full, and the last few of
/// those before it. Thread-safe. What cannot be written is left out: no work fails for its log.
class LogFile
{
public:
    static constexpr std::size_t kFileBytes = 1024 * 1024;
    static constexpr int kFiles = 5; ///< the one that is written included

    explicit LogFile(std::filesystem::path folder, std::size_t fileBytes = kFileBytes)
        : m_folder(std::move(folder)), m_fileBytes(fileBytes)
    {}

    /// Adds a line: `2022-06-13T10:00:00Z text`. Of the text goes what looks like a secret, what
    /// stands in quotes, and what is beyond 2,000 bytes.
    void add(Instant at, const std::string& text);

private:
    void rotate() const;

    std::filesystem::path m_folder;
    std::size_t m_fileBytes;
    std::mutex m_mutex;
};

/// Writes what happens in a workspace into its log, from the start of the writing process to its
/// end.
class WorkspaceLog
{
public:
    explicit WorkspaceLog(const Workspace& workspace);
    ~WorkspaceLog();
    WorkspaceLog(const WorkspaceLog&) = delete;
    WorkspaceLog& operator=(const WorkspaceLog&) = delete;

private:
    void take(const Event& event);

    const Workspace& m_workspace;
    LogFile m_file;
    Subscription m_subscription; ///< ends first
};

} // namespace daymark
