// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/calendar_header.h"

#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>

namespace daymark::ui {

CalendarHeader::CalendarHeader(QWidget* parent) : QWidget(parent)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    setupSource(layout);
    layout->addStretch(1);
    setupMonth(layout);
}

void CalendarHeader::setupSource(QHBoxLayout* layout)
{
    QLabel* label = plainLabel(tr("&Source"), this);
    m_source = new QComboBox(this);
    m_source->setObjectName(QStringLiteral("source"));
    m_source->setMinimumWidth(200);
    m_source->setMinimumHeight(30);
    m_source->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_source->setMaximumWidth(320);
    label->setBuddy(m_source);
    connect(m_source, &QComboBox::currentTextChanged, this, &CalendarHeader::sourceChosen);
    layout->addWidget(label);
    layout->addWidget(m_source);
}

void CalendarHeader::setupMonth(QHBoxLayout* layout)
{
    m_month = headingLabel({}, 1.25, this);
    m_month->setAlignment(Qt::AlignCenter);
    QFontMetrics metrics(m_month->font());
    m_month->setMinimumWidth(metrics.horizontalAdvance(QStringLiteral("September 2026")) + 12);
    QToolButton* previous = arrow(Qt::LeftArrow, tr("Previous month"), tr("Page Up"));
    QToolButton* next = arrow(Qt::RightArrow, tr("Next month"), tr("Page Down"));
    auto* today = new QPushButton(tr("&Today"), this);
    today->setMinimumHeight(30);
    connect(previous, &QToolButton::clicked, this, &CalendarHeader::previousMonthAsked);
    connect(next, &QToolButton::clicked, this, &CalendarHeader::nextMonthAsked);
    connect(today, &QPushButton::clicked, this, &CalendarHeader::todayAsked);
    layout->addWidget(previous);
    layout->addWidget(m_month);
    layout->addWidget(next);
    layout->addSpacing(4);
    layout->addWidget(today);
}

QToolButton* CalendarHeader::arrow(Qt::ArrowType type, const QString& name, const QString& keys)
{
    auto* button = new QToolButton(this);
    button->setArrowType(type);
    button->setAccessibleName(name);
    button->setToolTip(QStringLiteral("%1 (%2)").arg(name, keys));
    button->setFixedSize(30, 30);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

void CalendarHeader::setSources(const QStringList& names)
{
    const QString before = source();
    {
        const QSignalBlocker quiet(m_source);
        m_source->clear();
        m_source->addItems(names);
        m_source->setCurrentIndex(qMax(0, int(names.indexOf(before))));
        if (names.isEmpty())
            m_source->setCurrentIndex(-1);
    }
    if (source() != before)
        Q_EMIT sourceChosen(source());
}

void CalendarHeader::setMonth(QDate month)
{
    m_month->setText(wordsLocale().toString(month, QStringLiteral("MMMM yyyy")));
}

void CalendarHeader::choose(const QString& source) { m_source->setCurrentText(source); }

QString CalendarHeader::source() const { return m_source->currentText(); }

} // namespace daymark::ui
