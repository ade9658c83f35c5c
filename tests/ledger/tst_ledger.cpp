// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The file itself: making, opening, refusing, migrating; and the small tables.

#include "tests/ledger/first_version.h"
#include "tests/ledger/ledger_bench.h"

#include "core/ledger/migrations.h"

#include <SQLiteCpp/Database.h>

#include <QTest>

#include <fstream>
#include <sys/stat.h>

using namespace daymark;
using namespace daymark::ledger;

namespace {

void writeBytes(const std::filesystem::path& file, std::streamoff offset, const std::string& bytes)
{
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(offset);
    stream << bytes;
}

std::string openOutcome(const std::filesystem::path& file, Access access = Access::Write)
{
    return outcome(Ledger::open(file, access));
}

} // namespace

class tst_Ledger : public QObject
{
    Q_OBJECT

private slots:
    void aNewLedgerHasTheTwoIdTypes();
    void isForItsOwnerAlone();
    void isCreatedOnce();
    void completesACreationThatWasCutShort();
    void refusesWhatIsNoLedger();
    void refusesANewerLedger();
    void noticesDamage();
    void noticesAColumnOfAnotherName();
    void survivesRandomBytes();
    void migratesAnOlderLedgerInOneStep();
    void opensALedgerOfTheFirstVersion();
    void keepsSourcesWhole();
    void sourceNamesDoNotClash_data();
    void sourceNamesDoNotClash();
    void editsWithinLimits();
    void removesWithAndWithoutData();
    void remembersPolls();
    void theJournalIsOnlyAddedTo();
    void aReaderChangesNothing();
};

void tst_Ledger::aNewLedgerHasTheTwoIdTypes()
{
    LedgerBench bench;
    IdTypeTable& types = bench.ledger->idTypeTable();
    QCOMPARE(outcome(types.add("company_id", ann(5))), "ok");
    QCOMPARE(outcome(types.add("company_id", ann(6))), "id_type.exists");
    QCOMPARE(outcome(types.add("Company_id", ann(6))), "ok");
    QCOMPARE(outcome(types.add(" x", ann(6))), "id_type.invalid");
    QCOMPARE(outcome(types.add("", ann(6))), "id_type.invalid");
    QCOMPARE(outcome(types.add("a\nb", ann(6))), "id_type.invalid");
    QCOMPARE(outcome(types.add("\xff", ann(6))), "id_type.invalid");
    bench.reopen();
    const auto list = bench.ledger->idTypeTable().list();
    std::string names;
    for (const IdTypeRecord& type : *list)
        names += type.name + " ";
    QCOMPARE(names, "user_id stable_id company_id Company_id ");
    QCOMPARE(list->at(2).addedAt, at(5));
}

void tst_Ledger::isForItsOwnerAlone()
{
    LedgerBench bench;
    for (const auto& entry : std::filesystem::directory_iterator(bench.file.parent_path())) {
        struct stat status = {};
        QCOMPARE(::stat(entry.path().c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0600U);
    }
}

void tst_Ledger::isCreatedOnce()
{
    LedgerBench bench;
    QCOMPARE(outcome(Ledger::create(bench.file, ann())), "workspace.exists");
    QTemporaryDir folder;
    const auto missing = std::filesystem::path(folder.path().toStdString()) / kFileName;
    QCOMPARE(openOutcome(missing), "workspace.missing");
    QVERIFY(!std::filesystem::exists(missing));
}

void tst_Ledger::completesACreationThatWasCutShort()
{
    QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.path().toStdString()) / kFileName;
    std::ofstream(file).close();
    QCOMPARE(openOutcome(file), "workspace.missing");
    QCOMPARE(outcome(Ledger::create(file, ann())), "ok");
    QCOMPARE(openOutcome(file), "ok");
}

void tst_Ledger::refusesWhatIsNoLedger()
{
    QTemporaryDir folder;
    const std::filesystem::path text = folder.filePath("text").toStdString();
    std::ofstream(text) << std::string(5000, 'x');
    QCOMPARE(openOutcome(text), "workspace.damaged");
    QCOMPARE(outcome(Ledger::create(text, ann())), "workspace.exists");
    const std::filesystem::path other = folder.filePath("other").toStdString();
    SQLite::Database(other.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
        .exec("CREATE TABLE t (x)");
    QCOMPARE(openOutcome(other), "workspace.damaged");
    QCOMPARE(outcome(Ledger::create(other, ann())), "workspace.exists");
}

void tst_Ledger::refusesANewerLedger()
{
    LedgerBench bench;
    bench.ledger.reset();
    SQLite::Database(bench.file.string(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 99");
    QCOMPARE(openOutcome(bench.file), "workspace.newer");
    QCOMPARE(openOutcome(bench.file, Access::Read), "workspace.newer");
}

void tst_Ledger::noticesDamage()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    QCOMPARE(outcome(bench.import(shop, 13)), "ok");
    bench.ledger.reset();
    writeBytes(bench.file, 4096 * 3, std::string(4096 * 4, '\x5a'));
    QCOMPARE(openOutcome(bench.file), "workspace.damaged");
    std::filesystem::resize_file(bench.file, 3000);
    QCOMPARE(openOutcome(bench.file), "workspace.damaged");
}

void tst_Ledger::noticesAColumnOfAnotherName()
{
    LedgerBench bench;
    bench.ledger.reset();
    {
        SQLite::Database database(bench.file.string(), SQLite::OPEN_READWRITE);
        database.exec("ALTER TABLE days RENAME COLUMN damage TO demage");
    }
    QCOMPARE(openOutcome(bench.file), "workspace.damaged");
}

void tst_Ledger::survivesRandomBytes()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    QCOMPARE(outcome(bench.import(shop, 13)), "ok");
    bench.ledger.reset();
    const auto size = static_cast<unsigned>(std::filesystem::file_size(bench.file));
    const auto copy = bench.file.parent_path() / "copy.sqlite";
    unsigned state = 1;
    for (int round = 0; round < 60; ++round) {
        std::filesystem::copy_file(bench.file, copy,
                                   std::filesystem::copy_options::overwrite_existing);
        for (int flip = 0; flip < 8; ++flip) {
            state = state * 1664525U + 1013904223U;
            writeBytes(copy, (state >> 4U) % size, std::string(1, static_cast<char>(state >> 24U)));
        }
        auto opened = Ledger::open(copy, Access::Read);
        if (opened)
            (void)(*opened)->runTable().list(std::nullopt, 10);
        else
            QVERIFY(!opened.error().message.empty());
    }
}

void tst_Ledger::migratesAnOlderLedgerInOneStep()
{
    QTemporaryDir folder;
    SQLite::Database database(folder.filePath("m.sqlite").toStdString(),
                              SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    const std::vector<const char*> steps = {"CREATE TABLE a (x)", "ALTER TABLE a ADD COLUMN y",
                                            "CREATE TABLE b (x)"};
    migrate(database, std::span(steps).first(1));
    QCOMPARE(schemaVersion(database), 1);
    migrate(database, steps);
    QCOMPARE(schemaVersion(database), 3);
    database.exec("INSERT INTO a (x, y) VALUES (1, 2)");
    migrate(database, steps);
    QCOMPARE(database.execAndGet("SELECT y FROM a").getInt(), 2);
    QCOMPARE(database.execAndGet("PRAGMA application_id").getInt(), kApplicationId);
    QCOMPARE(migrations().size(), std::size_t{5});
}

void tst_Ledger::opensALedgerOfTheFirstVersion()
{
    QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.path().toStdString()) / kFileName;
    makeFirstVersion(file);
    QCOMPARE(openOutcome(file, Access::Read), "workspace.older");
    auto opened = Ledger::open(file, Access::Write);
    QCOMPARE(outcome(opened), "ok");
    const auto source = (*opened)->sourceTable().find("shop");
    QCOMPARE(source->policy.recheckDays, 3);
    QVERIFY(source->policy.recheck == Recheck::Full);
    QCOMPARE(source->policy.keepVersions, 5);
    QCOMPARE(source->policy.keepDays, 30);
    const auto landed = (*opened)->dayTable().landed();
    QCOMPARE(landed->size(), std::size_t{1});
    QCOMPARE(landed->front().run, RunId{7});
    QCOMPARE(landed->front().files.size(), std::size_t{1});
    QVERIFY((*opened)->versionTable().kept()->empty());
}

void tst_Ledger::keepsSourcesWhole()
{
    LedgerBench bench;
    SourceEdit edit;
    edit.config.name = "Läden";
    edit.config.kind = "files";
    edit.config.uri = "/data/läden";
    edit.config.table = "t";
    edit.config.query = "SELECT 1";
    edit.config.signalTable = "s";
    edit.config.columnMap = {{"unit_id", "kunde"}, {"date", "tag"}};
    edit.config.format = {{"delimiter", ";"}, {"header", "yes"}};
    edit.config.unitDay = UnitDay::Sum;
    edit.policy = {DayOrder::HighWater, 30, dayOf(1), false, "Europe/Berlin", 5, 0.25, 21};
    edit.dataPlace = "metrics/";
    edit.signalPlace = "signals/";
    QCOMPARE(outcome(bench.ledger->sourceTable().add(edit, ann(4))), "ok");
    bench.reopen();
    const auto found = bench.ledger->sourceTable().find("Läden");
    QCOMPARE(outcome(found), "ok");
    QCOMPARE(found->config.uri, edit.config.uri);
    QCOMPARE(found->config.query, edit.config.query);
    QCOMPARE(found->config.columnMap, edit.config.columnMap);
    QCOMPARE(found->config.format, edit.config.format);
    QVERIFY(found->config.unitDay == UnitDay::Sum);
    QCOMPARE(found->config.timeZone, "Europe/Berlin");
    QVERIFY(found->policy.order == DayOrder::HighWater);
    QCOMPARE(found->policy.horizonDays, 30);
    QCOMPARE(found->policy.firstDay, std::optional(dayOf(1)));
    QCOMPARE(found->policy.tolerancePercent, 0.25);
    QCOMPARE(found->policy.stalenessDays, 21);
    QCOMPARE(found->createdAt, at(4));
    QVERIFY(found->enabled && !found->removed && !found->firstDayFixed);
    QCOMPARE(outcome(bench.ledger->sourceTable().find("laden")), "source.unknown");
}

void tst_Ledger::sourceNamesDoNotClash_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("another name") << QByteArray("shop2") << QByteArray("ok");
    QTest::newRow("the same name") << QByteArray("shop") << QByteArray("source.exists");
    QTest::newRow("only case differs") << QByteArray("SHOP") << QByteArray("source.exists");
    QTest::newRow("empty") << QByteArray("") << QByteArray("source.invalid");
    QTest::newRow("blanks around") << QByteArray(" shop2") << QByteArray("source.invalid");
    QTest::newRow("turned around") << QByteArray("\u202Epohs") << QByteArray("source.invalid");
    QTest::newRow("a line break") << QByteArray("a\nb") << QByteArray("source.invalid");
    QTest::newRow("no UTF-8") << QByteArray("a\xff") << QByteArray("source.invalid");
    QTest::newRow("too long") << QByteArray(81, 'x') << QByteArray("source.invalid");
    QTest::newRow("SQL") << QByteArray("'; DROP TABLE runs; --") << QByteArray("ok");
    QTest::newRow("a path") << QByteArray("../../etc") << QByteArray("ok");
}

void tst_Ledger::sourceNamesDoNotClash()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, expected);
    LedgerBench bench;
    bench.addSource();
    SourceEdit edit;
    edit.config.name = name.toStdString();
    edit.config.kind = "sqlite";
    QCOMPARE(outcome(bench.ledger->sourceTable().add(edit, ann())), expected.toStdString());
    if (expected == "ok") {
        QCOMPARE(outcome(bench.ledger->sourceTable().find(edit.config.name)), "ok");
    }
}

void tst_Ledger::editsWithinLimits()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    SourceTable& sources = bench.ledger->sourceTable();
    const SourceRecord record = *sources.get(shop);
    SourceEdit edit{record.config, record.policy, "table", "signal table"};
    edit.policy.firstDay = dayOf(10);
    edit.config.columnMap = {{"date", "day"}};
    QCOMPARE(outcome(sources.edit(shop, edit, ann(2))), "ok");
    QCOMPARE(sources.get(shop)->policy.firstDay, std::optional(dayOf(10)));
    QCOMPARE(sources.get(shop)->editedAt, at(2));
    QCOMPARE(sources.get(shop)->signalPlace, "signal table");
    edit.config.name = "other";
    QCOMPARE(outcome(sources.edit(shop, edit, ann(3))), "source.invalid");
    QCOMPARE(outcome(sources.edit({99}, edit, ann(3))), "source.unknown");
    QCOMPARE(outcome(bench.import(shop, 10)), "ok");
    edit.config.name = "shop";
    edit.policy.firstDay = dayOf(9);
    QCOMPARE(outcome(sources.edit(shop, edit, ann(3))), "day.state");
    edit.policy.firstDay = dayOf(10);
    QCOMPARE(outcome(sources.edit(shop, edit, ann(3))), "ok");
}

void tst_Ledger::removesWithAndWithoutData()
{
    LedgerBench bench;
    SourceTable& sources = bench.ledger->sourceTable();
    const SourceId kept = bench.addSource("kept");
    const SourceId dropped = bench.addSource("dropped");
    QCOMPARE(outcome(bench.import(kept, 13)), "ok");
    QCOMPARE(outcome(bench.import(dropped, 13)), "ok");
    const auto live = bench.begin(dropped, 14);
    QCOMPARE(outcome(sources.remove(dropped, Removal::Data, ann(9))), "day.state");
    QCOMPARE(outcome(bench.ledger->runTable().cancel(*live, {}, at(9), 0)), "ok");
    QCOMPARE(outcome(sources.remove(dropped, Removal::Data, ann(9))), "ok");
    QCOMPARE(outcome(sources.remove(kept, Removal::KeepingData, ann(9))), "ok");
    QCOMPARE(sources.list()->size(), std::size_t{0});
    QCOMPARE(sources.list(true)->size(), std::size_t{1});
    QCOMPARE(bench.ledger->dayTable().landed()->size(), std::size_t{1});
    QCOMPARE(bench.ledger->rollupTable().series("revenue")->size(), std::size_t{1});
    QCOMPARE(bench.ledger->runTable().list(std::nullopt, 10)->size(), std::size_t{1});
    // Days that were kept are taken up by their name; the other is free, and its ids are new.
    SourceEdit edit;
    edit.config.name = "KEPT";
    edit.config.kind = "sqlite";
    QCOMPARE(outcome(sources.find("kept")), "source.unknown");
    QVERIFY(sources.find("kept", true)->removed);
    QCOMPARE(sources.add(edit, ann())->value, kept.value);
    QVERIFY(!sources.find("kept")->removed);
    QCOMPARE(sources.find("KEPT")->config.name, "kept");
    QVERIFY(bench.addSource("dropped").value > dropped.value);
    QVERIFY(bench.import({3}, 13)->value > live->value);
    QCOMPARE(bench.ledger->journalTable().list("dropped", 100)->back().action, "source.add");
}

void tst_Ledger::remembersPolls()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    SourceTable& sources = bench.ledger->sourceTable();
    const Error gone{ErrorCode::SourceUnreachable, "No answer.", "Look at the network."};
    QCOMPARE(outcome(sources.recordPoll(shop, {at(10), std::nullopt, at(70)})), "ok");
    QCOMPARE(outcome(sources.recordPoll(shop, {at(70), gone, at(71)})), "ok");
    QCOMPARE(outcome(sources.recordPoll(shop, {at(71), gone, at(73)})), "ok");
    PollRecord poll = sources.get(shop)->poll;
    QCOMPARE(poll.failures, 2);
    QCOMPARE(poll.last, std::optional(at(71)));
    QCOMPARE(poll.lastSuccess, std::optional(at(10)));
    QCOMPARE(poll.nextDue, std::optional(at(73)));
    QVERIFY(poll.error && poll.error->code == ErrorCode::SourceUnreachable);
    QCOMPARE(poll.error->hint, gone.hint);
    QCOMPARE(outcome(sources.recordPoll(shop, {at(73), std::nullopt, std::nullopt})), "ok");
    poll = sources.get(shop)->poll;
    QVERIFY(poll.failures == 0 && !poll.error && !poll.nextDue);
    QCOMPARE(outcome(sources.recordPoll({99}, {at(1), {}, {}})), "source.unknown");
}

void tst_Ledger::theJournalIsOnlyAddedTo()
{
    LedgerBench bench;
    QCOMPARE(outcome(bench.ledger->journalTable().append(
                 {0, at(1), "ann", "shop", dayOf(13), "day.note", "seen"})),
             "ok");
    const auto entries = bench.ledger->journalTable().list("Shop", 10);
    QCOMPARE(entries->size(), std::size_t{1});
    QCOMPARE(entries->front().day, std::optional(dayOf(13)));
    SQLite::Database other(bench.file.string(), SQLite::OPEN_READWRITE, 1000);
    for (const char* sql : {"DELETE FROM journal", "UPDATE journal SET actor = 'x'",
                            "INSERT OR REPLACE INTO journal SELECT * FROM journal",
                            "DELETE FROM journal WHERE id = 1"}) {
        QVERIFY(other.tryExec(sql) != SQLite::OK);
    }
    QCOMPARE(bench.ledger->journalTable().list(std::nullopt, 10)->size(), std::size_t{2});
}

void tst_Ledger::aReaderChangesNothing()
{
    LedgerBench bench;
    const SourceId shop = bench.addSource();
    auto reader = Ledger::open(bench.file, Access::Read);
    QCOMPARE(outcome(reader), "ok");
    QVERIFY((*reader)->access() == Access::Read);
    QCOMPARE(outcome((*reader)->dayTable().skip(shop, dayOf(13), "closed", ann())),
             "usage.invalid");
    QCOMPARE(outcome(bench.import(shop, 13)), "ok");
    QCOMPARE((*reader)->dayTable().list(shop)->size(), std::size_t{1});
    // A reader that stays open doesn't keep the writer from closing and opening again.
    bench.reopen();
    QCOMPARE(outcome(bench.import(shop, 14)), "ok");
    QCOMPARE((*reader)->dayTable().list(shop)->size(), std::size_t{2});
}

QTEST_APPLESS_MAIN(tst_Ledger)
#include "tst_ledger.moc"
