// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/engine_bridge.h"
#include "ui/sources/secret_keeper.h"

#include <QMainWindow>

class QLabel;
class QMenu;
class QStackedWidget;

namespace daymark::ui {

class Banner;
class CalendarPage;
class CatalogPage;
class DayPage;
class GuideWindow;
class MuteActions;
class Navigation;
class OverviewPage;
class PreviewPage;
class RunsPage;
class SettingsPage;
class SourcesPage;
class StartPage;
class UndoBar;

/// How the window is to be opened.
struct WindowOptions
{
    EngineOptions engine;
    bool schedule = true; ///< let the scheduler poll and import by itself
    SecretKeeper secrets; ///< where passwords of sources are kept
};

/// The console's window: opens the workspace off its thread, and holds the pages.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    enum Page { Overview, Calendar, Sources, Preview, Catalog, Runs, Settings, Pages, Day = Pages };

    explicit MainWindow(const WindowOptions& options, QWidget* parent = nullptr);

    void showPage(Page page);
    [[nodiscard]] EngineBridge& bridge() { return m_bridge; }
    [[nodiscard]] CalendarPage& calendarPage() { return *m_calendar; }
    [[nodiscard]] CatalogPage& catalogPage() { return *m_catalog; }
    [[nodiscard]] DayPage& dayPage() { return *m_day; }
    [[nodiscard]] OverviewPage& overviewPage() { return *m_overview; }
    [[nodiscard]] PreviewPage& previewPage() { return *m_preview; }
    [[nodiscard]] RunsPage& runsPage() { return *m_runs; }
    [[nodiscard]] SourcesPage& sourcesPage() { return *m_sources; }

Q_SIGNALS:
    /// The engine has ended after the window was closed.
    void closed();

protected:
    void closeEvent(QCloseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void setupPages();
    void connectDayPage();
    void connectOverview();
    void connectSettings();
    void setupMenus();
    void setupAppearanceMenu(QMenu* menu);
    void setupStatusBar();
    QWidget* makeBanners();
    void connectBridge();
    void restorePlace();

    void leaveDay();
    void fillDayMenu();

    void open(bool create);
    void showState();
    void showWorkspaceBanner();
    void showStopped(const QString& words);
    void lookForMissed();
    void showMute();
    void refreshBanners();
    void showRunEnd(const RunInfo& run);
    void showGuide();
    void showAbout();

    WindowOptions m_options;
    EngineBridge m_bridge;
    QStackedWidget* m_stack = nullptr;
    StartPage* m_start = nullptr;
    QWidget* m_home = nullptr;
    QString m_repaired; ///< what came of a repair, to be said once the workspace is open
    Banner* m_banner = nullptr;
    Banner* m_stopped = nullptr; ///< that polling has stopped
    QWidget* m_bannerHome = nullptr;
    UndoBar* m_undo = nullptr;
    Navigation* m_navigation = nullptr;
    QStackedWidget* m_pages = nullptr;
    OverviewPage* m_overview = nullptr;
    CalendarPage* m_calendar = nullptr;
    CatalogPage* m_catalog = nullptr;
    DayPage* m_day = nullptr;
    PreviewPage* m_preview = nullptr;
    RunsPage* m_runs = nullptr;
    SettingsPage* m_settings = nullptr;
    SourcesPage* m_sources = nullptr;
    QLabel* m_scheduler = nullptr;
    QLabel* m_muteState = nullptr;
    MuteActions* m_mute = nullptr;
    Request m_missed;
    QMenu* m_dayMenu = nullptr;
    QAction* m_dayTitle = nullptr; ///< says what the menu's commands are about
    QAction* m_back = nullptr;
    GuideWindow* m_guide = nullptr; ///< made when it is first asked for
    QList<QAction*> m_monthActions; ///< of use on the Calendar page only
};

} // namespace daymark::ui
