// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/sources_page.h"

#include "ui/calendar/accept_columns.h"
#include "ui/sources/remove_dialog.h"
#include "ui/sources/source_actions.h"
#include "ui/sources/source_details.h"
#include "ui/sources/sources_model.h"
#include "ui/sources/sources_welcome.h"
#include "ui/sources/test_dialog.h"
#include "ui/style/flow_row.h"
#include "ui/style/tables.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>

#include <algorithm>

namespace daymark::ui {

using Lane = EngineBridge::Lane;

namespace {

/// `shop: 12 days signalled, 2 of them new`
QString pollSentence(const PollReport& report)
{
    const QString name = text(report.source);
    if (report.error)
        return SourcesPage::tr("%1 was not polled: %2").arg(name, errorText(*report.error));
    return SourcesPage::tr("%1: %2 days are signalled, %3 of them new.")
        .arg(name, figure(report.signalCount), figure(report.added.size()));
}

Status removeWithSecret(Engine& engine, const SecretKeeper& secrets, const std::string& name,
                        bool keepData)
{
    if (const Status removed = engine.removeSource(name, keepData); !removed)
        return removed;
    const Status forgotten = secrets.isThere() ? secrets.remove(name) : Status();
    if (forgotten)
        return {};
    const Error& error = forgotten.error();
    return fail(error.code, "The source was removed; its password was not. " + error.message,
                error.hint);
}

/// The statements for the tables of a source, where their names are plain ones.
SetupOffer setupOf(const SourceConfig& config)
{
    const auto plain = [](const std::string& name) {
        return name.find_first_of(".\"") == std::string::npos ? name : std::string();
    };
    return {config.kind, {}, {}, plain(config.table), plain(config.signalTable)};
}

} // namespace

SourcesPage::SourcesPage(EngineBridge& bridge, const SecretKeeper& secrets, QWidget* parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_secrets(secrets)
    , m_actions(new SourceActions(this))
    , m_model(new SourcesModel(this))
    , m_sorted(new QSortFilterProxyModel(this))
    , m_message(new Banner(this))
    , m_columns(new Banner(this))
    , m_acceptColumns(new AcceptColumns(bridge, this))
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(SourcesModel::SortRole);
    m_sorted->setSortCaseSensitivity(Qt::CaseInsensitive);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 12);
    layout->setSpacing(12);
    setupButtons(layout);
    m_message->setDismissible(tr("Dismiss message"));
    layout->addWidget(m_message);
    m_acceptColumns->addTo(m_columns, [this] { return selected(); });
    layout->addWidget(m_columns);
    setupBody(layout);
    connectActions();
    connectBridge();
    refreshActions();
    start();
}

// --- Building ------------------------------------------------------------------------------------

void SourcesPage::setupButtons(QVBoxLayout* layout)
{
    auto* head = new QHBoxLayout;
    head->addWidget(headingLabel(tr("Sources"), 1.15, this));
    head->addStretch(1);
    m_add = buttonFor(m_actions->add, this);
    m_add->setMinimumHeight(28);
    m_add->hide();
    head->addWidget(m_add);
    layout->addLayout(head);
    m_buttons = new QWidget(this);
    auto* row = new FlowRow(m_buttons);
    for (QAction* action : m_actions->ofSource()) {
        QPushButton* button = buttonFor(action, m_buttons);
        button->setMinimumHeight(28);
        row->addWidget(button);
    }
    auto* firstDay = new QPushButton(tr("First day"), m_buttons);
    firstDay->setMinimumHeight(28);
    firstDay->setAutoDefault(false);
    firstDay->setToolTip(tr("Moves the first day of a source that has landed days."));
    auto* ways = new QMenu(tr("First day"), firstDay);
    ways->addActions(m_actions->ofFirstDay());
    firstDay->setMenu(ways);
    row->addWidget(firstDay);
}

void SourcesPage::setupBody(QVBoxLayout* layout)
{
    m_body = new QWidget(this);
    auto* column = new QVBoxLayout(m_body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    auto* splitter = new QSplitter(Qt::Vertical, m_body);
    splitter->setChildrenCollapsible(false);
    m_table = plainTable(m_sorted, tr("Sources"), splitter);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(SourcesModel::Name, Qt::AscendingOrder);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->addActions(m_actions->ofSource());
    m_table->addActions(m_actions->ofFirstDay());
    splitter->addWidget(m_table);
    m_details = new SourceDetails(splitter);
    splitter->addWidget(m_details);
    splitter->setHandleWidth(10);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({1000, 1200});
    column->addWidget(m_buttons);
    column->addWidget(splitter, 1);
    m_welcome = new SourcesWelcome(*m_actions, this);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_body);
    m_stack->addWidget(m_welcome);
    layout->addWidget(m_stack, 1);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &SourcesPage::showSelected);
    connect(m_table, &QTableView::activated, m_actions->openCalendar, &QAction::trigger);
}

void SourcesPage::connectActions()
{
    const auto on = [this](QAction* action, auto handler) {
        connect(action, &QAction::triggered, this, handler);
    };
    on(m_actions->add, [this] { addSource(); });
    on(m_actions->demo, [this] { addDemo(); });
    on(m_actions->editPlace, [this] { edit(SourceWizard::Connection); });
    on(m_actions->editPolicy, [this] { edit(SourceWizard::PolicyStep); });
    on(m_actions->test, [this] { test(); });
    on(m_actions->poll, [this] { poll(); });
    on(m_actions->duplicate, [this] { duplicate(); });
    on(m_actions->toggle, [this] { toggle(); });
    on(m_actions->statements, [this] { copyStatements(); });
    on(m_actions->openCalendar, [this] { Q_EMIT calendarAsked(selected()); });
    on(m_actions->backfill, [this] { moveFirstDay(FirstDayWay::Backfill); });
    on(m_actions->startOver, [this] { moveFirstDay(FirstDayWay::StartOver); });
    on(m_actions->remove, [this] { askRemoval(); });
}

void SourcesPage::connectBridge()
{
    connect(m_acceptColumns, &AcceptColumns::said, m_message, &Banner::say);
    connect(&m_bridge, &EngineBridge::daysChanged, this, &SourcesPage::reload);
    connect(&m_bridge, &EngineBridge::stateChanged, this, &SourcesPage::start);
    connect(&m_bridge, &EngineBridge::sourcesChanged, this, &SourcesPage::reload);
    connect(&m_bridge, &EngineBridge::lookAgain, this, &SourcesPage::reload);
    connect(&m_bridge, &EngineBridge::pollFinished, this, &SourcesPage::reload);
}

// --- The list ------------------------------------------------------------------------------------

void SourcesPage::start()
{
    if (m_bridge.isOpen())
        reload();
}

void SourcesPage::reload()
{
    m_bridge.ask(
        m_sources, Lane::Ledger, [](Engine& engine, std::stop_token) { return engine.sources(); },
        [this](Result<std::vector<SourceInfo>> sources) { showSources(sources); });
}

void SourcesPage::showSources(Result<std::vector<SourceInfo>>& sources)
{
    if (!sources) {
        m_message->sayError(sources.error());
        return;
    }
    const QString before = m_wanted.isEmpty() ? selected() : m_wanted;
    const bool first = !m_loaded;
    const int rows = m_model->rowCount();
    m_loaded = true;
    m_model->reset(std::move(*sources), m_bridge.now());
    m_add->setVisible(m_model->rowCount() > 0);
    m_stack->setCurrentWidget(m_model->rowCount() > 0 ? m_body : m_welcome);
    if (first || m_model->rowCount() != rows)
        fitColumns(m_table, {SourcesModel::Name, SourcesModel::Kind, SourcesModel::Place,
                             SourcesModel::Zone, SourcesModel::Order, SourcesModel::LastPoll});
    select(before);
    if (m_model->find(m_wanted))
        m_wanted.clear();
}

QString SourcesPage::selected() const
{
    return m_table->currentIndex().data(SourcesModel::NameRole).toString();
}

void SourcesPage::select(const QString& source)
{
    const QModelIndex wanted = m_sorted->mapFromSource(m_model->indexOf(source));
    if (wanted.isValid())
        m_table->selectRow(wanted.row());
    else if (m_sorted->rowCount() > 0)
        m_table->selectRow(0);
    showSelected();
}

void SourcesPage::showSelected()
{
    if (const SourceInfo* source = m_model->find(selected()))
        m_details->showSource(*source, m_bridge.now());
    else
        m_details->clear();
    showColumns(m_model->find(selected()));
    refreshActions();
}

void SourcesPage::refreshActions()
{
    const SourceInfo* source = m_model->find(selected());
    bool hasSetup = false;
    for (const KindOffer& offer : offeredKinds())
        hasSetup = hasSetup || (source && offer.name == source->config.kind && offer.hasSetup);
    m_actions->refresh(m_bridge.canWrite(), source != nullptr, !source || source->enabled, hasSetup,
                       m_poll.pending());
    m_actions->refreshFirstDay(m_bridge.canWrite(), source != nullptr,
                               source && source->firstDayFixed);
}

void SourcesPage::showColumns(const SourceInfo* source)
{
    const bool blocks = source && !source->schemaBreak.empty();
    m_columns->say(Tone::Warning,
                   blocks ? tr("The columns of %1 are not those that were agreed on. %2 Nothing is "
                               "imported until the columns are accepted, or are back.")
                                .arg(text(source->config.name), text(source->schemaBreak))
                          : QString());
}

// --- What can be done ----------------------------------------------------------------------------

SourceWizard* SourcesPage::openWizard(const SourceInput& input,
                                      const std::optional<SourceInfo>& saved,
                                      SourceWizard::Step step)
{
    auto* wizard = new SourceWizard(m_bridge, m_secrets, input, saved, window());
    wizard->setAttribute(Qt::WA_DeleteOnClose);
    wizard->setWindowModality(Qt::WindowModal);
    wizard->beginAt(step);
    connect(wizard, &SourceWizard::calendarAsked, this, &SourcesPage::calendarAsked);
    connect(wizard, &QDialog::finished, this, [this, wizard] {
        if (wizard->currentId() == SourceWizard::Done)
            m_wanted = text(wizard->result.source.config.name);
        reload();
    });
    wizard->open();
    return wizard;
}

SourceWizard* SourcesPage::addSource(const std::string& kind)
{
    SourceInput input;
    input.config.kind = kind;
    return openWizard(input, std::nullopt, SourceWizard::Kind);
}

void SourcesPage::edit(SourceWizard::Step step)
{
    if (const SourceInfo* source = m_model->find(selected()))
        openWizard(inputOf(*source), *source, step);
}

void SourcesPage::duplicate()
{
    const SourceInfo* source = m_model->find(selected());
    if (!source)
        return;
    std::vector<std::string> taken;
    for (const SourceInfo& other : m_model->sources())
        taken.push_back(other.config.name);
    openWizard(copyOf(*source, taken), std::nullopt, SourceWizard::Kind);
}

void SourcesPage::test()
{
    if (!m_model->find(selected()))
        return;
    auto* dialog = new TestDialog(m_bridge, selected(), window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void SourcesPage::poll()
{
    if (!m_model->find(selected()))
        return;
    m_message->say(Tone::Information, tr("Reading the signals of %1…").arg(selected()));
    m_bridge.ask(
        m_poll, Lane::Outside,
        [name = utf8(selected())](Engine& engine, std::stop_token stop) {
            return engine.poll(name, stop);
        },
        [this](const Result<PollReport>& report) {
            if (!report)
                m_message->sayError(report.error());
            else
                m_message->say(report->error ? Tone::Error : Tone::Good, pollSentence(*report));
            reload();
        });
    refreshActions();
}

void SourcesPage::toggle()
{
    const SourceInfo* source = m_model->find(selected());
    if (!source)
        return;
    const bool enable = !source->enabled;
    m_bridge.ask(
        m_change, Lane::Ledger,
        [name = source->config.name, enable](Engine& engine, std::stop_token) {
            return engine.setSourceEnabled(name, enable);
        },
        [this, name = selected(), enable](const Status& set) {
            if (!set) {
                m_message->sayError(set.error());
                return;
            }
            m_message->say(Tone::Information, {});
            offerToggleBack(name, enable);
        });
}

void SourcesPage::offerToggleBack(const QString& name, bool enabled)
{
    const QString on = tr("%1 is polled and imported by itself again.").arg(name);
    const QString off = tr("%1 is disabled: it is neither polled nor imported by itself. Poll now "
                           "and Import now still work.")
                            .arg(name);
    m_bridge.offerUndo(
        {enabled ? on : off, enabled ? off : on, [source = utf8(name), enabled](Engine& engine) {
             return engine.setSourceEnabled(source, !enabled);
         }});
}

void SourcesPage::moveFirstDay(FirstDayWay way)
{
    const SourceInfo* source = m_model->find(selected());
    if (!source || !source->policy.firstDay)
        return;
    const QDate day = way == FirstDayWay::Backfill ? toDate(*source->policy.firstDay).addDays(-1)
                                                   : toLocalTime(m_bridge.now()).date();
    auto* dialog = new FirstDayDialog(m_bridge, *source, way, day, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &FirstDayDialog::moved, this, [this](const QString& sentence) {
        m_message->say(Tone::Good, sentence);
        reload();
    });
    dialog->open();
}

void SourcesPage::copyStatements()
{
    const SourceInfo* source = m_model->find(selected());
    if (!source)
        return;
    const Result<std::string> statements = setupStatements(setupOf(source->config));
    if (!statements) {
        m_message->sayError(statements.error());
        return;
    }
    QApplication::clipboard()->setText(text(*statements));
    m_message->say(Tone::Good, tr("The statements for the database's owner are on the clipboard."));
}

void SourcesPage::addDemo()
{
    m_bridge.ask(
        m_change, Lane::Outside,
        [](Engine& engine, std::stop_token stop) { return engine.addDemo(stop); },
        [this](const Result<SourceSaved>& saved) {
            if (!saved)
                m_message->sayError(saved.error());
            else
                m_wanted = text(saved->source.config.name);
            reload();
        });
}

// --- Removal -------------------------------------------------------------------------------------

void SourcesPage::askRemoval()
{
    const QString name = selected();
    if (!m_model->find(name))
        return;
    auto* dialog = new RemoveDialog(name, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { remove(*dialog); });
    connect(dialog, &QDialog::finished, this, [this] { m_landed.cancel(); });
    m_bridge.ask(
        m_landed, Lane::Ledger,
        [source = utf8(name)](Engine& engine, std::stop_token) { return engine.calendar(source); },
        [dialog](const Result<CalendarView>& view) {
            if (!view)
                return;
            const auto landed =
                std::count_if(view->days.begin(), view->days.end(), [](const CalendarDay& day) {
                    return day.planned.state == DayState::Imported;
                });
            dialog->setLandedDays(std::size_t(landed));
        });
    dialog->open();
}

/// The password goes too: whoever adds a source of that name later types another.
void SourcesPage::remove(const RemoveDialog& dialog)
{
    m_bridge.ask(
        m_change, Lane::Outside,
        [name = utf8(dialog.source()), keep = dialog.keepsData(),
         secrets = m_secrets](Engine& engine, std::stop_token) {
            return removeWithSecret(engine, secrets, name, keep);
        },
        [this, name = dialog.source()](const Status& removed) {
            if (removed)
                m_message->say(Tone::Good, tr("%1 was removed.").arg(name));
            else
                m_message->sayError(removed.error());
            reload();
        });
}

} // namespace daymark::ui
