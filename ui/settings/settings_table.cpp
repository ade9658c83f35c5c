// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settings_table.h"

#include "ui/style/appearance.h"

#include <QCoreApplication>
#include <QSettings>

#include <algorithm>

namespace daymark::ui {

namespace {

const QString kRecentKey = QStringLiteral("workspaces/recent");
constexpr qsizetype kMostRecent = 8;

QString tr(const char* words) { return QCoreApplication::translate("Settings", words); }

QList<SettingInfo> makeTable()
{
    return {
        {Setting::Appearance,
         QStringLiteral("window/appearance"),
         tr("&Appearance"),
         tr("Light or dark; the system's choice follows the desktop when Daymark starts."),
         {{QString::number(int(Appearance::System)), tr("As the system")},
          {QString::number(int(Appearance::Light)), tr("Light")},
          {QString::number(int(Appearance::Dark)), tr("Dark")},
          {QString::number(int(Appearance::HighContrast)), tr("High contrast")}}},
        {Setting::FirstPage,
         QStringLiteral("window/first_page"),
         tr("&First page"),
         tr("What the window shows when it starts."),
         {{QStringLiteral("calendar"), tr("Calendar")}, {kOverviewFirst, tr("Overview")}}},
        {Setting::Imports,
         QStringLiteral("engine/imports"),
         tr("&Imports"),
         tr("By itself: sources are polled at their intervals, and days that are ready are "
            "imported. Only when asked: nothing is polled or imported unless you say so. Counts "
            "from the next start."),
         {{kAutomatic, tr("By itself")}, {QStringLiteral("manual"), tr("Only when asked")}}},
        {Setting::Notices,
         QStringLiteral("window/notices"),
         tr("&Notices"),
         tr("On the desktop: what goes wrong, and that it is well again, is told there too, once "
            "each, while the window is not in front."),
         {{kOnDesktop, tr("On the desktop")},
          {QStringLiteral("window"), tr("In the window only")}}},
    };
}

const SettingInfo& infoOf(Setting setting)
{
    const QList<SettingInfo>& table = settingsTable();
    return *std::find_if(table.begin(), table.end(),
                         [setting](const SettingInfo& info) { return info.setting == setting; });
}

} // namespace

const QList<SettingInfo>& settingsTable()
{
    static const QList<SettingInfo> table = makeTable();
    return table;
}

QString settingValue(Setting setting)
{
    const SettingInfo& info = infoOf(setting);
    const QString kept = QSettings().value(info.key).toString();
    for (const SettingChoice& choice : info.choices) {
        if (choice.value == kept)
            return kept;
    }
    return info.choices.front().value;
}

void saveSetting(Setting setting, const QString& value)
{
    QSettings().setValue(infoOf(setting).key, value);
}

QStringList recentWorkspaces() { return QSettings().value(kRecentKey).toStringList(); }

void rememberWorkspace(const QString& folder)
{
    QStringList recent = recentWorkspaces();
    recent.removeAll(folder);
    recent.prepend(folder);
    QSettings().setValue(kRecentKey, recent.mid(0, kMostRecent));
}

} // namespace daymark::ui
