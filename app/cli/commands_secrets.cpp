// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands_secrets.h"

#include "app/cli/arguments.h"
#include "app/cli/json_out.h"
#include "app/cli/show.h"
#include "core/base/secret.h"
#ifdef DAYMARK_KEYCHAIN
#include "app/secrets/keychain.h"
#endif

#include <iostream>

#include <termios.h>
#include <unistd.h>

namespace daymark::cli {

namespace {

/// Keeps a terminal from showing what is typed.
class SilentTerminal
{
public:
    SilentTerminal()
    {
        if (::isatty(STDIN_FILENO) == 0 || ::tcgetattr(STDIN_FILENO, &m_before) != 0)
            return;
        termios silent = m_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        m_changed = ::tcsetattr(STDIN_FILENO, TCSANOW, &silent) == 0;
    }
    SilentTerminal(const SilentTerminal&) = delete;
    SilentTerminal& operator=(const SilentTerminal&) = delete;
    ~SilentTerminal()
    {
        if (m_changed)
            ::tcsetattr(STDIN_FILENO, TCSANOW, &m_before);
    }
    [[nodiscard]] bool isOn() const { return m_changed; }

private:
    termios m_before = {};
    bool m_changed = false;
};

#ifdef DAYMARK_KEYCHAIN
Status store(const std::string& name, const std::string& secret)
{
    return secrets::storeSecret(name, secret);
}

Status removeStored(const std::string& name) { return secrets::removeSecret(name); }
#else
Status noKeychain(const std::string& name)
{
    return fail(ErrorCode::SourceCredentials, "This build has no keychain.",
                "Set the environment variable " + secretVariable(name) + ".");
}

Status store(const std::string& name, const std::string&) { return noKeychain(name); }

Status removeStored(const std::string& name) { return noKeychain(name); }
#endif

Result<std::string> readSecretFromInput(Session& session)
{
    const SilentTerminal silence;
    if (silence.isOn())
        session.note("The password, then Enter:");
    std::string secret;
    std::getline(std::cin, secret);
    if (secret.empty())
        return fail(ErrorCode::UsageInvalid, "No secret came in on the standard input.",
                    "Type it, or send it in: daymark-cli source secret NAME < FILE.");
    return secret;
}

Outcome runSecret(Session& session, const std::string& wanted, bool isRemoval)
{
    auto engine = session.open(OpenMode::Read);
    if (!engine)
        return fail(engine.error());
    const auto source = (*engine)->source(wanted);
    if (!source)
        return fail(source.error());
    const std::string& name = source->config.name;
    if (isRemoval) {
        if (const Status removed = removeStored(name); !removed)
            return fail(removed.error());
    } else {
        auto secret = readSecretFromInput(session);
        if (!secret)
            return fail(secret.error());
        const Status stored = store(name, *secret);
        wipe(*secret);
        if (!stored)
            return fail(stored.error());
    }
    session.print(session.json() ? sourceSecretJson(name, !isRemoval)
                                 : "The secret of " + printable(name) +
                                       (isRemoval ? " is no longer in the keychain.\n"
                                                  : " is in the keychain.\n"));
    return Done;
}

} // namespace

Run setUpSourceSecret(Arguments& arguments)
{
    struct Asked
    {
        std::string name;
        bool isRemoval = false;
    };
    auto asked = std::make_shared<Asked>();
    arguments.positional("NAME", "the source", asked->name);
    arguments.flag("--remove", "take the secret out of the keychain", asked->isRemoval);
    return [asked](Session& session) { return runSecret(session, asked->name, asked->isRemoval); };
}

} // namespace daymark::cli
