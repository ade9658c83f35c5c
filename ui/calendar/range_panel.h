// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/calendar/range_plan.h"
#include "ui/style/widgets.h"

class QAction;

namespace daymark::ui {

/// Several selected days: what they are, and what each command would do to them.
class RangePanel : public Card
{
    Q_OBJECT

public:
    /// @param actions  one for each of kRangeActions, in their order.
    RangePanel(const QList<QAction*>& actions, QWidget* parent = nullptr);

    void showSpan(const CalendarFacts& facts, const DaySpan& span);
    /// What a command would do, below its button.
    void showSummary(RangeAction action, const QString& summary);

private:
    QLabel* m_count;
    QLabel* m_span;
    QLabel* m_states;
    QList<QLabel*> m_summaries;
};

/// `5 imported, 1 gap, 2 blocked`: how many of the days are what.
[[nodiscard]] QString stateCounts(const CalendarFacts& facts, const DaySpan& span);

} // namespace daymark::ui
