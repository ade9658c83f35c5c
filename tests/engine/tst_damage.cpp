// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Landed files that are not what landed any more: none of their numbers is shown, the day says so,
// and it can be had again.

#include "shop.h"

#include <QtTest>

#include <fstream>

using namespace daymark;
using namespace daymark::test;

namespace fs = std::filesystem;

namespace {

/// Three landed days of ten rows each.
std::unique_ptr<Engine> landed(const Shop& shop)
{
    for (const int day : {13, 14, 15}) {
        shop.addRows(day, 10);
        shop.signal(day);
    }
    auto engine = shop.openWithSource();
    const auto report = engine->import({}, {});
    if (!report || report->failed > 0)
        qFatal("the days did not land");
    return engine;
}

fs::path fileOf(const Shop& shop, Engine& engine, std::int64_t run)
{
    return shop.folder() / engine.run(RunId{run})->files.front();
}

/// Turns a bit of a file's first rows; its size and its time stay.
void flip(const fs::path& file)
{
    const auto time = fs::last_write_time(file);
    {
        std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
        bytes.seekg(40);
        const auto byte = static_cast<char>(bytes.get() ^ 1);
        bytes.seekp(40);
        bytes.put(byte);
    }
    fs::last_write_time(file, time);
}

CalendarDay calendarDay(Engine& engine, int day)
{
    return engine.calendar("shop", june(day), june(day))->days.front();
}

bool isDamaged(Engine& engine, int day)
{
    const CalendarDay found = calendarDay(engine, day);
    return found.planned.damaged && !found.damage.empty();
}

std::vector<std::string> actionsOf(Engine& engine, int day)
{
    std::vector<std::string> commands;
    const auto explained = engine.explainDay("shop", june(day), false, {});
    for (const SuggestedAction& action : explained->explanation.actions)
        commands.push_back(action.command);
    return commands;
}

bool journalHolds(Engine& engine, const std::string& action)
{
    const auto entries = engine.journal("shop", 100);
    return std::any_of(entries->begin(), entries->end(),
                       [&](const JournalEntry& entry) { return entry.action == action; });
}

} // namespace

class TestDamage : public QObject
{
    Q_OBJECT

private slots:
    void noNumberOfADamagedFileIsShown();
    void aFileThatWasWholeIsReadAgainOnceItChanges();
    void aCheckMarksAndClears();
    void aReaderMarksToo();
    void aReaderBesideAWriterIsRefusedAllTheSame();
    void aReimportEndsIt();
    void whatIsDamagedIsNoVersion();
    void aDryRunComparesNothingDamaged();
    void filesThatAreGoneOrCut();
    void anExportStopsAtTheFirstDamagedDay();
};

void TestDamage::noNumberOfADamagedFileIsShown()
{
    const Shop shop;
    const auto engine = landed(shop);
    const fs::path file = fileOf(shop, *engine, 1);
    flip(file);
    const auto rows = engine->rows("shop", june(13), {}, 10);
    QVERIFY(!rows);
    QCOMPARE(rows.error().code, ErrorCode::StorageDamaged);
    QVERIFY(rows.error().message.find(engine->run(RunId{1})->files.front()) != std::string::npos);
    QVERIFY(rows.error().message.find("2022-06-13 of shop") != std::string::npos);
    QVERIFY(rows.error().hint.find("daymark-cli reimport shop 2022-06-13") != std::string::npos);
    QVERIFY(isDamaged(*engine, 13));
    QVERIFY(!isDamaged(*engine, 14));
    QCOMPARE(calendarDay(*engine, 13).planned.state, DayState::Imported);
    QCOMPARE(calendarDay(*engine, 13).description,
             std::string("imported: its landed files are damaged"));
    QCOMPARE(actionsOf(*engine, 13).front(), std::string("daymark-cli reimport shop 2022-06-13"));
    const auto explained = engine->explainDay("shop", june(13), false, {});
    QVERIFY(explained->explanation.sentence.find("byte for byte") != std::string::npos);
    QVERIFY(!explained->evidence.damage.empty());
    QVERIFY(journalHolds(*engine, "day.damaged"));
    QVERIFY(engine->rows("shop", june(14), {}, 10));
}

void TestDamage::aFileThatWasWholeIsReadAgainOnceItChanges()
{
    const Shop shop;
    const auto engine = landed(shop);
    QCOMPARE(engine->rows("shop", june(13), {}, 100)->size(), std::size_t{10});
    flip(fileOf(shop, *engine, 1));
    QVERIFY(!engine->rows("shop", june(13), {}, 100));
    flip(fileOf(shop, *engine, 1));
    QCOMPARE(engine->rows("shop", june(13), {}, 100)->size(), std::size_t{10});
    QVERIFY(!isDamaged(*engine, 13));
}

void TestDamage::aCheckMarksAndClears()
{
    const Shop shop;
    const auto engine = landed(shop);
    flip(fileOf(shop, *engine, 1));
    QVERIFY(engine->check(false, {})->ok); // a look at sizes and footers cannot tell
    QVERIFY(!engine->check(true, {})->ok);
    QVERIFY(isDamaged(*engine, 13));
    // A day that is marked is read to its last byte by every check.
    QVERIFY(!engine->check(false, {})->ok);
    QVERIFY(isDamaged(*engine, 13));
    flip(fileOf(shop, *engine, 1));
    QVERIFY(engine->check(false, {})->ok);
    QVERIFY(!isDamaged(*engine, 13));
    QVERIFY(journalHolds(*engine, "day.intact"));
}

void TestDamage::aReaderMarksToo()
{
    const Shop shop;
    fs::path file;
    {
        const auto engine = landed(shop);
        file = fileOf(shop, *engine, 2);
    }
    flip(file);
    {
        const auto reader = shop.open(OpenMode::Read);
        QVERIFY(!(*reader)->rows("shop", june(14), {}, 10));
        QVERIFY(isDamaged(**reader, 14));
    }
    QVERIFY(isDamaged(**shop.open(), 14));
    flip(file);
    {
        const auto reader = shop.open(OpenMode::Read);
        QVERIFY((*reader)->check(false, {})->ok);
    }
    QVERIFY(!isDamaged(**shop.open(), 14));
}

void TestDamage::aReaderBesideAWriterIsRefusedAllTheSame()
{
    const Shop shop;
    const auto engine = landed(shop);
    const auto reader = shop.open(OpenMode::Read);
    flip(fileOf(shop, *engine, 2));
    QVERIFY(!(*reader)->rows("shop", june(14), {}, 10));
    QVERIFY(!isDamaged(*engine, 14));
    const auto report = (*reader)->check(true, {});
    QVERIFY(!report->ok);
    QCOMPARE(report->faults.back().code, std::string("not_marked"));
    QVERIFY(!report->faults.back().fault);
}

void TestDamage::aReimportEndsIt()
{
    const Shop shop;
    const auto engine = landed(shop);
    flip(fileOf(shop, *engine, 1));
    QVERIFY(!engine->check(true, {})->ok);
    const auto report = engine->reimport({"shop", {{june(13), june(13)}}, "", false, {}}, {});
    QVERIFY(report && report->import.failed == 0);
    QVERIFY(!isDamaged(*engine, 13));
    QCOMPARE(engine->rows("shop", june(13), {}, 100)->size(), std::size_t{10});
    const auto check = engine->check(true, {});
    QVERIFY(check->ok && check->faults.empty());
}

void TestDamage::whatIsDamagedIsNoVersion()
{
    const Shop shop;
    const auto engine = landed(shop);
    const auto again = [&] {
        return engine->reimport({"shop", {{june(13), june(13)}}, "", false, {}}, {});
    };
    QVERIFY(again());
    flip(fileOf(shop, *engine, 4)); // nobody has noticed yet
    QVERIFY(again());
    const auto versions = engine->versions("shop", june(13));
    QCOMPARE(versions->size(), std::size_t{3});
    QVERIFY(versions->at(0).current && !versions->at(1).kept && versions->at(2).kept);
    QVERIFY(journalHolds(*engine, "version.drop"));
    QVERIFY(engine->check(true, {})->faults.empty());
    // Neither is one that a rollback leaves behind.
    flip(fileOf(shop, *engine, 5));
    const auto back = engine->rollback({"shop", june(13), {}, false, "", false, {}}, {});
    QVERIFY(back && back->done && !back->impact.exact == !back->impact.same);
    QVERIFY(!engine->rollback({"shop", june(13), {}, true, "", false, {}}, {}));
    QVERIFY(!isDamaged(*engine, 13));
    QVERIFY(engine->check(true, {})->faults.empty());
}

void TestDamage::aDryRunComparesNothingDamaged()
{
    const Shop shop;
    const auto engine = landed(shop);
    flip(fileOf(shop, *engine, 1));
    shop.execute("DELETE FROM statsig_user_metrics WHERE date = '2022-06-13' AND unit_id = 'u1'");
    const auto report = engine->reimport({"shop", {{june(13), june(13)}}, "", true, {}}, {});
    QVERIFY(report);
    QVERIFY(!report->impacts.front().exact && !report->impacts.front().same);
    QVERIFY(isDamaged(*engine, 13));
}

void TestDamage::filesThatAreGoneOrCut()
{
    const Shop shop;
    const auto engine = landed(shop);
    fs::resize_file(fileOf(shop, *engine, 1), 100);
    fs::remove(fileOf(shop, *engine, 2));
    fs::copy_file(fileOf(shop, *engine, 1), shop.folder() / "aside");
    QVERIFY(!engine->rows("shop", june(13), {}, 10));
    QVERIFY(!engine->rows("shop", june(14), {}, 10));
    QVERIFY(calendarDay(*engine, 13).damage.find("100 bytes") != std::string::npos);
    QVERIFY(calendarDay(*engine, 14).damage.find("is missing") != std::string::npos);
    QVERIFY(!engine->check(false, {})->ok);
    QVERIFY(isDamaged(*engine, 13) && isDamaged(*engine, 14) && !isDamaged(*engine, 15));
    // Links are followed by nobody.
    fs::create_symlink(shop.folder() / "aside", fileOf(shop, *engine, 2));
    QVERIFY(!engine->rows("shop", june(14), {}, 10));
}

void TestDamage::anExportStopsAtTheFirstDamagedDay()
{
    const Shop shop;
    const auto engine = landed(shop);
    flip(fileOf(shop, *engine, 2));
    const fs::path target = shop.folder() / "out.csv";
    const auto written = engine->exportRows("shop", {}, {}, target, {});
    QVERIFY(!written);
    QVERIFY(written.error().message.find("2022-06-14 of shop") != std::string::npos);
    QVERIFY(!fs::exists(target));
    QVERIFY(isDamaged(*engine, 14));
    QCOMPARE(*engine->exportRows("shop", june(15), june(15), target, {}), std::uint64_t{10});
}

QTEST_APPLESS_MAIN(TestDamage)
#include "tst_damage.moc"
