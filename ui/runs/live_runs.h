// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/engine_bridge.h"

#include <QHash>
#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace daymark::ui {

class LiveRunCard;

/// The runs under way, a card for each source.
class LiveRuns : public QWidget
{
    Q_OBJECT

public:
    explicit LiveRuns(EngineBridge& bridge, QWidget* parent = nullptr);

Q_SIGNALS:
    void failed(const daymark::Error& error);

private:
    void connectBridge();
    void start();
    void showProgress(const RunProgress& progress);
    void showResult(const RunInfo& run);
    void endPass(const QString& source);
    void cancel(LiveRunCard& card);
    LiveRunCard* cardOf(const QString& source);
    void refreshIdle();

    EngineBridge& m_bridge;
    QVBoxLayout* m_layout = nullptr;
    QLabel* m_idle = nullptr;
    QHash<QString, LiveRunCard*> m_cards;
};

} // namespace daymark::ui
