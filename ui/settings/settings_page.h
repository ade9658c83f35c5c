// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/engine_bridge.h"
#include "ui/settings/settings_table.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QVBoxLayout;

namespace daymark::ui {

class Banner;

/// The window's settings, made from their table; the workspace's id types; and the way to other
/// workspaces.
class SettingsPage : public QWidget
{
    Q_OBJECT

public:
    explicit SettingsPage(EngineBridge& bridge, QWidget* parent = nullptr);

    /// Shows what is kept, where something else than this page may have changed it.
    void refresh();

Q_SIGNALS:
    void changed(daymark::ui::Setting setting);
    /// Another workspace is to be opened, in a window of its own.
    void workspaceAsked(const QString& folder);

private:
    [[nodiscard]] QWidget* makeWindowCard();
    [[nodiscard]] QWidget* makeIdTypesCard();
    [[nodiscard]] QWidget* makeWorkspaceCard();

    void save(int row);
    void start();
    void reloadIdTypes();
    void addIdType();
    void takeAdded(const QString& name, const Status& status);
    void refreshAdd();
    void chooseWorkspace();
    void openRecent();

    EngineBridge& m_bridge;
    Banner* m_message = nullptr;
    QList<QComboBox*> m_choices; ///< by row of the table
    QListWidget* m_idTypes = nullptr;
    QLineEdit* m_newIdType = nullptr;
    QPushButton* m_add = nullptr;
    QLabel* m_place = nullptr;
    QListWidget* m_recent = nullptr;
    QPushButton* m_openRecent = nullptr;
    Request m_reading;
    Request m_adding;
};

} // namespace daymark::ui
