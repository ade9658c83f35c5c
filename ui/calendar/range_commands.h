// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/engine_bridge.h"
#include "ui/calendar/range_dialog.h"
#include "ui/style/look.h"

#include <QPointer>

class QAction;

namespace daymark::ui {

class DayCommands;

/// Carries out the commands on several selected days: says what they would do, asks, and does just
/// that.
class RangeCommands : public QObject
{
    Q_OBJECT

public:
    /// @param days    carries out what the commands come to.
    /// @param window  the parent of the dialogs.
    RangeCommands(EngineBridge& bridge, DayCommands& days, QWidget* window);

    /// The days that the commands are about. A dialog that is open follows.
    void setTarget(const QString& source, const CalendarFacts& facts, const DaySpan& span);

    /// One for each of kRangeActions, in their order.
    [[nodiscard]] const QList<QAction*>& actions() const { return m_actions; }
    [[nodiscard]] const RangePlan& plan(RangeAction action) const
    {
        return m_plans[std::size_t(action)];
    }

Q_SIGNALS:
    /// A sentence on how a command went.
    void said(daymark::ui::Tone tone, const QString& sentence);
    /// The plans are others.
    void planned();

private:
    void refresh();
    [[nodiscard]] QString whyNot(RangeAction action) const;
    void ask(RangeAction action);
    void carryOut(const RangePlan& plan, const QString& reason);
    void change(const RangePlan& plan, const QString& reason);
    void reimport(const RangePlan& plan, const QString& reason);

    EngineBridge& m_bridge;
    DayCommands& m_days;
    QWidget* m_window;
    QList<QAction*> m_actions;
    QPointer<RangeDialog> m_dialog;
    QString m_source;
    CalendarFacts m_facts;
    DaySpan m_span;
    std::array<RangePlan, kRangeActions.size()> m_plans;
    Request m_reimport;
};

/// Whether a version takes the landed one's place in a re-import of several days: not the very same
/// rows, and not none where there were some.
[[nodiscard]] bool replacesInRange(const DayImpact& impact);

/// `5 days were read again: 2 replaced, 3 the very same.`
[[nodiscard]] QString reimportSentence(const ReimportReport& report);

} // namespace daymark::ui
