// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/side_by_side.h"

#include <QBoxLayout>

namespace daymark::ui {

namespace {

constexpr int kBetween = 14;

} // namespace

SideBySide::SideBySide(QWidget* main, QWidget* panel, int panelWidth, QWidget* parent)
    : QWidget(parent)
    , m_main(main)
    , m_panel(panel)
    , m_panelWidth(qMax(panelWidth, panel->minimumSizeHint().width()))
    , m_layout(new QBoxLayout(QBoxLayout::LeftToRight, this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(kBetween);
    m_layout->addWidget(main, 1);
    m_layout->addWidget(panel);
    panel->setFixedWidth(m_panelWidth);
}

bool SideBySide::isStacked() const { return m_layout->direction() == QBoxLayout::TopToBottom; }

/// As narrow as the wider of both: the arrangement follows the width, not the other way round.
QSize SideBySide::minimumSizeHint() const
{
    const int width = qMax(m_main->minimumSizeHint().width(), m_panelWidth);
    return {width, m_layout->minimumSize().height()};
}

void SideBySide::resizeEvent(QResizeEvent* event)
{
    arrange();
    QWidget::resizeEvent(event);
}

void SideBySide::arrange()
{
    const int needed = m_main->minimumSizeHint().width() + kBetween + m_panelWidth;
    const bool stack = width() < needed;
    if (stack == isStacked())
        return;
    m_layout->setDirection(stack ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_panel->setMinimumWidth(m_panelWidth);
    m_panel->setMaximumWidth(stack ? QWIDGETSIZE_MAX : m_panelWidth);
    updateGeometry();
}

} // namespace daymark::ui
