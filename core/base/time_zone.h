// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/day.h"
#include "core/base/error.h"

#include <memory>

namespace daymark {

/// Where days begin: an IANA zone (`America/Los_Angeles`) or a fixed offset (`UTC-08:00`: eight
/// hours behind UTC, all year). Cheap to copy; safe to share between threads.
class TimeZone
{
public:
    /// UTC.
    TimeZone();

    /// Finds a zone by name: an IANA name in its exact spelling, `UTC`, `Z`, or `UTC±H[H][:MM]` and
    /// `±HH:MM` up to 18 hours. Anything else: ErrorCode::UsageInvalid with the nearest name as the
    /// hint.
    [[nodiscard]] static Result<TimeZone> find(std::string_view name);

    [[nodiscard]] const std::string& name() const;

    /// The calendar day that an instant falls on here.
    [[nodiscard]] Day dayOf(Instant instant) const;

    /// The first instant of a day here. Where midnight does not exist (a clock put forward), the
    /// first instant after it; where it comes twice, the earlier one.
    [[nodiscard]] Instant startOf(Day day) const;

    /// A time of the wall clock here as an instant, by the same rule for times that do not exist or
    /// come twice.
    [[nodiscard]] Instant toInstant(std::chrono::local_time<std::chrono::microseconds> local) const;

    /// How far the wall clock here is ahead of UTC, and for which stretch of time around an instant
    /// that holds.
    struct Offset
    {
        Instant from;  ///< the first instant of the stretch
        Instant until; ///< the first instant after it
        std::chrono::seconds ahead{0};
    };
    [[nodiscard]] Offset offsetAt(Instant instant) const;

    /// The wall clock here at an instant, as `2022-06-13 10:00`.
    [[nodiscard]] std::string formatLocal(Instant instant) const;

private:
    struct Rules;
    explicit TimeZone(std::shared_ptr<const Rules> rules);
    std::shared_ptr<const Rules> m_rules;
};

} // namespace daymark
