// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Ledgers that are damaged in every page, cut and gone: noticed, explained, and made anew.

#include "core/engine/log_file.h"
#include "core/engine/repair.h"
#include "core/engine/support_bundle.h"
#include "shop.h"

#include <QTest>

#include <fstream>
#include <sstream>

using namespace daymark;
using namespace daymark::test;

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kPage = 4096;
constexpr const char* kLanded = ", landed: "; ///< in facts, before what is told of landed days
constexpr const char* kLater = "2022-06-17T13:00:00Z";

std::string contentOf(const fs::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream content;
    content << stream.rdbuf();
    return content.str();
}

void write(const fs::path& file, const std::string& content)
{
    std::ofstream(file, std::ios::binary | std::ios::trunc) << content;
}

/// A shop with three landed days, one of them twice, and a skipped one.
class Bench
{
public:
    Bench()
    {
        for (const int day : {13, 15, 16}) {
            shop.addRows(day, 10, 0);
            shop.signal(day);
        }
        const auto engine = shop.openWithSource();
        const bool landed = engine->skipDay("shop", june(14), "closed") &&
                            engine->import({}, {})->failed == 0 &&
                            engine->reimport({"shop", {{june(13), june(13)}}, "", false, {}}, {});
        if (!landed)
            qFatal("the days did not land");
        before = factsOf(*engine);
    }

    /// What must be the same again: days, rows, sums and files. The check reads all files, so that
    /// the rows of one day do.
    static std::string factsOf(Engine& engine)
    {
        std::string facts = states(engine) + kLanded;
        const auto rows = engine.rows("shop", june(13), {}, 1000);
        facts += std::to_string(rows ? rows->size() : 0);
        if (const auto metric = engine.metric("revenue"))
            for (const MetricDay& day : metric->series)
                facts +=
                    " " + std::to_string(day.sum.value_or(-1)) + "/" + std::to_string(day.units);
        const auto check = engine.check(true, {});
        return facts + (check && check->ok ? " sound" : " not sound");
    }

    [[nodiscard]] fs::path ledger() const { return shop.folder() / "daymark.sqlite"; }

    [[nodiscard]] Result<RepairReport> repair(bool dryRun = false,
                                              RepairBase base = RepairBase::Best) const
    {
        EngineOptions options;
        options.workspace = shop.folder();
        options.clock = Clock::startingAt(parseInstant(kLater).value());
        options.actor = "tester";
        RepairRequest request;
        request.dryRun = dryRun;
        request.base = base;
        return repairWorkspace(options, request, {});
    }

    const Shop shop;
    std::string before;
};

/// Answers everything that people ask of a workspace; it must only come back.
void askEverything(Engine& engine)
{
    static_cast<void>(engine.sources());
    static_cast<void>(engine.calendar("shop"));
    static_cast<void>(engine.runs(std::nullopt, 100));
    static_cast<void>(engine.run(RunId{1}));
    static_cast<void>(engine.catalog(true));
    static_cast<void>(engine.metric("revenue"));
    static_cast<void>(engine.journal(std::nullopt, 100));
    static_cast<void>(engine.dayStory("shop", june(13)));
    static_cast<void>(engine.explainDay("shop", june(13), false, {}));
    static_cast<void>(engine.versions("shop", june(13)));
    static_cast<void>(engine.rows("shop", june(13), {}, 10));
    static_cast<void>(engine.check(false, {}));
}

} // namespace

class TestRepair : public QObject
{
    Q_OBJECT

private slots:
    void aSoundLedgerIsLeftAlone();
    void everyZeroedPageIsNoticedOrHarmless();
    void everyZeroedPageIsRepaired();
    void cutAndGarbled_data();
    void cutAndGarbled();
    void withoutAnythingButTheFiles();
    void aDryRunChangesNothing();
    void anOlderLedgerIsNoticed();
    void theBaseIsChosen();
    void progressIsTold();
    void nothingIsDeleted();
    void copiesArePutByDaily();
    void theLogIsBoundedAndWithoutSecrets();
    void aBundleCanBeRead();
};

void TestRepair::aSoundLedgerIsLeftAlone()
{
    const Bench bench;
    const std::string before = contentOf(bench.ledger());
    const auto report = bench.repair();
    QVERIFY(report && !report->needed && !report->done);
    QVERIFY(contentOf(bench.ledger()) == before);
    const auto engine = bench.shop.open();
    const Error busy = bench.repair().error();
    QCOMPARE(busy.code, ErrorCode::WorkspaceBusy);
    QVERIFY(busy.message.find(bench.shop.folder().string()) != std::string::npos);
    QVERIFY(!busy.hint.empty());
}

void TestRepair::everyZeroedPageIsNoticedOrHarmless()
{
    const Bench bench;
    const std::string whole = contentOf(bench.ledger());
    QVERIFY(whole.size() % kPage == 0);
    std::size_t noticed = 0;
    for (std::size_t at = 0; at < whole.size(); at += kPage) {
        std::string broken = whole;
        broken.replace(at, kPage, kPage, '\0');
        write(bench.ledger(), broken);
        const auto engine = bench.shop.open(OpenMode::Read);
        if (engine) {
            askEverything(**engine);
            continue;
        }
        ++noticed;
        QCOMPARE(engine.error().code, ErrorCode::WorkspaceDamaged);
        QVERIFY(engine.error().message.find("daymark.sqlite") != std::string::npos);
        QVERIFY2(engine.error().hint.find("daymark-cli repair") != std::string::npos,
                 engine.error().hint.c_str());
    }
    QVERIFY2(noticed > whole.size() / kPage / 2, std::to_string(noticed).c_str());
}

void TestRepair::everyZeroedPageIsRepaired()
{
    const Bench bench;
    const std::string whole = contentOf(bench.ledger());
    std::size_t repaired = 0;
    for (std::size_t at = 0; at < whole.size(); at += kPage) {
        std::string broken = whole;
        broken.replace(at, kPage, kPage, '\0');
        write(bench.ledger(), broken);
        const auto report = bench.repair();
        QVERIFY2(report, report ? "" : report.error().message.c_str());
        if (!report->needed)
            continue;
        ++repaired;
        QVERIFY(report->done);
        QCOMPARE(report->days, 3U);
        QVERIFY(contentOf(report->setAside / "daymark.sqlite") == broken);
        const auto engine = bench.shop.openAt(kLater);
        // The copy of the day is older than the skip: all that landed is there all the same.
        const bool older = report->base.starts_with("the copy");
        const auto from = [older](const std::string& facts) {
            return facts.substr(older ? facts.find(kLanded) : 0);
        };
        const std::string facts = Bench::factsOf(*engine);
        QVERIFY2(from(facts) == from(bench.before),
                 (std::to_string(at / kPage) + ": " + facts + ", before " + bench.before +
                  "; began with " + report->base)
                     .c_str());
    }
    QVERIFY(repaired > 0);
}

void TestRepair::cutAndGarbled_data()
{
    QTest::addColumn<QString>("damage");
    for (const char* damage : {"gone", "empty", "cut to a page", "cut in half", "cut in a page",
                               "garbage before it", "all garbage", "text"})
        QTest::newRow(damage) << damage;
}

void TestRepair::cutAndGarbled()
{
    QFETCH(QString, damage);
    const Bench bench;
    const std::string whole = contentOf(bench.ledger());
    if (damage == "gone")
        fs::remove(bench.ledger());
    else if (damage == "empty")
        write(bench.ledger(), "");
    else if (damage == "cut to a page")
        write(bench.ledger(), whole.substr(0, kPage));
    else if (damage == "cut in half")
        write(bench.ledger(), whole.substr(0, whole.size() / kPage / 2 * kPage));
    else if (damage == "cut in a page")
        write(bench.ledger(), whole.substr(0, whole.size() / 2 + 100));
    else if (damage == "garbage before it")
        write(bench.ledger(), std::string(100, '\x5a') + whole.substr(100));
    else if (damage == "all garbage")
        write(bench.ledger(), std::string(whole.size(), '\x5a'));
    else
        write(bench.ledger(), "This is no ledger.\n");
    const auto opened = bench.shop.open(OpenMode::Read);
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::WorkspaceDamaged);
    QVERIFY(opened.error().hint.find("daymark-cli repair") != std::string::npos);
    const auto report = bench.repair();
    QVERIFY2(report && report->done, report ? "" : report.error().message.c_str());
    const auto engine = bench.shop.openAt(kLater);
    // The copy of the day is older than the skip: all that landed is there all the same.
    const std::string facts = Bench::factsOf(*engine);
    QCOMPARE(facts.substr(facts.find(kLanded)), bench.before.substr(bench.before.find(kLanded)));
    QVERIFY(engine->source("shop").has_value());
}

void TestRepair::withoutAnythingButTheFiles()
{
    const Bench bench;
    fs::remove_all(bench.shop.folder() / "backups");
    fs::remove(bench.ledger());
    const auto report = bench.repair();
    QVERIFY(report && report->done);
    QCOMPARE(report->base, std::string("nothing but the landed files"));
    QCOMPARE(report->days, 3U);
    QCOMPARE(report->rebuilt, 3U);
    QCOMPARE(report->versions, 1U);
    QCOMPARE(report->sources, std::vector<std::string>{"shop"});
    // Nothing was damaged, so that nothing is set aside; nor was the source removed.
    QVERIFY(report->setAside.empty());
    QVERIFY(report->fault.ends_with("is missing."));
    QVERIFY(report->notes.back().find("source shop") != std::string::npos);
    const auto engine = bench.shop.openAt(kLater);
    const auto check = engine->check(true, {});
    QVERIFY2(check->ok, check->faults.empty() ? "" : check->faults.front().message.c_str());
    QCOMPARE(check->versions, 1U);
    // The days are those of a source whose data was kept, with the very sums.
    QCOMPARE(engine->keptSources()->front().days, 3U);
    QVERIFY(engine->source("shop").error().message.find("removed") == std::string::npos);
    std::string sums;
    const auto metric = engine->metric("revenue");
    for (const MetricDay& day : metric->series)
        sums += " " + std::to_string(day.sum.value_or(-1)) + "/" + std::to_string(day.units);
    QVERIFY2(bench.before.find(sums) != std::string::npos, sums.c_str());
}

void TestRepair::aDryRunChangesNothing()
{
    const Bench bench;
    write(bench.ledger(), "This is no ledger.\n");
    const auto report = bench.repair(true);
    QVERIFY(report && report->needed && !report->done);
    QCOMPARE(report->days, 3U);
    QVERIFY(report->setAside.empty());
    QCOMPARE(contentOf(bench.ledger()), std::string("This is no ledger.\n"));
    QVERIFY(!fs::exists(bench.shop.folder() / ".repair"));
}

void TestRepair::anOlderLedgerIsNoticed()
{
    const Bench bench;
    const std::string older = contentOf(bench.ledger());
    {
        const auto engine = bench.shop.openAt(kLater);
        const auto again = engine->reimport({"shop", {{june(15), june(15)}}, "", false, {}}, {});
        QVERIFY(again && again->import.failed == 0);
    }
    write(bench.ledger(), older);
    const auto writing = bench.shop.open(OpenMode::Write);
    QVERIFY(!writing);
    QCOMPARE(writing.error().code, ErrorCode::WorkspaceDamaged);
    QVERIFY(writing.error().message.find("older than the landed files") != std::string::npos);
    {
        const auto reading = bench.shop.open(OpenMode::Read);
        QVERIFY(reading);
        QCOMPARE((*reading)->repairs().size(), 1U);
        askEverything(**reading);
    }
    const auto report = bench.repair();
    QVERIFY2(report && report->done, report ? "" : report.error().message.c_str());
    QCOMPARE(report->rebuilt, 1U);
    QCOMPARE(report->versions, 2U); // that of day 13, and the one that was current
    const auto engine = bench.shop.openAt(kLater);
    QCOMPARE(Bench::factsOf(*engine), bench.before);
    QVERIFY(engine->check(true, {})->ok);
    QVERIFY(engine->rollback({"shop", june(15), {}, false, "", false, {}}, {}));
    QVERIFY(engine->check(true, {})->ok);
}

void TestRepair::theBaseIsChosen()
{
    const Bench bench;
    QVERIFY(bench.repair(true)->copy.empty()); // sound: nobody looks for one
    write(bench.ledger(), "This is no ledger.\n");
    const auto look = bench.repair(true, RepairBase::Files);
    QCOMPARE(look->base, std::string("nothing but the landed files"));
    QCOMPARE(look->copy, std::string("backups/daymark-2022-06-17.sqlite"));
    QVERIFY(look->copyAt.has_value());
    QCOMPARE(bench.repair(true, RepairBase::Copy)->base,
             std::string("the copy backups/daymark-2022-06-17.sqlite"));
    fs::remove_all(bench.shop.folder() / "backups");
    const auto without = bench.repair(false, RepairBase::Copy);
    QCOMPARE(without.error().code, ErrorCode::WorkspaceMissing);
    QCOMPARE(contentOf(bench.ledger()), std::string("This is no ledger.\n"));
    const auto done = bench.repair(false, RepairBase::Files);
    QVERIFY(done && done->done && done->rebuilt == 3);
    for (const std::string& note : done->notes)
        QVERIFY2(note.find("everything") == std::string::npos, note.c_str());
}

void TestRepair::progressIsTold()
{
    const Bench bench;
    write(bench.ledger(), "This is no ledger.\n");
    std::vector<double> fractions;
    EngineOptions options;
    options.workspace = bench.shop.folder();
    RepairRequest request;
    request.dryRun = true;
    request.progress = [&](const RepairProgress& progress) {
        QVERIFY(!progress.words.empty());
        if (progress.fraction)
            fractions.push_back(*progress.fraction);
    };
    QVERIFY(repairWorkspace(options, request, {}));
    QCOMPARE(fractions.size(), 4U); // three days and an earlier version
    QVERIFY(std::is_sorted(fractions.begin(), fractions.end()) && fractions.back() == 1.0);
}

void TestRepair::nothingIsDeleted()
{
    const Bench bench;
    const fs::path stray = bench.shop.folder() / "landing/metrics/source=shop/day=2022-06-20";
    fs::create_directories(stray);
    write(stray / "run-000077.parquet", "no Parquet");
    fs::create_directories(bench.shop.folder() / "staging/run-000099");
    write(bench.ledger(), "This is no ledger.\n");
    const auto report = bench.repair();
    QVERIFY(report && report->done);
    QCOMPARE(report->days, 3U);
    QVERIFY(!report->notes.empty());
    QCOMPARE(contentOf(stray / "run-000077.parquet"), std::string("no Parquet"));
    QVERIFY(fs::exists(report->setAside / "run-000099"));
    // No number that anything bears is given out again.
    const auto engine = bench.shop.openAt(kLater);
    const auto again = engine->reimport({"shop", {{june(15), june(15)}}, "", false, {}}, {});
    QVERIFY(again && again->import.runs.front().id.value == 100);
}

void TestRepair::copiesArePutByDaily()
{
    const Bench bench;
    const auto copies = [&] {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(bench.shop.folder() / "backups"))
            names.push_back(entry.path().filename().string());
        std::sort(names.begin(), names.end());
        return names;
    };
    QCOMPARE(copies(), std::vector<std::string>{"daymark-2022-06-17.sqlite"});
    for (const char* now : {"2022-06-18T10:00:00Z", "2022-06-18T20:00:00Z", "2022-06-19T10:00:00Z",
                            "2022-06-20T10:00:00Z"})
        QVERIFY(bench.shop.openAt(now)->repairs().empty());
    QCOMPARE(copies(),
             (std::vector<std::string>{"daymark-2022-06-18.sqlite", "daymark-2022-06-19.sqlite",
                                       "daymark-2022-06-20.sqlite"}));
    // The latest copy is as good as the ledger was.
    fs::remove(bench.ledger());
    QCOMPARE(bench.repair()->base, std::string("the copy backups/daymark-2022-06-20.sqlite"));
    QCOMPARE(Bench::factsOf(*bench.shop.openAt(kLater)), bench.before);
}

void TestRepair::theLogIsBoundedAndWithoutSecrets()
{
    const Bench bench;
    const std::string log = contentOf(bench.shop.folder() / "logs/daymark.log");
    for (const char* words : {"start: process", "run 1 of shop, 2022-06-13: imported, 10 read",
                              "poll of shop: 3 signalled days", "end: process"})
        QVERIFY2(log.find(words) != std::string::npos, words);
    const QTemporaryDir folder;
    const fs::path place = fs::path(folder.path().toStdString()) / "logs";
    LogFile file(place, 1000);
    for (int i = 0; i < 200; ++i)
        file.add(Instant{}, "line " + std::to_string(i) + " password=canary 'canary' \ncanary-2");
    std::size_t files = 0;
    std::string all;
    for (const auto& entry : fs::directory_iterator(place)) {
        ++files;
        QVERIFY(entry.file_size() <= 1000);
        all += contentOf(entry.path());
    }
    QCOMPARE(files, 5U);
    QVERIFY(all.find("line 199 ") != std::string::npos);
    QVERIFY(all.find("line 0 ") == std::string::npos);
    QVERIFY(all.find("canary ") == std::string::npos && all.find("canary'") == std::string::npos);
    QVERIFY(all.find("\ncanary") == std::string::npos);
    file.add(Instant{}, std::string(100'000, 'x'));
    QVERIFY(fs::file_size(place / "daymark.log") < 3000);
}

void TestRepair::aBundleCanBeRead()
{
    const Bench bench;
    {
        const auto engine = bench.shop.openAt(kLater);
        SourceSettings settings;
        settings.uri = bench.shop.database();
        settings.query = "SELECT * FROM statsig_user_metrics WHERE unit_id <> 'canary'";
        QVERIFY(engine->editSource("shop", settings, {}));
        const auto text = supportText({bench.shop.folder(), engine.get(), {}, engine->now()}, {});
        for (const char* words :
             {"== Sources ==", "source: shop", "== Latest runs ==", "2022-06-15 imported read 10",
              "== Check ==", "sound: 3 days", "== Log ==", "start: process", "DuckDB: "})
            QVERIFY2(text.find(words) != std::string::npos, words);
        QVERIFY(text.find("canary") == std::string::npos);
    }
    write(bench.ledger(), "This is no ledger.\n");
    const auto opened = bench.shop.open(OpenMode::Read);
    const fs::path file = bench.shop.folder().parent_path() / "support.txt";
    QVERIFY(
        writeSupportBundle({bench.shop.folder(), nullptr, opened.error(), Instant{}}, file, {}));
    QVERIFY(contentOf(file).find("workspace.damaged") != std::string::npos);
}

QTEST_APPLESS_MAIN(TestRepair)

#include "tst_repair.moc"
