// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A look around a place before a source is set up: what it holds, and what is in it.

#include "core/schema/place.h"
#include "core/source/source.h"

namespace daymark {

/// What was found at a place, and how far the look came.
struct PlaceListing
{
    std::vector<TestStep> steps; ///< up to and including the first that fails
    std::vector<PlaceItem> items;
};

inline constexpr std::size_t kMostItems = 10'000; ///< that a place is listed with

/// The listing that ends with an error of the settings.
[[nodiscard]] PlaceListing failedListing(std::string step, const Error& error);

/// A value as a sample shows it.
[[nodiscard]] std::optional<std::string> sampleValue(const Cell& cell);

[[nodiscard]] PlaceListing browseSqlite(const SourceConfig& config, std::stop_token stop);
[[nodiscard]] Result<PlaceSample> sampleSqlite(const SourceConfig& config, std::size_t rows,
                                               std::stop_token stop);

[[nodiscard]] PlaceListing browseFiles(const SourceConfig& config, std::stop_token stop);
[[nodiscard]] Result<PlaceSample> sampleFiles(const SourceConfig& config, std::size_t rows,
                                              std::stop_token stop);

} // namespace daymark
