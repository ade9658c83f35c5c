// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

namespace daymark {

/// The setting `columns`: the columns as they were found when the source was set up, a JSON array
/// of texts. Empty where it is not set; a text that is no array is a list of names between commas.
[[nodiscard]] std::vector<std::string> columnsOf(const std::map<std::string, std::string>& format);

/// Names as the setting `columns` spells them.
[[nodiscard]] std::string columnsSetting(const std::vector<std::string>& names);

} // namespace daymark
