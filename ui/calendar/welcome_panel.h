// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/widgets.h"

class QLineEdit;

namespace daymark::ui {

/// What the calendar shows while there is no source: how to get one.
class WelcomePanel : public Card
{
    Q_OBJECT

public:
    explicit WelcomePanel(QWidget* parent = nullptr);

    /// @param workspace  named in the command to copy.
    void refresh(const QString& workspace, bool writable, bool busy);

    /// The way to the first source has the focus, so that Enter begins; where it may not be
    /// taken here, the command has.
    void takeFocus();

Q_SIGNALS:
    void sourceRequested();
    void demoRequested();

private:
    void setupCommand(QLayout* layout);

    QLineEdit* m_command = nullptr;
    QPushButton* m_add = nullptr;
    QPushButton* m_demo = nullptr;
};

} // namespace daymark::ui
