// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.h"

#include "ui/calendar/calendar_page.h"
#include "ui/calendar/day_actions.h"
#include "ui/calendar/month_grid.h"
#include "ui/calendar/zoomed_grid.h"
#include "ui/catalog/catalog_page.h"
#include "ui/day/day_page.h"
#include "ui/help/guide_window.h"
#include "ui/overview/overview_page.h"
#include "ui/preview/preview_page.h"
#include "ui/runs/live_run_card.h"
#include "ui/runs/runs_page.h"
#include "ui/settings/mute_actions.h"
#include "ui/settings/notices.h"
#include "ui/settings/settings_page.h"
#include "ui/shell/navigation.h"
#include "ui/shell/page_area.h"
#include "ui/shell/start_page.h"
#include "ui/shell/undo_bar.h"
#include "ui/sources/sources_page.h"
#include "ui/style/appearance.h"
#include "ui/style/text.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenuBar>
#include <QMessageBox>
#include <QProcess>
#include <QScreen>
#include <QSettings>
#include <QStackedWidget>
#include <QStatusBar>

namespace daymark::ui {

namespace {

const QString kGeometryKey = QStringLiteral("window/geometry");
constexpr QSize kFirstSize{1280, 800};
constexpr QSize kFrame{8, 40}; ///< what a window manager puts around the window
constexpr int kMessageTime = 8000;

QString pathText(const std::filesystem::path& path)
{
    return QString::fromStdString(path.string());
}

} // namespace

MainWindow::MainWindow(const WindowOptions& options, QWidget* parent)
    : QMainWindow(parent), m_options(options)
{
    setWindowTitle(tr("%1 – Daymark").arg(pathText(options.engine.workspace)));
    setupPages();
    setupMenus();
    setupStatusBar();
    connectBridge();
    restorePlace();
    showPage(settingValue(Setting::FirstPage) == kOverviewFirst ? Overview : Calendar);
    open(false);
}

// --- Building ------------------------------------------------------------------------------------

void MainWindow::setupPages()
{
    m_start = new StartPage(this);
    connect(m_start, &StartPage::createAsked, this, [this] { open(true); });
    connect(m_start, &StartPage::openAsked, this, [this] { open(false); });
    connect(m_start, &StartPage::repaired, this, [this](const QString& words) {
        m_repaired = words;
        open(false);
    });

    m_navigation = new Navigation(this);
    m_navigation->addPage(PageButton::Picture::Overview, tr("Overview"));
    m_navigation->addPage(PageButton::Picture::Calendar, tr("Calendar"));
    m_navigation->addPage(PageButton::Picture::Sources, tr("Sources"));
    m_navigation->addPage(PageButton::Picture::Preview, tr("Preview"));
    m_navigation->addPage(PageButton::Picture::Catalog, tr("Catalog"));
    m_navigation->addPage(PageButton::Picture::Runs, tr("Runs"));
    m_navigation->addPage(PageButton::Picture::Settings, tr("Settings"));
    connect(m_navigation, &Navigation::chosen, this, [this](int page) { showPage(Page(page)); });

    m_overview = new OverviewPage(m_bridge, this);
    m_calendar = new CalendarPage(m_bridge, this);
    m_sources = new SourcesPage(m_bridge, m_options.secrets, this);
    m_preview = new PreviewPage(m_bridge, this);
    m_catalog = new CatalogPage(m_bridge, this);
    m_runs = new RunsPage(m_bridge, this);
    m_settings = new SettingsPage(m_bridge, this);
    new Notices(m_bridge, *this);
    m_day = new DayPage(m_bridge, *m_calendar, this);
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(m_overview);
    m_pages->addWidget(m_calendar);
    m_pages->addWidget(m_sources);
    m_pages->addWidget(m_preview);
    m_pages->addWidget(m_catalog);
    m_pages->addWidget(m_runs);
    m_pages->addWidget(m_settings);
    m_pages->addWidget(m_day);
    connectDayPage();
    connectOverview();
    connectSettings();
    connect(m_sources, &SourcesPage::calendarAsked, this, [this](const QString& source) {
        showPage(Calendar);
        m_calendar->showSource(source);
    });

    auto* content = new QVBoxLayout;
    content->setContentsMargins(0, 0, 0, 0);
    content->setSpacing(0);
    content->addWidget(makeBanners());
    content->addWidget(new PageArea(m_pages, this), 1);
    auto* undo = new QHBoxLayout;
    undo->setContentsMargins(16, 0, 16, 8);
    m_undo = new UndoBar(m_bridge, this);
    undo->addWidget(m_undo);
    content->addLayout(undo);

    m_home = new QWidget(this);
    auto* columns = new QHBoxLayout(m_home);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    columns->addWidget(m_navigation);
    columns->addLayout(content, 1);

    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_start);
    m_stack->addWidget(m_home);
    setCentralWidget(m_stack);
}

/// What concerns the whole workspace, above every page.
QWidget* MainWindow::makeBanners()
{
    m_bannerHome = new QWidget(this);
    auto* layout = new QVBoxLayout(m_bannerHome);
    layout->setContentsMargins(16, 12, 16, 0);
    m_stopped = new Banner(m_bannerHome);
    m_banner = new Banner(m_bannerHome);
    m_banner->setDismissible(tr("Dismiss notice"));
    for (Banner* banner : {m_stopped, m_banner}) {
        layout->addWidget(banner);
        banner->installEventFilter(this);
    }
    m_bannerHome->hide();
    return m_bannerHome;
}

void MainWindow::connectDayPage()
{
    connect(m_calendar, &CalendarPage::dayOpened, this, [this] { showPage(Day); });
    connect(m_day, &DayPage::backAsked, this, &MainWindow::leaveDay);
    connect(m_day, &DayPage::previewAsked, this, [this](const QString& source, QDate day) {
        showPage(Preview);
        m_preview->lookAt(source, day);
    });
}

void MainWindow::connectOverview()
{
    connect(m_overview, &OverviewPage::sourceOpened, this,
            [this](const QString& source, QDate day) {
                showPage(Calendar);
                m_calendar->showSource(source, day);
            });
    const auto begin = [this](const char* kind) {
        showPage(Sources);
        m_sources->addSource(kind);
    };
    connect(m_overview, &OverviewPage::databaseAsked, this, [begin] { begin("sqlite"); });
    connect(m_overview, &OverviewPage::folderAsked, this, [begin] { begin("files"); });
    connect(m_calendar, &CalendarPage::sourceAsked, this, [begin] { begin(""); });
}

void MainWindow::connectSettings()
{
    connect(m_settings, &SettingsPage::changed, this, [](Setting setting) {
        if (setting == Setting::Appearance)
            applyAppearance(savedAppearance());
    });
    connect(m_settings, &SettingsPage::workspaceAsked, this, [this](const QString& folder) {
        const QStringList arguments{QStringLiteral("--workspace"), folder};
        if (!QProcess::startDetached(QCoreApplication::applicationFilePath(), arguments))
            statusBar()->showMessage(tr("Another window could not be started."), kMessageTime);
    });
}

void MainWindow::setupMenus()
{
    QMenu* file = menuBar()->addMenu(tr("&File"));
    QAction* undo = file->addAction(tr("&Undo last change"), QKeySequence(QKeySequence::Undo),
                                    m_undo, &UndoBar::undo);
    undo->setEnabled(false);
    connect(m_undo, &UndoBar::offerChanged, undo,
            [this, undo] { undo->setEnabled(m_undo->canUndo()); });
    file->addAction(m_calendar->printAction());
    file->addSeparator();
    file->addAction(tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), this, &QWidget::close);

    QMenu* go = menuBar()->addMenu(tr("&Go"));
    const std::pair<Page, QString> pages[] = {
        {Overview, tr("&Overview")}, {Calendar, tr("&Calendar")}, {Sources, tr("&Sources")},
        {Preview, tr("Pre&view")},   {Catalog, tr("C&atalog")},   {Runs, tr("&Runs")},
        {Settings, tr("S&ettings")}};
    for (const auto& [page, name] : pages)
        go->addAction(name, QKeySequence(Qt::CTRL | Qt::Key(int(Qt::Key_1) + int(page))), this,
                      [this, chosen = page] { showPage(chosen); });
    go->addSeparator();
    MonthGrid* grid = &m_calendar->grid();
    m_monthActions = {go->addAction(tr("&Previous month"), QKeySequence(Qt::ALT | Qt::Key_Left),
                                    grid, &MonthGrid::showPreviousMonth),
                      go->addAction(tr("&Next month"), QKeySequence(Qt::ALT | Qt::Key_Right), grid,
                                    &MonthGrid::showNextMonth),
                      m_calendar->showsPast(), m_calendar->printAction()};
    go->addAction(m_calendar->showsPast());
    m_back = go->addAction(tr("&Back to calendar"), this, &MainWindow::leaveDay);
    m_back->setShortcuts({QKeySequence(Qt::ALT | Qt::Key_Left), QKeySequence(Qt::Key_Escape)});
    go->addAction(tr("&Today"), QKeySequence(Qt::CTRL | Qt::Key_T), m_calendar,
                  &CalendarPage::showToday);

    m_dayMenu = menuBar()->addMenu(tr("&Day"));
    m_dayTitle = new QAction(this);
    m_dayTitle->setEnabled(false);
    addActions(m_calendar->actions().ofSource()); // their keys work whatever the menu holds
    connect(m_calendar, &CalendarPage::selectionTold, this, &MainWindow::fillDayMenu);

    QMenu* view = menuBar()->addMenu(tr("&View"));
    setupAppearanceMenu(view->addMenu(tr("&Appearance")));
    m_mute = new MuteActions(m_bridge, this);
    view->addMenu(tr("&Notices"))->addActions(m_mute->all());
    connect(m_mute, &MuteActions::changed, this, &MainWindow::showMute);
    connect(m_mute, &MuteActions::failed, this, [this](const Error& error) {
        m_banner->sayError(error);
        refreshBanners();
    });

    QMenu* help = menuBar()->addMenu(tr("&Help"));
    help->addAction(tr("&Guide"), QKeySequence(Qt::Key_F1), this, &MainWindow::showGuide);
    help->addAction(tr("&About Daymark"), this, &MainWindow::showAbout);
}

void MainWindow::setupAppearanceMenu(QMenu* menu)
{
    auto* group = new QActionGroup(menu);
    const std::pair<Appearance, QString> choices[] = {
        {Appearance::System, tr("&System")},
        {Appearance::Light, tr("&Light")},
        {Appearance::Dark, tr("&Dark")},
        {Appearance::HighContrast, tr("&High contrast")}};
    for (const auto& [appearance, name] : choices) {
        QAction* action = menu->addAction(name);
        action->setCheckable(true);
        group->addAction(action);
        connect(menu, &QMenu::aboutToShow, action,
                [action, own = appearance] { action->setChecked(own == savedAppearance()); });
        connect(action, &QAction::triggered, this, [chosen = appearance] {
            saveAppearance(chosen);
            applyAppearance(chosen);
        });
    }
}

void MainWindow::setupStatusBar()
{
    m_scheduler = plainLabel({}, this);
    m_scheduler->setContentsMargins(8, 2, 12, 2);
    statusBar()->setSizeGripEnabled(false);
    m_muteState = plainLabel({}, this);
    m_muteState->setContentsMargins(8, 2, 8, 2);
    statusBar()->addPermanentWidget(m_muteState);
    statusBar()->addPermanentWidget(m_scheduler);
    connect(m_calendar, &CalendarPage::pollTold, m_scheduler, &QLabel::setText);
}

void MainWindow::connectBridge()
{
    connect(&m_bridge, &EngineBridge::stateChanged, this, &MainWindow::showState);
    connect(&m_bridge, &EngineBridge::runFinished, this, &MainWindow::showRunEnd);
    connect(&m_bridge, &EngineBridge::pollingChecked, this, &MainWindow::showStopped);
    connect(&m_bridge, &EngineBridge::lookAgain, this, &MainWindow::lookForMissed);
    connect(&m_bridge, &EngineBridge::passFinished, this,
            [this](const QString&, const QString& message) {
                if (!message.isEmpty())
                    statusBar()->showMessage(message, kMessageTime);
            });
}

void MainWindow::restorePlace()
{
    const QSize room = screen()->availableSize() - kFrame;
    resize(kFirstSize.boundedTo(room));
    restoreGeometry(QSettings().value(kGeometryKey).toByteArray());
}

// --- The workspace -------------------------------------------------------------------------------

void MainWindow::open(bool create)
{
    m_bridge.open(m_options.engine, create,
                  m_options.schedule && settingValue(Setting::Imports) == kAutomatic);
}

void MainWindow::showState()
{
    const QString workspace = pathText(m_options.engine.workspace);
    switch (m_bridge.state()) {
    case EngineBridge::State::Opening:
        m_start->showOpening(workspace);
        break;
    case EngineBridge::State::Failed:
        m_start->showFailure(m_options.engine, m_bridge.error());
        break;
    case EngineBridge::State::Closing:
        m_start->showClosing();
        break;
    case EngineBridge::State::Open:
        rememberWorkspace(workspace);
        showWorkspaceBanner();
        break;
    case EngineBridge::State::Closed:
        Q_EMIT closed();
        return;
    }
    const bool open = m_bridge.isOpen();
    m_stack->setCurrentWidget(open ? m_home : static_cast<QWidget*>(m_start));
    m_dayMenu->setEnabled(open);
}

void MainWindow::showWorkspaceBanner()
{
    QStringList repairs;
    if (!m_repaired.isEmpty())
        repairs << std::exchange(m_repaired, {});
    for (const std::string& repair : m_bridge.repairs())
        repairs << text(repair);
    m_banner->say(Tone::Information,
                  m_bridge.canWrite()
                      ? repairs.join(QLatin1Char('\n'))
                      : tr("Another process runs this workspace. Here it is only shown; what "
                           "changes there appears here."));
    showStopped({});
}

void MainWindow::showStopped(const QString& words)
{
    m_stopped->say(Tone::Error, words);
    refreshBanners();
}

void MainWindow::refreshBanners()
{
    m_bannerHome->setVisible(!m_stopped->isHidden() || !m_banner->isHidden());
}

bool MainWindow::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ShowToParent || event->type() == QEvent::HideToParent)
        refreshBanners();
    return QMainWindow::eventFilter(watched, event);
}

/// Where another process is to poll, this one tells that it does not.
void MainWindow::lookForMissed()
{
    m_bridge.ask(
        m_missed, EngineBridge::Lane::Ledger,
        [](Engine& engine, const std::stop_token&) { return engine.sources(); },
        [this](const Result<std::vector<SourceInfo>>& sources) {
            if (!sources)
                return; // the pages say why
            QStringList missed;
            for (const SourceInfo& source : *sources)
                if (source.poll.missedSince)
                    missed << tr("%1 since %2")
                                  .arg(text(source.config.name),
                                       clockTime(*source.poll.missedSince, m_bridge.now()));
            showStopped(missed.isEmpty() ? QString()
                                         : tr("Not polled by the process that runs this "
                                              "workspace: %1.")
                                               .arg(missed.join(QStringLiteral(", "))));
        });
}

void MainWindow::showMute()
{
    m_muteState->setText(m_mute->words());
    m_muteState->setVisible(!m_muteState->text().isEmpty());
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    QSettings().setValue(kGeometryKey, saveGeometry());
    if (m_bridge.state() == EngineBridge::State::Closed) {
        event->accept();
        return;
    }
    event->ignore();
    m_bridge.close();
}

// --- Pages ---------------------------------------------------------------------------------------

void MainWindow::showPage(Page page)
{
    m_pages->setCurrentIndex(page);
    m_navigation->setCurrent(page == Day ? Calendar : page);
    m_back->setEnabled(page == Day);
    for (QAction* action : m_monthActions)
        action->setEnabled(page == Calendar);
    fillDayMenu();
    if (page == Day)
        m_day->setFocus();
    if (page == Settings)
        m_settings->refresh();
}

/// The day's page is about one day even where several are selected in the calendar.
void MainWindow::fillDayMenu()
{
    const bool onDay = m_pages->currentIndex() == Day;
    const bool several = !onDay && m_calendar->hasSeveral();
    QString about = m_calendar->selectionWords();
    if (onDay)
        about = tr("%1: %2").arg(m_calendar->source(), plainDate(m_calendar->grid().selected()));
    m_dayTitle->setText(about.isEmpty() ? tr("No source yet")
                                        : about.replace(QLatin1Char('&'), QStringLiteral("&&")));
    m_dayMenu->setTitle(several ? tr("&Days") : tr("&Day"));
    m_dayMenu->clear();
    m_dayMenu->addAction(m_dayTitle);
    m_dayMenu->addSeparator();
    m_dayMenu->addActions(several ? m_calendar->rangeActions() : m_calendar->actions().ofDay());
    m_dayMenu->addSeparator();
    m_dayMenu->addActions(m_calendar->actions().ofSource());
}

void MainWindow::leaveDay()
{
    showPage(Calendar);
    m_calendar->days().setFocus();
}

void MainWindow::showRunEnd(const RunInfo& run)
{
    statusBar()->showMessage(resultSentence(run).section(QLatin1Char('\n'), 0, 0), kMessageTime);
}

/// At the section of the page on show.
void MainWindow::showGuide()
{
    if (!m_guide)
        m_guide = new GuideWindow(this);
    m_guide->showSection(m_pages->currentIndex() == Day ? tr("Day") : m_navigation->currentName());
}

void MainWindow::showAbout()
{
    auto* box =
        new QMessageBox(QMessageBox::NoIcon, tr("About Daymark"), {}, QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setText(tr("Daymark %1").arg(QApplication::applicationVersion()));
    box->setInformativeText(
        tr("Brings days of metrics from customers' sources into an experimentation "
           "platform's store: in order, without gaps, checked, and explained.\n\n"
           "Free software under the GNU General Public License, version 3 or "
           "later."));
    for (QLabel* label : box->findChildren<QLabel*>())
        if (!label->text().isEmpty())
            label->setFocusPolicy(Qt::NoFocus); // the mouse still selects; Tab has one button
    box->open();
}

} // namespace daymark::ui
