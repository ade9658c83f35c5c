// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/landing/layout.h"

#include "core/base/text.h"

#include <charconv>
#include <cstdio>

namespace daymark::landing {

namespace {

constexpr std::string_view kSourceKey = "source=";
constexpr std::string_view kDayKey = "day=";
constexpr std::string_view kEnding = ".parquet";

std::string runName(RunId run)
{
    char name[32] = {};
    std::snprintf(name, sizeof name, "run-%06lld", static_cast<long long>(run.value));
    return name;
}

/// The value of the first part of a path that begins with `key`.
std::string partAfter(const std::filesystem::path& path, std::string_view key)
{
    for (const auto& part : path) {
        const std::string text = part.string();
        if (text.starts_with(key))
            return text.substr(key.size());
    }
    return {};
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/// What pathSafe() made of a name, turned back.
std::string withoutPercents(std::string_view text)
{
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escaped = text[i] == '%' && i + 2 < text.size() && hexDigit(text[i + 1]) >= 0 &&
                             hexDigit(text[i + 2]) >= 0;
        plain += escaped ? static_cast<char>(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2]))
                         : text[i];
        i += escaped ? 2 : 0;
    }
    return plain;
}

} // namespace

std::filesystem::path sourceFolder(DatasetKind dataset, const std::string& source)
{
    return std::filesystem::path(kLandingFolder) / daymark::dataset(dataset).name /
           (std::string(kSourceKey) + pathSafe(source));
}

std::filesystem::path dayFolder(const DayPlace& place)
{
    return sourceFolder(place.dataset, place.source) /
           (std::string(kDayKey) + formatDay(place.day));
}

std::filesystem::path historyFolder(DatasetKind dataset, const std::string& source)
{
    return std::filesystem::path(kHistoryFolder) / daymark::dataset(dataset).name /
           (std::string(kSourceKey) + pathSafe(source));
}

std::filesystem::path versionFolder(const DayPlace& place, RunId run)
{
    return historyFolder(place.dataset, place.source) /
           (std::string(kDayKey) + formatDay(place.day)) / runName(run);
}

std::optional<RunId> runOfFolder(std::string_view name)
{
    constexpr std::string_view begin = "run-";
    if (!name.starts_with(begin))
        return std::nullopt;
    const std::string_view digits = name.substr(begin.size());
    RunId run;
    const auto [end, failed] =
        std::from_chars(digits.data(), digits.data() + digits.size(), run.value);
    if (failed != std::errc{} || runName(run) != name)
        return std::nullopt;
    return run;
}

std::filesystem::path stagingFolder(RunId run)
{
    return std::filesystem::path(kStagingFolder) / runName(run);
}

std::string firstFileName(RunId run) { return runName(run) + std::string(kEnding); }

bool belongsToRun(std::string_view fileName, RunId run)
{
    const std::string name = runName(run);
    if (!fileName.starts_with(name) || !fileName.ends_with(kEnding))
        return false;
    const std::string_view rest = fileName.substr(name.size());
    return rest == kEnding || rest.starts_with('-');
}

std::string sourceOfPath(const std::filesystem::path& path)
{
    return withoutPercents(partAfter(path, kSourceKey));
}

std::optional<Day> dayOfPath(const std::filesystem::path& path)
{
    return parseDay(partAfter(path, kDayKey));
}

} // namespace daymark::landing
