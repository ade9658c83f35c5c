// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/schema/date_decoder.h"
#include "core/schema/source_config.h"

namespace daymark {

/// How the rows and the signals of a source write their dates, as its settings say: `date_format`
/// and `signal_date_format`, each ISO where it is not set.
class DateSettings
{
public:
    /// ErrorCode::SourceInvalid for a format that there is not, or an unknown time zone.
    [[nodiscard]] static Result<DateSettings> of(const SourceConfig& config);

    [[nodiscard]] const DateDecoder& rows() const { return m_rows; }
    [[nodiscard]] const DateDecoder& signals() const { return m_signals; }

private:
    DateSettings(DateDecoder rows, DateDecoder signalDates)
        : m_rows(std::move(rows)), m_signals(std::move(signalDates))
    {}

    DateDecoder m_rows;
    DateDecoder m_signals;
};

} // namespace daymark
