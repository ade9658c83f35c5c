// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace daymark::ui {

/// Says what is being waited for, with a bar that moves and a button that ends it.
class BusyLine : public QWidget
{
    Q_OBJECT

public:
    explicit BusyLine(QWidget* parent = nullptr);

    void start(const QString& words);
    void stop();
    [[nodiscard]] bool isBusy() const { return m_busy; }

Q_SIGNALS:
    void cancelAsked();

private:
    bool m_busy = false;
    QLabel* m_words = nullptr;
    QPushButton* m_cancel = nullptr;
};

} // namespace daymark::ui
