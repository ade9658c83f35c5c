// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/registry.h"

#include "core/base/text.h"
#include "core/source/files_source.h"
#include "core/source/postgres_settings.h"
#include "core/source/postgres_source.h"
#include "core/source/sqlite_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace daymark {

namespace {

SourceKind withSettings(SourceKind kind, decltype(SourceKind::checkGiven) check)
{
    kind.checkGiven = std::move(check);
    return kind;
}

} // namespace

std::span<const SourceKind> sourceKinds()
{
    static const std::array kinds{sqliteKind(), withSettings(postgresKind(), checkPostgresFormat),
                                  filesKind()};
    return kinds;
}

const SourceKind* findSourceKind(std::string_view name)
{
    const std::span<const SourceKind> kinds = sourceKinds();
    const auto found = std::find_if(kinds.begin(), kinds.end(),
                                    [name](const SourceKind& kind) { return kind.name == name; });
    return found == kinds.end() ? nullptr : &*found;
}

Result<std::unique_ptr<Source>> makeSource(const SourceConfig& config)
{
    const SourceKind* kind = findSourceKind(config.kind);
    if (!kind) {
        std::vector<std::string> names;
        for (const SourceKind& known : sourceKinds())
            names.emplace_back(known.name);
        return fail(ErrorCode::SourceInvalid,
                    fmt::format("There is no kind of source called {}.", shortened(config.kind)),
                    fmt::format("Use one of {}.", fmt::join(names, ", ")));
    }
    if (trimmed(config.uri).empty()) {
        return fail(ErrorCode::SourceInvalid, "The source has no URI.",
                    fmt::format("Give {} with --uri.", kind->uriHelp));
    }
    if (!config.query.empty() && !kind->takesQuery) {
        return fail(ErrorCode::SourceInvalid,
                    fmt::format("A source of kind {} takes no query.", kind->name),
                    "Name the data with --table instead.");
    }
    if (!config.query.empty() && !config.table.empty()) {
        return fail(ErrorCode::SourceInvalid, "The source has both a table and a query.",
                    "Give one of --table and --query.");
    }
    return kind->make(config);
}

} // namespace daymark
