// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/preview_page.h"

#include "ui/preview/check_progress.h"
#include "ui/preview/findings_model.h"
#include "ui/preview/preview_header.h"
#include "ui/preview/report_csv.h"
#include "ui/preview/rule_list_model.h"
#include "ui/preview/sample_model.h"
#include "ui/style/tables.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QCheckBox>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSaveFile>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QTableView>
#include <QVBoxLayout>

namespace daymark::ui {

using Lane = EngineBridge::Lane;

namespace {

constexpr std::size_t kFirstRows = 1000;
constexpr int kFindingsHeight = 132;
constexpr int kRulesWidth = 320;
constexpr int kRowPadding = 6;

QPushButton* addButton(QHBoxLayout* layout, const QString& text, QWidget* parent)
{
    auto* button = new QPushButton(text, parent);
    button->setAutoDefault(false);
    button->setMinimumHeight(28);
    layout->addWidget(button);
    return button;
}

Status writeText(const QString& path, const QString& content)
{
    QSaveFile file(path);
    const QByteArray bytes = content.toUtf8();
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    return fail(ErrorCode::StorageFailed,
                "The report could not be written to " + utf8(path) + ": " +
                    utf8(file.errorString()) + ".",
                "Choose another folder, or copy the report instead.");
}

} // namespace

PreviewPage::PreviewPage(EngineBridge& bridge, QWidget* parent) : QWidget(parent), m_bridge(bridge)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 12);
    layout->setSpacing(10);
    setupTop(layout);
    m_body = new QWidget(this);
    auto* body = new QVBoxLayout(m_body);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(10);
    setupFindings(body);
    auto* halves = new QSplitter(Qt::Horizontal, m_body);
    halves->setAccessibleName(tr("Rules and rows"));
    halves->setChildrenCollapsible(false);
    halves->setHandleWidth(12);
    m_rulesHome = makeRules();
    halves->addWidget(m_rulesHome);
    halves->addWidget(makeRows());
    halves->setStretchFactor(0, 0);
    halves->setStretchFactor(1, 1);
    halves->setSizes({kRulesWidth, 3 * kRulesWidth});
    body->addWidget(halves, 1);
    setupReport(body);
    m_empty = wrappedLabel({}, this);
    m_empty->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_body);
    layout->addWidget(m_stack, 1);
    connectBridge();
    refreshButtons();
    start();
}

// --- Building ------------------------------------------------------------------------------------

void PreviewPage::setupTop(QVBoxLayout* layout)
{
    m_header = new PreviewHeader(this);
    m_message = new Banner(this);
    m_message->setDismissible(tr("Dismiss message"));
    m_progress = new CheckProgress(this);
    layout->addWidget(m_header);
    layout->addWidget(m_message);
    layout->addWidget(m_progress);
    connect(m_header, &PreviewHeader::sourceChosen, this, &PreviewPage::chooseSource);
    connect(m_header, &PreviewHeader::dayChosen, this, &PreviewPage::checkFirstRows);
    connect(m_header, &PreviewHeader::checkAsked, this, &PreviewPage::checkFirstRows);
    connect(m_header, &PreviewHeader::wholeDayAsked, this, &PreviewPage::checkWholeDay);
    connect(m_progress, &CheckProgress::cancelAsked, this, &PreviewPage::cancelCheck);
}

void PreviewPage::setupFindings(QVBoxLayout* layout)
{
    m_summary = headingLabel({}, 1.1, m_body);
    m_summary->setWordWrap(true);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_summary->setFocusPolicy(Qt::NoFocus);
    m_findingsModel = new FindingsModel(this);
    m_findings = plainTable(m_findingsModel, tr("Schema checks and findings"), m_body);
    m_findings->setWordWrap(true);
    m_findings->setTextElideMode(Qt::ElideRight);
    m_findings->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_findings->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_findings->horizontalHeader(), &QHeaderView::sectionResized, this,
            &PreviewPage::fitFindings);
    layout->addWidget(m_summary);
    layout->addWidget(m_findings);
}

QWidget* PreviewPage::makeRules()
{
    auto* home = new QWidget(m_body);
    auto* column = new QVBoxLayout(home);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    m_rulesModel = new RuleListModel(this);
    m_rules = plainTable(m_rulesModel, tr("Rules broken"), home);
    m_rules->setMinimumWidth(kRulesWidth - 40);
    m_ruleWords = wrappedLabel({}, home);
    m_ruleWords->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_ruleWords->setFocusPolicy(Qt::NoFocus);
    column->addWidget(headingLabel(tr("Rules that rows broke"), 1.0, home));
    column->addWidget(m_rules, 1);
    column->addWidget(m_ruleWords);
    connect(m_rules->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &PreviewPage::filterByRule);
    connect(m_rules, &QAbstractItemView::activated, this, &PreviewPage::jumpToRow);
    return home;
}

QWidget* PreviewPage::makeRows()
{
    auto* home = new QWidget(m_body);
    auto* column = new QVBoxLayout(home);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    auto* top = new QHBoxLayout;
    m_rowsTitle = headingLabel({}, 1.0, home);
    m_rowsTitle->setWordWrap(true);
    m_onlyFaulty = new QCheckBox(tr("Only rows with &problems"), home);
    top->addWidget(m_rowsTitle, 1);
    top->addWidget(m_onlyFaulty);
    m_all = addButton(top, tr("Show &all rows"), home);
    m_rowsModel = new SampleModel(this);
    m_filter = new SampleFilter(this);
    m_filter->setSourceModel(m_rowsModel);
    m_rows = plainTable(m_filter, tr("Rows as they were read"), home);
    m_rows->setSelectionBehavior(QAbstractItemView::SelectItems);
    m_rows->setShowGrid(true);
    column->addLayout(top);
    column->addWidget(m_rows, 1);
    connect(m_onlyFaulty, &QCheckBox::toggled, this, [this](bool only) {
        m_filter->setOnlyFaulty(only);
        refreshRows();
    });
    connect(m_all, &QPushButton::clicked, this, &PreviewPage::showAllRows);
    return home;
}

void PreviewPage::setupReport(QVBoxLayout* layout)
{
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    m_copy = addButton(row, tr("Copy &report"), m_body);
    m_save = addButton(row, tr("&Save report…"), m_body);
    m_copy->setToolTip(asToolTip(tr("Copies the counts, findings, rules and examples as CSV.")));
    m_save->setToolTip(asToolTip(tr("Saves the counts, findings, rules and examples as CSV.")));
    connect(m_copy, &QPushButton::clicked, this, &PreviewPage::copyReport);
    connect(m_save, &QPushButton::clicked, this, &PreviewPage::askForFile);
    layout->addLayout(row);
}

void PreviewPage::connectBridge()
{
    connect(&m_bridge, &EngineBridge::stateChanged, this, &PreviewPage::start);
    connect(&m_bridge, &EngineBridge::sourcesChanged, this, &PreviewPage::reloadSources);
    connect(&m_bridge, &EngineBridge::lookAgain, this, &PreviewPage::reloadSources);
    connect(&m_bridge, &EngineBridge::daysChanged, this, [this](const QString& changed) {
        if (changed == m_header->source())
            reloadDays();
    });
}

// --- Source and day ------------------------------------------------------------------------------

void PreviewPage::start()
{
    if (m_bridge.isOpen())
        reloadSources();
}

void PreviewPage::reloadSources()
{
    m_bridge.ask(
        m_sources, Lane::Ledger, [](Engine& engine, std::stop_token) { return engine.sources(); },
        [this](const Result<std::vector<SourceInfo>>& sources) { showSources(sources); });
}

void PreviewPage::showSources(const Result<std::vector<SourceInfo>>& sources)
{
    if (!sources) {
        m_message->say(Tone::Error, errorText(sources.error()));
        return;
    }
    QStringList names;
    for (const SourceInfo& info : *sources)
        names << text(info.config.name);
    m_header->setSources(names);
    if (names.isEmpty())
        clear();
    reloadDays();
    refreshButtons();
}

void PreviewPage::reloadDays()
{
    if (m_header->source().isEmpty())
        return;
    m_bridge.ask(
        m_days, Lane::Ledger,
        [name = utf8(m_header->source())](Engine& engine, std::stop_token) {
            return engine.calendar(name);
        },
        [this](const Result<CalendarView>& view) {
            if (view)
                m_header->setDays(*view);
        });
}

void PreviewPage::chooseSource()
{
    m_days.cancel();
    reloadDays();
    checkFirstRows();
}

void PreviewPage::lookAt(const QString& source, std::optional<QDate> day)
{
    m_header->choose(source, day);
    reloadDays();
    checkFirstRows();
}

// --- Checks --------------------------------------------------------------------------------------

PreviewRequest PreviewPage::request() const
{
    PreviewRequest request;
    if (const std::optional<QDate> day = m_header->day())
        request.day = toDay(*day);
    request.samples = kFirstRows;
    request.rows = kFirstRows;
    return request;
}

void PreviewPage::clear()
{
    m_first.cancel();
    m_whole.cancel();
    m_progress->end();
    m_preview.reset();
    m_message->say(Tone::Information, {});
    m_findingsModel->clear();
    m_rulesModel->reset({});
    m_rowsModel->reset({}, {});
    m_stack->setCurrentWidget(m_empty);
    m_empty->setText(m_header->source().isEmpty()
                         ? tr("There is no source yet. Once one is added, this page shows what its "
                              "rows are like and what is wrong with them, before any is imported.")
                         : QString());
}

/// Customers' sources are asked only while the page is on show.
void PreviewPage::checkFirstRows()
{
    clear();
    m_wanted = !isVisible();
    if (m_header->source().isEmpty() || !isVisible()) {
        m_wanted = true;
        refreshButtons();
        return;
    }
    m_empty->setText(tr("Reading the first rows of %1…").arg(m_header->source()));
    m_bridge.ask(
        m_first, Lane::Outside,
        [name = utf8(m_header->source()), request = request()](
            Engine& engine, std::stop_token stop) { return engine.preview(name, request, stop); },
        [this](const Result<Preview>& preview) { take(preview); });
    refreshButtons();
}

void PreviewPage::take(const Result<Preview>& preview)
{
    if (preview) {
        m_preview = *preview;
        showPreview();
    } else {
        m_message->say(Tone::Error, errorText(preview.error()));
        m_empty->setText(tr("Choose another day, or check again once the source can be read."));
    }
    refreshButtons();
}

void PreviewPage::checkWholeDay()
{
    if (!m_preview || !m_preview->day || m_whole.pending())
        return;
    PreviewRequest whole = request();
    whole.day = m_preview->day;
    whole.rows.reset();
    auto progress = std::make_shared<SharedProgress>();
    m_message->say(Tone::Information, {});
    m_progress->begin(tr("Checking all of %1").arg(plainDate(toDate(*whole.day))), progress);
    m_bridge.ask(
        m_whole, Lane::Outside,
        [name = m_preview->source, whole, progress](Engine& engine, std::stop_token stop) {
            return engine.preview(name, whole, stop,
                                  [&progress](const PreviewProgress& now) { progress->set(now); });
        },
        [this](const Result<Preview>& preview) { takeWhole(preview); });
    refreshButtons();
}

void PreviewPage::takeWhole(const Result<Preview>& preview)
{
    m_progress->end();
    if (preview) {
        m_preview = *preview;
        showPreview();
    } else {
        m_message->say(Tone::Error, errorText(preview.error()));
    }
    refreshButtons();
}

void PreviewPage::cancelCheck()
{
    if (!m_whole.pending())
        return;
    m_whole.cancel();
    m_progress->end();
    m_message->say(Tone::Information,
                   tr("The check was cancelled. What is shown is of the first rows."));
    refreshButtons();
}

void PreviewPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_wanted && m_bridge.isOpen() && !m_header->source().isEmpty())
        checkFirstRows();
    fitFindings();
}

// --- What came of them ---------------------------------------------------------------------------

QString PreviewPage::summary() const
{
    if (!m_preview->day)
        return tr("The rows of %1 can't be checked before its columns fit.")
            .arg(text(m_preview->source));
    const QString day = fullDate(toDate(*m_preview->day));
    const QString rows = m_preview->wholeDay
                             ? tr("All %1 rows of %2").arg(figure(m_preview->rowsRead), day)
                             : tr("The first %1 rows of %2").arg(figure(m_preview->rowsRead), day);
    return tr("%1: %2 accepted, %3 rejected, %4 dropped as duplicates")
        .arg(rows, figure(m_preview->accepted), figure(m_preview->rejected),
             figure(m_preview->duplicates));
}

void PreviewPage::showPreview()
{
    const std::optional<Rule> rule = m_filter->rule();
    m_summary->setText(summary());
    m_findingsModel->reset(*m_preview);
    m_rulesModel->reset(m_preview->rules);
    fitColumns(m_findings, {FindingsModel::Result});
    fitColumns(m_rules, {RuleListModel::Code, RuleListModel::Severity});
    m_rulesHome->setVisible(!m_preview->rules.empty());
    showRows();
    m_stack->setCurrentWidget(m_body);
    const int again = rule ? m_rulesModel->rowOf(*rule) : -1;
    if (again >= 0)
        m_rules->selectRow(again);
    else
        filterByRule();
    fitFindings();
}

void PreviewPage::showRows()
{
    m_rowsModel->reset(m_preview->columns, m_preview->samples);
    for (int column = 0; column <= m_rowsModel->rulesColumn(); ++column)
        fitColumns(m_rows, {column});
    m_rows->scrollToTop();
}

void PreviewPage::fitFindings()
{
    m_findings->resizeRowsToContents();
    int height = m_findings->horizontalHeader()->height() + 2 * m_findings->frameWidth();
    for (int row = 0; row < m_findingsModel->rowCount(); ++row) {
        m_findings->setRowHeight(row, m_findings->rowHeight(row) + kRowPadding);
        height += m_findings->rowHeight(row);
    }
    m_findings->setFixedHeight(qMin(height, kFindingsHeight));
}

void PreviewPage::filterByRule()
{
    const QModelIndexList selected = m_rules->selectionModel()->selectedRows();
    const RuleCount* rule = selected.isEmpty() ? nullptr : m_rulesModel->at(selected.front().row());
    m_filter->setRule(rule ? std::optional(rule->rule) : std::nullopt);
    m_ruleWords->setText(rule ? ruleSentence(*rule) : tr("Choose a rule to see its rows."));
    refreshRows();
    if (!rule || m_filter->rowCount() == 0)
        return;
    const QModelIndex first = m_filter->mapToSource(m_filter->index(0, 0));
    const QModelIndex cell = m_filter->mapFromSource(m_rowsModel->blamed(first.row(), rule->rule));
    m_rows->setCurrentIndex(cell);
    m_rows->scrollTo(cell);
}

void PreviewPage::jumpToRow()
{
    m_rules->selectRow(m_rules->currentIndex().row());
    if (m_filter->rowCount() > 0)
        m_rows->setFocus(Qt::OtherFocusReason);
}

void PreviewPage::showAllRows()
{
    m_onlyFaulty->setChecked(false);
    m_rules->clearSelection();
    m_rows->scrollToTop();
}

void PreviewPage::refreshRows()
{
    const auto shown = std::uint64_t(m_filter->rowCount());
    const RuleCount* rule = nullptr;
    if (m_filter->rule())
        rule = m_rulesModel->at(m_rulesModel->rowOf(*m_filter->rule()));
    QString title;
    if (rule)
        title =
            shown == rule->count
                ? tr("%1 rows that broke %2").arg(figure(shown), text(ruleSpec(rule->rule).code))
                : tr("%1 of the %2 rows that broke %3")
                      .arg(figure(shown), figure(rule->count), text(ruleSpec(rule->rule).code));
    else
        title = m_onlyFaulty->isChecked() ? tr("%1 rows with problems").arg(figure(shown))
                                          : tr("%1 rows as they were read").arg(figure(shown));
    m_rowsTitle->setText(title);
    m_all->setEnabled(rule || m_onlyFaulty->isChecked());
}

void PreviewPage::refreshButtons()
{
    QString why = tr("Reads and checks every row of the day in the background.");
    if (m_whole.pending())
        why = tr("The whole day is being checked.");
    else if (!m_preview || !m_preview->day)
        why = tr("Needs the first rows first.");
    else if (m_preview->wholeDay)
        why = tr("All rows of the day are shown already.");
    const bool whole = m_preview && m_preview->day && !m_preview->wholeDay && !m_whole.pending();
    m_header->setReady(!m_header->source().isEmpty() && !m_first.pending(), whole, why);
    m_copy->setEnabled(m_preview.has_value());
    m_save->setEnabled(m_preview.has_value() && !m_saving.pending());
}

// --- The report ----------------------------------------------------------------------------------

void PreviewPage::copyReport()
{
    if (!m_preview)
        return;
    QGuiApplication::clipboard()->setText(reportCsv(*m_preview));
    m_message->say(Tone::Good, tr("The report was copied."));
}

void PreviewPage::askForFile()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    auto* dialog = new QFileDialog(this, tr("Save report"), folder, tr("CSV files (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(reportName(*m_preview));
    connect(dialog, &QFileDialog::fileSelected, this, &PreviewPage::saveReport);
    dialog->open();
}

void PreviewPage::saveReport(const QString& path)
{
    if (!m_preview)
        return;
    m_bridge.ask(
        m_saving, Lane::Ledger,
        [path, content = reportCsv(*m_preview)](Engine&, std::stop_token) {
            return writeText(path, content);
        },
        [this, path](const Status& written) {
            if (written)
                m_message->say(Tone::Good, tr("The report was saved as %1.").arg(path));
            else
                m_message->say(Tone::Error, errorText(written.error()));
            refreshButtons();
        });
    refreshButtons();
}

} // namespace daymark::ui
