// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Figures that change inside a well-formed page of the ledger: SQLite sees nothing wrong with them.
// They are noticed before one is shown, and counted anew from the landed files.

#include "core/engine/repair.h"
#include "shop.h"

#include <QTest>

#include <SQLiteCpp/Database.h>

using namespace daymark;
using namespace daymark::test;

namespace {

constexpr const char* kLater = "2022-06-17T13:00:00Z";

/// What must be the same again: days, their rows, sums and files.
std::string factsOf(Engine& engine)
{
    std::string facts = states(engine);
    if (const auto calendar = engine.calendar("shop"))
        for (const CalendarDay& day : calendar->days)
            facts += " " + std::to_string(day.rows.value_or(0));
    if (const auto metric = engine.metric("revenue"))
        for (const MetricDay& day : metric->series)
            facts += " " + std::to_string(day.sum.value_or(-1)) + "/" + std::to_string(day.units);
    const auto check = engine.check(true, {});
    return facts + (check && check->ok ? " sound" : " not sound");
}

/// Three landed days of different sums, the second one twice.
std::string land(const Shop& shop)
{
    for (const int day : {13, 14, 15}) {
        shop.addRows(day, day, 0);
        shop.signal(day);
    }
    const auto engine = shop.openWithSource();
    const bool landed = engine->import({}, {})->failed == 0 &&
                        engine->reimport({"shop", {{june(14), june(14)}}, "", false, {}}, {});
    return landed ? factsOf(*engine) : std::string("did not land");
}

/// Changes the ledger as a disk does: nobody's triggers and links are asked.
void change(const Shop& shop, const char* sql)
{
    SQLite::Database ledger((shop.folder() / "daymark.sqlite").string(), SQLite::OPEN_READWRITE);
    ledger.exec("PRAGMA foreign_keys = OFF");
    ledger.exec(sql);
}

Result<RepairReport> repair(const Shop& shop)
{
    EngineOptions options;
    options.workspace = shop.folder();
    options.clock = Clock::startingAt(parseInstant(kLater).value());
    options.actor = "tester";
    return repairWorkspace(options, {}, {});
}

} // namespace

class TestFigures : public QObject
{
    Q_OBJECT

private slots:
    void changedFiguresAreNoticedAndCountedAnew_data();
    void changedFiguresAreNoticedAndCountedAnew();
    void figuresWithoutFilesStayAsTheyAre();
    void aRollbackKeepsTheSeals();
};

void TestFigures::changedFiguresAreNoticedAndCountedAnew_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("place");
    const auto row = [](const char* name, const char* sql, const char* place) {
        QTest::newRow(name) << sql << place;
    };
    row("a sum", "UPDATE rollups SET sum = sum + 1 WHERE run = 1", "run 1, 2022-06-13 of shop");
    row("a sum by a bit", "UPDATE rollups SET sum = 91.00000000000001 WHERE run = 1",
        "run 1, 2022-06-13 of shop");
    row("units", "UPDATE rollups SET units = 7 WHERE run = 3", "run 3, 2022-06-15 of shop");
    row("a metric's name", "UPDATE metrics SET name = 'revenuf'", "run 1, 2022-06-13 of shop");
    row("a metric gone", "DELETE FROM rollups WHERE run = 4", "run 4, 2022-06-14 of shop");
    row("an earlier version", "UPDATE rollups SET sum = 0 WHERE run = 2",
        "run 2, 2022-06-14 of shop");
    row("rows", "UPDATE runs SET accepted = 99 WHERE id = 1", "run 1, 2022-06-13 of shop");
    row("the fingerprint", "UPDATE runs SET fingerprint = zeroblob(16) WHERE id = 1",
        "run 1, 2022-06-13 of shop");
    row("the seal", "UPDATE runs SET seal = zeroblob(16) WHERE id = 3",
        "run 3, 2022-06-15 of shop");
    row("no seal", "UPDATE runs SET seal = NULL WHERE id = 3", "run 3, 2022-06-15 of shop");
    row("a run's day", "UPDATE runs SET day = day + 1 WHERE id = 3", "run 3, 2022-06-15 of shop");
    row("a day", "UPDATE days SET day = day + 1 WHERE current_run = 3",
        "run 3, 2022-06-16 of shop");
    row("a day's version", "UPDATE days SET current_run = 2 WHERE current_run = 4",
        "run 2, 2022-06-14 of shop");
}

void TestFigures::changedFiguresAreNoticedAndCountedAnew()
{
    QFETCH(QString, sql);
    QFETCH(QString, place);
    const Shop shop;
    const std::string before = land(shop);
    change(shop, sql.toUtf8().constData());
    for (const OpenMode mode : {OpenMode::Read, OpenMode::Write}) {
        const auto opened = shop.open(mode);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::WorkspaceDamaged);
        QVERIFY2(opened.error().message.find(place.toStdString()) != std::string::npos,
                 opened.error().message.c_str());
        QVERIFY(opened.error().hint.find("daymark-cli repair") != std::string::npos);
    }
    const auto report = repair(shop);
    QVERIFY2(report && report->done, report ? "" : report.error().message.c_str());
    QCOMPARE(report->days, 3U);
    QCOMPARE(report->versions, 1U);
    const auto engine = shop.openAt(kLater);
    QCOMPARE(factsOf(*engine), before);
    QVERIFY(!repair(shop)); // the workspace is open
}

void TestFigures::figuresWithoutFilesStayAsTheyAre()
{
    const Shop shop;
    land(shop);
    change(shop, "UPDATE rollups SET sum = 0 WHERE run = 2");
    std::filesystem::remove_all(shop.folder() / "history");
    const auto report = repair(shop);
    QVERIFY(report && report->done);
    const std::string notes = report->notes.empty() ? "" : report->notes.front();
    QVERIFY2(notes.find("run 2, 2022-06-14 of shop") != std::string::npos, notes.c_str());
    QVERIFY(!repair(shop)->needed);
    QVERIFY(shop.open(OpenMode::Read));
}

void TestFigures::aRollbackKeepsTheSeals()
{
    const Shop shop;
    const std::string before = land(shop);
    {
        const auto engine = shop.openAt(kLater);
        QVERIFY(engine->rollback({"shop", june(14), {}, false, "", false, {}}, {}));
    }
    QVERIFY(!repair(shop)->needed);
    QCOMPARE(factsOf(*shop.openAt(kLater)), before);
}

QTEST_APPLESS_MAIN(TestFigures)
#include "tst_figures.moc"
