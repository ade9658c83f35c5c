// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <spawn.h>
#include <sys/types.h>

namespace daymark {

/// How another program is started: no signal blocked or ignored, and in a process group of its own,
/// so that Ctrl+C asks us alone.
class SpawnPlan
{
public:
    SpawnPlan();
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;
    ~SpawnPlan();

    /// For the caller to say what becomes of descriptors and the folder.
    [[nodiscard]] posix_spawn_file_actions_t* actions() { return &m_actions; }

    /// Starts words[0], looked for in PATH where it has no slash, with those variables alone. The
    /// child's id goes to `child`. 0, or an errno.
    [[nodiscard]] int start(pid_t& child, std::vector<std::string> words,
                            std::vector<std::string> variables) const;

private:
    posix_spawn_file_actions_t m_actions;
    posix_spawnattr_t m_attributes;
};

/// The variables of this process, `NAME=value` each.
[[nodiscard]] std::vector<std::string> ownVariables();

} // namespace daymark
