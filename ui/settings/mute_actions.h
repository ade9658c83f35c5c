// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/engine_bridge.h"

#include <QList>

class QAction;

namespace daymark::ui {

/// Mutes the workspace's notices for a while, or turns them on again; for menus and buttons.
class MuteActions : public QObject
{
    Q_OBJECT

public:
    MuteActions(EngineBridge& bridge, QObject* parent);

    /// For an hour, until tomorrow, until further notice; and on again.
    [[nodiscard]] QList<QAction*> all() const { return {m_hour, m_tomorrow, m_forGood, m_on}; }
    /// `Notices are muted until 11:00.`; empty while they are not.
    [[nodiscard]] QString words() const;
    /// Why notices cannot be muted here; empty where they can.
    [[nodiscard]] QString whyNot() const;

Q_SIGNALS:
    /// The state is another, or the actions may do something else.
    void changed();
    void failed(const daymark::Error& error);

private:
    QAction* make(const QString& words);
    void reload();
    void set(const Mute& mute);
    void refresh();

    EngineBridge& m_bridge;
    Mute m_mute;
    QAction* m_hour = nullptr;
    QAction* m_tomorrow = nullptr;
    QAction* m_forGood = nullptr;
    QAction* m_on = nullptr;
    Request m_reading;
    Request m_setting;
};

} // namespace daymark::ui
