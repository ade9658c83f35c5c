// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/overview_page.h"

#include "ui/overview/begin_panel.h"
#include "ui/overview/day_strip.h"
#include "ui/overview/happenings.h"
#include "ui/overview/last_look.h"
#include "ui/overview/overview_model.h"
#include "ui/style/sparkline.h"
#include "ui/style/tables.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>

namespace daymark::ui {

using Lane = EngineBridge::Lane;

namespace {

constexpr std::size_t kRunsRead = 500;
constexpr std::size_t kJournalRead = 2000;
constexpr std::chrono::minutes kTick{1}; // lateness changes with the time alone
constexpr int kRowPadding = 8;
constexpr int kLeastColumn = 48;

} // namespace

OverviewPage::OverviewPage(EngineBridge& bridge, QWidget* parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_model(new OverviewModel(this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_news(new HappeningsModel(this))
    , m_message(new Banner(this))
    , m_stack(new QStackedWidget(this))
    , m_begin(new BeginPanel(this))
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(OverviewModel::SortRole);
    m_sorted->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_message->setDismissible(tr("Dismiss message"));
    auto* halves = new QSplitter(Qt::Vertical, this);
    halves->setAccessibleName(tr("Sources and news"));
    halves->setChildrenCollapsible(false);
    halves->setHandleWidth(12);
    halves->addWidget(makeSources());
    halves->addWidget(makeHappenings());
    halves->setStretchFactor(0, 3);
    halves->setStretchFactor(1, 2);
    m_body = halves;
    m_stack->addWidget(m_body);
    m_stack->addWidget(m_begin);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 12);
    layout->setSpacing(12);
    layout->addWidget(m_message);
    layout->addWidget(m_stack, 1);
    connectBridge();
}

// --- Building ------------------------------------------------------------------------------------

QWidget* OverviewPage::makeSources()
{
    auto* home = new QWidget(this);
    auto* layout = new QVBoxLayout(home);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    m_summary = headingLabel({}, 1.25, home);
    m_open = new QPushButton(tr("Open &calendar"), home);
    m_open->setAutoDefault(false);
    m_open->setMinimumHeight(28);
    setTip(m_open, tr("Enter"));
    connect(m_open, &QPushButton::clicked, this, &OverviewPage::openCurrent);
    auto* head = new QHBoxLayout;
    head->addWidget(m_summary, 1);
    head->addWidget(m_open);
    layout->addLayout(head);
    m_table = plainTable(m_sorted, tr("Sources at a glance"), home);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(OverviewModel::Source, Qt::AscendingOrder);
    m_table->setItemDelegateForColumn(OverviewModel::Strip,
                                      new StripDelegate(OverviewModel::StripRole, m_table));
    m_table->setItemDelegateForColumn(OverviewModel::RowsADay,
                                      new SparklineDelegate(OverviewModel::RowsRole, m_table));
    m_table->setWordWrap(true); // of what is in the way, a whole sentence
    m_table->verticalHeader()->setDefaultSectionSize(2 * m_table->fontMetrics().lineSpacing() +
                                                     kRowPadding);
    m_table->horizontalHeader()->setStretchLastSection(false);
    m_table->horizontalHeader()->setSectionResizeMode(OverviewModel::Strip, QHeaderView::Stretch);
    m_table->horizontalHeader()->setMinimumSectionSize(kLeastColumn);
    connect(m_table, &QTableView::activated, this, &OverviewPage::openCurrent);
    layout->addWidget(m_table, 1);
    return home;
}

QWidget* OverviewPage::makeHappenings()
{
    auto* home = new QWidget(this);
    auto* layout = new QVBoxLayout(home);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    m_newsTitle = headingLabel({}, 1.15, home);
    m_seen = new QPushButton(tr("Mark as see&n"), home);
    m_seen->setAutoDefault(false);
    m_seen->setMinimumHeight(28);
    connect(m_seen, &QPushButton::clicked, this, &OverviewPage::markSeen);
    auto* head = new QHBoxLayout;
    head->addWidget(m_newsTitle, 1);
    head->addWidget(m_seen);
    layout->addLayout(head);
    m_newsTable = plainTable(m_news, tr("What happened"), home);
    connect(m_newsTable, &QTableView::activated, this, &OverviewPage::openHappening);
    m_nothing = wrappedLabel({}, home);
    m_nothing->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    layout->addWidget(m_newsTable, 1);
    layout->addWidget(m_nothing, 1);
    return home;
}

void OverviewPage::connectBridge()
{
    connect(&m_bridge, &EngineBridge::stateChanged, this, &OverviewPage::takeState);
    connect(&m_bridge, &EngineBridge::sourcesChanged, this, &OverviewPage::reload);
    connect(&m_bridge, &EngineBridge::daysChanged, this, &OverviewPage::reload);
    connect(&m_bridge, &EngineBridge::pollFinished, this, &OverviewPage::reload);
    connect(&m_bridge, &EngineBridge::runFinished, this, &OverviewPage::reload);
    connect(&m_bridge, &EngineBridge::passFinished, this, &OverviewPage::reload);
    connect(&m_bridge, &EngineBridge::lookAgain, this, &OverviewPage::reload);
    connect(m_begin, &BeginPanel::demoAsked, this, &OverviewPage::addDemo);
    connect(m_begin, &BeginPanel::databaseAsked, this, &OverviewPage::databaseAsked);
    connect(m_begin, &BeginPanel::folderAsked, this, &OverviewPage::folderAsked);
    m_tick.setInterval(kTick);
    connect(&m_tick, &QTimer::timeout, this, &OverviewPage::reload);
    m_tick.start();
}

// --- Reading -------------------------------------------------------------------------------------

/// What came on show here has been looked at when the workspace is closed.
void OverviewPage::takeState()
{
    if (m_bridge.state() == EngineBridge::State::Closing && m_loaded)
        rememberLook(m_bridge.workspace(), m_bridge.now());
    if (m_bridge.isOpen() && !m_knowsSince) {
        m_since = lastLook(m_bridge.workspace());
        m_knowsSince = true;
    }
    reload();
}

/// Reads anew while the page is on show; else when it comes on show.
void OverviewPage::reload()
{
    m_stale = true;
    if (!isVisible() || !m_bridge.isOpen() || m_request.pending())
        return;
    m_stale = false;
    m_bridge.ask(
        m_request, Lane::Ledger,
        [](Engine& engine, const std::stop_token&) {
            return Answer{engine.overview(), engine.runs(std::nullopt, kRunsRead),
                          engine.journal(std::nullopt, kJournalRead)};
        },
        [this](Answer answer) {
            show(std::move(answer));
            if (m_stale)
                reload();
        });
}

void OverviewPage::show(Answer answer)
{
    if (!answer.sources || !answer.runs || !answer.journal) {
        m_message->sayError(!answer.sources ? answer.sources.error()
                            : !answer.runs  ? answer.runs.error()
                                            : answer.journal.error());
        return;
    }
    const QString before = m_table->currentIndex().data(OverviewModel::NameRole).toString();
    m_runs = std::move(*answer.runs);
    m_journal = std::move(*answer.journal);
    m_model->reset(std::move(*answer.sources), m_bridge.now());
    m_summary->setText(overviewSentence(m_model->sources()));
    const bool any = m_model->rowCount() > 0;
    m_stack->setCurrentWidget(any ? m_body : static_cast<QWidget*>(m_begin));
    refreshBegin();
    const QModelIndex index = m_sorted->mapFromSource(m_model->indexOf(before));
    m_table->setCurrentIndex(index.isValid() ? index : m_sorted->index(0, 0));
    fitTable();
    showHappenings();
    if (!m_loaded && isVisible())
        any ? m_table->setFocus() : m_begin->takeFocus();
    m_loaded = true;
    Q_EMIT loaded();
}

void OverviewPage::fitTable()
{
    fitColumns(m_table,
               {OverviewModel::Source, OverviewModel::Obstacle, OverviewModel::Punctuality,
                OverviewModel::RowsADay, OverviewModel::LastPoll, OverviewModel::NextPoll});
}

void OverviewPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_stale)
        reload();
}

// --- What happened -------------------------------------------------------------------------------

void OverviewPage::showHappenings()
{
    std::vector<Happening> news = happenings(m_runs, m_journal, m_since);
    const bool any = !news.empty();
    m_news->reset(std::move(news), m_bridge.now());
    m_newsTitle->setText(
        m_since ? tr("Since you last looked, %1").arg(clockTime(*m_since, m_bridge.now()))
                : tr("What happened so far"));
    m_newsTable->setVisible(any);
    m_nothing->setVisible(!any);
    m_seen->setEnabled(any);
    m_nothing->setText(tr("Nothing has landed, failed or been changed since then. What happens "
                          "while you are away is listed here when you come back."));
    fitColumns(m_newsTable, {HappeningsModel::When, HappeningsModel::Source});
}

void OverviewPage::markSeen()
{
    m_since = m_bridge.now();
    rememberLook(m_bridge.workspace(), *m_since);
    showHappenings();
    m_table->setFocus();
}

// --- Commands ------------------------------------------------------------------------------------

void OverviewPage::openCurrent()
{
    const QString name = m_table->currentIndex().data(OverviewModel::NameRole).toString();
    if (!name.isEmpty())
        Q_EMIT sourceOpened(name, {});
}

void OverviewPage::openHappening()
{
    const QModelIndex index = m_newsTable->currentIndex();
    const QString source = index.data(HappeningsModel::SourceRole).toString();
    if (m_model->indexOf(source).isValid())
        Q_EMIT sourceOpened(source, index.data(HappeningsModel::DayRole).toDate());
}

void OverviewPage::addDemo()
{
    m_bridge.ask(
        m_demo, Lane::Outside,
        [](Engine& engine, const std::stop_token& stop) { return engine.addDemo(stop); },
        [this](const Result<SourceSaved>& saved) {
            if (saved)
                m_message->say(Tone::Information, {});
            else
                m_message->sayError(saved.error());
            refreshBegin();
            reload();
        });
    refreshBegin();
}

void OverviewPage::refreshBegin() { m_begin->refresh(m_bridge.canWrite(), m_demo.pending()); }

} // namespace daymark::ui
