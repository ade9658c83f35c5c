// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"

namespace daymark {

namespace {

Instant machineNow()
{
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

} // namespace

Clock Clock::startingAt(Instant start)
{
    Clock clock;
    clock.m_offset = start - machineNow();
    return clock;
}

Instant Clock::now() const { return machineNow() + m_offset; }

} // namespace daymark
