// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/run_report.h"

#include "ui/runs/rules_model.h"
#include "ui/runs/runs_model.h"
#include "ui/style/glyph.h"
#include "ui/style/tables.h"
#include "ui/style/text.h"

#include <QEvent>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

namespace daymark::ui {

namespace {

constexpr int kEvenly = 1000;     // of a splitter's parts
constexpr int kLeastMessage = 10; // characters; all of it is in the tool tip

QString countsOf(const RunInfo& run)
{
    return RunReport::tr("%1 read = %2 accepted + %3 rejected + %4 duplicates")
        .arg(figure(run.rowsRead), figure(run.accepted), figure(run.rejected),
             figure(run.duplicates));
}

QString timingsOf(const RunInfo& run)
{
    QStringList parts;
    for (const PhaseTiming& timing : run.timings)
        parts << QStringLiteral("%1 %2").arg(text(timing.phase), duration(timing.seconds));
    return parts.join(QStringLiteral(", "));
}

QString filesOf(const RunInfo& run)
{
    QStringList names;
    for (const std::string& file : run.files)
        names << text(file);
    return names.join(QLatin1Char('\n'));
}

} // namespace

RunReport::RunReport(QWidget* parent) : Card(parent)
{
    setAccessibleName(tr("Run report"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(18, 12, 14, 14);
    layout->setSpacing(8);
    setupHead(layout);
    m_error = new Banner(this);
    layout->addWidget(m_error);
    auto* halves = new QSplitter(Qt::Horizontal, this);
    halves->setAccessibleName(tr("Summary and rules"));
    halves->setChildrenCollapsible(false);
    halves->setHandleWidth(12);
    halves->addWidget(makeSummary());
    halves->addWidget(makeRules());
    halves->setStretchFactor(0, 1);
    halves->setStretchFactor(1, 1);
    m_content = halves;
    layout->addWidget(halves, 1);
    clear();
}

void RunReport::setupHead(QVBoxLayout* layout)
{
    m_title = headingLabel({}, 1.1, this);
    m_sign = new QLabel(this);
    m_word = headingLabel({}, 1.0, this);
    m_retry = new QPushButton(tr("&Retry"), this);
    m_retry->setMinimumHeight(28);
    connect(m_retry, &QPushButton::clicked, this, &RunReport::retryAsked);
    m_export = new QPushButton(tr("E&xport proof…"), this);
    m_export->setMinimumHeight(28);
    const QString exported =
        tr("Writes one file that shows what this run was, without secrets and customers' values.");
    setTip(m_export, exported);
    connect(m_export, &QPushButton::clicked, this, &RunReport::exportAsked);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_title);
    row->addSpacing(8);
    row->addWidget(m_sign);
    row->addWidget(m_word);
    row->addStretch(1);
    row->addWidget(m_export);
    row->addWidget(m_retry);
    layout->addLayout(row);
}

QWidget* RunReport::makeSummary()
{
    auto* home = new QWidget(this);
    auto* column = new QVBoxLayout(home);
    column->setContentsMargins(0, 0, 8, 0);
    column->setSpacing(10);
    column->addStretch(1);
    m_summaryColumn = column;
    auto* scroll = new QScrollArea(this);
    scroll->setAccessibleName(tr("Run summary"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    // Always there: the height of wrapped lines is worked out for the width beside it.
    scroll->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    scroll->setWidget(home);
    m_summaryArea = scroll;
    setSummaryWidth(340);
    scroll->viewport()->setAutoFillBackground(false);
    home->setAutoFillBackground(false);
    return scroll;
}

void RunReport::setSummaryWidth(int width)
{
    m_summaryArea->setMinimumWidth(width);
    if (auto* halves = qobject_cast<QSplitter*>(m_content))
        halves->setSizes({kEvenly, kEvenly});
}

QWidget* RunReport::makeRules()
{
    auto* home = new QWidget(this);
    auto* column = new QVBoxLayout(home);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    m_rulesModel = new RulesModel(this);
    m_examplesModel = new ExamplesModel(this);
    m_rulesTitle = plainLabel({}, home);
    m_rules = plainTable(m_rulesModel, tr("Rules broken"), home);
    m_examplesTitle = plainLabel({}, home);
    m_examples = plainTable(m_examplesModel, tr("Example rows"), home);
    for (QWidget* part : QList<QWidget*>{m_rulesTitle, m_rules, m_examplesTitle, m_examples})
        column->addWidget(part);
    column->addStretch(0);
    connect(m_rules->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &RunReport::showExamples);
    return home;
}

void RunReport::clear()
{
    m_run = {};
    m_state.reset();
    m_title->setText(tr("Select a run to see its report."));
    m_word->clear();
    m_content->hide();
    m_error->hide();
    setRetry(false, tr("No run is selected."));
    m_retry->hide();
    m_export->hide();
    refreshState();
}

void RunReport::showRun(const RunInfo& run)
{
    const bool same = run.id == m_run;
    m_run = run.id;
    m_state = run.state;
    m_title->setText(tr("%1, %2").arg(text(run.source), fullDate(toDate(run.day))));
    m_word->setText(runWord(run.state));
    if (run.error)
        m_error->sayError(*run.error);
    else
        m_error->say(Tone::Information, {});
    fillSummary(run);
    if (!same || m_rulesModel->rowCount() != int(run.rules.size())) {
        m_rulesModel->reset(run.rules);
        m_rulesTitle->setText(run.rules.empty() ? tr("No row broke a rule.")
                                                : tr("Rules that rows broke"));
        m_rules->setVisible(!run.rules.empty());
        fitColumns(m_rules, {RulesModel::Code, RulesModel::Severity, RulesModel::Count},
                   m_rules->fontMetrics().averageCharWidth() * kLeastMessage);
        m_rules->selectRow(0);
    }
    showExamples();
    m_content->show();
    m_retry->setVisible(m_offersRetry);
    m_export->setVisible(m_offersExport && run.state != RunState::Running &&
                         run.state != RunState::Committing);
    refreshState();
}

/// A form whose rows were replaced keeps the heights of the old lines: a fresh one is made.
void RunReport::renewSummary()
{
    delete m_summaryHome;
    m_summaryHome = new QWidget(m_summaryColumn->parentWidget());
    m_summary = new QFormLayout(m_summaryHome);
    m_summary->setContentsMargins(0, 0, 0, 0);
    m_summary->setHorizontalSpacing(14);
    m_summary->setVerticalSpacing(5);
    m_summaryColumn->insertWidget(0, m_summaryHome);
}

void RunReport::fillSummary(const RunInfo& run)
{
    renewSummary();
    add(tr("Run"), QString::number(run.id.value));
    add(tr("Rows"), countsOf(run));
    add(tr("Started"), dateAndTime(run.startedAt));
    if (run.finishedAt)
        add(tr("Finished"),
            tr("%1, after %2").arg(dateAndTime(*run.finishedAt), duration(run.seconds)));
    add(tr("Time spent"), timingsOf(run));
    add(tr("Asked for by"), text(run.actor));
    if (run.replaces)
        add(tr("Re-import"), tr("of the day that run %1 landed").arg(run.replaces->value));
    add(tr("Reason"), text(run.reason));
    add(tr("Note"), text(run.note));
    add(tr("Rejects file"), text(run.rejectsFile));
    add(tr("Files"), filesOf(run));
    if (run.error)
        add(tr("Error code"), text(errorName(run.error->code)));
}

void RunReport::add(const QString& name, const QString& value)
{
    if (value.isEmpty())
        return;
    QLabel* label = plainLabel(name, m_summaryHome);
    label->setForegroundRole(QPalette::PlaceholderText);
    QLabel* words = wrappedLabel(value, m_summaryHome);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_summary->addRow(label, words);
}

QStringList RunReport::summary() const
{
    QStringList lines;
    for (int row = 0; m_summary && row < m_summary->rowCount(); ++row) {
        const auto label = [&](QFormLayout::ItemRole role) {
            return qobject_cast<QLabel*>(m_summary->itemAt(row, role)->widget())->text();
        };
        lines << label(QFormLayout::LabelRole) + QStringLiteral(": ") +
                     label(QFormLayout::FieldRole);
    }
    return lines;
}

void RunReport::showExamples()
{
    const int row = m_rules->currentIndex().row();
    const auto& rules = m_rulesModel->rules();
    const bool some = row >= 0 && std::size_t(row) < rules.size();
    const auto examples = some ? rules[std::size_t(row)].examples : std::vector<RuleExample>();
    m_examplesModel->reset(examples);
    m_examples->setVisible(!examples.empty());
    m_examplesTitle->setVisible(some);
    if (some) {
        m_examplesTitle->setText(examples.empty()
                                     ? tr("No example rows were kept.")
                                     : tr("First rows that broke %1")
                                           .arg(text(ruleSpec(rules[std::size_t(row)].rule).code)));
    }
    const bool files = !examples.empty() && !examples.front().file.empty();
    m_examples->setColumnHidden(ExamplesModel::File, !files);
    fitColumns(m_examples, {ExamplesModel::Row, ExamplesModel::ColumnName});
}

void RunReport::setRetry(bool enabled, const QString& words)
{
    m_retry->setEnabled(enabled);
    setTip(m_retry, words);
}

void RunReport::changeEvent(QEvent* event)
{
    Card::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_word)
        refreshState();
}

void RunReport::refreshState()
{
    m_sign->setVisible(m_state.has_value());
    m_word->setVisible(m_state.has_value());
    if (!m_state)
        return;
    const Look look = lookOf(*m_state, isDark(palette()));
    m_sign->setPixmap(glyphPixmap(glyphOf(*m_state), look.ink, 16));
    QPalette colours = m_word->palette();
    colours.setColor(QPalette::WindowText, look.ink);
    m_word->setPalette(colours);
}

} // namespace daymark::ui
