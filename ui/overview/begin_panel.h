// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/widgets.h"

class QHBoxLayout;

namespace daymark::ui {

/// What the overview shows while there is no source: three ways to begin.
class BeginPanel : public QWidget
{
    Q_OBJECT

public:
    explicit BeginPanel(QWidget* parent = nullptr);

    void refresh(bool writable, bool busy);

    /// The first way has the focus, so that Enter begins.
    void takeFocus();

Q_SIGNALS:
    void demoAsked();
    void databaseAsked();
    void folderAsked();

private:
    QPushButton* addWay(QHBoxLayout* layout, const QString& title, const QString& words,
                        const QString& button);

    QPushButton* m_demo = nullptr;
    QPushButton* m_database = nullptr;
    QPushButton* m_folder = nullptr;
};

} // namespace daymark::ui
