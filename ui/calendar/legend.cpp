// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/legend.h"

#include "ui/style/glyph.h"
#include "ui/style/look.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>

#include <array>

namespace daymark::ui {

namespace {

constexpr std::array kStates{DayState::Imported, DayState::Skipped, DayState::Importing,
                             DayState::Failed,   DayState::Ready,   DayState::Queued,
                             DayState::Gap,      DayState::Blocked, DayState::Awaiting,
                             DayState::Future,   DayState::Ignored};
constexpr int kColumns = 6;
constexpr int kSign = 18;

QString meaningOf(DayState state)
{
    switch (state) {
    case DayState::Imported:
        return Legend::tr("landed; 'empty' without rows, 'changed' where the source differs now");
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
        return Legend::tr("not signalled yet; 'overdue' from a day after its end");
    case DayState::Future:
        return Legend::tr("after today");
    case DayState::Ignored:
        return Legend::tr("signalled, but before the horizon or the first day");
    }
    return {};
}

QPixmap signOf(DayState state, bool dark, qreal ratio)
{
    const Look look = lookOf(state, dark);
    QPixmap pixmap(QSizeF(kSign * ratio, kSign * ratio).toSize());
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const double width = look.strong ? 2 : 1;
    QPainterPath box;
    box.addRoundedRect(QRectF(width / 2, width / 2, kSign - width, kSign - width), 3, 3);
    painter.fillPath(box, look.fill);
    painter.strokePath(box, QPen(look.outline, width));
    painter.fillPath(glyphPath(glyphOf(state), QRectF(4.5, 4.5, kSign - 9, kSign - 9)), look.ink);
    return pixmap;
}

} // namespace

Legend::Legend(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("Legend"));
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(2, 0, 2, 0);
    layout->setHorizontalSpacing(6);
    layout->setVerticalSpacing(4);
    for (std::size_t i = 0; i < kStates.size(); ++i) {
        const int row = int(i) / kColumns;
        const int column = int(i) % kColumns * 2;
        auto* sign = new QLabel(this);
        sign->setFixedSize(kSign, kSign);
        QLabel* word = plainLabel(text(stateName(kStates[i])), this);
        for (QLabel* label : {sign, word})
            label->setToolTip(asToolTip(meaningOf(kStates[i])));
        word->setAccessibleDescription(meaningOf(kStates[i]));
        layout->addWidget(sign, row, column);
        layout->addWidget(word, row, column + 1);
        layout->setColumnStretch(column + 1, 1);
        m_signs.append(sign);
    }
    refreshSigns();
}

void Legend::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refreshSigns();
}

void Legend::refreshSigns()
{
    for (qsizetype i = 0; i < m_signs.size(); ++i)
        m_signs[i]->setPixmap(
            signOf(kStates[std::size_t(i)], isDark(palette()), devicePixelRatioF()));
}

} // namespace daymark::ui
