// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Texts that leave the workspace (proofs, logs, bundles for support): without secrets, and without
// what customers' rows hold.

#include <string>
#include <string_view>

namespace daymark {

/// The shape of a value: letters as `a` and `A`, digits as `9`, whatever is not ASCII as `·`, the
/// other ASCII characters as they are, control characters as `?`; at most 40 characters and an
/// ellipsis. `12,50 EUR` → `99,99 AAA`.
[[nodiscard]] std::string masked(std::string_view value);

/// The text with whatever stands in quotes (`"…"`, `'…'`, `` `…` ``, “…”) left out: the values that
/// messages name.
[[nodiscard]] std::string withoutQuoted(std::string_view text);

/// The text with whatever looks like a secret replaced by dots: the password of a URL's user, and
/// values after `password=`, `passwd`, `pwd`, `secret`, `token`, `api_key`, `apikey`, `access_key`,
/// `sig`, `signature` (with `=` or `:`, in any case). Sources hold no secrets in their settings;
/// this is for what was put there against all advice.
[[nodiscard]] std::string withoutCredentials(std::string_view text);

} // namespace daymark
