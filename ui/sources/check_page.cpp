// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/check_page.h"

#include "ui/preview/findings_model.h"
#include "ui/preview/rule_list_model.h"
#include "ui/preview/verdict.h"
#include "ui/sources/checklist.h"
#include "ui/sources/field_note.h"
#include "ui/style/tables.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

namespace daymark::ui {

using Lane = EngineBridge::Lane;

namespace {

constexpr int kHalfWidth = 320;

/// `1,000 rows read: 990 accepted, 8 rejected, 2 duplicates`
QString countsOf(const Preview& preview)
{
    return CheckPage::tr("%1 rows read: %2 accepted, %3 rejected, %4 duplicates")
        .arg(figure(preview.rowsRead), figure(preview.accepted), figure(preview.rejected),
             figure(preview.duplicates));
}

} // namespace

CheckPage::CheckPage(SourceWizard& wizard)
    : WizardPage(
          wizard, tr("Would it import?"),
          tr("The checklist goes the way of an import, and the first 1,000 rows of a day are "
             "held against every rule. Nothing is imported."))
    , m_findings(new FindingsModel(this))
    , m_rules(new RuleListModel(this))
{
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeChecklist());
    splitter->addWidget(makePreview());
    splitter->setHandleWidth(12);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({kHalfWidth, kHalfWidth});
    body()->addWidget(splitter, 1);
}

QWidget* CheckPage::makeChecklist()
{
    auto* home = new QWidget(this);
    auto* layout = new QVBoxLayout(home);
    layout->setContentsMargins(0, 0, 8, 0);
    m_steps = new Checklist(home);
    m_testNote = new FieldNote(m_steps, home);
    layout->addWidget(headingLabel(tr("Checklist"), 1.1, home));
    layout->addWidget(m_testNote);
    layout->addWidget(m_steps, 1);
    return home;
}

QWidget* CheckPage::makePreview()
{
    auto* home = new QWidget(this);
    auto* layout = new QVBoxLayout(home);
    layout->setContentsMargins(8, 0, 0, 0);
    m_day = headingLabel(tr("Rows"), 1.1, home);
    m_counts = wrappedLabel({}, home);
    m_verdict = new FieldNote(nullptr, home);
    m_findingsTable = plainTable(m_findings, tr("Findings"), home);
    m_findingsTable->setWordWrap(true);
    m_findingsTable->setTextElideMode(Qt::ElideRight);
    m_findingsTable->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_rulesTable = plainTable(m_rules, tr("Rules broken"), home);
    m_ruleWords = wrappedLabel({}, home);
    auto* again = new QPushButton(tr("&Check again"), home);
    again->setAutoDefault(false);
    connect(again, &QPushButton::clicked, this, &CheckPage::start);
    connect(m_rulesTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &CheckPage::showRule);
    layout->addWidget(m_day);
    layout->addWidget(m_counts);
    layout->addWidget(m_verdict);
    layout->addWidget(m_findingsTable, 1);
    layout->addWidget(headingLabel(tr("Rules that rows broke"), 1.0, home));
    layout->addWidget(m_rulesTable, 1);
    layout->addWidget(m_ruleWords);
    layout->addWidget(again, 0, Qt::AlignLeft);
    return home;
}

void CheckPage::initializePage() { start(); }

void CheckPage::stopAsking()
{
    m_test.cancel();
    m_preview.cancel();
}

void CheckPage::start()
{
    m_steps->clear();
    m_testNote->clear();
    m_findings->clear();
    m_rules->reset({});
    m_ruleWords->clear();
    m_verdict->clear();
    m_day->setText(tr("Rows"));
    m_counts->clear();
    setBusy(tr("Reading the first rows of a day…"));
    const SourceDraft draft = setup().draft();
    setup().bridge().ask(
        m_test, Lane::Outside,
        [draft](Engine& engine, std::stop_token stop) { return engine.testDraft(draft, stop); },
        [this](const Result<SourceTest>& test) { showTest(test); });
    setup().bridge().ask(
        m_preview, Lane::Outside,
        [draft](Engine& engine, std::stop_token stop) {
            return engine.previewDraft(draft, {}, stop);
        },
        [this](const Result<Preview>& preview) { showPreview(preview); });
}

void CheckPage::settle()
{
    if (!m_test.pending() && !m_preview.pending())
        setIdle();
}

void CheckPage::showTest(const Result<SourceTest>& test)
{
    settle();
    if (test)
        m_steps->showSteps(test->steps);
    else
        m_testNote->say(test.error());
}

void CheckPage::showPreview(const Result<Preview>& preview)
{
    settle();
    if (!preview) {
        m_verdict->say(preview.error());
        return;
    }
    m_findings->reset(*preview);
    m_rules->reset(preview->rules);
    fitColumns(m_findingsTable, {FindingsModel::Result});
    fitColumns(m_rulesTable, {RuleListModel::Code, RuleListModel::Severity});
    if (m_rules->rowCount() > 0)
        m_rulesTable->selectRow(0);
    showRule();
    if (!preview->day) {
        m_verdict->say(Tone::Error, tr("No row was read: the columns have to fit first."));
        return;
    }
    const QString day = plainDate(toDate(*preview->day));
    m_day->setText(preview->wholeDay ? tr("All rows of %1").arg(day)
                                     : tr("First rows of %1").arg(day));
    m_counts->setText(countsOf(*preview));
    const auto [tone, words] = verdictOn(*preview, setup().input().policy.tolerancePercent);
    m_verdict->say(tone, words);
}

void CheckPage::showRule()
{
    const RuleCount* rule = m_rules->at(m_rulesTable->currentIndex().row());
    m_ruleWords->setText(rule ? ruleSentence(*rule) : tr("No row broke a rule."));
}

} // namespace daymark::ui
