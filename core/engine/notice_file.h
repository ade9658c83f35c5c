// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// notices.json of a workspace: where notices go, what was told, and what is still to be sent. A
// file of its own beside the ledger, for its owner's eyes alone: a webhook's address may be a
// secret, and the ledger holds none.

#include "core/engine/notice_matters.h"

#include <deque>
#include <filesystem>

namespace daymark {

/// A notice on its way.
struct Outgoing
{
    Notice notice;
    bool toWebhook = false;
    bool toCommand = false;
};

struct NoticeState
{
    std::string webhook;
    std::vector<std::string> command;
    Mute mute;
    std::map<std::string, ToldMatters> told; ///< by source; the polling's own below ""
    std::deque<Outgoing> outbox;             ///< oldest first
    std::optional<Delivery> lastWebhook;
    std::optional<Delivery> lastCommand;
};

/// An empty state where there is no such file. WorkspaceDamaged where it is something else.
[[nodiscard]] Result<NoticeState> readNotices(const std::filesystem::path& workspace);
[[nodiscard]] Status writeNotices(const std::filesystem::path& workspace, const NoticeState& state);

} // namespace daymark
