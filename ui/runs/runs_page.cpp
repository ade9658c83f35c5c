// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/runs_page.h"

#include "ui/runs/live_run_card.h"
#include "ui/runs/live_runs.h"
#include "ui/runs/proof_export.h"
#include "ui/runs/run_report.h"
#include "ui/runs/runs_filter.h"
#include "ui/style/tables.h"
#include "ui/style/text.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QScopedValueRollback>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace daymark::ui {

using Lane = EngineBridge::Lane;

namespace {

constexpr std::size_t kHistory = 1000;

constexpr RunState kEnds[] = {RunState::Imported,    RunState::Failed,     RunState::Cancelled,
                              RunState::Interrupted, RunState::Superseded, RunState::RolledBack};

QComboBox* addChoice(QHBoxLayout* layout, const QString& label, QWidget* parent)
{
    auto* choice = new QComboBox(parent);
    choice->setMinimumWidth(150);
    choice->setMaximumWidth(280);
    choice->setMinimumHeight(28);
    choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    QLabel* name = plainLabel(label, parent);
    name->setBuddy(choice);
    layout->addWidget(name);
    layout->addWidget(choice);
    return choice;
}

} // namespace

RunsPage::RunsPage(EngineBridge& bridge, QWidget* parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_model(new RunsModel(this))
    , m_filter(new RunsFilter(this))
    , m_message(new Banner(this))
    , m_live(new LiveRuns(bridge, this))
{
    m_filter->setSourceModel(m_model);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 12);
    layout->setSpacing(12);
    m_message->setDismissible(tr("Dismiss result"));
    layout->addWidget(m_message);
    layout->addWidget(m_live);
    setupBody(layout);
    connectBridge();
    start();
}

// --- Building ------------------------------------------------------------------------------------

void RunsPage::setupFilters(QHBoxLayout* layout)
{
    layout->setSpacing(8);
    layout->addWidget(headingLabel(tr("History"), 1.15, this));
    layout->addStretch(1);
    m_source = addChoice(layout, tr("&Source"), this);
    layout->addSpacing(8);
    m_state = addChoice(layout, tr("S&tate"), this);
    m_source->addItem(tr("All sources"));
    m_state->addItem(tr("All states"));
    for (const RunState state : kEnds)
        m_state->addItem(runWord(state), int(state));
    connect(m_source, &QComboBox::currentIndexChanged, this, &RunsPage::filter);
    connect(m_state, &QComboBox::currentIndexChanged, this, &RunsPage::filter);
}

void RunsPage::setupBody(QVBoxLayout* layout)
{
    auto* filters = new QHBoxLayout;
    setupFilters(filters);
    layout->addLayout(filters);

    m_table = plainTable(m_filter, tr("Run history"), this);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(RunsModel::Run, Qt::DescendingOrder);
    m_empty = new QWidget(this);
    auto* emptyLayout = new QVBoxLayout(m_empty);
    emptyLayout->addWidget(wrappedLabel({}, m_empty), 0, Qt::AlignTop);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_empty);

    m_report = new RunReport(this);
    connect(m_report, &RunReport::retryAsked, this, &RunsPage::retry);
    setupExport();
    auto* halves = new QSplitter(Qt::Vertical, this);
    halves->setAccessibleName(tr("History and report"));
    halves->setChildrenCollapsible(false);
    halves->setHandleWidth(12);
    halves->addWidget(m_stack);
    halves->addWidget(m_report);
    halves->setStretchFactor(0, 1);
    halves->setStretchFactor(1, 1);
    layout->addWidget(halves, 1);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        m_following = m_selecting;
        showSelected();
    });
}

void RunsPage::setupExport()
{
    m_report->offerExport();
    m_export = new ProofExport(m_bridge, this);
    connect(m_report, &RunReport::exportAsked, this, [this] {
        if (const RunInfo* run = m_model->find(selected()))
            m_export->ask(run->id, text(run->source));
    });
    connect(m_export, &ProofExport::written, this, [this](const QString& path) {
        m_message->say(Tone::Good, tr("The proof of the run was saved as %1.").arg(path));
    });
    connect(m_export, &ProofExport::failed, this,
            [this](const Error& error) { m_message->say(Tone::Error, errorText(error)); });
}

void RunsPage::connectBridge()
{
    connect(&m_bridge, &EngineBridge::stateChanged, this, &RunsPage::start);
    connect(&m_bridge, &EngineBridge::sourcesChanged, this, &RunsPage::reload);
    connect(&m_bridge, &EngineBridge::lookAgain, this, &RunsPage::reload);
    connect(&m_bridge, &EngineBridge::runStarted, this, [this](const RunProgress& progress) {
        m_model->put(progress);
        refreshEmpty();
    });
    connect(&m_bridge, &EngineBridge::runProgressed, m_model,
            [this](const RunProgress& progress) { m_model->put(progress); });
    connect(&m_bridge, &EngineBridge::runFinished, this, &RunsPage::takeResult);
    connect(&m_bridge, &EngineBridge::passFinished, this, &RunsPage::fitHistory);
    // A re-import or a rollback changes what earlier runs are.
    connect(&m_bridge, &EngineBridge::daysChanged, this, [this] {
        if (m_loaded && m_bridge.liveRuns().empty())
            reload();
    });
    connect(m_live, &LiveRuns::failed, this,
            [this](const Error& error) { m_message->sayError(error); });
}

// --- The history ---------------------------------------------------------------------------------

void RunsPage::start()
{
    if (m_bridge.isOpen())
        reload();
}

void RunsPage::reload()
{
    m_bridge.ask(
        m_runs, Lane::Ledger,
        [](Engine& engine, std::stop_token) { return engine.runs(std::nullopt, kHistory); },
        [this](Result<std::vector<RunInfo>> runs) {
            if (!runs) {
                m_message->sayError(runs.error());
                return;
            }
            const RunId before = selected();
            m_model->reset(std::move(*runs));
            m_loaded = true;
            refreshSources();
            refreshEmpty();
            fitHistory();
            select(before);
        });
}

void RunsPage::takeResult(const RunInfo& run)
{
    if (run.look) { // it is no run any more; whoever asked for it tells what it found
        reload();
        return;
    }
    m_model->put(run);
    refreshSources();
    refreshEmpty();
    if (run.state == RunState::Failed)
        m_message->say(Tone::Error, resultSentence(run));
    else if (run.state != RunState::Imported)
        m_message->say(run.replaces ? Tone::Information : Tone::Warning, resultSentence(run));
    if (m_model->rowCount() == 1)
        fitHistory();
    if (m_following || !selected() || selected() == run.id)
        select(run.id);
}

void RunsPage::fitHistory()
{
    fitColumns(m_table, {RunsModel::Run, RunsModel::Source, RunsModel::State, RunsModel::DayColumn,
                         RunsModel::Read, RunsModel::Accepted, RunsModel::Rejected,
                         RunsModel::Duplicates, RunsModel::Started, RunsModel::Duration});
}

void RunsPage::refreshSources()
{
    QStringList names;
    for (int row = 0; row < m_model->rowCount(); ++row)
        names << m_model->index(row, 0).data(RunsModel::SourceRole).toString();
    names.sort();
    names.removeDuplicates();
    names.prepend(tr("All sources"));
    if (m_source->count() == names.size())
        return;
    const QString chosen = m_source->currentText();
    const QSignalBlocker quiet(m_source);
    m_source->clear();
    m_source->addItems(names);
    m_source->setCurrentIndex(qMax(0, int(names.indexOf(chosen))));
}

void RunsPage::filter()
{
    m_filter->setSource(m_source->currentIndex() > 0 ? m_source->currentText() : QString());
    const QVariant state = m_state->currentData();
    m_filter->setState(state.isValid() ? std::optional(RunState(state.toInt())) : std::nullopt);
    refreshEmpty();
    if (!selected())
        select({});
}

bool RunsPage::isFiltered() const
{
    return m_source->currentIndex() > 0 || m_state->currentIndex() > 0;
}

void RunsPage::refreshEmpty()
{
    auto* words = m_empty->findChild<QLabel*>();
    if (m_filter->rowCount() > 0)
        m_stack->setCurrentWidget(m_table);
    else
        m_stack->setCurrentWidget(m_empty);
    words->setText(isFiltered() ? tr("No run fits the filters.")
                   : m_loaded   ? tr("No runs yet. A run imports one day of a source. Choose "
                                       "Import now on the Calendar page, or wait until a signalled day "
                                       "is imported by itself.")
                                : QString());
}

// --- The report ----------------------------------------------------------------------------------

RunId RunsPage::selected() const
{
    const QModelIndex current = m_table->currentIndex();
    return current.isValid() ? RunId{current.data(RunsModel::IdRole).toLongLong()} : RunId{};
}

void RunsPage::select(RunId run)
{
    const QScopedValueRollback selecting(m_selecting, true);
    const QModelIndex wanted = m_filter->mapFromSource(m_model->indexOf(run));
    if (wanted.isValid())
        m_table->selectRow(wanted.row());
    else if (m_filter->rowCount() > 0)
        m_table->selectRow(0);
    showSelected();
}

void RunsPage::showSelected()
{
    const RunInfo* known = m_model->find(selected());
    if (!known) {
        m_run.cancel();
        m_report->clear();
        return;
    }
    m_report->showRun(*known);
    refreshRetry(*known);
    m_bridge.ask(
        m_run, Lane::Ledger,
        [id = known->id](Engine& engine, std::stop_token) { return engine.run(id); },
        [this](const Result<RunInfo>& run) {
            if (!run) {
                m_message->sayError(run.error());
                return;
            }
            m_report->showRun(*run);
            refreshRetry(*run);
        });
}

void RunsPage::refreshRetry(const RunInfo& run)
{
    const bool ended = run.state == RunState::Failed || run.state == RunState::Cancelled ||
                       run.state == RunState::Interrupted;
    if (!m_bridge.canWrite())
        m_report->setRetry(false,
                           tr("Another process runs this workspace; here it is only shown."));
    else if (!ended)
        m_report->setRetry(false, tr("Only a run that failed or was cancelled can be repeated."));
    else if (run.replaces)
        m_report->setRetry(false, tr("What had landed stays. Re-import… on the Calendar page reads "
                                     "the day again."));
    else if (m_model->isOvertaken(run))
        m_report->setRetry(false, tr("A later run has taken this day."));
    else
        m_report->setRetry(!m_retry.pending(), m_retry.pending()
                                                   ? tr("The import is being asked for.")
                                                   : tr("Imports the days up to this one again."));
}

void RunsPage::retry()
{
    const RunInfo* run = m_model->find(selected());
    if (!run)
        return;
    ImportRequest request;
    request.sources = {run->source};
    request.last = run->day;
    m_message->say(Tone::Information, {});
    m_bridge.ask(
        m_retry, Lane::Ledger,
        [request](Engine& engine, std::stop_token) { return engine.requestImport(request); },
        [this](const Status& status) {
            if (!status)
                m_message->sayError(status.error());
            showSelected();
        });
    refreshRetry(*run);
}

} // namespace daymark::ui
