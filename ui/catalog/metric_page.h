// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/engine_bridge.h"

#include <QWidget>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QSortFilterProxyModel;
class QTableView;
class QVBoxLayout;

namespace daymark::ui {

class Banner;
class BandLegend;
class RowsPanel;
class SeriesModel;
class SeriesPlot;

/// One metric: its series as a plot and as a table of days, and the landed rows of a day.
class MetricPage : public QWidget
{
    Q_OBJECT

public:
    explicit MetricPage(EngineBridge& bridge, QWidget* parent = nullptr);

    void showMetric(const QString& name);
    /// Asks for the metric anew and keeps what is chosen.
    void reload();
    /// No metric any more.
    void clear();
    [[nodiscard]] SeriesPlot& plot() { return *m_plot; }
    /// Whether an answer is still to come.
    [[nodiscard]] bool isBusy() const;

Q_SIGNALS:
    void backAsked();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void setupHead(QVBoxLayout* layout);
    void setupChoices(QVBoxLayout* layout);
    void setupBody(QVBoxLayout* layout);
    QWidget* makePlot();
    QWidget* makeDays();

    void showAnswer(const Result<MetricInfo>& metric);
    void fillHead();
    void fillChoices();
    void showSeries();
    void showDay();
    void selectDay(QDate day);
    void showReading();
    void elideTitle();
    [[nodiscard]] QDate selectedDay() const;

    EngineBridge& m_bridge;
    SeriesModel* m_days = nullptr;
    QSortFilterProxyModel* m_sortedDays = nullptr;
    Banner* m_message = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_facts = nullptr;
    QComboBox* m_idType = nullptr;
    QComboBox* m_measure = nullptr;
    SeriesPlot* m_plot = nullptr;
    QLabel* m_reading = nullptr;
    BandLegend* m_legend = nullptr;
    QTableView* m_table = nullptr;
    RowsPanel* m_rows = nullptr;

    QString m_name;
    MetricInfo m_metric;
    bool m_stale = false; ///< the metric changed while it was being read
    Request m_request;
};

} // namespace daymark::ui
