// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/files_place.h"

#include <stop_token>

namespace daymark {

/// Whether this is wrong with the one file alone: it is cut off, still being written or without
/// anything. Its day fails when its turn comes.
[[nodiscard]] bool saysNothingOfOthers(const Error& error);

/// Finds out how the data files of a source are written, by its newest and its oldest file, and
/// adds `layout`, `delimiter`, `quote`, `header`, `final_newline`, `columns` and `date_format` to
/// the settings where they are not set.
[[nodiscard]] Status detectFileFormat(const FilesPlace& place, const SourceConfig& config,
                                      std::map<std::string, std::string>& format,
                                      std::stop_token stop);

} // namespace daymark
