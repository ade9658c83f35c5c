// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// An older ledger on its way to the newest version: what stays, what is kept of the old one, and
// what is there when the way ends anywhere in between. The program that is killed is this one,
// started again with the name of a ledger.

#include "tests/ledger/first_version.h"
#include "tests/ledger/ledger_bench.h"

#include <QTest>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace daymark;
using namespace daymark::ledger;
namespace fs = std::filesystem;

namespace {

class OlderLedger
{
public:
    OlderLedger() : folder(m_folder.path().toStdString()), file(folder / kFileName)
    {
        makeFirstVersion(file);
    }

    /// What the file says, to SQLite itself.
    [[nodiscard]] int version() const { return versionOf(file); }

    [[nodiscard]] static int versionOf(const fs::path& file)
    {
        SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
        return database.execAndGet("PRAGMA user_version").getInt();
    }

    [[nodiscard]] std::set<std::string> names(const std::string& part) const
    {
        std::set<std::string> found;
        for (const auto& entry : fs::directory_iterator(folder)) {
            const std::string name = entry.path().filename().string();
            if (name.find(part) != std::string::npos)
                found.insert(name);
        }
        return found;
    }

    /// Opens it and holds what it says against what makeFirstVersion() wrote.
    [[nodiscard]] std::string contents() const
    {
        const auto opened = Ledger::open(file, Access::Write, ann());
        if (!opened)
            return outcome(opened);
        const auto landed = (*opened)->dayTable().landed();
        const auto source = (*opened)->sourceTable().find("shop");
        const bool same = source && landed && landed->size() == 1 &&
                          landed->front().run == RunId{7} && landed->front().files.size() == 1;
        return same ? "as it was" : "something else";
    }

private:
    QTemporaryDir m_folder;

public:
    fs::path folder;
    fs::path file;
};

int latest() { return static_cast<int>(migrations().size()); }

/// Starts this program again to open a ledger, with a fault. How it ended, as waitpid() says.
int openElsewhere(const fs::path& file, const std::string& fault)
{
    const pid_t child = ::fork();
    if (child == 0) {
        ::setenv("DAYMARK_FAULT", fault.c_str(), 1);
        ::execl("/proc/self/exe", "tst_upgrade", file.c_str(), nullptr);
        ::_exit(99);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return status;
}

} // namespace

class tst_Upgrade : public QObject
{
    Q_OBJECT

private slots:
    void keepsTheOlderLedgerAndSaysSo();
    void sealsTheFiguresOfOlderDays();
    void leavesANewLedgerAlone();
    void keepsNoMoreThanThreeBackups();
    void makesNoSecondBackupOfTheSameLedger();
    void followsALink();
    void readingChangesNothing();
    void waitsUntilNobodyReads();
    void takesWhatTheLogHolds();
    void aStepThatFailsLeavesTheOlder_data();
    void aStepThatFailsLeavesTheOlder();
    void killedAtAStepItIsOldOrNew_data();
    void killedAtAStepItIsOldOrNew();
    void killedAtAnyMomentItIsOldOrNew();
};

void tst_Upgrade::keepsTheOlderLedgerAndSaysSo()
{
    const OlderLedger older;
    {
        const auto opened = Ledger::open(older.file, Access::Write, ann(5));
        QCOMPARE(outcome(opened), "ok");
        const auto& upgraded = (*opened)->upgraded();
        QVERIFY(upgraded.has_value());
        QCOMPARE(upgraded->from, 1);
        QCOMPARE(upgraded->to, latest());
        QCOMPARE(OlderLedger::versionOf(upgraded->backup), 1);
        struct stat status = {};
        QCOMPARE(::stat(upgraded->backup.c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0600U);
        const auto journal = (*opened)->journalTable().list(std::nullopt, 1);
        QCOMPARE(journal->front().action, "workspace.upgrade");
        QCOMPARE(journal->front().actor, "ann");
        QCOMPARE(journal->front().at, at(5));
        QVERIFY(journal->front().detail.find(upgraded->backup.filename().string()) !=
                std::string::npos);
    }
    QCOMPARE(older.version(), latest());
    QCOMPARE(older.names(".upgrade").size(), std::size_t{0});
    QCOMPARE(older.contents(), "as it was");
}

void tst_Upgrade::sealsTheFiguresOfOlderDays()
{
    const OlderLedger older;
    QCOMPARE(older.contents(), "as it was");
    QCOMPARE(outcome(Ledger::open(older.file, Access::Read)), "ok");
    SQLite::Database(older.file.string(), SQLite::OPEN_READWRITE)
        .exec("UPDATE runs SET accepted = 11");
    QCOMPARE(outcome(Ledger::open(older.file, Access::Read)), "workspace.damaged");
}

void tst_Upgrade::leavesANewLedgerAlone()
{
    LedgerBench bench;
    bench.reopen();
    QVERIFY(!bench.ledger->upgraded().has_value());
    for (const auto& entry : fs::directory_iterator(bench.file.parent_path()))
        QVERIFY(entry.path().extension() != ".backup");
}

void tst_Upgrade::keepsNoMoreThanThreeBackups()
{
    const OlderLedger older;
    for (const char* time :
         {"20250101T000000Z", "20250102T000000Z", "20250103T000000Z", "20250104T000000Z"})
        std::ofstream(older.folder / ("daymark.sqlite." + std::string(time) + "-v1.backup"))
            << time;
    std::ofstream(older.folder / "notes.backup") << "of somebody else";
    QCOMPARE(older.contents(), "as it was");
    const auto kept = older.names("daymark.sqlite.2");
    QCOMPARE(kept.size(), kKeptBackups);
    QVERIFY(kept.contains("daymark.sqlite.20250103T000000Z-v1.backup"));
    QVERIFY(kept.contains("daymark.sqlite.20250104T000000Z-v1.backup"));
    QCOMPARE(older.names("notes").size(), std::size_t{1});
}

void tst_Upgrade::makesNoSecondBackupOfTheSameLedger()
{
    const OlderLedger older;
    for (int attempt = 0; attempt < 3; ++attempt)
        QVERIFY(WIFSIGNALED(openElsewhere(older.file, "upgrade_copied:1:kill")));
    QCOMPARE(older.names(".backup").size(), std::size_t{1});
    QCOMPARE(older.contents(), "as it was");
    QCOMPARE(older.names(".backup").size(), std::size_t{1});
}

void tst_Upgrade::followsALink()
{
    const OlderLedger older;
    QTemporaryDir elsewhere;
    const fs::path link = elsewhere.filePath("daymark.sqlite").toStdString();
    fs::create_symlink(older.file, link);
    QCOMPARE(outcome(Ledger::open(link, Access::Write, ann())), "ok");
    QVERIFY(fs::is_symlink(link));
    QCOMPARE(older.version(), latest());
    QCOMPARE(older.names(".backup").size(), std::size_t{1});
}

void tst_Upgrade::readingChangesNothing()
{
    const OlderLedger older;
    const auto opened = Ledger::open(older.file, Access::Read);
    QCOMPARE(outcome(opened), "workspace.older");
    QVERIFY(opened.error().hint.find("upgrade") != std::string::npos);
    QCOMPARE(older.version(), 1);
    QCOMPARE(older.names(".backup").size(), std::size_t{0});
}

void tst_Upgrade::waitsUntilNobodyReads()
{
    const OlderLedger older;
    {
        SQLite::Database reader(older.file.string(), SQLite::OPEN_READONLY);
        QCOMPARE(reader.execAndGet("SELECT count(*) FROM days").getInt(), 1);
        QCOMPARE(outcome(Ledger::open(older.file, Access::Write, ann())), "workspace.busy");
        QCOMPARE(reader.execAndGet("SELECT count(*) FROM days").getInt(), 1);
    }
    QCOMPARE(older.version(), 1);
    QCOMPARE(older.contents(), "as it was");
}

void tst_Upgrade::takesWhatTheLogHolds()
{
    const OlderLedger older;
    const pid_t child = ::fork();
    if (child == 0) {
        SQLite::Database writer(older.file.string(), SQLite::OPEN_READWRITE);
        writer.exec("PRAGMA wal_autocheckpoint = 0");
        writer.exec("UPDATE days SET reason = 'only in the log'");
        ::raise(SIGKILL);
    }
    ::waitpid(child, nullptr, 0);
    QVERIFY(fs::file_size(older.folder / "daymark.sqlite-wal") > 0);
    QCOMPARE(older.contents(), "as it was");
    for (const std::string& name : older.names(".backup")) {
        SQLite::Database backup((older.folder / name).string(), SQLite::OPEN_READONLY);
        QCOMPARE(backup.execAndGet("SELECT reason FROM days").getString(), "only in the log");
    }
    SQLite::Database ledger(older.file.string(), SQLite::OPEN_READONLY);
    QCOMPARE(ledger.execAndGet("SELECT reason FROM days").getString(), "only in the log");
}

void tst_Upgrade::aStepThatFailsLeavesTheOlder_data()
{
    QTest::addColumn<QString>("fault");
    for (const char* step : {"upgrade_settled", "upgrade_backed_up", "upgrade_copied",
                             "in_migration", "upgrade_migrated"})
        for (const char* kind : {"eio", "enospc"})
            QTest::addRow("%s %s", step, kind) << QStringLiteral("%1:1:%2").arg(step, kind);
}

void tst_Upgrade::aStepThatFailsLeavesTheOlder()
{
    QFETCH(QString, fault);
    const OlderLedger older;
    const int status = openElsewhere(older.file, fault.toStdString());
    QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) == 1);
    QCOMPARE(older.version(), 1);
    QCOMPARE(older.names(".upgrade").size(), std::size_t{0});
    QCOMPARE(older.contents(), "as it was");
}

void tst_Upgrade::killedAtAStepItIsOldOrNew_data()
{
    QTest::addColumn<QString>("step");
    QTest::addColumn<bool>("isNew");
    for (const char* step : {"upgrade_settled", "upgrade_backed_up", "upgrade_copied",
                             "in_migration", "upgrade_migrated"})
        QTest::newRow(step) << QString::fromLatin1(step) << false;
    QTest::newRow("upgrade_swapped") << QStringLiteral("upgrade_swapped") << true;
}

void tst_Upgrade::killedAtAStepItIsOldOrNew()
{
    QFETCH(QString, step);
    QFETCH(bool, isNew);
    const OlderLedger older;
    const int status = openElsewhere(older.file, step.toStdString() + ":1:kill");
    QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    QCOMPARE(older.version(), isNew ? latest() : 1);
    QCOMPARE(older.contents(), "as it was");
    QCOMPARE(older.version(), latest());
    QCOMPARE(older.names(".upgrade").size(), std::size_t{0});
}

void tst_Upgrade::killedAtAnyMomentItIsOldOrNew()
{
    int finished = 0;
    for (int round = 0; round < 24; ++round) {
        const OlderLedger older;
        const pid_t child = ::fork();
        if (child == 0)
            ::_exit(Ledger::open(older.file, Access::Write, ann()) ? 0 : 1);
        ::usleep(static_cast<useconds_t>(1500 * round));
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        finished += WIFEXITED(status) ? 1 : 0;
        const auto opened = Ledger::open(older.file, Access::Read);
        QVERIFY(opened || opened.error().code == ErrorCode::WorkspaceOlder ||
                opened.error().code == ErrorCode::WorkspaceBusy);
        if (round % 2 == 0) {
            const int version = older.version();
            QVERIFY(version == 1 || version == latest());
        }
        QCOMPARE(older.contents(), "as it was");
        QCOMPARE(older.version(), latest());
        QCOMPARE(older.names(".backup").size(), std::size_t{1});
        QCOMPARE(older.names(".new").size() + older.names(".upgrade").size(), std::size_t{0});
    }
    qInfo("%d of 24 were through before they were killed", finished);
}

int main(int argc, char* argv[])
{
    if (argc == 2 && std::getenv("DAYMARK_FAULT"))
        return Ledger::open(argv[1], Access::Write, ann()) ? 0 : 1;
    tst_Upgrade test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_upgrade.moc"
