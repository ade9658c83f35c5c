// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The pieces that the documents share.

#include "core/engine/views.h"

#include <nlohmann/json_fwd.hpp>

#include <map>

namespace daymark::cli {

using Json = nlohmann::ordered_json;

/// A whole document with a line end. Bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] std::string documentText(const Json& json);

[[nodiscard]] Json textOrNull(const std::string& text);
[[nodiscard]] Json toJson(const std::optional<Day>& day);
[[nodiscard]] Json toJson(const std::optional<Instant>& instant);
[[nodiscard]] Json toJson(const std::optional<std::uint64_t>& number);
[[nodiscard]] Json toJson(const std::optional<double>& number);
[[nodiscard]] Json toJson(const std::optional<RunId>& run);
[[nodiscard]] Json toJson(const std::optional<Error>& error);
[[nodiscard]] Json toJson(const std::vector<SchemaFinding>& findings);
[[nodiscard]] Json toJson(const std::vector<RuleCount>& rules);
[[nodiscard]] Json toJson(const PollReport& poll);
[[nodiscard]] Json toJson(const DayImpact& impact);
[[nodiscard]] Json toJson(const std::map<std::string, std::string>& pairs);

} // namespace daymark::cli
