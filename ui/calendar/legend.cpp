// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/legend.h"

#include "ui/calendar/cell_painter.h"
#include "ui/style/look.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>

#include <array>

namespace daymark::ui {

namespace {

constexpr std::array kStates{DayState::Imported, DayState::Skipped, DayState::Importing,
                             DayState::Failed,   DayState::Ready,   DayState::Queued,
                             DayState::Gap,      DayState::Blocked, DayState::Awaiting,
                             DayState::Future,   DayState::Ignored};
constexpr std::array kLanes{SignalLane::Kind::Source, SignalLane::Kind::MarkedHere,
                            SignalLane::Kind::Implied, SignalLane::Kind::Missing};
constexpr std::array kMarks{Mark::Damaged, Mark::Changed,  Mark::Resignalled,
                            Mark::Overdue, Mark::Rejected, Mark::Empty};
constexpr int kColumns = 7;
constexpr int kFewColumns = 4; ///< where there is no room for all of them
constexpr QSize kLegendSign{22, 15};
constexpr double kGlyph = 9;
constexpr double kWordScale = 0.88;

QString meaningOf(DayState state)
{
    switch (state) {
    case DayState::Imported:
        return Legend::tr("landed");
    case DayState::Skipped:
        return Legend::tr("closed by an operator, with a reason");
    case DayState::Importing:
        return Legend::tr("a run is on it");
    case DayState::Failed:
        return Legend::tr("its last run failed and nobody has retried");
    case DayState::Ready:
        return Legend::tr("signalled, and the next day to land");
    case DayState::Queued:
        return Legend::tr("signalled, and lands in the same pass after the days before it");
    case DayState::Gap:
        return Legend::tr("not signalled, although a later day is");
    case DayState::Blocked:
        return Legend::tr("signalled, but a gap or a failed day lies before it");
    case DayState::Awaiting:
        return Legend::tr("not signalled yet");
    case DayState::Future:
        return Legend::tr("after today");
    case DayState::Ignored:
        return Legend::tr("signalled, but before the horizon or the first day");
    }
    return {};
}

QString wordOf(SignalLane::Kind lane)
{
    switch (lane) {
    case SignalLane::Kind::Source:
        return Legend::tr("signalled");
    case SignalLane::Kind::MarkedHere:
        return Legend::tr("marked");
    case SignalLane::Kind::Implied:
        return Legend::tr("implied");
    case SignalLane::Kind::Missing:
    case SignalLane::Kind::Nothing:
        return Legend::tr("no signal");
    }
    return {};
}

QString meaningOf(SignalLane::Kind lane)
{
    switch (lane) {
    case SignalLane::Kind::Source:
        return Legend::tr("the source says that the day is finished, seen first at this time");
    case SignalLane::Kind::MarkedHere:
        return Legend::tr("an operator marked the day as finished, at this time");
    case SignalLane::Kind::Implied:
        return Legend::tr("a later day's signal counts for this day too");
    case SignalLane::Kind::Missing:
    case SignalLane::Kind::Nothing:
        return Legend::tr("nothing says that the day is finished");
    }
    return {};
}

QString wordOf(Mark mark)
{
    switch (mark) {
    case Mark::Resignalled:
        return Legend::tr("again");
    case Mark::Rejected:
        return Legend::tr("rejected");
    case Mark::Damaged:
    case Mark::Changed:
    case Mark::Overdue:
    case Mark::Empty:
        return markWord(mark);
    }
    return {};
}

QString meaningOf(Mark mark)
{
    switch (mark) {
    case Mark::Damaged:
        return Legend::tr("landed, and its files are not what landed: import it again");
    case Mark::Changed:
        return Legend::tr("landed, and the source differs now");
    case Mark::Resignalled:
        return Legend::tr("landed, and announced again since: perhaps worth a re-import");
    case Mark::Overdue:
        return Legend::tr("not signalled a day after its end");
    case Mark::Rejected:
        return Legend::tr("landed, with rows that were rejected");
    case Mark::Empty:
        return Legend::tr("landed without rows");
    }
    return {};
}

} // namespace

QList<Legend::Entry> Legend::entries()
{
    QList<Entry> all;
    for (const DayState state : kStates)
        all.append(Entry{state, glyphOf(state), text(stateName(state)), meaningOf(state)});
    for (const SignalLane::Kind lane : kLanes)
        all.append(
            Entry{{}, glyphOf(lane), wordOf(lane), tr("lower lane: %1").arg(meaningOf(lane))});
    for (const Mark mark : kMarks)
        all.append(Entry{{}, glyphOf(mark), wordOf(mark), meaningOf(mark)});
    return all;
}

Legend::Legend(QWidget* parent) : QWidget(parent), m_entries(entries())
{
    setAccessibleName(tr("Legend"));
    m_grid = new QGridLayout(this);
    m_grid->setContentsMargins(2, 0, 2, 0);
    m_grid->setHorizontalSpacing(3);
    m_grid->setVerticalSpacing(2);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * kWordScale);
    for (int i = 0; i < int(m_entries.size()); ++i) {
        const Entry& entry = m_entries[i];
        auto* sign = new QLabel(this);
        sign->setFixedSize(kLegendSign);
        QLabel* word = plainLabel(entry.word, this);
        word->setFont(small);
        for (QLabel* label : {sign, word}) {
            setTip(label, entry.meaning);
        }
        m_signs.append(sign);
        m_words.append(word);
    }
    arrange(kColumns);
    m_whole = m_grid->minimumSize().width();
    refreshSigns();
}

void Legend::arrange(int columns)
{
    m_columns = columns;
    for (qsizetype i = 0; i < m_signs.size(); ++i) {
        const int row = int(i) / columns;
        const int column = int(i) % columns * 2;
        m_grid->addWidget(m_signs[i], row, column);
        m_grid->addWidget(m_words[i], row, column + 1);
    }
    for (int column = 0; column < kColumns; ++column)
        m_grid->setColumnStretch(2 * column + 1, column < columns ? 1 : 0);
}

/// The columns follow the width.
QSize Legend::minimumSizeHint() const
{
    return {m_whole * kFewColumns / kColumns, m_grid->minimumSize().height()};
}

void Legend::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const int columns = width() < m_whole ? kFewColumns : kColumns;
    if (columns != m_columns)
        arrange(columns);
}

void Legend::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refreshSigns();
}

QPixmap Legend::signOf(const Entry& entry) const
{
    const qreal ratio = devicePixelRatioF();
    QPixmap pixmap((QSizeF(kLegendSign) * ratio).toSize());
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame(QPointF(0, 0), QSizeF(kLegendSign));
    const QRectF sign(frame.center() - QPointF(kGlyph, kGlyph) / 2, QSizeF(kGlyph, kGlyph));
    if (!entry.state) {
        painter.fillPath(glyphPath(entry.glyph, sign.adjusted(-1, -1, 1, 1)),
                         palette().color(QPalette::WindowText));
        return pixmap;
    }
    const Look look = lookOf(*entry.state, palette());
    paintGround(painter, frame, look, 3, ratio);
    painter.fillRect(sign.adjusted(-1, -1, 1, 1), look.fill);
    painter.fillPath(glyphPath(entry.glyph, sign), look.ink);
    return pixmap;
}

void Legend::refreshSigns()
{
    for (qsizetype i = 0; i < m_signs.size(); ++i)
        m_signs[i]->setPixmap(signOf(m_entries[i]));
}

} // namespace daymark::ui
