// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/catalog/metric_series.h"

#include <QWidget>

class QCPRange;
class QCustomPlot;

namespace daymark::ui {

class DayBands;
class DayCursor;

/// Lets every plot of a series be read aloud. To be called before the first is shown.
void installSeriesPlotAccessibility();

/// A metric's series over time. A line breaks where a day has no value. The pointer, or the arrow
/// keys, move a cursor from point to point; the wheel, plus and minus zoom; dragging moves along
/// the days; 0 shows all.
class SeriesPlot : public QWidget
{
    Q_OBJECT

public:
    explicit SeriesPlot(QWidget* parent = nullptr);
    ~SeriesPlot() override;

    /// Shows another series, whole, without a cursor; the same one anew stays zoomed as it is.
    /// @param name  what is plotted, for a person who cannot see the plot.
    void showSeries(const QString& name, const QList<SeriesPoint>& points,
                    const QList<SeriesBand>& bands);

    void zoomIn();
    void zoomOut();
    void showAll();

    [[nodiscard]] const QList<SeriesPoint>& points() const { return m_points; }
    /// The day of the cursor; invalid where there is none.
    [[nodiscard]] QDate currentDay() const;
    /// `7 June 2026: 488.17`; empty without a cursor.
    [[nodiscard]] QString currentWords() const;
    /// The first and the last day in sight.
    [[nodiscard]] std::pair<QDate, QDate> visibleDays() const;

public Q_SLOTS:
    /// Moves the cursor to the day's point; does nothing where it has none.
    void setCurrentDay(QDate day);

Q_SIGNALS:
    void currentChanged(QDate day);
    /// The person pressed Enter or clicked on the day of the cursor.
    void dayChosen(QDate day);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void setupPlot();
    void refreshColours();
    void fillGraph();
    [[nodiscard]] QCPRange wholeRange() const;
    void keepInSight(const QCPRange& range);
    void zoom(double factor);
    void follow(QPointF position);
    void setCurrent(int point);

    QCustomPlot* m_plot = nullptr;
    DayBands* m_bands = nullptr;
    DayCursor* m_cursor = nullptr;
    QString m_name;
    QList<SeriesPoint> m_points;
    QDate m_lastDay; ///< of the points and of the bands
    int m_current = -1;
    QPointF m_pressed; ///< where the pointer went down
};

} // namespace daymark::ui
