// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/live_runs.h"

#include "ui/runs/live_run_card.h"
#include "ui/style/text.h"

#include <QLabel>
#include <QVBoxLayout>

namespace daymark::ui {

LiveRuns::LiveRuns(EngineBridge& bridge, QWidget* parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_layout(new QVBoxLayout(this))
    , m_idle(plainLabel(tr("Nothing is being imported."), this))
{
    setAccessibleName(tr("Live runs"));
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(8);
    m_idle->setForegroundRole(QPalette::PlaceholderText);
    m_layout->addWidget(m_idle);
    connectBridge();
    start();
}

void LiveRuns::connectBridge()
{
    connect(&m_bridge, &EngineBridge::stateChanged, this, &LiveRuns::start);
    connect(&m_bridge, &EngineBridge::runStarted, this, &LiveRuns::showProgress);
    connect(&m_bridge, &EngineBridge::runProgressed, this, &LiveRuns::showProgress);
    connect(&m_bridge, &EngineBridge::runFinished, this, &LiveRuns::showResult);
    connect(&m_bridge, &EngineBridge::passFinished, this, &LiveRuns::endPass);
}

void LiveRuns::start()
{
    for (const RunProgress& progress : m_bridge.liveRuns())
        showProgress(progress);
}

LiveRunCard* LiveRuns::cardOf(const QString& source)
{
    LiveRunCard*& card = m_cards[source];
    if (!card) {
        card = new LiveRunCard(this);
        card->setWritable(m_bridge.canWrite());
        connect(card, &LiveRunCard::cancelAsked, this, [this, asking = card] { cancel(*asking); });
        m_layout->addWidget(card);
        refreshIdle();
    }
    return card;
}

void LiveRuns::showProgress(const RunProgress& progress)
{
    cardOf(text(progress.source))->showProgress(progress);
}

void LiveRuns::showResult(const RunInfo& run)
{
    LiveRunCard* card = m_cards.value(text(run.source));
    if (card && card->run() == run.id)
        card->showResult(run);
}

void LiveRuns::endPass(const QString& source)
{
    if (LiveRunCard* card = m_cards.take(source))
        card->deleteLater();
    refreshIdle();
}

void LiveRuns::cancel(LiveRunCard& card)
{
    m_bridge.ask(
        card.request(), EngineBridge::Lane::Ledger,
        [run = card.run()](Engine& engine, std::stop_token) { return engine.cancelRun(run); },
        [this](const Status& status) {
            if (!status)
                Q_EMIT failed(status.error());
        });
}

void LiveRuns::refreshIdle() { m_idle->setVisible(m_cards.isEmpty()); }

} // namespace daymark::ui
