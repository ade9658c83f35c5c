// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/check_progress.h"

#include "ui/style/text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace daymark::ui {

namespace {

constexpr int kSteps = 1000;
constexpr int kRefresh = 100; // milliseconds

} // namespace

CheckProgress::CheckProgress(QWidget* parent) : Card(parent)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 8, 10, 8);
    layout->setSpacing(12);
    m_title = plainLabel({}, this);
    m_figures = plainLabel({}, this);
    m_bar = new QProgressBar(this);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(14);
    m_bar->setAccessibleName(tr("Progress of the check"));
    auto* cancel = new QPushButton(tr("&Cancel check"), this);
    cancel->setMinimumHeight(28);
    cancel->setAutoDefault(false);
    connect(cancel, &QPushButton::clicked, this, &CheckProgress::cancelAsked);
    layout->addWidget(m_title);
    layout->addWidget(m_bar, 1);
    layout->addWidget(m_figures);
    layout->addWidget(cancel);
    m_timer.setInterval(kRefresh);
    connect(&m_timer, &QTimer::timeout, this, &CheckProgress::refresh);
    hide();
}

void CheckProgress::begin(const QString& title, std::shared_ptr<const SharedProgress> progress)
{
    m_progress = std::move(progress);
    m_title->setText(title);
    refresh();
    m_timer.start();
    show();
}

void CheckProgress::end()
{
    m_timer.stop();
    m_progress.reset();
    hide();
}

QString CheckProgress::figures() const { return m_figures->text(); }

void CheckProgress::refresh()
{
    const PreviewProgress progress = m_progress->get();
    QString words = tr("%1 rows").arg(figure(progress.rows));
    if (progress.rejected > 0)
        words += tr("  ·  %1 rejected").arg(figure(progress.rejected));
    m_figures->setText(words);
    m_bar->setRange(0, progress.fraction ? kSteps : 0);
    if (progress.fraction)
        m_bar->setValue(int(qBound(0.0, *progress.fraction, 1.0) * kSteps));
}

} // namespace daymark::ui
