// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/arguments.h"
#include "app/cli/command.h"
#include "app/cli/json_parts.h"
#include "app/cli/show.h"
#include "app/cli/table.h"
#include "core/base/text.h"
#include "core/engine/notices.h"

#include <nlohmann/json.hpp>

#include <array>
#include <iostream>

namespace daymark::cli {

namespace {

constexpr std::chrono::hours kHour{1};

Json jsonOf(const std::optional<Delivery>& delivery)
{
    if (!delivery)
        return nullptr;
    return {{"at", formatInstant(delivery->at)}, {"ok", delivery->ok}, {"words", delivery->words}};
}

std::string targetsJson(const NoticeTargets& targets, Instant now)
{
    const Mute& mute = targets.mute;
    return documentText({{"webhook", textOrNull(targets.webhookHost)},
                         {"command", targets.command},
                         {"muted", mute.holds(now)},
                         {"muted_until", toJson(mute.holds(now) ? mute.until : std::nullopt)},
                         {"last_webhook", jsonOf(targets.lastWebhook)},
                         {"last_command", jsonOf(targets.lastCommand)}});
}

std::string deliveryText(const std::optional<Delivery>& delivery, const Style& style)
{
    if (!delivery)
        return {};
    return (delivery->ok ? style.good("✓ ") : style.bad("! ")) + instantText(delivery->at) + " " +
           printable(delivery->words, 500);
}

std::string muteText(const Mute& mute, Instant now)
{
    if (!mute.holds(now))
        return "no";
    return mute.forGood ? "until they are turned on" : "until " + instantText(mute.until);
}

std::string targetsText(const NoticeTargets& targets, Instant now, const Style& style)
{
    std::string command;
    for (const std::string& word : targets.command)
        command += (command.empty() ? "" : " ") + printable(word, 200);
    return factsText({{"Webhook", targets.webhookHost.empty() ? "none" : targets.webhookHost},
                      {"Last sent", deliveryText(targets.lastWebhook, style)},
                      {"Command", command.empty() ? "none" : command},
                      {"Last run", deliveryText(targets.lastCommand, style)},
                      {"Muted", muteText(targets.mute, now)}});
}

Outcome show(Session& session, Engine& engine)
{
    const auto targets = engine.notices().targets();
    if (!targets)
        return fail(targets.error());
    session.print(session.json() ? targetsJson(*targets, engine.now())
                                 : targetsText(*targets, engine.now(), session.style()));
    return Done;
}

Outcome runShowNotices(Session& session)
{
    auto engine = session.open(OpenMode::Read);
    if (!engine)
        return fail(engine.error());
    return show(session, **engine);
}

/// Changes something about the notices, and shows how they stand then.
Outcome change(Session& session, const std::function<Status(Engine&)>& job)
{
    auto engine = session.open(OpenMode::Write);
    if (!engine)
        return fail(engine.error());
    if (const Status done = job(**engine); !done)
        return fail(done.error());
    return show(session, **engine);
}

/// The address may be a secret, so it comes in on the standard input.
Outcome runWebhook(Session& session, bool isRemoval)
{
    std::string url;
    if (!isRemoval) {
        std::getline(std::cin, url);
        url = std::string(trimmed(url));
        if (url.empty())
            return fail(ErrorCode::UsageInvalid, "No address came in on the standard input.",
                        "Send it in: daymark-cli notice webhook < FILE.");
    }
    return change(session, [&url](Engine& engine) { return engine.notices().setWebhook(url); });
}

Outcome runCommand(Session& session, const std::vector<std::string>& command, bool isRemoval)
{
    if (command.empty() != isRemoval)
        return fail(ErrorCode::UsageInvalid, "Either a program is to be named, or --remove.",
                    "`daymark-cli notice command --help` shows what it takes.");
    return change(session,
                  [&command](Engine& engine) { return engine.notices().setCommand(command); });
}

Outcome runMute(Session& session, const std::optional<std::int64_t>& hours, bool off)
{
    return change(session, [&](Engine& engine) {
        Mute mute;
        mute.forGood = !off && !hours;
        if (hours && !off)
            mute.until = engine.now() + *hours * kHour;
        return engine.notices().setMute(mute);
    });
}

/// Sends a test on every way that is kept.
Outcome runTestNotices(Session& session)
{
    auto engine = session.open(OpenMode::Read);
    if (!engine)
        return fail(engine.error());
    NoticeDesk& desk = (*engine)->notices();
    const auto targets = desk.targets();
    if (!targets)
        return fail(targets.error());
    if (targets->webhookHost.empty() && targets->command.empty())
        return fail(ErrorCode::UsageInvalid, "Neither a webhook nor a command is set.",
                    "Set one: daymark-cli notice webhook, or daymark-cli notice command.");
    std::optional<Delivery> webhook;
    std::optional<Delivery> command;
    const auto take = [](std::optional<Delivery>& to, const Result<Delivery>& sent, Instant now) {
        to = sent ? *sent : Delivery{now, false, sent.error().message};
    };
    if (!targets->webhookHost.empty())
        take(webhook, desk.testWebhook({}, session.stop()), (*engine)->now());
    if (!targets->command.empty())
        take(command, desk.testCommand(targets->command, session.stop()), (*engine)->now());
    session.print(session.json()
                      ? documentText({{"webhook", jsonOf(webhook)}, {"command", jsonOf(command)}})
                      : factsText({{"Webhook", deliveryText(webhook, session.style())},
                                   {"Command", deliveryText(command, session.style())}}));
    const bool ok = (!webhook || webhook->ok) && (!command || command->ok);
    return ok ? Done : Failed;
}

Run setUpShowNotices(Arguments&) { return runShowNotices; }

Run setUpWebhook(Arguments& arguments)
{
    auto isRemoval = std::make_shared<bool>(false);
    arguments.flag("--remove", "send to no webhook any more", *isRemoval);
    return [isRemoval](Session& session) { return runWebhook(session, *isRemoval); };
}

Run setUpCommand(Arguments& arguments)
{
    struct Asked
    {
        std::vector<std::string> command;
        bool isRemoval = false;
    };
    auto asked = std::make_shared<Asked>();
    arguments.positionals("PROGRAM", "the program and its arguments; after -- whatever they are",
                          asked->command);
    arguments.flag("--remove", "start no program any more", asked->isRemoval);
    return
        [asked](Session& session) { return runCommand(session, asked->command, asked->isRemoval); };
}

Run setUpMute(Arguments& arguments)
{
    struct Asked
    {
        std::optional<std::int64_t> hours;
        bool off = false;
    };
    auto asked = std::make_shared<Asked>();
    arguments.wholeNumber("--hours", "N", "for so many hours (until --off)", 1, 8760, asked->hours);
    arguments.flag("--off", "turn notices on again", asked->off);
    arguments.exclude("--off", "--hours");
    return [asked](Session& session) { return runMute(session, asked->hours, asked->off); };
}

Run setUpTestNotices(Arguments&) { return runTestNotices; }

} // namespace

std::span<const Command> noticeCommands()
{
    static constexpr std::array commands = {
        Command{"notice show", "show where notices go, and whether they are muted", "notice show",
                setUpShowNotices},
        Command{"notice webhook", "post notices to the address on the standard input",
                "notice webhook --remove", setUpWebhook},
        Command{"notice command", "start a program for each notice",
                "notice command /usr/local/bin/tell-team", setUpCommand},
        Command{"notice mute", "send no notices for a while", "notice mute --hours 2", setUpMute},
        Command{"notice test", "send a test to the webhook and the command", "notice test",
                setUpTestNotices}};
    return commands;
}

} // namespace daymark::cli
