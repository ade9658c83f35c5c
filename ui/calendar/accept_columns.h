// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/engine_bridge.h"
#include "ui/style/look.h"

#include <QPointer>

class QPushButton;

namespace daymark::ui {

class Banner;
class ColumnsDialog;

/// Agrees on the columns of a source as they are, after a question that shows what differs.
class AcceptColumns : public QObject
{
    Q_OBJECT

public:
    AcceptColumns(EngineBridge& bridge, QWidget* window);

    /// Gives a banner the button that asks; `source` tells of which source.
    void addTo(Banner* banner, std::function<QString()> source);
    void ask(const QString& source);

Q_SIGNALS:
    /// A sentence on how it went.
    void said(daymark::ui::Tone tone, const QString& sentence);

private:
    void accept(const QString& source);
    void refresh();

    EngineBridge& m_bridge;
    QWidget* m_window;
    QList<QPushButton*> m_buttons;
    QPointer<ColumnsDialog> m_dialog;
    Request m_look;
    Request m_accept;
};

} // namespace daymark::ui
