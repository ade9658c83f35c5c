// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Passwords and keys of sources. A secret lives in the platform's keychain and in memory only: it
// is never part of a configuration, a message, a log or a file.

#include "core/base/error.h"

#include <functional>
#include <optional>

namespace daymark {

/// Asks a secret store for the secret of a source, by the source's name: none where it keeps none.
/// Called on any thread; must answer within a few seconds, with an error where the store is locked
/// or does not answer.
using SecretStore = std::function<Result<std::optional<std::string>>(const std::string& source)>;

/// Sets the process's secret store, once, before the first source is used. Programs without one
/// know secrets from the environment only.
void setSecretStore(SecretStore store);

/// The environment variable that carries the secret of a source: `DAYMARK_SECRET_SHOP_EU` for
/// `shop-eu`.
[[nodiscard]] std::string secretVariable(std::string_view source);

/// The secret of a source: from its environment variable, else from the secret store; none where
/// neither has one.
[[nodiscard]] Result<std::optional<std::string>> findSecret(const std::string& source);

/// While it lives, findSecret() answers on its own thread with this secret for this source: for a
/// password that was just typed and is not kept anywhere. Used as a local variable only.
class LentSecret
{
public:
    /// Lends nothing where there is no secret.
    LentSecret(std::string source, std::optional<std::string> secret);
    LentSecret(const LentSecret&) = delete;
    LentSecret& operator=(const LentSecret&) = delete;
    ~LentSecret();

private:
    friend Result<std::optional<std::string>> findSecret(const std::string& source);

    std::string m_source;
    std::optional<std::string> m_secret;
    LentSecret* m_before;
};

/// Overwrites a secret in memory before the memory is given back.
void wipe(std::string& secret);

/// The text with every occurrence of the secret replaced by dots.
[[nodiscard]] std::string withoutSecret(std::string text, std::string_view secret);

} // namespace daymark
