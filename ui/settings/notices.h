// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/views.h"

#include <QObject>
#include <QSet>

class QSystemTrayIcon;

namespace daymark::ui {

class EngineBridge;

/// Tells on the desktop what went wrong while nobody looked: a day that failed, a source that
/// stopped answering, and that it answers again. Each once, and only while the window is not in
/// front and the setting says so.
class Notices : public QObject
{
    Q_OBJECT

public:
    Notices(EngineBridge& bridge, QWidget& window);

Q_SIGNALS:
    /// What is told, whether or not the desktop can show it.
    void told(const QString& title, const QString& words);

private:
    void takeRun(const RunInfo& run);
    void takePoll(const PollReport& report);
    void tell(const QString& title, const QString& words);

    QWidget& m_window;
    QSystemTrayIcon* m_tray = nullptr; ///< made when it is first needed
    QSet<QString> m_silent;            ///< sources that did not answer when last asked
    QSet<QString> m_failed;            ///< source and day of failures that were told
};

} // namespace daymark::ui
