// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/spawn.h"

#include <csignal>

#include <unistd.h>

extern char** environ;

namespace daymark {

namespace {

std::vector<char*> pointers(std::vector<std::string>& texts)
{
    std::vector<char*> list;
    for (std::string& text : texts)
        list.push_back(text.data());
    list.push_back(nullptr);
    return list;
}

} // namespace

SpawnPlan::SpawnPlan()
{
    posix_spawn_file_actions_init(&m_actions);
    posix_spawnattr_init(&m_attributes);
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&m_attributes, &none);
    posix_spawnattr_setsigdefault(&m_attributes, &all);
    posix_spawnattr_setpgroup(&m_attributes, 0);
    posix_spawnattr_setflags(&m_attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
                                                POSIX_SPAWN_SETSIGDEF);
}

SpawnPlan::~SpawnPlan()
{
    posix_spawn_file_actions_destroy(&m_actions);
    posix_spawnattr_destroy(&m_attributes);
}

int SpawnPlan::start(pid_t& child, std::vector<std::string> words,
                     std::vector<std::string> variables) const
{
    const std::vector<char*> argv = pointers(words);
    const std::vector<char*> envp = pointers(variables);
    return ::posix_spawnp(&child, argv[0], &m_actions, &m_attributes, argv.data(), envp.data());
}

std::vector<std::string> ownVariables()
{
    std::vector<std::string> variables;
    for (char** entry = environ; entry && *entry; ++entry)
        variables.emplace_back(*entry);
    return variables;
}

} // namespace daymark
