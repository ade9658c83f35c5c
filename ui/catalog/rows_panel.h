// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/engine_bridge.h"

#include <QDate>
#include <QWidget>

class QComboBox;
class QLabel;
class QTableView;

namespace daymark::ui {

class LandedRowsModel;

/// The first landed rows of a metric on a day.
class RowsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit RowsPanel(EngineBridge& bridge, QWidget* parent = nullptr);

    /// Another metric; no rows until a day is shown.
    void setMetric(const MetricInfo& metric);
    /// @param note  why there is no value on the day; empty where there is.
    void showDay(QDate day, const QString& note);
    /// Whether rows are being read.
    [[nodiscard]] bool isBusy() const { return m_rows.pending(); }

private:
    void ask();
    void show(const Result<std::vector<LandedMetricRow>>& rows);
    void say(const QString& sentence);

    EngineBridge& m_bridge;
    LandedRowsModel* m_model = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_sourceLabel = nullptr;
    QComboBox* m_source = nullptr;
    QTableView* m_table = nullptr;
    std::string m_metric;
    QDate m_day;
    Request m_rows;
};

} // namespace daymark::ui
