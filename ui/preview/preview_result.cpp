// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/preview_result.h"

#include "ui/preview/findings_model.h"
#include "ui/preview/rule_list_model.h"
#include "ui/preview/sample_model.h"
#include "ui/style/tables.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QCheckBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

namespace daymark::ui {

namespace {

constexpr int kFindingsHeight = 132;
constexpr int kRulesWidth = 320;
constexpr int kRowPadding = 6;

QString summaryOf(const Preview& preview)
{
    if (!preview.day)
        return PreviewResult::tr("The rows of %1 can't be checked before its columns fit.")
            .arg(text(preview.source));
    const QString day = fullDate(toDate(*preview.day));
    const QString rows =
        preview.wholeDay
            ? PreviewResult::tr("All %1 rows of %2").arg(figure(preview.rowsRead), day)
            : PreviewResult::tr("The first %1 rows of %2").arg(figure(preview.rowsRead), day);
    return PreviewResult::tr("%1: %2 accepted, %3 rejected, %4 dropped as duplicates")
        .arg(rows, figure(preview.accepted), figure(preview.rejected), figure(preview.duplicates));
}

} // namespace

PreviewResult::PreviewResult(QWidget* parent) : QWidget(parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    setupFindings(layout);
    auto* halves = new QSplitter(Qt::Horizontal, this);
    halves->setAccessibleName(tr("Rules and rows"));
    halves->setChildrenCollapsible(false);
    halves->setHandleWidth(12);
    m_rulesHome = makeRules();
    halves->addWidget(m_rulesHome);
    halves->addWidget(makeRows());
    halves->setStretchFactor(0, 0);
    halves->setStretchFactor(1, 1);
    halves->setSizes({kRulesWidth, 3 * kRulesWidth});
    layout->addWidget(halves, 1);
}

void PreviewResult::setupFindings(QVBoxLayout* layout)
{
    m_summary = headingLabel({}, 1.1, this);
    m_summary->setWordWrap(true);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_summary->setFocusPolicy(Qt::NoFocus);
    m_findingsModel = new FindingsModel(this);
    m_findings = plainTable(m_findingsModel, tr("Schema checks and findings"), this);
    m_findings->setWordWrap(true);
    m_findings->setTextElideMode(Qt::ElideRight);
    m_findings->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_findings->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_findings->horizontalHeader(), &QHeaderView::sectionResized, this,
            &PreviewResult::fitFindings, Qt::QueuedConnection); // once all columns are laid out
    layout->addWidget(m_summary);
    layout->addWidget(m_findings);
}

QWidget* PreviewResult::makeRules()
{
    auto* home = new QWidget(this);
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
            &PreviewResult::filterByRule);
    connect(m_rules, &QAbstractItemView::activated, this, &PreviewResult::jumpToRow);
    return home;
}

QWidget* PreviewResult::makeRows()
{
    auto* home = new QWidget(this);
    auto* column = new QVBoxLayout(home);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    auto* top = new QHBoxLayout;
    m_rowsTitle = headingLabel({}, 1.0, home);
    m_rowsTitle->setWordWrap(true);
    m_onlyFaulty = new QCheckBox(tr("Only rows with &problems"), home);
    top->addWidget(m_rowsTitle, 1);
    top->addWidget(m_onlyFaulty);
    m_all = new QPushButton(tr("Show &all rows"), home);
    m_all->setAutoDefault(false);
    m_all->setMinimumHeight(28);
    top->addWidget(m_all);
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
    connect(m_all, &QPushButton::clicked, this, &PreviewResult::showAllRows);
    return home;
}

void PreviewResult::clear()
{
    m_findingsModel->clear();
    m_rulesModel->reset({});
    m_rowsModel->reset({}, {});
}

void PreviewResult::showPreview(const Preview& preview, std::optional<double> tolerance)
{
    const std::optional<Rule> rule = m_filter->rule();
    m_summary->setText(summaryOf(preview));
    m_findingsModel->reset(preview, tolerance);
    m_rulesModel->reset(preview.rules);
    fitColumns(m_findings, {FindingsModel::Result});
    fitColumns(m_rules, {RuleListModel::Code, RuleListModel::Severity});
    m_rowsRead = preview.rowsRead;
    m_rulesHome->setVisible(!preview.rules.empty());
    showRows(preview);
    const int again = rule ? m_rulesModel->rowOf(*rule) : -1;
    if (again >= 0)
        m_rules->selectRow(again);
    else
        filterByRule();
    fitFindings();
}

void PreviewResult::showRows(const Preview& preview)
{
    m_rowsModel->reset(preview.columns, preview.samples);
    QHeaderView* header = m_rows->horizontalHeader();
    const int measured = header->resizeContentsPrecision();
    for (int column = 0; column <= m_rowsModel->rulesColumn(); ++column) {
        header->setResizeContentsPrecision(column == SampleModel::Row ? -1 : measured);
        fitColumns(m_rows, {column}); // numbers of rows grow downwards, and are cut nowhere
    }
    header->setResizeContentsPrecision(measured);
    m_rows->scrollToTop();
}

void PreviewResult::fitFindings()
{
    m_findings->resizeRowsToContents();
    int height = m_findings->horizontalHeader()->height() + 2 * m_findings->frameWidth();
    for (int row = 0; row < m_findingsModel->rowCount(); ++row) {
        m_findings->setRowHeight(row, m_findings->rowHeight(row) + kRowPadding);
        height += m_findings->rowHeight(row);
    }
    m_findings->setFixedHeight(qMin(height, kFindingsHeight));
}

void PreviewResult::filterByRule()
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

void PreviewResult::jumpToRow()
{
    m_rules->selectRow(m_rules->currentIndex().row());
    if (m_filter->rowCount() > 0)
        m_rows->setFocus(Qt::OtherFocusReason);
}

void PreviewResult::showAllRows()
{
    m_onlyFaulty->setChecked(false);
    m_rules->clearSelection();
    m_rows->scrollToTop();
}

void PreviewResult::refreshRows()
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
                : shown < m_rowsRead
                    ? tr("%1 rows as they were read: the first, and some of each rule")
                          .arg(figure(shown))
                    : tr("%1 rows as they were read").arg(figure(shown));
    m_rowsTitle->setText(title);
    const bool some = rule || m_onlyFaulty->isChecked();
    m_all->setEnabled(some);
    setTip(m_all, some ? tr("Ends the choice of rows.") : tr("All rows are shown."));
}

} // namespace daymark::ui
