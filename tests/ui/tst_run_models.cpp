// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "made_up.h"

#include "ui/runs/live_run_card.h"
#include "ui/runs/rules_model.h"
#include "ui/runs/run_report.h"
#include "ui/runs/runs_filter.h"
#include "ui/runs/runs_model.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTest>

using namespace daymark;
using namespace daymark::ui;

namespace {

/// The model as text: a line a row, cells between bars.
QStringList printed(const QAbstractItemModel& model)
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column) {
            if (column != RunsModel::Started)
                cells << model.index(row, column).data().toString();
        }
        lines << cells.join(QLatin1Char('|'));
    }
    return lines;
}

std::vector<RunInfo> someRuns()
{
    return {madeUpRun(2, "shop", "2026-11-11", RunState::Imported),
            madeUpRun(3, "<img src=x>", "2026-11-10", RunState::Failed),
            madeUpRun(1, "shop", "2026-11-10", RunState::Imported)};
}

} // namespace

class TestRunModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void newestFirst();
    void liveRunsComeAndEnd();
    void overtaken();
    void filtersAndSorts();
    void rulesAndExamples();
    void reportSaysAll();
    void cardTellsProgress();
    void cardCancels();
};

void TestRunModels::newestFirst()
{
    RunsModel model;
    const QAbstractItemModelTester tester(&model);
    model.reset(someRuns());
    QCOMPARE(printed(model),
             QStringList({QStringLiteral("3|<img src=x>|failed|2026-11-10|3,000|2,990|8|2|1.5 s"),
                          QStringLiteral("2|shop|imported|2026-11-11|2,000|1,990|8|2|1.0 s"),
                          QStringLiteral("1|shop|imported|2026-11-10|1,000|990|8|2|0.5 s")}));
    QVERIFY(model.find(RunId{2}));
    QVERIFY(!model.find(RunId{4}));
    QVERIFY(!model.data(model.index(0, RunsModel::State), Qt::DecorationRole).isNull());
}

void TestRunModels::liveRunsComeAndEnd()
{
    RunsModel model;
    const QAbstractItemModelTester tester(&model);
    model.reset(someRuns());
    RunProgress progress;
    progress.run = RunId{4};
    progress.source = "shop";
    progress.day = day("2026-11-12");
    progress.rows = 500;
    model.put(progress);
    progress.rows = 700;
    model.put(progress);
    QCOMPARE(printed(model).front(), QStringLiteral("4|shop|running|2026-11-12|700|0|0|0|"));
    model.put(madeUpRun(4, "shop", "2026-11-12", RunState::Cancelled));
    model.put(progress); // late news of a run that is over
    QCOMPARE(printed(model).front(),
             QStringLiteral("4|shop|cancelled|2026-11-12|4,000|3,990|8|2|2.0 s"));
    QCOMPARE(model.rowCount(), 4);
}

void TestRunModels::overtaken()
{
    RunsModel model;
    model.reset({madeUpRun(1, "shop", "2026-11-10", RunState::Failed),
                 madeUpRun(2, "shop", "2026-11-11", RunState::Failed),
                 madeUpRun(3, "shop", "2026-11-10", RunState::Imported)});
    QVERIFY(model.isOvertaken(*model.find(RunId{1})));
    QVERIFY(!model.isOvertaken(*model.find(RunId{2})));
}

void TestRunModels::filtersAndSorts()
{
    RunsModel model;
    RunsFilter filter;
    const QAbstractItemModelTester tester(&filter);
    filter.setSourceModel(&model);
    model.reset(someRuns());
    const auto ids = [&filter] {
        QString text;
        for (int row = 0; row < filter.rowCount(); ++row)
            text += filter.index(row, RunsModel::Run).data().toString();
        return text;
    };
    filter.sort(RunsModel::Read, Qt::AscendingOrder);
    QCOMPARE(ids(), QStringLiteral("123"));
    filter.sort(RunsModel::Rejected, Qt::DescendingOrder);
    QCOMPARE(ids(), QStringLiteral("321"));
    filter.setSource(QStringLiteral("shop"));
    QCOMPARE(ids(), QStringLiteral("21"));
    filter.setState(RunState::Failed);
    QCOMPARE(ids(), QString());
    filter.setSource({});
    QCOMPARE(ids(), QStringLiteral("3"));
}

void TestRunModels::rulesAndExamples()
{
    RulesModel rules;
    ExamplesModel examples;
    const QAbstractItemModelTester rulesTester(&rules);
    const QAbstractItemModelTester examplesTester(&examples);
    RuleCount rule;
    rule.rule = Rule::UnitIdMissing;
    rule.severity = Severity::Error;
    rule.count = 1234;
    rule.message = "unit_id is empty.";
    rule.examples = {{"metrics/a.csv", 17, "unit_id", true, {}}, {"", 18, "unit_id", false, "<b>"}};
    rules.reset({rule});
    examples.reset(rule.examples);
    QCOMPARE(printed(rules),
             QStringList{QStringLiteral("unit_id.missing|error|1,234|unit_id is empty.")});
    QCOMPARE(printed(examples), QStringList({QStringLiteral("17|unit_id|(null)|metrics/a.csv"),
                                             QStringLiteral("18|unit_id|<b>|")}));
}

void TestRunModels::reportSaysAll()
{
    RunReport report;
    RunInfo run = madeUpRun(7, "shop", "2026-11-12", RunState::Failed);
    run.error = Error{ErrorCode::DayTolerance, "8 of 7,000 rows were rejected.", "Mend them."};
    run.timings = {{"read", 0.5}, {"seal", 12}};
    run.rejectsFile = "rejects/7.csv";
    report.showRun(run);
    const QString all = report.summary().join(QLatin1Char('\n'));
    QVERIFY(all.contains(QLatin1String("7,000 read = 6,990 accepted + 8 rejected + 2 duplicates")));
    QVERIFY(all.contains(QLatin1String("read 0.5 s, seal 12 s")));
    QVERIFY(all.contains(QLatin1String("day.tolerance")));
    const auto* banner = report.findChild<Banner*>();
    QCOMPARE(banner->text(), QStringLiteral("8 of 7,000 rows were rejected.\nMend them."));
    report.clear();
    QVERIFY(!report.run());
}

void TestRunModels::cardTellsProgress()
{
    LiveRunCard card;
    RunProgress progress;
    progress.run = RunId{3};
    progress.source = "shop";
    progress.day = day("2026-11-12");
    progress.phase = "reading";
    progress.rows = 41902;
    progress.rowsPerSecond = 512000;
    progress.rejected = 12;
    progress.fraction = 0.25;
    progress.secondsLeft = 3.0;
    QCOMPARE(progressFigures(progress),
             QStringLiteral("41,902 rows  ·  512,000 rows/s  ·  3.0 s left  ·  12 rejected"));
    card.showProgress(progress);
    const auto* bar = card.findChild<QProgressBar*>();
    QCOMPARE(bar->accessibleName(), QStringLiteral("Progress of shop 2026-11-12"));
    QCOMPARE(bar->value() * 4, bar->maximum());
    progress.fraction.reset();
    card.showProgress(progress);
    QCOMPARE(bar->maximum(), 0);
}

void TestRunModels::cardCancels()
{
    LiveRunCard card;
    RunProgress progress;
    progress.run = RunId{3};
    progress.source = "shop";
    progress.day = day("2026-11-12");
    progress.phase = "reading";
    card.showProgress(progress);
    auto* cancel = card.findChild<QPushButton*>();
    QVERIFY(cancel->isEnabled());
    cancel->click();
    const auto shows = [&card](const QString& words) {
        for (const QLabel* label : card.findChildren<QLabel*>()) {
            if (label->text().contains(words))
                return true;
        }
        return false;
    };
    QVERIFY(shows(QStringLiteral("cancelling…")));
    QVERIFY(!cancel->isEnabled());
    card.showProgress(progress);
    QVERIFY(shows(QStringLiteral("cancelling…")));
    card.showResult(madeUpRun(3, "shop", "2026-11-12", RunState::Cancelled));
    QVERIFY(shows(QStringLiteral("cancelled; the day is as it was.")));
    QVERIFY(card.isOver());
}

QTEST_MAIN(TestRunModels)
#include "tst_run_models.moc"
