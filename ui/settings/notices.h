// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QSystemTrayIcon;
class QWidget;

namespace daymark {
struct Notice;
}

namespace daymark::ui {

class EngineBridge;

/// Shows the engine's notices on the desktop, while the window is not in front and the setting says
/// so.
class Notices : public QObject
{
    Q_OBJECT

public:
    Notices(EngineBridge& bridge, QWidget& window);

Q_SIGNALS:
    /// What is told, whether or not the desktop can show it.
    void told(const QString& title, const QString& words);

private:
    void tell(const Notice& notice);

    QWidget& m_window;
    QSystemTrayIcon* m_tray = nullptr; ///< made when it is first needed
};

} // namespace daymark::ui
