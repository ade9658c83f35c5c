// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "ui/style/widgets.h"

class QProgressBar;

namespace daymark::ui {

/// What the window shows until a workspace is open: that it is being opened, or why it can't be and
/// what helps.
class StartPage : public QWidget
{
    Q_OBJECT

public:
    explicit StartPage(QWidget* parent = nullptr);

    void showOpening(const QString& workspace);
    void showClosing();
    void showFailure(const QString& workspace, const Error& error);

Q_SIGNALS:
    void createAsked();
    void openAsked();

private:
    QLabel* m_title = nullptr;
    QLabel* m_words = nullptr;
    QProgressBar* m_busy = nullptr;
    QPushButton* m_create = nullptr;
    QPushButton* m_again = nullptr;
};

} // namespace daymark::ui
