// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/catalog/metric_series.h"
#include "ui/catalog/plot_library.h"

namespace daymark::ui {

/// The place of a day on the plot's time axis: seconds to its beginning in UTC.
[[nodiscard]] double plotKey(QDate day);

/// Days that were skipped, failed or are gaps, as bands behind the series; each bears the sign of
/// its state.
class DayBands : public QCPLayerable
{
    Q_OBJECT

public:
    explicit DayBands(QCustomPlot* plot);

    void setBands(const QList<SeriesBand>& bands) { m_bands = bands; }

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    [[nodiscard]] QRect clipRect() const override;
    void draw(QCPPainter* painter) override;

private:
    QList<SeriesBand> m_bands;
};

/// Where the person looks: a line across the plot and a ring around the day's point.
class DayCursor : public QCPLayerable
{
    Q_OBJECT

public:
    explicit DayCursor(QCustomPlot* plot);

    void setPoint(const std::optional<SeriesPoint>& point) { m_point = point; }

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    [[nodiscard]] QRect clipRect() const override;
    void draw(QCPPainter* painter) override;

private:
    std::optional<SeriesPoint> m_point;
};

} // namespace daymark::ui
