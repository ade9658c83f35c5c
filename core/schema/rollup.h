// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/day.h"
#include "core/base/hash.h"

namespace daymark {

/// What the accepted rows of one run come to for one metric and id type. A row counts as a ratio
/// row where it has both numerator and denominator, and as a value row otherwise.
struct Rollup
{
    std::string metric;
    std::string idType;
    std::uint64_t rows = 0;  ///< valueRows + ratioRows
    std::uint64_t units = 0; ///< distinct units
    std::uint64_t valueRows = 0;
    std::uint64_t ratioRows = 0;
    double sum = 0;                     ///< of the values of value rows
    double sumSquares = 0;              ///< of the same
    double minimum = 0;                 ///< of the same; means nothing without value rows
    double maximum = 0;                 ///< of the same; means nothing without value rows
    double numeratorSum = 0;            ///< of all ratio rows
    double denominatorSum = 0;          ///< of all ratio rows
    std::uint64_t zeroDenominators = 0; ///< ratio rows whose denominator is 0
    Hash128 fingerprint;                ///< sum of the rows' hashes: the same whatever their order

    bool operator==(const Rollup&) const = default;
};

/// A rollup with the day and source that it belongs to: one point of a metric's series.
struct MetricPoint
{
    std::string source;
    Day day;
    Rollup rollup;
};

} // namespace daymark
