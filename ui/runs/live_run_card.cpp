// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/live_run_card.h"

#include "ui/runs/runs_model.h"
#include "ui/style/text.h"

#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace daymark::ui {

namespace {

constexpr int kSteps = 1000;

} // namespace

QString progressFigures(const RunProgress& progress)
{
    QStringList parts{LiveRunCard::tr("%1 rows").arg(figure(progress.rows))};
    if (progress.rowsPerSecond >= 1)
        parts << LiveRunCard::tr("%1 rows/s").arg(figure(std::uint64_t(progress.rowsPerSecond)));
    if (progress.secondsLeft)
        parts << LiveRunCard::tr("%1 left").arg(duration(*progress.secondsLeft));
    if (progress.rejected > 0)
        parts << LiveRunCard::tr("%1 rejected").arg(figure(progress.rejected));
    return parts.join(QStringLiteral("  ·  "));
}

QString resultSentence(const RunInfo& run)
{
    const QString name =
        LiveRunCard::tr("%1, %2").arg(text(run.source), plainDate(toDate(run.day)));
    if (run.look && run.state != RunState::Failed)
        return LiveRunCard::tr("%1: looked at; nothing was changed.").arg(name);
    switch (run.state) {
    case RunState::Imported:
        return LiveRunCard::tr("%1: imported %2 rows in %3.")
            .arg(name, figure(run.accepted), duration(run.seconds));
    case RunState::Cancelled:
        return run.replaces ? LiveRunCard::tr("%1: read again; what had landed stays.").arg(name)
                            : LiveRunCard::tr("%1: cancelled; the day is as it was.").arg(name);
    default:
        return run.error ? LiveRunCard::tr("%1: %2. %3")
                               .arg(name, runWord(run.state), errorText(*run.error))
                         : LiveRunCard::tr("%1: %2.").arg(name, runWord(run.state));
    }
}

LiveRunCard::LiveRunCard(QWidget* parent) : Card(parent) { setupRows(); }

void LiveRunCard::setupRows()
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(18, 12, 14, 12);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(6);
    m_title = headingLabel({}, 1.1, this);
    m_phase = plainLabel({}, this);
    m_phase->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_figures = plainLabel({}, this);
    m_bar = new QProgressBar(this);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(14);
    m_cancel = new QPushButton(tr("&Cancel run"), this);
    m_cancel->setMinimumHeight(30);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        Q_EMIT cancelAsked();
        showCancelling();
    });
    grid->addWidget(m_title, 0, 0);
    grid->addWidget(m_phase, 0, 1);
    grid->addWidget(m_bar, 1, 0, 1, 2);
    grid->addWidget(m_figures, 2, 0, 1, 2);
    grid->addWidget(m_cancel, 0, 2, 3, 1, Qt::AlignVCenter);
    grid->setColumnStretch(0, 1);
}

void LiveRunCard::takeRun(const RunProgress& progress)
{
    m_run = progress.run;
    m_over = false;
    m_cancelling = false;
    const QString key =
        QStringLiteral("%1 %2").arg(text(progress.source), isoDate(toDate(progress.day)));
    m_title->setText(tr("%1, %2").arg(text(progress.source), fullDate(toDate(progress.day))));
    setAccessibleName(tr("Run of %1").arg(key));
    m_bar->setAccessibleName(tr("Progress of %1").arg(key));
    refreshCancel();
}

void LiveRunCard::showProgress(const RunProgress& progress)
{
    if (progress.run != m_run)
        takeRun(progress);
    if (m_over)
        return;
    m_figures->setText(progressFigures(progress));
    m_bar->setRange(0, progress.fraction ? kSteps : 0);
    if (progress.fraction)
        m_bar->setValue(int(*progress.fraction * kSteps));
    if (!m_cancelling)
        m_phase->setText(text(progress.phase));
}

void LiveRunCard::showCancelling()
{
    m_cancelling = true;
    m_phase->setText(tr("cancelling…"));
    refreshCancel();
}

void LiveRunCard::showResult(const RunInfo& run)
{
    m_over = true;
    m_phase->setText(runWord(run.state));
    m_figures->setText(resultSentence(run));
    m_bar->setRange(0, kSteps);
    if (run.state == RunState::Imported)
        m_bar->setValue(kSteps);
    refreshCancel();
}

void LiveRunCard::setWritable(bool writable)
{
    m_writable = writable;
    refreshCancel();
}

void LiveRunCard::refreshCancel()
{
    m_cancel->setEnabled(m_writable && !m_over && !m_cancelling);
    setTip(m_cancel, !m_writable    ? tr("Another process runs this import.")
                     : m_over       ? tr("The run is over.")
                     : m_cancelling ? tr("The run is being cancelled.")
                                    : tr("Ends the run; the day stays as it was."));
}

} // namespace daymark::ui
