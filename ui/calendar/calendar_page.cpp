// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/calendar_page.h"

#include "ui/calendar/accept_columns.h"
#include "ui/calendar/calendar_header.h"
#include "ui/calendar/calendar_print.h"
#include "ui/calendar/day_actions.h"
#include "ui/calendar/day_commands.h"
#include "ui/calendar/day_panel.h"
#include "ui/calendar/legend.h"
#include "ui/calendar/month_grid.h"
#include "ui/calendar/range_commands.h"
#include "ui/calendar/range_panel.h"
#include "ui/calendar/time_bar.h"
#include "ui/calendar/welcome_panel.h"
#include "ui/calendar/zoomed_grid.h"
#include "ui/style/side_by_side.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QAction>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>

namespace daymark::ui {

using Lane = EngineBridge::Lane;

namespace {

constexpr int kPanelWidth = 280;
constexpr std::size_t kFindingsShown = 2;

} // namespace

CalendarPage::CalendarPage(EngineBridge& bridge, QWidget* parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_actions(new DayActions(this))
    , m_commands(new DayCommands(bridge, *m_actions, this))
    , m_range(new RangeCommands(bridge, *m_commands, this))
    , m_acceptColumns(new AcceptColumns(bridge, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 10);
    layout->setSpacing(8);
    setupHeader(layout);
    setupTime(layout);
    setupBanners(layout);
    setupBody(layout);
    setupMenus();
    setupPrint();
    connectGrid();
    connectBridge();
    connectCommands();
    showPage();
    start();
}

// --- Building ------------------------------------------------------------------------------------

void CalendarPage::setupHeader(QVBoxLayout* layout)
{
    m_header = new CalendarHeader(this);
    layout->addWidget(m_header);
    connect(m_header, &CalendarHeader::sourceChosen, this, &CalendarPage::chooseSource);
    connect(m_header, &CalendarHeader::todayAsked, this, &CalendarPage::showToday);
}

/// The choice of the moment, below the header while it is asked for.
void CalendarPage::setupTime(QVBoxLayout* layout)
{
    m_time = new TimeBar(m_bridge, this);
    layout->addWidget(m_time);
    m_showsPast = new QAction(tr("Past calendar"), this);
    m_showsPast->setCheckable(true);
    m_showsPast->setShortcut(Qt::CTRL | Qt::Key_H);
    setTip(m_showsPast, tr("Shows the calendar as it was known at any past moment (Ctrl+H)."));
    m_header->addPastButton(m_showsPast);
    connect(m_showsPast, &QAction::toggled, m_time, &TimeBar::setOpen);
    connect(m_time, &TimeBar::openChanged, m_showsPast, &QAction::setChecked);
    connect(m_time, &TimeBar::momentChosen, this, &CalendarPage::showMoment);
    connect(m_time, &TimeBar::failed, this,
            [this](const Error& error) { m_message->sayError(error); });
}

void CalendarPage::setupBanners(QVBoxLayout* layout)
{
    m_message = new Banner(this);
    m_message->setDismissible(tr("Dismiss message"));
    m_obstacle = new Banner(this);
    QPushButton* show = m_obstacle->addButton(tr("Sho&w day"));
    setTip(show, tr("Goes to the day that holds up the others."));
    connect(show, &QPushButton::clicked, this, [this] {
        if (const std::optional<QDate> day = m_facts.firstObstacle())
            m_grid->select(*day);
        m_grid->setFocus();
    });
    m_columns = new Banner(this);
    m_acceptColumns->addTo(m_columns, [this] { return source(); });
    connect(m_acceptColumns, &AcceptColumns::said, m_message, &Banner::say);
    m_note = new Banner(this);
    for (Banner* banner : {m_message, m_columns, m_obstacle, m_note})
        layout->addWidget(banner);
}

void CalendarPage::setupBody(QVBoxLayout* layout)
{
    auto* days = new QWidget(this);
    auto* left = new QVBoxLayout(days);
    left->setContentsMargins(0, 0, 0, 0);
    left->setSpacing(6);
    m_grid = new ZoomedGrid(days);
    m_grid->setName(tr("Calendar"));
    left->addWidget(m_grid, 1);
    left->addWidget(new Legend(days));
    setupPanels();
    m_body = new SideBySide(days, m_panels, kPanelWidth, this);

    m_welcome = new WelcomePanel(this);
    connect(m_welcome, &WelcomePanel::sourceRequested, this, &CalendarPage::sourceAsked);
    connect(m_welcome, &WelcomePanel::demoRequested, this, &CalendarPage::addDemo);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_body);
    m_stack->addWidget(m_welcome);
    layout->addWidget(m_stack, 1);
}

/// Beside the days: one selected day, or several.
void CalendarPage::setupPanels()
{
    m_panel = new DayPanel(*m_actions, this);
    m_panel->setOpenable();
    m_rangePanel = new RangePanel(m_range->actions(), this);
    m_panels = new QStackedWidget(this);
    m_panels->addWidget(m_panel);
    m_panels->addWidget(m_rangePanel);
    connect(m_panel, &DayPanel::openAsked, this, &CalendarPage::openDay);
    connect(this, &CalendarPage::explained, m_commands, &DayCommands::noteExplained);
    connect(this, &CalendarPage::explained, m_panel, [this](const DayExplained& explained) {
        m_panel->showExplanation(explained, m_bridge.now());
    });
    connect(this, &CalendarPage::explainFailed, m_panel, &DayPanel::showFailure);
    connect(m_range, &RangeCommands::planned, m_rangePanel, [this] {
        for (const RangeAction action : kRangeActions)
            m_rangePanel->showSummary(action, m_range->plan(action).summary);
    });
}

void CalendarPage::setupMenus()
{
    m_menu = new QMenu(tr("Day"), this);
    m_menu->addActions(m_actions->all());
    m_rangeMenu = new QMenu(tr("Days"), this);
    m_rangeMenu->addActions(m_range->actions());
    connect(m_grid, &ZoomedGrid::menuRequested, this,
            [this](QPoint position) { (hasSeveral() ? m_rangeMenu : m_menu)->popup(position); });
}

void CalendarPage::setupPrint()
{
    m_prints = new QAction(tr("&Print calendar…"), this);
    m_prints->setShortcut(Qt::CTRL | Qt::Key_P);
    m_print = new CalendarPrint(this);
    connect(m_print, &CalendarPrint::said, m_message, &Banner::say);
    connect(m_prints, &QAction::triggered, this, [this] {
        if (m_loaded && !source().isEmpty())
            m_print->ask(sheet());
        else
            m_message->say(Tone::Information,
                           tr("There is no calendar to print yet: add a source first."));
    });
}

CalendarSheet::Content CalendarPage::sheet() const
{
    const Instant now = m_bridge.now();
    return {source(), m_facts, m_grid->selected(), m_grid->zoom(),
            tr("As known on %1.").arg(dateAndTime(m_time->moment().value_or(now)))};
}

void CalendarPage::connectGrid()
{
    connect(m_header, &CalendarHeader::previousAsked, m_grid, &ZoomedGrid::showPrevious);
    connect(m_header, &CalendarHeader::nextAsked, m_grid, &ZoomedGrid::showNext);
    connect(m_header, &CalendarHeader::filterChosen, m_grid, &ZoomedGrid::setFilter);
    connect(m_header, &CalendarHeader::zoomChosen, m_grid, &ZoomedGrid::setZoom);
    connect(m_grid, &ZoomedGrid::pageChanged, this, &CalendarPage::showPage);
    connect(m_grid, &ZoomedGrid::selectionChanged, this, [this](QDate day) {
        if (m_message->tone() != Tone::Error)
            m_message->say(Tone::Information, {}); // it was about the day selected before
        showDay(day);
    });
    connect(m_grid, &ZoomedGrid::spanChanged, this, &CalendarPage::showSpan);
    connect(m_grid, &ZoomedGrid::activated, this, &CalendarPage::openDay);
}

MonthGrid& CalendarPage::grid() { return m_grid->month(); }

void CalendarPage::connectBridge()
{
    connect(&m_bridge, &EngineBridge::stateChanged, this, &CalendarPage::start);
    connect(&m_bridge, &EngineBridge::sourcesChanged, this, &CalendarPage::reloadSources);
    connect(&m_bridge, &EngineBridge::lookAgain, this, &CalendarPage::reloadSources);
    connect(&m_bridge, &EngineBridge::daysChanged, this, [this](const QString& changed) {
        if (changed != source())
            return;
        m_time->reload();
        reloadCalendar();
    });
    connect(&m_bridge, &EngineBridge::pollFinished, this, [this](const PollReport& report) {
        if (text(report.source) == source())
            reloadCalendar();
    });
    connect(&m_bridge, &EngineBridge::runStarted, this, &CalendarPage::showProgress);
    connect(&m_bridge, &EngineBridge::runProgressed, this, &CalendarPage::showProgress);
    connect(&m_bridge, &EngineBridge::runFinished, this, [this](const RunInfo& run) {
        if (text(run.source) == source())
            m_grid->setProgress(toDate(run.day), {});
    });
    connect(&m_bridge, &EngineBridge::passFinished, this, [this](const QString& finished) {
        if (finished == source())
            reloadCalendar();
    });
}

void CalendarPage::connectCommands()
{
    connect(m_commands, &DayCommands::said, m_message, &Banner::say);
    connect(m_range, &RangeCommands::said, m_message, &Banner::say);
    connect(m_commands, &DayCommands::probing, m_panel, &DayPanel::showProbing);
    connect(m_commands, &DayCommands::probed, this, [this](const DayExplained& answer) {
        m_explanation.cancel();
        m_probed = answer;
        Q_EMIT explained(answer);
    });
    connect(m_commands, &DayCommands::probeFailed, this, &CalendarPage::explainFailed);
}

// --- Sources -------------------------------------------------------------------------------------

QString CalendarPage::source() const { return m_header->source(); }

void CalendarPage::start()
{
    if (m_bridge.isOpen())
        reloadSources();
}

void CalendarPage::reloadSources()
{
    m_bridge.ask(
        m_sources, Lane::Ledger, [](Engine& engine, std::stop_token) { return engine.sources(); },
        [this](const Result<std::vector<SourceInfo>>& sources) { showSources(sources); });
}

void CalendarPage::showSources(const Result<std::vector<SourceInfo>>& sources)
{
    if (!sources) {
        m_message->say(Tone::Error, errorText(sources.error()));
        return;
    }
    QStringList names;
    for (const SourceInfo& info : *sources)
        names.append(text(info.config.name));
    const bool first = !std::exchange(m_knowsSources, true);
    m_header->setSources(names);
    if (names.contains(m_wantedSource))
        m_header->choose(std::exchange(m_wantedSource, {}));
    m_header->setVisible(!names.isEmpty());
    m_stack->setCurrentWidget(names.isEmpty() ? static_cast<QWidget*>(m_welcome) : m_body);
    refreshWelcome();
    if (names.isEmpty()) {
        chooseSource({});
        if (first && isVisible())
            m_welcome->takeFocus();
    } else {
        reloadCalendar();
    }
}

void CalendarPage::chooseSource(const QString& name)
{
    m_calendar.cancel();
    m_explanation.cancel();
    m_time->setSource(name);
    m_commands->hold({});
    m_loaded = false;
    m_facts = {};
    m_columnsBlock.clear();
    m_message->say(Tone::Information, {});
    m_grid->clearProgress();
    m_grid->setName(name.isEmpty() ? tr("Calendar") : tr("Calendar of %1").arg(name));
    Q_EMIT selectionTold();
    if (name.isEmpty()) {
        m_commands->clearTarget();
        showBanners();
        Q_EMIT loaded();
    } else {
        reloadCalendar();
    }
}

void CalendarPage::showSource(const QString& name, QDate day)
{
    m_time->choose(std::nullopt); // it was asked for as it is
    m_wantedDay = day;
    m_header->choose(name);
    if (source() != name) {
        m_wantedSource = name; // added a moment ago
        reloadSources();
    } else if (m_loaded && day.isValid()) {
        m_grid->select(std::exchange(m_wantedDay, {}));
    }
    m_grid->setFocus();
}

void CalendarPage::addDemo()
{
    m_bridge.ask(
        m_demo, Lane::Outside,
        [](Engine& engine, std::stop_token stop) { return engine.addDemo(stop); },
        [this](const Result<SourceSaved>& saved) {
            if (!saved)
                m_message->say(Tone::Error, errorText(saved.error()));
            refreshWelcome();
            reloadSources();
        });
    refreshWelcome();
}

void CalendarPage::refreshWelcome()
{
    m_welcome->refresh(QString::fromStdString(m_bridge.workspace().string()), m_bridge.canWrite(),
                       m_demo.pending());
}

// --- The calendar --------------------------------------------------------------------------------

void CalendarPage::reloadCalendar()
{
    if (source().isEmpty())
        return;
    if (m_calendar.pending()) {
        m_stale = true;
        return;
    }
    m_stale = false;
    m_bridge.ask(
        m_calendar, Lane::Ledger,
        [name = utf8(source()), moment = m_time->moment()](Engine& engine, std::stop_token) {
            return knownCalendar(engine, name, moment);
        },
        [this](const Result<KnownCalendar>& known) {
            showCalendar(known);
            if (m_stale)
                reloadCalendar();
        });
}

/// Another moment: what was asked about the last one does not matter any more.
void CalendarPage::showMoment()
{
    m_calendar.cancel();
    m_explanation.cancel();
    m_probed.reset();
    m_grid->clearProgress();
    m_commands->hold(m_time->moment() ? TimeBar::whyReadOnly() : QString());
    reloadCalendar();
}

void CalendarPage::showCalendar(const Result<KnownCalendar>& known)
{
    if (!known) {
        m_message->say(Tone::Error, errorText(known.error()));
        return;
    }
    m_facts = CalendarFacts(known->view);
    m_columnsBlock = known->columnsBlock;
    m_time->tell(known->unknown);
    m_grid->setFacts(m_facts);
    m_header->setCounts(m_facts);
    const bool first = !m_loaded;
    m_loaded = true;
    if (first || m_wantedDay.isValid())
        m_grid->select(m_wantedDay.isValid() ? m_wantedDay : m_facts.dayToShow());
    m_wantedDay = {};
    if (!m_wasLoaded)
        m_grid->setFocus();
    m_wasLoaded = true;
    showDay(m_grid->selected());
    showSpan();
    showBanners();
    if (!m_time->moment())
        Q_EMIT pollTold(pollSentence(m_facts.view().poll));
    Q_EMIT loaded();
}

void CalendarPage::showDay(QDate day)
{
    if (!m_loaded)
        return;
    m_commands->setTarget(source(), day, m_facts);
    m_panel->showDay(m_facts, day);
    Q_EMIT dayShown();
    Q_EMIT selectionTold();
    if (isProbed(day))
        Q_EMIT explained(*m_probed);
    else
        explain();
}

/// One day is explained; of several it is said what can be done to them.
void CalendarPage::showSpan()
{
    const DaySpan span = m_grid->span();
    const bool several = span.length() > 1;
    m_panels->setCurrentWidget(several ? static_cast<QWidget*>(m_rangePanel) : m_panel);
    if (hasSeveral()) {
        m_rangePanel->showSpan(m_facts, span);
        m_range->setTarget(source(), m_facts, span);
    }
    Q_EMIT selectionTold();
}

bool CalendarPage::hasSeveral() const { return m_loaded && m_grid->span().length() > 1; }

QList<QAction*> CalendarPage::rangeActions() const { return m_range->actions(); }

QString CalendarPage::selectionWords() const
{
    return m_loaded && !source().isEmpty() ? tr("%1: %2").arg(source(), spanWords(m_grid->span()))
                                           : QString();
}

void CalendarPage::showPage() { m_header->setPage(m_grid->selected(), m_grid->zoom()); }

void CalendarPage::openDay()
{
    if (!m_loaded || source().isEmpty())
        return;
    if (m_time->moment())
        m_message->say(Tone::Information,
                       tr("The page of a day shows it as it is now. Go back to now first."));
    else
        Q_EMIT dayOpened();
}

/// Whether the rows of the day were counted since it was selected, and it is still what it was
/// then.
bool CalendarPage::isProbed(QDate day)
{
    const CalendarDay* listed = m_facts.find(day);
    if (m_probed &&
        (text(m_probed->source) != source() || toDate(m_probed->explanation.day) != day ||
         !listed || listed->planned.state != m_probed->explanation.state))
        m_probed.reset();
    return m_probed.has_value();
}

void CalendarPage::explain()
{
    m_bridge.ask(
        m_explanation, Lane::Ledger,
        [name = utf8(source()), day = toDay(m_grid->selected()),
         moment = m_time->moment()](Engine& engine, std::stop_token stop) {
            return knownDay(engine, name, day, moment, stop);
        },
        [this](const Result<DayExplained>& answer) {
            if (answer)
                Q_EMIT explained(*answer);
            else
                Q_EMIT explainFailed(answer.error());
        });
}

void CalendarPage::showToday()
{
    m_grid->select(m_loaded ? m_facts.today() : QDate::currentDate());
}

QString CalendarPage::columnsBlock() const
{
    return m_columnsBlock.empty()
               ? QString()
               : tr("%1 Nothing is imported until the columns are accepted, or are back.")
                     .arg(text(m_facts.view().note));
}

void CalendarPage::showBanners()
{
    m_obstacle->say(Tone::Warning, m_facts.obstacleSentence());
    const CalendarView& view = m_facts.view();
    m_columns->say(Tone::Warning, columnsBlock());
    QStringList notes;
    if (view.poll.error)
        notes << tr("The last poll failed: %1").arg(errorText(*view.poll.error));
    if (!view.note.empty() && m_columnsBlock.empty())
        notes << text(view.note);
    for (std::size_t i = 0; i < std::min(view.findings.size(), kFindingsShown); ++i)
        notes << text(view.findings[i].message);
    if (view.findings.size() > kFindingsShown)
        notes << tr("%1 more findings in the signals.").arg(view.findings.size() - kFindingsShown);
    m_note->say(view.poll.error ? Tone::Error : Tone::Information, notes.join(QLatin1Char('\n')));
}

void CalendarPage::showProgress(const RunProgress& progress)
{
    if (text(progress.source) == source() && !m_time->moment())
        m_grid->setProgress(toDate(progress.day), progress.fraction.value_or(0));
}

QString CalendarPage::pollSentence(const PollInfo& poll) const
{
    const Instant now = m_bridge.now();
    const QString last = poll.last
                             ? tr("%1: last poll %2").arg(source(), clockTime(*poll.last, now))
                             : tr("%1: not polled yet").arg(source());
    return poll.next ? tr("%1, next poll %2").arg(last, clockTime(*poll.next, now)) : last;
}

} // namespace daymark::ui
