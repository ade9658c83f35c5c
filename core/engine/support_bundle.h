// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What helps those who help: one text that a person can read before it is sent, without secrets and
// without values of customers' rows.

#include "core/engine/engine.h"

namespace daymark {

struct SupportRequest
{
    std::filesystem::path workspace;
    Engine* engine = nullptr;     ///< null where the workspace could not be opened
    std::optional<Error> trouble; ///< why not
    Instant now;
};

/// Versions, the machine, the sources' settings, the latest runs, the journal's latest entries,
/// what a check says (without reading every byte), and the end of the log.
[[nodiscard]] std::string supportText(const SupportRequest& request, const std::stop_token& stop);

/// The same in a file; one that is there is replaced.
[[nodiscard]] Status writeSupportBundle(const SupportRequest& request,
                                        const std::filesystem::path& target,
                                        const std::stop_token& stop);

} // namespace daymark
