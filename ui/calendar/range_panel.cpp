// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/range_panel.h"

#include "ui/style/text.h"

#include <QAction>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <map>

namespace daymark::ui {

RangePanel::RangePanel(const QList<QAction*>& actions, QWidget* parent)
    : Card(parent)
    , m_count(headingLabel({}, 1.25, this))
    , m_span(wrappedLabel({}, this))
    , m_states(wrappedLabel({}, this))
{
    setAccessibleName(tr("Selected days"));
    auto* home = new QWidget(this);
    auto* column = new QVBoxLayout(home);
    column->setContentsMargins(0, 0, 4, 0);
    column->setSpacing(4);
    column->addWidget(m_states);
    for (QAction* action : actions) {
        column->addSpacing(6);
        QPushButton* button = buttonFor(action, home);
        button->setMinimumHeight(30);
        QLabel* summary = wrappedLabel({}, home);
        summary->setForegroundRole(QPalette::PlaceholderText);
        column->addWidget(button);
        column->addWidget(summary);
        m_summaries << summary;
    }
    column->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setAccessibleName(tr("Commands on the selected days"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(home);
    scroll->viewport()->setAutoFillBackground(false);
    home->setAutoFillBackground(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 16, 14, 16);
    layout->setSpacing(8);
    layout->addWidget(m_count);
    layout->addWidget(m_span);
    layout->addWidget(scroll, 1);
    QLabel* hint =
        wrappedLabel(tr("Shift with arrows or a click changes the choice; Escape ends it."), this);
    hint->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(hint);
}

void RangePanel::showSpan(const CalendarFacts& facts, const DaySpan& span)
{
    m_count->setText(tr("%1 days").arg(figure(std::uint64_t(span.length()))));
    m_span->setText(spanWords(span));
    m_states->setText(stateCounts(facts, span));
}

void RangePanel::showSummary(RangeAction action, const QString& summary)
{
    m_summaries[qsizetype(action)]->setText(summary);
}

QString stateCounts(const CalendarFacts& facts, const DaySpan& span)
{
    std::map<DayState, int> counts;
    int others = 0;
    for (QDate date = span.first; date <= span.last; date = date.addDays(1)) {
        if (const CalendarDay* day = facts.find(date))
            ++counts[day->planned.state];
        else
            ++others;
    }
    QStringList parts;
    for (const auto& [state, count] : counts)
        parts << QStringLiteral("%1 %2").arg(count).arg(text(stateName(state)));
    if (others > 0)
        parts << RangePanel::tr("%1 not in the calendar").arg(others);
    return parts.join(QStringLiteral(", "));
}

} // namespace daymark::ui
