// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Everything that a person can set for the window, in one table: the page is made from it, and
// whoever needs a setting asks here.

#include <QList>
#include <QString>

namespace daymark::ui {

enum class Setting {
    Appearance, ///< the number of an ui::Appearance
    FirstPage,  ///< what a start shows
    Imports,    ///< whether what is ready is imported by itself
    Notices     ///< whether failures are told on the desktop too
};

inline const QString kAutomatic = QStringLiteral("automatic");    ///< a value of Imports
inline const QString kOnDesktop = QStringLiteral("desktop");      ///< a value of Notices
inline const QString kOverviewFirst = QStringLiteral("overview"); ///< a value of FirstPage

struct SettingChoice
{
    QString value; ///< as it is kept
    QString name;  ///< as it is shown
};

struct SettingInfo
{
    Setting setting;
    QString key;  ///< where it is kept
    QString name; ///< with the mark of its keyboard access
    QString help;
    QList<SettingChoice> choices; ///< the first is the default
};

[[nodiscard]] const QList<SettingInfo>& settingsTable();

/// The value of a setting: one of its choices, the first where nothing else was chosen.
[[nodiscard]] QString settingValue(Setting setting);
void saveSetting(Setting setting, const QString& value);

/// Workspaces that were opened, the latest first.
[[nodiscard]] QStringList recentWorkspaces();
void rememberWorkspace(const QString& folder);

} // namespace daymark::ui
