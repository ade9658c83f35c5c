// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/day/day_story_view.h"

#include "ui/day/day_models.h"
#include "ui/runs/run_report.h"
#include "ui/runs/runs_model.h"
#include "ui/style/tables.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace daymark::ui {

namespace {

constexpr int kSummaryWidth = 230;

QString announcementOf(const SignalInfo& signal)
{
    const QString who = signal.byOperator ? text(signal.by) : DayStoryView::tr("the source");
    QString words =
        DayStoryView::tr("Announced by %1, first seen %2").arg(who, dateAndTime(signal.firstSeen));
    if (signal.gone)
        words +=
            DayStoryView::tr("; withdrawn since, last seen %1").arg(dateAndTime(signal.lastSeen));
    return words + QLatin1Char('.');
}

/// Whether the source itself says that the day is finished.
bool isAnnounced(const DayStory& story)
{
    return std::ranges::any_of(story.announced, [](const SignalInfo& signal) {
        return !signal.byOperator && !signal.gone;
    });
}

QString fingerprintWords(const std::vector<DayRun>& runs)
{
    QStringList lines;
    for (const DayRun& run : runs) {
        if (!run.fingerprint.empty())
            lines << DayStoryView::tr("Fingerprint of the rows of run %1: %2")
                         .arg(run.run.id.value)
                         .arg(text(run.fingerprint));
    }
    return lines.isEmpty() ? DayStoryView::tr("No run of the day has landed files.")
                           : lines.join(QLatin1Char('\n'));
}

} // namespace

QString announcementWords(const std::vector<SignalInfo>& announced)
{
    QStringList lines;
    for (const SignalInfo& signal : announced)
        lines << announcementOf(signal);
    return lines.isEmpty() ? DayStoryView::tr("Nobody has announced the day yet.")
                           : lines.join(QLatin1Char('\n'));
}

DayStoryView::DayStoryView(QWidget* parent) : QWidget(parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    setupAnnouncements(layout);
    m_tabs = new QTabWidget(this);
    m_tabs->setAccessibleName(tr("Story of the day"));
    m_tabs->addTab(makeRuns(), tr("R&uns"));
    m_tabs->addTab(makeFiles(), tr("Fi&les"));
    m_tabs->addTab(makeJournal(), tr("&Journal"));
    layout->addWidget(m_tabs, 1);
    clear();
}

void DayStoryView::setupAnnouncements(QVBoxLayout* layout)
{
    m_announced = wrappedLabel({}, this);
    m_announced->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_announced->setFocusPolicy(Qt::NoFocus);
    m_statementRow = new QWidget(this);
    auto* row = new QHBoxLayout(m_statementRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_statement = new QLineEdit(m_statementRow);
    m_statement->setReadOnly(true);
    m_statement->setMinimumHeight(28);
    QLabel* label = plainLabel(tr("To a&nnounce it at the source"), m_statementRow);
    label->setBuddy(m_statement);
    auto* copy = new QPushButton(tr("Copy s&tatement"), m_statementRow);
    copy->setMinimumHeight(28);
    copy->setAutoDefault(false);
    setTip(copy, tr("This program never writes to a source: run the statement there, "
                    "with an account that may."));
    connect(copy, &QPushButton::clicked, this, &DayStoryView::copyStatement);
    row->addWidget(label);
    row->addWidget(m_statement, 1);
    row->addWidget(copy);
    layout->addWidget(m_announced);
    layout->addWidget(m_statementRow);
}

QWidget* DayStoryView::makeRuns()
{
    auto* halves = new QSplitter(Qt::Vertical, this);
    halves->setAccessibleName(tr("Runs and report"));
    halves->setChildrenCollapsible(false);
    halves->setHandleWidth(10);
    halves->setContentsMargins(8, 8, 8, 8);
    auto* top = new QWidget(halves);
    auto* column = new QVBoxLayout(top);
    column->setContentsMargins(0, 0, 0, 0);
    m_runsModel = new RunsModel(this);
    m_runs = plainTable(m_runsModel, tr("Runs of the day"), top);
    m_runs->setColumnHidden(RunsModel::Source, true);
    m_runs->setColumnHidden(RunsModel::DayColumn, true);
    m_runs->setColumnHidden(RunsModel::Duplicates, true); // the report says them too
    m_noRuns = wrappedLabel(tr("No run has tried to import the day yet."), top);
    m_noRuns->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    column->addWidget(m_noRuns);
    column->addWidget(m_runs);
    m_report = new RunReport(halves);
    m_report->hideRetry();
    m_report->setSummaryWidth(kSummaryWidth);
    halves->addWidget(top);
    halves->addWidget(m_report);
    halves->setStretchFactor(0, 0);
    halves->setStretchFactor(1, 1);
    halves->setSizes({110, 400});
    connect(m_runs->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &DayStoryView::showRun);
    return halves;
}

QWidget* DayStoryView::makeFiles()
{
    auto* home = new QWidget(this);
    auto* column = new QVBoxLayout(home);
    m_filesModel = new FilesModel(this);
    m_files = plainTable(m_filesModel, tr("Landed files of the day"), home);
    m_fingerprint = wrappedLabel({}, home);
    m_fingerprint->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_fingerprint->setFocusPolicy(Qt::NoFocus);
    column->addWidget(m_fingerprint);
    column->addWidget(m_files, 1);
    column->addStretch(0);
    return home;
}

QWidget* DayStoryView::makeJournal()
{
    auto* home = new QWidget(this);
    auto* column = new QVBoxLayout(home);
    m_journalModel = new JournalModel(this);
    m_journal = plainTable(m_journalModel, tr("Journal of the day"), home);
    m_noJournal = wrappedLabel(tr("Nothing was done about the day yet."), home);
    column->addWidget(m_noJournal);
    column->addWidget(m_journal, 1);
    column->addStretch(0);
    return home;
}

void DayStoryView::clear() { showStory({}); }

void DayStoryView::showStory(const DayStory& story)
{
    const QModelIndex current = m_runs->currentIndex();
    const bool same = story.source == m_story.source && story.day == m_story.day;
    RunId before;
    if (same && current.isValid() && current.row() != 0)
        before = {current.data(RunsModel::IdRole).toLongLong()};
    m_story = story;
    m_announced->setText(announcementWords(story.announced));
    m_statementRow->setVisible(!story.signalStatement.empty() && !isAnnounced(story));
    m_statement->setText(text(story.signalStatement));
    m_statement->setCursorPosition(0);
    std::vector<RunInfo> runs;
    for (const DayRun& run : story.runs)
        runs.push_back(run.run);
    m_runsModel->reset(std::move(runs));
    m_filesModel->reset(story.runs);
    m_journalModel->reset(story.journal);
    m_fingerprint->setText(fingerprintWords(story.runs));
    m_runs->setVisible(!story.runs.empty());
    m_noRuns->setVisible(story.runs.empty());
    m_report->setVisible(!story.runs.empty());
    m_files->setVisible(m_filesModel->rowCount() > 0);
    m_journal->setVisible(!story.journal.empty());
    m_noJournal->setVisible(story.journal.empty());
    fitColumns(m_runs, {RunsModel::Run, RunsModel::State, RunsModel::Read, RunsModel::Accepted,
                        RunsModel::Rejected, RunsModel::Duplicates, RunsModel::Started});
    fitColumns(m_files, {FilesModel::Run, FilesModel::Path, FilesModel::Rows, FilesModel::Size});
    fitColumns(m_journal, {JournalModel::Time, JournalModel::Who, JournalModel::What});
    const QModelIndex again = m_runsModel->indexOf(before);
    if (m_runsModel->rowCount() > 0)
        m_runs->selectRow(again.isValid() ? again.row() : 0);
    showRun();
}

void DayStoryView::put(const RunProgress& progress)
{
    if (progress.source != m_story.source || progress.day != m_story.day)
        return;
    m_runsModel->put(progress);
    m_runs->show();
    m_noRuns->hide();
}

void DayStoryView::showRun()
{
    const QModelIndex current = m_runs->currentIndex();
    const RunId id{current.isValid() ? current.data(RunsModel::IdRole).toLongLong() : 0};
    const auto found =
        std::ranges::find_if(m_story.runs, [id](const DayRun& run) { return run.run.id == id; });
    if (found == m_story.runs.end())
        m_report->clear();
    else
        m_report->showRun(found->run);
}

void DayStoryView::copyStatement()
{
    QGuiApplication::clipboard()->setText(m_statement->text());
    Q_EMIT statementCopied();
}

} // namespace daymark::ui
