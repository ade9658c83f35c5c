// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/repair.h"
#include "ui/bridge/work_queue.h"

#include <QWidget>

#include <stop_token>

class QButtonGroup;
class QLabel;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace daymark::ui {

/// For a workspace whose ledger cannot be opened: looks what is left of it, offers the ways to a
/// new one, and makes it. Nothing is changed before a way was chosen.
class RepairPanel : public QWidget
{
    Q_OBJECT

public:
    explicit RepairPanel(QWidget* parent = nullptr);

    /// Looks what could be done about the workspace.
    void look(const EngineOptions& options);
    /// Gives up what it is at.
    void clear();
    [[nodiscard]] bool isBusy() const { return m_request.pending(); }

Q_SIGNALS:
    /// A new ledger is in its place; what came of it, for a person to read.
    void repaired(const QString& words);
    void busyChanged(bool busy);

private:
    void setupWays(QVBoxLayout* layout);
    void setupProgress(QVBoxLayout* layout);
    void run(const RepairRequest& request);
    void showLook(const Result<RepairReport>& report);
    void showEnd(const Result<RepairReport>& report);
    void showProgress(const RepairProgress& progress);
    void setBusy(bool busy);
    void repair();

    EngineOptions m_options;
    QLabel* m_words = nullptr;
    QWidget* m_ways = nullptr;
    QButtonGroup* m_choice = nullptr; ///< by RepairBase
    QLabel* m_copyWords = nullptr;
    QProgressBar* m_progress = nullptr;
    QPushButton* m_repair = nullptr;
    QPushButton* m_stop = nullptr;
    std::stop_source m_stopper; ///< of what it is at: its end is waited for all the same
    Request m_request;
    WorkQueue m_queue; ///< the bridge answers only while a workspace is open
};

/// What is left of a ledger, or what a repair came to, in whole sentences.
[[nodiscard]] QString repairWords(const RepairReport& report);

} // namespace daymark::ui
