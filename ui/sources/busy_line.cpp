// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/busy_line.h"

#include "ui/style/widgets.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace daymark::ui {

BusyLine::BusyLine(QWidget* parent) : QWidget(parent), m_words(plainLabel({}, this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    auto* bar = new QProgressBar(this);
    bar->setRange(0, 0);
    bar->setTextVisible(false);
    bar->setMaximumWidth(160);
    bar->setAccessibleName(tr("Working"));
    m_cancel = new QPushButton(tr("Stop"), this);
    m_cancel->setAccessibleName(tr("Stop looking"));
    m_cancel->setAutoDefault(false);
    layout->addWidget(bar);
    layout->addWidget(m_words, 1);
    layout->addWidget(m_cancel);
    connect(m_cancel, &QPushButton::clicked, this, &BusyLine::cancelAsked);
    QSizePolicy policy = sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    setSizePolicy(policy);
    hide();
}

void BusyLine::start(const QString& words)
{
    m_busy = true;
    m_words->setText(words);
    show();
}

void BusyLine::stop()
{
    m_busy = false;
    hide();
}

} // namespace daymark::ui
