// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/json_out.h"
#include "app/cli/json_parts.h"
#include "core/engine/first_day.h"
#include "core/engine/repair.h"

#include <nlohmann/json.hpp>

namespace daymark::cli {

std::string repairJson(const RepairReport& report)
{
    return documentText({{"needed", report.needed},
                         {"done", report.done},
                         {"fault", textOrNull(report.fault)},
                         {"base", textOrNull(report.base)},
                         {"set_aside", textOrNull(report.setAside.string())},
                         {"days", report.days},
                         {"rebuilt", report.rebuilt},
                         {"versions", report.versions},
                         {"sources", report.sources},
                         {"notes", report.notes},
                         {"copy", textOrNull(report.copy)}});
}

std::string firstDayJson(const std::string& source, const FirstDayOutcome& outcome)
{
    return documentText({{"source", source},
                         {"done", outcome.done},
                         {"before", formatDay(outcome.before)},
                         {"first_day", formatDay(outcome.after)},
                         {"landed", outcome.landed},
                         {"days", outcome.days},
                         {"signalled", outcome.signalled},
                         {"warnings", outcome.warnings}});
}

std::string supportBundleJson(const std::string& file) { return documentText({{"file", file}}); }

} // namespace daymark::cli
