// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What is told, and that it is told once: on plans, and on a real workspace over its restarts.

#undef signals // a word of Qt; here they are the days that a source announced

#include "core/engine/notice_file.h"
#include "core/engine/notice_matters.h"
#include "core/engine/watchdog.h"

#include "listener.h"
#include "shop.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace daymark;
using namespace daymark::test;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

constexpr int kPatience = 30'000; // milliseconds; a busy machine
const Instant kNow = *parseInstant("2022-06-17T12:00:00Z");

/// A source of 17 June 2022 whose signals were read a minute ago. `13!` has failed, `13+` is being
/// imported.
PlannedSource sourceOf(const QString& announced, const QString& landed)
{
    PlannedSource source;
    source.record.config.name = "shop";
    source.record.poll.last = kNow - minutes(1);
    source.record.poll.nextDue = kNow + minutes(59);
    for (const QString& day : announced.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        source.signals.push_back({june(day.toInt())});
    std::vector<LedgerDay> known;
    for (QString day : landed.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const Standing standing = day.endsWith(QLatin1Char('!'))   ? Standing::Failed
                                  : day.endsWith(QLatin1Char('+')) ? Standing::Importing
                                                                   : Standing::Imported;
        known.push_back(
            {june(day.remove(QLatin1Char('!')).remove(QLatin1Char('+')).toInt()), standing});
    }
    source.plan = plan(source.record.policy, june(17), source.signals, known);
    return source;
}

/// `gap 14 15 | recovery`: kinds and days.
QString kinds(const std::vector<Notice>& notices)
{
    QStringList parts;
    for (const Notice& notice : notices) {
        QStringList words{QString::fromUtf8(noticeName(notice.kind).data())};
        for (const Day day : notice.days)
            words << QString::fromStdString(formatDay(day)).right(2);
        parts << words.join(QLatin1Char(' '));
    }
    return parts.join(QStringLiteral(" | "));
}

/// What an engine told, in the order of the telling.
class Told
{
public:
    explicit Told(Engine& engine)
        : m_subscription(engine.subscribe([this](const Event& event) {
            const std::scoped_lock lock(m_mutex);
            if (event.kind == EventKind::NoticeTold)
                m_notices.push_back(*event.notice);
        }))
    {}

    [[nodiscard]] QString kinds() const
    {
        const std::scoped_lock lock(m_mutex);
        return ::kinds(m_notices);
    }

private:
    mutable std::mutex m_mutex;
    std::vector<Notice> m_notices;
    Subscription m_subscription;
};

} // namespace

class TestNotices : public QObject
{
    Q_OBJECT

private slots:
    void tellsWhatIsNew_data();
    void tellsWhatIsNew();
    void overdueIsKnownOnlyFromFreshSignals();
    void aSourceThatDoesNotAnswer();
    void manyGapsAreOneNotice();
    void keepsItsState();
    void refusesAnotherFile();
    void tellsOnceOverRestarts();
    void waitsWhileMuted();
    void sendsToBothTargets();
    void catchesUpBeforeItEnds();
    void sendsAgainWhatWasCutShort();
    void testsTakeTheRealWay();
    void readersChangeNothing();
    void marksAreTakenBack();
    void missesArePatient();
    void aSuspendIsNoMiss();
    void aSignOfLifeBeginsAnew();
    void theWatchdogBarks();
};

void TestNotices::tellsWhatIsNew_data()
{
    QTest::addColumn<QStringList>("steps"); // `announced / landed`
    QTest::addColumn<QStringList>("told");
    QTest::newRow("nothing is the matter")
        << QStringList{"13 14 15 16 / 13 14 15 16"} << QStringList{""};
    QTest::newRow("a gap, once") << QStringList{"13 15 16 / 13", "13 15 16 / 13"}
                                 << QStringList{"gap 14", ""};
    QTest::newRow("a gap is closed")
        << QStringList{"13 15 16 / 13", "13 14 15 16 / 13", "13 14 15 16 / 13 14 15 16"}
        << QStringList{"gap 14", "recovery 14", ""};
    QTest::newRow("a second gap") << QStringList{"13 15 / 13", "13 15 17 / 13"}
                                  << QStringList{"gap 14", "gap 16"};
    QTest::newRow("a day fails, is tried again, fails again, lands")
        << QStringList{"13 14 15 16 / 13!", "13 14 15 16 / 13+", "13 14 15 16 / 13!",
                       "13 14 15 16 / 13 14 15 16"}
        << QStringList{"failure 13", "", "", "recovery 13"};
    QTest::newRow("overdue, then a gap: not a recovery")
        << QStringList{"13 / 13", "13 15 / 13", "13 14 15 / 13 14 15"}
        << QStringList{"overdue 14", "gap 14", "recovery 14"};
    QTest::newRow("overdue stays overdue, though the day is another")
        << QStringList{"12 / 12", "12 13 / 12 13"} << QStringList{"overdue 13", ""};
    QTest::newRow("one of two gaps is closed") << QStringList{"13 15 17 / 13", "13 14 15 17 / 13"}
                                               << QStringList{"gap 14 16", "recovery 14"};
}

void TestNotices::tellsWhatIsNew()
{
    QFETCH(QStringList, steps);
    QFETCH(QStringList, told);
    ToldMatters known;
    QStringList news;
    for (const QString& step : steps) {
        const QStringList parts = step.split(QLatin1Char('/'));
        const Matters matters = mattersOf(sourceOf(parts[0], parts[1]), kNow);
        news << kinds(tellDifference("shop", matters, known, kNow));
    }
    QCOMPARE(news, told);
}

/// After a weekend without the program the first poll comes before the verdict.
void TestNotices::overdueIsKnownOnlyFromFreshSignals()
{
    PlannedSource source = sourceOf("12", "12");
    source.record.poll.nextDue = kNow - minutes(1);
    ToldMatters known;
    QVERIFY(tellDifference("shop", mattersOf(source, kNow), known, kNow).empty());
    source.record.poll.nextDue = kNow + minutes(60);
    QCOMPARE(kinds(tellDifference("shop", mattersOf(source, kNow), known, kNow)),
             QStringLiteral("overdue 13"));
    source.record.poll.nextDue = kNow - minutes(1);
    QVERIFY(tellDifference("shop", mattersOf(source, kNow), known, kNow).empty());
}

void TestNotices::aSourceThatDoesNotAnswer()
{
    PlannedSource source = sourceOf("13 14 15 16", "13 14 15 16");
    source.record.poll.error = Error{ErrorCode::SourceBusy, "It is locked.", "Try again."};
    ToldMatters known;
    const auto silent = tellDifference("shop", mattersOf(source, kNow), known, kNow);
    QCOMPARE(kinds(silent), QStringLiteral("failure"));
    QCOMPARE(silent[0].title, std::string("shop: it does not answer"));
    QCOMPARE(silent[0].words, std::string("It is locked. Try again."));
    source.record.poll.error.reset();
    const auto back = tellDifference("shop", mattersOf(source, kNow), known, kNow);
    QCOMPARE(kinds(back), QStringLiteral("recovery"));
    QCOMPARE(back[0].title, std::string("shop: all is well again"));
}

void TestNotices::manyGapsAreOneNotice()
{
    ToldMatters known;
    const auto notices =
        tellDifference("shop", mattersOf(sourceOf("3 5 7 9 11 13", "3"), kNow), known, kNow);
    QCOMPARE(kinds(notices), QStringLiteral("gap 04 06 08 10 12"));
    QCOMPARE(notices[0].title, std::string("shop: 5 new gaps"));
    QVERIFY(notices[0].words.ends_with(" 2 more days."));
}

void TestNotices::keepsItsState()
{
    const QTemporaryDir folder;
    NoticeState state;
    state.webhook = "https://hooks.example.org/secret";
    state.command = {"/bin/echo", "a b", ""};
    state.mute = {kNow, false};
    state.told["shop"]["gap 2022-06-14"] = {NoticeKind::Gap, june(14), "the gap"};
    state.told[""]["polling"] = {NoticeKind::PollingStopped, {}, "that"};
    state.outbox.push_back(
        {{"id", NoticeKind::Gap, "shop", {june(14)}, kNow, "t", "w"}, true, false});
    state.lastWebhook = Delivery{kNow, false, "503"};
    QVERIFY(writeNotices(folder.path().toStdString(), state));
    const QFile file(folder.filePath("notices.json"));
    QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    const auto read = readNotices(folder.path().toStdString());
    QVERIFY(read);
    QCOMPARE(read->webhook, state.webhook);
    QCOMPARE(read->command, state.command);
    QVERIFY(read->mute.until == state.mute.until);
    QVERIFY(read->told.at("shop").at("gap 2022-06-14").day == june(14));
    QVERIFY(read->told.at("").at("polling").kind == NoticeKind::PollingStopped);
    QCOMPARE(read->outbox.size(), 1U);
    QVERIFY(read->outbox[0].toWebhook && !read->outbox[0].toCommand);
    QCOMPARE(read->outbox[0].notice.title, std::string("t"));
    QCOMPARE(read->lastWebhook->words, std::string("503"));
    QVERIFY(!read->lastCommand);
}

void TestNotices::refusesAnotherFile()
{
    const QTemporaryDir folder;
    for (const char* content : {"", "[]", "{\"webhook\": 3}", "\xff\xfe"}) {
        QFile file(folder.filePath("notices.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        const auto read = readNotices(folder.path().toStdString());
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::WorkspaceDamaged);
    }
}

void TestNotices::tellsOnceOverRestarts()
{
    const Shop shop;
    for (const int day : {13, 15, 16})
        shop.signal(day);
    {
        const auto engine = shop.openWithSource();
        const Told told(*engine);
        QVERIFY(engine->startNotices());
        QVERIFY(engine->poll("shop", {}));
        QTRY_COMPARE_WITH_TIMEOUT(told.kinds(), QStringLiteral("gap 14"), kPatience);
        QVERIFY(engine->poll("shop", {}));
        QVERIFY(engine->poll("shop", {}));
        shop.signal(14);
        QVERIFY(engine->poll("shop", {}));
        QTRY_COMPARE_WITH_TIMEOUT(told.kinds(), QStringLiteral("gap 14 | recovery 14"), kPatience);
        shop.execute("DELETE FROM statsig_user_metrics_signal WHERE finished_date = '2022-06-15'");
        QVERIFY(engine->poll("shop", {}));
        QTRY_VERIFY_WITH_TIMEOUT(told.kinds().endsWith(QStringLiteral("gap 15")), kPatience);
    }
    auto engine = shop.open();
    QVERIFY(engine);
    const Told told(**engine);
    QVERIFY((*engine)->startNotices());
    shop.execute("DELETE FROM statsig_user_metrics_signal WHERE finished_date = '2022-06-14'");
    QVERIFY((*engine)->poll("shop", {}));
    QTRY_COMPARE_WITH_TIMEOUT(told.kinds(), QStringLiteral("gap 14"), kPatience);
}

void TestNotices::waitsWhileMuted()
{
    const Shop shop;
    for (const int day : {13, 15})
        shop.signal(day);
    const auto engine = shop.openWithSource();
    const Told told(*engine);
    QVERIFY(engine->notices().setMute({{}, true}));
    QVERIFY(engine->notices().targets()->mute.holds(engine->now()));
    QVERIFY(engine->startNotices());
    QVERIFY(engine->poll("shop", {}));
    QCOMPARE(told.kinds(), QString());
    QVERIFY(engine->notices().setMute({engine->now() - seconds(1), false}));
    QTRY_COMPARE_WITH_TIMEOUT(told.kinds(), QStringLiteral("gap 14"), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!engine->notices().targets()->mute.until, kPatience);
}

void TestNotices::sendsToBothTargets()
{
    const Shop shop;
    for (const int day : {13, 15})
        shop.signal(day);
    Listener listener("200 OK");
    const QTemporaryDir folder;
    const std::string out = folder.filePath("told").toStdString();
    const auto engine = shop.openWithSource();
    QVERIFY(engine->notices().setWebhook(listener.url("/hush")));
    QVERIFY(engine->notices().setCommand(
        {"/bin/sh", "-c", "echo \"$DAYMARK_NOTICE_KIND\" >> \"$0\"", out}));
    QVERIFY(engine->startNotices());
    QVERIFY(engine->poll("shop", {}));
    const auto requests = listener.requests(1);
    QVERIFY(requests.at(0).find("\"kind\":\"gap\"") != std::string::npos);
    QTRY_VERIFY_WITH_TIMEOUT(engine->notices().targets()->lastCommand.has_value(), kPatience);
    const auto targets = engine->notices().targets();
    QVERIFY2(targets->lastWebhook->ok, targets->lastWebhook->words.c_str());
    QVERIFY2(targets->lastCommand->ok, targets->lastCommand->words.c_str());
    QVERIFY(targets->webhookHost.find("hush") == std::string::npos);
    QFile file(QString::fromStdString(out));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("gap\n"));
    const auto journal = engine->journal(std::nullopt, 100);
    for (const JournalEntry& entry : *journal)
        QVERIFY(entry.detail.find("hush") == std::string::npos);
}

/// A process that ends at once tells and sends before it does, and tells nothing twice.
void TestNotices::catchesUpBeforeItEnds()
{
    const Shop shop;
    for (const int day : {13, 15})
        shop.signal(day);
    Listener listener("200 OK");
    for (int start = 0; start < 2; ++start) {
        const auto engine = start == 0 ? shop.openWithSource() : std::move(*shop.open());
        if (start == 0)
            QVERIFY(engine->notices().setWebhook(listener.url()));
        QVERIFY(engine->runDue({}));
        QVERIFY(engine->notices().catchUp({}));
        QVERIFY(engine->notices().targets()->lastWebhook->ok);
    }
    QCOMPARE(listener.requests(1).size(), 1U);
    QVERIFY(readNotices(shop.folder())->outbox.empty());
}

/// What was told, and had not arrived when the process ended, is sent by the next one.
void TestNotices::sendsAgainWhatWasCutShort()
{
    const Shop shop;
    for (const int day : {13, 15})
        shop.signal(day);
    Listener silent("");
    {
        const auto engine = shop.openWithSource();
        QVERIFY(engine->notices().setWebhook(silent.url()));
        QVERIFY(engine->startNotices());
        QVERIFY(engine->poll("shop", {}));
        QCOMPARE(silent.requests(1).size(), 1U);
    }
    QCOMPARE(readNotices(shop.folder())->outbox.size(), 1U);
    Listener listener("200 OK");
    auto engine = shop.open();
    QVERIFY(engine);
    QVERIFY((*engine)->notices().setWebhook(listener.url()));
    QVERIFY((*engine)->startNotices());
    QVERIFY(listener.requests(1).at(0).find("\"kind\":\"gap\"") != std::string::npos);
    QTRY_VERIFY_WITH_TIMEOUT(readNotices(shop.folder())->outbox.empty(), kPatience);
    QCOMPARE(listener.requests(1).size(), 1U);
}

void TestNotices::testsTakeTheRealWay()
{
    const Shop shop;
    const auto engine = shop.openWithSource();
    NoticeDesk& desk = engine->notices();
    Listener listener("200 OK");
    const auto typed = desk.testWebhook(listener.url("/typed"), {});
    QVERIFY(typed && typed->ok);
    QVERIFY(!desk.testWebhook("", {})); // none is kept
    QVERIFY(desk.setWebhook(listener.url("/kept")));
    const auto kept = desk.testWebhook("", {});
    QVERIFY(kept && kept->ok);
    const auto requests = listener.requests(2);
    QVERIFY(requests[0].starts_with("POST /typed "));
    QVERIFY(requests[1].starts_with("POST /kept "));
    QVERIFY(requests[1].find("\"kind\":\"test\"") != std::string::npos);
    const Listener refusing("403 Forbidden");
    const auto refused = desk.testWebhook(refusing.url(), {});
    QVERIFY(refused && !refused->ok);
    const auto ran = desk.testCommand({"/bin/false"}, {});
    QVERIFY(ran && !ran->ok);
    QVERIFY(!desk.testCommand({"/no/such/program"}, {}));
    QVERIFY(!desk.setWebhook("ftp://example.org/"));
    QVERIFY(!desk.setCommand({"no-such-program"}));
}

void TestNotices::readersChangeNothing()
{
    const Shop shop;
    const auto writer = shop.openWithSource();
    auto reader = shop.open(OpenMode::Read);
    QVERIFY(reader);
    NoticeDesk& desk = (*reader)->notices();
    for (const Status& refused : {desk.setWebhook("http://localhost/"), desk.setCommand({"sh"}),
                                  desk.setMute({{}, true}), (*reader)->startNotices()}) {
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::WorkspaceBusy);
    }
    QVERIFY(writer->notices().setMute({{}, true}));
    QVERIFY(desk.targets()->mute.forGood);
}

void TestNotices::marksAreTakenBack()
{
    const Shop shop;
    for (const int day : {13, 15})
        shop.signal(day);
    shop.addRows(13, 1);
    const auto engine = shop.openWithSource();
    QVERIFY(engine->poll("shop", {}));
    const std::string before = states(*engine);
    QVERIFY(engine->signalDay("shop", june(14)));
    QVERIFY(states(*engine) != before);
    QVERIFY(engine->withdrawSignal("shop", june(14)));
    QCOMPARE(states(*engine), before);
    QCOMPARE(engine->withdrawSignal("shop", june(14)).error().code, ErrorCode::DayState);
    QVERIFY(engine->signalDay("shop", june(14)));
    QVERIFY(engine->import({}, {}));
    QCOMPARE(engine->withdrawSignal("shop", june(14)).error().code, ErrorCode::DayState);
}

// --- The watchdog --------------------------------------------------------------------------------

void TestNotices::missesArePatient()
{
    MissMeter meter;
    const WatchedSource due{"shop", true, 7, minutes(5)};
    for (int i = 0; i <= 30; ++i)
        QVERIFY(meter.look({&due, 1}, seconds(10), seconds(20)).empty());
    QCOMPARE(meter.look({&due, 1}, seconds(10), seconds(20)), std::vector<std::string>{"shop"});
    const WatchedSource polled{"shop", false, 8, minutes(5)};
    QVERIFY(meter.look({&polled, 1}, seconds(10), seconds(20)).empty());
    QVERIFY(meter.look({&due, 1}, seconds(10), seconds(20)).empty());
}

/// A night asleep is one step.
void TestNotices::aSuspendIsNoMiss()
{
    MissMeter meter;
    const WatchedSource due{"shop", true, 7, minutes(5)};
    QVERIFY(meter.look({&due, 1}, seconds(10), seconds(20)).empty());
    for (int i = 0; i < 10; ++i)
        QVERIFY(meter.look({&due, 1}, std::chrono::hours(8), seconds(20)).empty());
}

void TestNotices::aSignOfLifeBeginsAnew()
{
    MissMeter meter;
    WatchedSource due{"shop", true, 0, seconds(15)};
    for (int i = 0; i < 20; ++i) {
        ++due.signs;
        QVERIFY(meter.look({&due, 1}, seconds(10), seconds(20)).empty());
    }
    QVERIFY(meter.look({&due, 1}, seconds(10), seconds(20)).empty());
    QVERIFY(!meter.look({&due, 1}, seconds(10), seconds(20)).empty());
}

/// Nothing serves the queue here, although the workspace believes that a scheduler runs.
void TestNotices::theWatchdogBarks()
{
    const Shop shop;
    static_cast<void>(shop.openWithSource());
    EngineOptions options;
    options.workspace = shop.folder();
    options.clock = Clock::startingAt(kNow + std::chrono::days(1));
    auto workspace = Workspace::open(options);
    QVERIFY(workspace);
    (*workspace)->schedulerRuns = true;
    std::mutex mutex;
    std::map<std::string, std::string> told;
    const Watchdog watchdog(**workspace,
                            [&](const std::map<std::string, std::string>& words) {
                                const std::scoped_lock lock(mutex);
                                told = words;
                            },
                            {std::chrono::milliseconds(5), seconds(0)});
    const auto words = [&] {
        const std::scoped_lock lock(mutex);
        return told.contains("shop") ? told["shop"] : std::string();
    };
    QTRY_VERIFY_WITH_TIMEOUT(words().starts_with("shop "), kPatience);
    Event event;
    event.kind = EventKind::PollFinished;
    event.source = "shop";
    QVERIFY(
        (*workspace)
            ->ledger->sourceTable()
            .recordPoll((*workspace)->ledger->sourceTable().find("shop")->id,
                        {(*workspace)->clock.now(), {}, (*workspace)->clock.now() + minutes(60)}));
    (*workspace)->events->tell(event);
    QTRY_VERIFY_WITH_TIMEOUT(words().empty(), kPatience);
}

QTEST_GUILESS_MAIN(TestNotices)
#include "tst_notices.moc"
