// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/catalog/metric_series.h"

#include "ui/catalog/catalog_model.h"
#include "ui/style/text.h"

#include <QCoreApplication>

#include <algorithm>

namespace daymark::ui {

namespace {

QString seriesPhrase(const char* words)
{
    return QCoreApplication::translate("MetricSeries", words);
}

bool isMarked(DayState state)
{
    return state == DayState::Skipped || state == DayState::Gap || state == DayState::Failed;
}

} // namespace

QList<Measure> measuresOf(bool ratio)
{
    if (ratio)
        return {Measure::Mean, Measure::Numerators, Measure::Denominators, Measure::Units,
                Measure::Rows};
    return {Measure::Mean, Measure::Sum, Measure::Units, Measure::Rows};
}

QString measureName(Measure measure, bool ratio)
{
    switch (measure) {
    case Measure::Mean:
        return ratio ? seriesPhrase("Ratio") : seriesPhrase("Mean per unit");
    case Measure::Sum:
        return seriesPhrase("Sum");
    case Measure::Numerators:
        return seriesPhrase("Sum of numerators");
    case Measure::Denominators:
        return seriesPhrase("Sum of denominators");
    case Measure::Units:
        return seriesPhrase("Units");
    case Measure::Rows:
        return seriesPhrase("Rows");
    }
    return {};
}

std::optional<double> figureOf(const MetricDay& day, Measure measure)
{
    switch (measure) {
    case Measure::Mean:
        return day.mean;
    case Measure::Sum:
        return day.sum;
    case Measure::Numerators:
        return day.numeratorSum;
    case Measure::Denominators:
        return day.denominatorSum;
    case Measure::Units:
        return double(day.units);
    case Measure::Rows:
        return double(day.rows);
    }
    return {};
}

const std::vector<MetricDay>& daysOf(const MetricInfo& metric, const QString& idType)
{
    if (idType.isEmpty())
        return metric.series;
    const auto found = std::ranges::find(metric.idTypeSeries, utf8(idType), &MetricSeries::idType);
    return found == metric.idTypeSeries.end() ? metric.series : found->days;
}

QList<SeriesPoint> pointsOf(const MetricInfo& metric, const QString& idType, Measure measure)
{
    QList<SeriesPoint> points;
    for (const MetricDay& day : daysOf(metric, idType)) {
        if (const std::optional<double> figure = figureOf(day, measure))
            points.append({toDate(day.day), *figure});
    }
    return points;
}

QList<SeriesBand> bandsOf(const std::vector<MissingDay>& missing)
{
    QList<SeriesBand> bands;
    for (const MissingDay& day : missing) {
        if (!isMarked(day.state))
            continue;
        const QDate date = toDate(day.day);
        if (!bands.isEmpty() && bands.last().state == day.state &&
            bands.last().last.daysTo(date) == 1)
            bands.last().last = date;
        else
            bands.append({date, date, day.state, text(day.words)});
    }
    return bands;
}

QString seriesSentence(const QString& name, const QList<SeriesPoint>& points)
{
    if (points.isEmpty())
        return seriesPhrase("%1: no values").arg(name);
    const auto [low, high] = std::ranges::minmax_element(points, {}, &SeriesPoint::value);
    const QString days =
        points.size() == 1 ? seriesPhrase("1 day, %1").arg(plainDate(points.first().day))
                           : seriesPhrase("%1 days from %2 to %3")
                                 .arg(figure(std::uint64_t(points.size())),
                                      plainDate(points.first().day), plainDate(points.last().day));
    return seriesPhrase("%1: %2, %3 to %4")
        .arg(name, days, number(low->value), number(high->value));
}

} // namespace daymark::ui
