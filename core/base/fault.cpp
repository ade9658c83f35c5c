// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/fault.h"

#ifdef DAYMARK_FAULTS

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <mutex>
#include <thread>
#include <vector>

namespace daymark {

namespace {

struct Fault
{
    std::string point;
    int passesLeft = 1;
    std::string kind;
};

std::vector<Fault> readFaults()
{
    std::vector<Fault> faults;
    const char* setting = std::getenv("DAYMARK_FAULT");
    std::string_view rest = setting ? setting : "";
    while (!rest.empty()) {
        const auto comma = rest.find(',');
        const std::string_view entry = rest.substr(0, comma);
        rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
        const auto first = entry.find(':');
        const auto last = entry.rfind(':');
        if (first == std::string_view::npos || first == last)
            continue;
        faults.push_back({std::string(entry.substr(0, first)),
                          std::atoi(std::string(entry.substr(first + 1, last - first - 1)).c_str()),
                          std::string(entry.substr(last + 1))});
    }
    return faults;
}

} // namespace

Status faultPoint(std::string_view name)
{
    static std::mutex mutex;
    static std::vector<Fault> faults = readFaults();
    std::string kind;
    {
        const std::scoped_lock lock(mutex);
        const auto due = std::find_if(faults.begin(), faults.end(), [&](Fault& fault) {
            return fault.point == name && --fault.passesLeft == 0;
        });
        if (due == faults.end())
            return {};
        kind = due->kind;
    }
    if (kind == "kill")
        std::raise(SIGKILL);
    if (kind == "sleep")
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
    if (kind == "eio")
        return fail(ErrorCode::StorageFailed, "Input/output error at " + std::string(name) + ".");
    if (kind == "enospc")
        return fail(ErrorCode::StorageFull,
                    "No space left on device at " + std::string(name) + ".");
    return {};
}

} // namespace daymark

#endif
