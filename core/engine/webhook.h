// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Sends a notice to a web address. The address may be a secret: of it, only scheme, host and port
// are ever put into words.

#include "core/base/error.h"

#include <chrono>
#include <stop_token>

namespace daymark {

/// `https://hooks.example.org:8443`; empty where the text is no http or https address.
[[nodiscard]] std::string webhookHost(const std::string& url);

/// UsageInvalid unless the text is an http or https address with a host.
[[nodiscard]] Status checkWebhook(const std::string& url);

struct WebhookAnswer
{
    bool ok = false;        ///< answered 2xx
    bool mayPass = false;   ///< trying again later, unchanged, may help
    bool cancelled = false; ///< by `stop`
    std::string words;      ///< `https://hooks.example.org answered 200.`
};

/// Posts a JSON document and waits for the answer, whose text is not kept. Follows no redirect,
/// speaks http and https only, verifies certificates, and gives up after `patience`.
[[nodiscard]] WebhookAnswer
postToWebhook(const std::string& url, const std::string& json, std::stop_token stop,
              std::chrono::milliseconds patience = std::chrono::seconds(10));

} // namespace daymark
