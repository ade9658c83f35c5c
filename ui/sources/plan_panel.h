// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/draft.h"
#include "ui/style/widgets.h"

#include <QAbstractTableModel>

class QLabel;
class QTableView;

namespace daymark::ui {

class FieldNote;

/// The days of a calendar as they would look, oldest first.
class PlanModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { DayColumn, State, Words, Columns };

    using QAbstractTableModel::QAbstractTableModel;

    void reset(const DraftPlan& plan);
    /// The row of a day; -1 where it is not listed.
    [[nodiscard]] int rowOf(Day day) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<CalendarDay> m_days;
};

/// What would be imported now, and what an edit would change.
class PlanPanel : public QWidget
{
    Q_OBJECT

public:
    explicit PlanPanel(QWidget* parent = nullptr);

    void showAsking();
    void showPlan(const Result<DraftPlan>& plan);
    /// The settings that an edit changes, a line each; none hides the part.
    void showChanges(const QStringList& settings, bool isEdit);
    [[nodiscard]] QString sentence() const;

private:
    void showDayChanges(const std::vector<DayChange>& changes);

    PlanModel* m_model = nullptr;
    QLabel* m_sentence = nullptr;
    FieldNote* m_note = nullptr;
    QTableView* m_table = nullptr;
    QLabel* m_changesTitle = nullptr;
    QLabel* m_changes = nullptr;
    QLabel* m_dayChanges = nullptr;
};

} // namespace daymark::ui
