// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/catalog/band_legend.h"

#include "ui/style/glyph.h"
#include "ui/style/look.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>

namespace daymark::ui {

namespace {

constexpr int kLegendSign = 12;

} // namespace

BandLegend::BandLegend(QWidget* parent) : QWidget(parent), m_layout(new QHBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
}

void BandLegend::showBands(const QList<SeriesBand>& bands)
{
    QList<DayState> states;
    for (const SeriesBand& band : bands) {
        if (!states.contains(band.state))
            states.append(band.state);
    }
    if (states == m_states && m_content)
        return;
    m_states = states;
    refresh();
}

void BandLegend::refresh()
{
    delete m_content;
    m_content = new QWidget(this);
    auto* row = new QHBoxLayout(m_content);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    for (const DayState state : m_states) {
        auto* sign = new QLabel(m_content);
        sign->setPixmap(
            glyphPixmap(glyphOf(state), lookOf(state, isDark(palette())).ink, kLegendSign));
        row->addWidget(sign);
        row->addWidget(plainLabel(text(stateName(state)), m_content));
        row->addSpacing(8);
    }
    m_layout->addWidget(m_content);
    setVisible(!m_states.isEmpty());
}

void BandLegend::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_content)
        refresh();
}

} // namespace daymark::ui
