// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A metric's series as the window asks of it: which figure, of which id type, on which days.

#include "core/engine/views.h"

#include <QDate>
#include <QList>
#include <QString>

namespace daymark::ui {

/// What is plotted of a day.
enum class Measure { Mean, Sum, Numerators, Denominators, Units, Rows };

[[nodiscard]] QList<Measure> measuresOf(bool ratio);
[[nodiscard]] QString measureName(Measure measure, bool ratio);
/// None where it is undefined on the day.
[[nodiscard]] std::optional<double> figureOf(const MetricDay& day, Measure measure);

/// The metric's days for one id type, or over all where `idType` is empty; oldest first.
[[nodiscard]] const std::vector<MetricDay>& daysOf(const MetricInfo& metric, const QString& idType);

struct SeriesPoint
{
    QDate day;
    double value = 0;

    bool operator==(const SeriesPoint&) const = default;
};

/// The days that have the figure, oldest first.
[[nodiscard]] QList<SeriesPoint> pointsOf(const MetricInfo& metric, const QString& idType,
                                          Measure measure);

/// Days in a row without a value for one and the same reason.
struct SeriesBand
{
    QDate first;
    QDate last;
    DayState state = DayState::Skipped;
    QString words; ///< of its first day

    bool operator==(const SeriesBand&) const = default;
};

/// The skipped, failed and gap days among the missing ones, oldest first.
[[nodiscard]] QList<SeriesBand> bandsOf(const std::vector<MissingDay>& missing);

/// `revenue, Mean: 26 days from 18 May 2026 to 7 June 2026, 481.2 to 512.9`
[[nodiscard]] QString seriesSentence(const QString& name, const QList<SeriesPoint>& points);

} // namespace daymark::ui
