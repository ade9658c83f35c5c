// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is told to people who are not looking: a failure, a new gap, a source that is overdue, and
// that it is well again. Each matter is told once, whatever happens between: polls, restarts.

#include "core/base/day.h"
#include "core/base/error.h"

#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace daymark {

enum class NoticeKind {
    Failure,        ///< days that failed, or a source that does not answer
    Gap,            ///< days that were not announced while later ones were
    Overdue,        ///< the next day was not announced in time
    Recovery,       ///< what was told of a source is over
    PollingStopped, ///< no source, or one of them, is looked at any more
    Test            ///< a person asked for it
};

/// `failure`, `gap`, `overdue`, `recovery`, `polling_stopped`, `test`
[[nodiscard]] std::string_view noticeName(NoticeKind kind);

/// One thing to tell. Carries no secret.
struct Notice
{
    std::string id; ///< another for each notice: whoever gets one twice can tell
    NoticeKind kind = NoticeKind::Test;
    std::string source;    ///< empty where it concerns all of them
    std::vector<Day> days; ///< ascending; empty where it concerns none
    Instant at;
    std::string title; ///< a few words: `shop: a new gap`
    std::string words; ///< whole sentences
};

/// The notice as one JSON object, as a webhook and a command get it: `id`, `kind`, `source`,
/// `day` (the first one), `days`, `at`, `title`, `message`, `text` (title and message, as chats
/// take it), `workspace` (the folder's name).
[[nodiscard]] std::string noticeJson(const Notice& notice, const std::string& workspace);

/// For how long no notice is sent. What is still the matter afterwards is told then.
struct Mute
{
    std::optional<Instant> until;
    bool forGood = false; ///< until a person turns notices on again

    [[nodiscard]] bool holds(Instant now) const { return forGood || (until && now < *until); }
};

/// How a notice arrived, or why it did not.
struct Delivery
{
    Instant at;
    bool ok = false;
    std::string words; ///< `hooks.example.org answered 200.`
};

/// Where notices go, besides the desktop. A webhook's address may be a secret: it is never handed
/// out again.
struct NoticeTargets
{
    std::string webhookHost;          ///< `https://hooks.example.org`; empty: none
    std::vector<std::string> command; ///< a program and its arguments; empty: none
    Mute mute;
    std::optional<Delivery> lastWebhook;
    std::optional<Delivery> lastCommand;
};

/// The notices of an open workspace. Thread-safe. Functions that change something answer
/// WorkspaceBusy in a process that only reads.
class NoticeDesk
{
public:
    virtual ~NoticeDesk() = default;

    [[nodiscard]] virtual Result<NoticeTargets> targets() = 0;

    /// Sends notices by POST to an http or https address; an empty one ends that. UsageInvalid for
    /// anything else.
    [[nodiscard]] virtual Status setWebhook(const std::string& url) = 0;
    /// Starts a program for each notice, without a shell: its file and its arguments. None ends
    /// that. UsageInvalid where it is not there or may not be executed.
    [[nodiscard]] virtual Status setCommand(const std::vector<std::string>& command) = 0;
    [[nodiscard]] virtual Status setMute(const Mute& mute) = 0;

    /// Sends a test to an address (the kept one where it is empty) on the way of every notice, and
    /// waits for the answer. An error only where nothing could be sent at all.
    [[nodiscard]] virtual Result<Delivery> testWebhook(const std::string& url,
                                                       std::stop_token stop) = 0;
    [[nodiscard]] virtual Result<Delivery> testCommand(const std::vector<std::string>& command,
                                                       std::stop_token stop) = 0;

    /// Tells what is new now and sends what waits, then returns: for a process that ends at once.
    [[nodiscard]] virtual Status catchUp(std::stop_token stop) = 0;

    /// Says that polling has stopped, and of which sources; empty while it goes on, or nobody is to
    /// poll in this process.
    [[nodiscard]] virtual std::string pollingStopped() const = 0;
};

} // namespace daymark
