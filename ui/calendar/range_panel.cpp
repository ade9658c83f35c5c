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

namespace {

constexpr double kSmall = 0.9; ///< of the usual type

} // namespace

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
    column->setSpacing(2);
    column->addWidget(m_states);
    for (QAction* action : actions) {
        column->addSpacing(6);
        QPushButton* button = buttonFor(action, home);
        button->setMinimumHeight(28);
        QLabel* summary = wrappedLabel({}, home);
        QFont small = summary->font();
        small.setPointSizeF(small.pointSizeF() * kSmall);
        summary->setFont(small);
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
    layout->setContentsMargins(18, 12, 14, 12);
    layout->setSpacing(4);
    layout->addWidget(m_count);
    layout->addWidget(m_span);
    layout->addWidget(scroll, 1);
    setTip(m_span, tr("Shift with arrows or a click changes the choice; Escape ends it."));
}

void RangePanel::showSpan(const CalendarFacts& facts, const DaySpan& span)
{
    m_count->setText(tr("%1 days").arg(figure(std::uint64_t(span.length()))));
    m_span->setText(spanWords(span));
    m_states->setText(stateCounts(facts, span));
}

/// How many days there are is said above, unless a command takes earlier ones along.
void RangePanel::showSummary(RangeAction action, const QString& summary)
{
    const QString known = m_count->text() + QStringLiteral(": ");
    m_summaries[qsizetype(action)]->setText(summary.startsWith(known) ? summary.mid(known.size())
                                                                      : summary);
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
