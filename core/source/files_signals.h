// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/date_settings.h"
#include "core/source/files_place.h"
#include "core/source/source.h"

namespace daymark {

/// Reads all signals of a files source: rows of files, and markers named by their day.
[[nodiscard]] Result<SignalReading> readFileSignals(const FilesPlace& place,
                                                    const SourceConfig& config,
                                                    const DateSettings& dates,
                                                    std::stop_token stop);

/// Adds `signal_delimiter` and `signal_date_format` to the settings, by the files that are there.
[[nodiscard]] Status detectFileSignals(const FilesPlace& place, const SourceConfig& config,
                                       std::map<std::string, std::string>& format,
                                       std::stop_token stop);

} // namespace daymark
