// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/calendar/range_plan.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace daymark::ui {

class RangeModel;

/// Says of a command on several days what will and what will not happen, and asks.
class RangeDialog : public QDialog
{
    Q_OBJECT

public:
    RangeDialog(const RangePlan& plan, const QString& source, QWidget* parent);

    /// The calendar changed meanwhile: the plan is another one.
    void showPlan(const RangePlan& plan);

    [[nodiscard]] const RangePlan& plan() const { return m_plan; }
    [[nodiscard]] QString reason() const;

private:
    void setupSteps();
    void setupReason();
    void setupButtons();
    void refresh();

    RangePlan m_plan;
    RangeModel* m_model;
    QLabel* m_summary = nullptr;
    QTableView* m_steps = nullptr;
    QLineEdit* m_reason = nullptr; ///< null where none is asked for
    QPushButton* m_accept = nullptr;
};

} // namespace daymark::ui
