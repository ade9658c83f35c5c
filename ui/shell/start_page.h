// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/engine.h"
#include "ui/style/widgets.h"

class QProgressBar;

namespace daymark::ui {

class RepairPanel;

/// What the window shows until a workspace is open: that it is being opened, or why it can't be and
/// what helps.
class StartPage : public QWidget
{
    Q_OBJECT

public:
    explicit StartPage(QWidget* parent = nullptr);

    void showOpening(const QString& workspace);
    void showClosing();
    void showFailure(const EngineOptions& options, const Error& error);

Q_SIGNALS:
    void createAsked();
    void openAsked();
    /// A damaged ledger was made anew; what came of it, for a person to read.
    void repaired(const QString& words);

private:
    QLabel* m_title = nullptr;
    QLabel* m_words = nullptr;
    QProgressBar* m_busy = nullptr;
    RepairPanel* m_repair = nullptr;
    QPushButton* m_create = nullptr;
    QPushButton* m_again = nullptr;
};

} // namespace daymark::ui
