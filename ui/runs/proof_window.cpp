// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/proof_window.h"

#include "core/base/text.h"
#include "ui/runs/text_table.h"
#include "ui/style/tables.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace daymark::ui {

namespace {

constexpr QSize kSize{860, 620};
constexpr std::size_t kLongestText = 2000; // bytes of one text of a file from anywhere

/// A text of the file, safe to show.
QString shown(const std::string& value) { return text(shortened(value, kLongestText)); }

QString number(std::uint64_t value) { return figure(value); }

QString dayOrNone(const std::optional<Day>& day)
{
    return day ? isoDate(toDate(*day)) : ProofWindow::tr("none");
}

/// The facts of a run, those that it has not left out.
QList<QStringList> factsOf(const RunProof& proof)
{
    const QList<QStringList> facts = {
        {ProofWindow::tr("Run"), QString::number(proof.run.value)},
        {ProofWindow::tr("Source"), shown(proof.source)},
        {ProofWindow::tr("Day"), fullDate(toDate(proof.day))},
        {ProofWindow::tr("State"), shown(proof.state)},
        {ProofWindow::tr("Rows read"), number(proof.rowsRead)},
        {ProofWindow::tr("Accepted"), number(proof.accepted)},
        {ProofWindow::tr("Rejected"), number(proof.rejected)},
        {ProofWindow::tr("Duplicates"), number(proof.duplicates)},
        {ProofWindow::tr("Started"), dateAndTime(proof.startedAt)},
        {ProofWindow::tr("Finished"),
         proof.finishedAt ? dateAndTime(*proof.finishedAt) : QString()},
        {ProofWindow::tr("Took"), duration(proof.seconds)},
        {ProofWindow::tr("Replaces"),
         proof.replaces ? ProofWindow::tr("run %1").arg(proof.replaces->value) : QString()},
        {ProofWindow::tr("Asked for by"), shown(proof.actor)},
        {ProofWindow::tr("Reason"), shown(proof.reason)},
        {ProofWindow::tr("Note"), shown(proof.note)},
        {ProofWindow::tr("Error"),
         proof.errorCode ? shown(*proof.errorCode + ": " + proof.errorMessage) : QString()},
        {ProofWindow::tr("Fingerprint of the rows"), shown(proof.fingerprint)},
        {ProofWindow::tr("SHA-256 of this file's content"), shown(proof.sha256)}};
    QList<QStringList> rows;
    for (const QStringList& fact : facts)
        if (!fact.last().isEmpty())
            rows << fact;
    return rows;
}

QList<QStringList> filesOf(const RunProof& proof)
{
    QList<QStringList> rows;
    for (const LandedFile& file : proof.files)
        rows << QStringList{shown(file.path), number(file.bytes), number(file.rows),
                            shown(file.sha256)};
    return rows;
}

QList<QStringList> settingsOf(const RunProof& proof)
{
    QList<QStringList> rows;
    for (const auto& [name, value] : proof.settings)
        rows << QStringList{shown(name), shown(value)};
    return rows;
}

void addPart(QVBoxLayout* column, QWidget* part, int stretch = 0)
{
    column->addWidget(part, stretch);
}

QTableView* tableOf(const QString& name, const QStringList& headings,
                    const QList<QStringList>& rows, QWidget* parent)
{
    auto* table = plainTable(new TextTable(headings, rows, parent), name, parent);
    for (int column = 0; column + 1 < headings.size(); ++column)
        fitColumns(table, {column});
    table->selectRow(0);
    return table;
}

/// A page of a tab widget with room around what is in it.
QVBoxLayout* addPage(QTabWidget* tabs, const QString& title)
{
    auto* page = new QWidget(tabs);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(10, 10, 10, 10);
    column->setSpacing(8);
    tabs->addTab(page, title);
    return column;
}

} // namespace

ProofWindow::ProofWindow(const QString& file, const Result<RunProof>& proof, QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("%1 – proof of a run – Daymark").arg(QFileInfo(file).fileName()));
    setMinimumSize(560, 240);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 16);
    layout->setSpacing(10);
    if (proof) {
        showProof(file, *proof, layout);
        resize(kSize);
    } else {
        auto* banner = new Banner(this);
        banner->say(Tone::Error, errorText(proof.error()));
        layout->addWidget(headingLabel(tr("This file cannot be shown."), 1.2, this));
        layout->addWidget(banner);
        layout->addStretch(1);
    }
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
}

void ProofWindow::showProof(const QString& file, const RunProof& proof, QVBoxLayout* layout)
{
    layout->addWidget(headingLabel(tr("Run %1 of %2, %3")
                                       .arg(QString::number(proof.run.value), shown(proof.source),
                                            fullDate(toDate(proof.day))),
                                   1.2, this));
    auto* banner = new Banner(this);
    banner->say(Tone::Good, tr("The file is whole: its checksum fits. Daymark %1 wrote it on %2.")
                                .arg(shown(proof.program), dateAndTime(proof.writtenAt)));
    layout->addWidget(banner);
    auto* tabs = new QTabWidget(this);
    tabs->setAccessibleName(tr("Parts of the proof"));
    tabs->setDocumentMode(true);
    addTable(tabs, tr("&Run"), {tr("Fact"), tr("Value")}, factsOf(proof));
    addTable(tabs, tr("&Files"), {tr("File"), tr("Bytes"), tr("Rows"), tr("SHA-256")},
             filesOf(proof));
    addRules(tabs, proof);
    addCalendar(tabs, proof);
    addTable(tabs, tr("&Settings"), {tr("Setting"), tr("Value")}, settingsOf(proof));
    layout->addWidget(tabs, 1);
    auto* place = wrappedLabel(tr("%1 – read-only").arg(file), this);
    place->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(place);
}

void ProofWindow::addTable(QTabWidget* tabs, const QString& title, const QStringList& headings,
                           const QList<QStringList>& rows)
{
    QVBoxLayout* column = addPage(tabs, title);
    if (rows.isEmpty()) {
        addPart(column, wrappedLabel(tr("The run landed no file."), this));
        column->addStretch(1);
        return;
    }
    addPart(column, tableOf(QString(title).remove(QLatin1Char('&')), headings, rows, this), 1);
}

void ProofWindow::addRules(QTabWidget* tabs, const RunProof& proof)
{
    QVBoxLayout* column = addPage(tabs, tr("R&ules"));
    if (proof.rules.empty()) {
        addPart(column, wrappedLabel(tr("No row broke a rule."), this));
        column->addStretch(1);
        return;
    }
    QList<QStringList> rules;
    QList<QStringList> examples;
    for (const ProofRule& rule : proof.rules) {
        rules << QStringList{shown(rule.code), shown(rule.severity), number(rule.count),
                             shown(rule.meaning)};
        for (const RuleExample& example : rule.examples)
            examples << QStringList{shown(rule.code), shown(example.file), number(example.row),
                                    shown(example.column),
                                    example.null ? tr("null") : shown(example.value)};
    }
    addPart(
        column,
        tableOf(tr("Rules"), {tr("Rule"), tr("Severity"), tr("Rows"), tr("Meaning")}, rules, this),
        1);
    if (examples.isEmpty())
        return;
    addPart(column,
            wrappedLabel(tr("First rows that broke them. Only the shape of a value is kept: "
                            "a for a letter, 9 for a digit."),
                         this));
    addPart(column,
            tableOf(tr("Example rows"),
                    {tr("Rule"), tr("File"), tr("Row"), tr("Column"), tr("Shape of the value")},
                    examples, this),
            1);
}

void ProofWindow::addCalendar(QTabWidget* tabs, const RunProof& proof)
{
    const ProofPlan& plan = proof.plan;
    QVBoxLayout* column = addPage(tabs, tr("&Calendar"));
    addPart(column, wrappedLabel(tr("As it was known on %1. Today %2, first day %3, frontier %4, "
                                    "next day %5.")
                                     .arg(dateAndTime(plan.at), isoDate(toDate(plan.today)),
                                          dayOrNone(plan.firstDay), dayOrNone(plan.frontier),
                                          dayOrNone(plan.nextDay)),
                                 this));
    for (const std::string& sentence : plan.unknown)
        addPart(column, wrappedLabel(shown(sentence), this));
    QList<QStringList> days;
    int own = 0;
    for (const ProofDay& day : plan.days) {
        if (day.day == proof.day)
            own = int(days.size());
        days << QStringList{isoDate(toDate(day.day)), shown(day.state), shown(day.words)};
    }
    QTableView* table =
        tableOf(tr("Calendar"), {tr("Day"), tr("State"), tr("What it means")}, days, this);
    table->selectRow(own);
    addPart(column, table, 1);
}

} // namespace daymark::ui
