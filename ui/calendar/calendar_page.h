// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/engine_bridge.h"
#include "ui/calendar/calendar_facts.h"
#include "ui/calendar/calendar_sheet.h"
#include "ui/calendar/known_calendar.h"
#include "ui/style/look.h"

#include <QWidget>

class QAction;
class QMenu;
class QStackedWidget;
class QVBoxLayout;

namespace daymark::ui {

class AcceptColumns;
class Banner;
class CalendarHeader;
class CalendarPrint;
class DayActions;
class DayCommands;
class DayPanel;
class MonthGrid;
class RangeCommands;
class RangePanel;
class TimeBar;
class WelcomePanel;
class ZoomedGrid;

/// One source's days, by month or by year, and the selected day, or days, beside them.
class CalendarPage : public QWidget
{
    Q_OBJECT

public:
    explicit CalendarPage(EngineBridge& bridge, QWidget* parent = nullptr);

    [[nodiscard]] DayActions& actions() { return *m_actions; }
    [[nodiscard]] DayCommands& commands() { return *m_commands; }
    [[nodiscard]] MonthGrid& grid();
    /// Both zooms of the days.
    [[nodiscard]] ZoomedGrid& days() { return *m_grid; }
    [[nodiscard]] const CalendarFacts& facts() const { return m_facts; }
    [[nodiscard]] QString source() const;
    /// Agrees on columns; what comes of it is said here.
    [[nodiscard]] AcceptColumns& acceptColumns() { return *m_acceptColumns; }
    /// What the columns of the source block imports for, in words; empty where nothing.
    [[nodiscard]] QString columnsBlock() const;
    [[nodiscard]] TimeBar& timeBar() { return *m_time; }
    /// Shows or hides the choice of a past moment.
    [[nodiscard]] QAction* showsPast() const { return m_showsPast; }
    /// Prints the month, or the year, that is on show.
    [[nodiscard]] QAction* printAction() const { return m_prints; }
    /// What is printed then.
    [[nodiscard]] CalendarSheet::Content sheet() const;
    /// Whether the calendar of a source is on show.
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    /// Whether it is known that there are no sources.
    [[nodiscard]] bool isEmpty() const { return m_knowsSources && source().isEmpty(); }
    /// Whether the commands are about several days, not about one.
    [[nodiscard]] bool hasSeveral() const;
    /// The commands on several days.
    [[nodiscard]] QList<QAction*> rangeActions() const;
    /// `demo: 8 June 2026`, `demo: 12 to 19 November 2026`; empty where no calendar is on show.
    [[nodiscard]] QString selectionWords() const;
    /// Shows the calendar of a source, and selects a day of it where one is given.
    void showSource(const QString& name, QDate day = {});

public Q_SLOTS:
    void showToday();

Q_SIGNALS:
    /// The calendar of a source came on show or is new.
    void loaded();
    /// A first source is to be added.
    void sourceAsked();
    /// All about the selected day is asked for.
    void dayOpened();
    /// The selected day is another one, or something about it is new.
    void dayShown();
    /// What the commands are about is something else, or something about it is new.
    void selectionTold();
    void explained(const daymark::DayExplained& explained);
    void explainFailed(const daymark::Error& error);
    /// What the scheduler does with the source, for the status bar.
    void pollTold(const QString& sentence);

private:
    void setupHeader(QVBoxLayout* layout);
    void setupBanners(QVBoxLayout* layout);
    void setupBody(QVBoxLayout* layout);
    void setupPanels();
    void setupMenus();
    void setupPrint();
    void setupTime(QVBoxLayout* layout);
    void connectGrid();
    void connectBridge();
    void connectCommands();

    void start();
    void reloadSources();
    void showSources(const Result<std::vector<SourceInfo>>& sources);
    void chooseSource(const QString& name);
    void reloadCalendar();
    void showMoment();
    void showCalendar(const Result<KnownCalendar>& known);
    void showDay(QDate day);
    void showSpan();
    void showPage();
    void openDay();
    [[nodiscard]] bool isProbed(QDate day);
    void explain();
    void showBanners();
    void showProgress(const RunProgress& progress);
    void addDemo();
    void refreshWelcome();
    [[nodiscard]] QString pollSentence(const PollInfo& poll) const;

    EngineBridge& m_bridge;
    DayActions* m_actions = nullptr;
    DayCommands* m_commands = nullptr;
    RangeCommands* m_range = nullptr;
    AcceptColumns* m_acceptColumns = nullptr;
    CalendarHeader* m_header = nullptr;
    TimeBar* m_time = nullptr;
    QAction* m_showsPast = nullptr;
    QAction* m_prints = nullptr;
    CalendarPrint* m_print = nullptr;
    Banner* m_message = nullptr;
    Banner* m_obstacle = nullptr;
    Banner* m_columns = nullptr; ///< that the source's columns block imports
    Banner* m_note = nullptr;
    QStackedWidget* m_stack = nullptr;
    QWidget* m_body = nullptr;
    WelcomePanel* m_welcome = nullptr;
    ZoomedGrid* m_grid = nullptr;
    QStackedWidget* m_panels = nullptr;
    DayPanel* m_panel = nullptr;
    RangePanel* m_rangePanel = nullptr;
    QMenu* m_menu = nullptr;
    QMenu* m_rangeMenu = nullptr;

    CalendarFacts m_facts;
    std::string m_columnsBlock; ///< what the source's columns block imports for
    bool m_knowsSources = false;
    bool m_loaded = false;
    bool m_wasLoaded = false; ///< a calendar was on show before, perhaps of another source
    std::optional<DayExplained>
        m_probed;           ///< stays until another day is selected or the day changes
    bool m_stale = false;   ///< the calendar changed while it was being read
    QString m_wantedSource; ///< to be shown once it is known
    QDate m_wantedDay;      ///< to be selected once its calendar is there
    Request m_sources;
    Request m_calendar;
    Request m_explanation;
    Request m_demo;
};

} // namespace daymark::ui
