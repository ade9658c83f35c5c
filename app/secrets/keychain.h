// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <optional>
#include <utility>
#include <vector>

// The platform's keychain as the store of sources' secrets. Every call gives up after a few
// seconds: a keychain may be locked, absent, or behind a bus that never answers. There is no
// fallback to a file.

namespace daymark::secrets {

/// Whether there can be a keychain that answers.
[[nodiscard]] bool hasKeychain();

/// Makes the keychain the process's secret store (core/base/secret.h). Call it once, at the start
/// of main(), after the application object where there is one.
void useKeychain();

/// The secret of a source; none where the keychain has none, or where there is no keychain at all.
/// ErrorCode::SourceCredentials where it is locked or does not answer.
[[nodiscard]] Result<std::optional<std::string>> readSecret(const std::string& source);

/// Stores the secret of a source in place of an earlier one.
[[nodiscard]] Status storeSecret(const std::string& source, const std::string& secret);

/// Name and version of each library that stands between us and the keychain.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> libraryVersions();

/// Removes the secret of a source; done where there is none.
[[nodiscard]] Status removeSecret(const std::string& source);

} // namespace daymark::secrets
