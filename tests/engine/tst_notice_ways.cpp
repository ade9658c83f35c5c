// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// How notices leave the house: a webhook on a real port, and real programs.

#include "core/engine/notice_command.h"
#include "core/engine/webhook.h"

#include "listener.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace daymark;
using namespace daymark::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr seconds kPatience{30};

Notice gapNotice()
{
    Notice notice;
    notice.id = "0123";
    notice.kind = NoticeKind::Gap;
    notice.source = "shop \"eu\"";
    notice.days = {*parseDay("2022-06-14"), *parseDay("2022-06-15")};
    notice.at = *parseInstant("2022-06-17T10:00:00Z");
    notice.title = "shop: 2 new gaps";
    notice.words = "14 June is not signalled; rm -rf $HOME `id`";
    return notice;
}

} // namespace

class TestNoticeWays : public QObject
{
    Q_OBJECT

private slots:
    void readsAddresses_data();
    void readsAddresses();
    void postsJson();
    void saysWhatTheWebhookAnswered_data();
    void saysWhatTheWebhookAnswered();
    void aWebhookThatNeverAnswersIsGivenUp();
    void aStopEndsTheWait();
    void nobodyIsThere();
    void namesAProgram_data();
    void namesAProgram();
    void handsTheFactsOver();
    void handsNoSecretOn();
    void saysHowTheProgramEnded_data();
    void saysHowTheProgramEnded();
    void aProgramThatTakesTooLongIsEnded();
    void aLoudProgramIsCutShort();
    void writesNoticesAsJson();

private:
    [[nodiscard]] CommandAnswer shell(const char* script, milliseconds patience = kPatience) const;
    [[nodiscard]] QByteArray written(const char* name) const;

    QTemporaryDir m_folder;
};

CommandAnswer TestNoticeWays::shell(const char* script, milliseconds patience) const
{
    return runNoticeCommand({"/bin/sh", "-c", script}, gapNotice(), m_folder.path().toStdString(),
                            {}, patience);
}

QByteArray TestNoticeWays::written(const char* name) const
{
    QFile file(m_folder.filePath(QLatin1String(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("nothing");
}

void TestNoticeWays::readsAddresses_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("host");
    QTest::newRow("https") << "https://hooks.example.org/services/T0/secret?key=1"
                           << "https://hooks.example.org";
    QTest::newRow("a port, a user") << "http://me:pw@[::1]:8080/x"
                                    << "http://[::1]:8080";
    QTest::newRow("another scheme") << "file:///etc/passwd"
                                    << "";
    QTest::newRow("gopher") << "gopher://example.org/"
                            << "";
    QTest::newRow("no scheme") << "hooks.example.org"
                               << "";
    QTest::newRow("no host") << "https://"
                             << "";
    QTest::newRow("blanks") << "https://a b/"
                            << "";
    QTest::newRow("nothing") << ""
                             << "";
}

void TestNoticeWays::readsAddresses()
{
    QFETCH(QString, url);
    QFETCH(QString, host);
    QCOMPARE(QString::fromStdString(webhookHost(url.toStdString())), host);
    const Status fit = checkWebhook(url.toStdString());
    QCOMPARE(fit.has_value(), !host.isEmpty());
    if (!fit)
        QVERIFY(url.isEmpty() || !QString::fromStdString(fit.error().message).contains(url));
}

void TestNoticeWays::postsJson()
{
    Listener listener("204 No Content");
    const std::string json = noticeJson(gapNotice(), "work");
    const WebhookAnswer answer = postToWebhook(listener.url("/s3cret"), json, {}, kPatience);
    QVERIFY2(answer.ok, answer.words.c_str());
    QVERIFY(answer.words.find("s3cret") == std::string::npos);
    const std::string request = listener.requests(1).at(0);
    QVERIFY(request.starts_with("POST /s3cret HTTP/1.1\r\n"));
    QVERIFY(request.find("Content-Type: application/json\r\n") != std::string::npos);
    QVERIFY(request.ends_with("\r\n\r\n" + json));
}

void TestNoticeWays::saysWhatTheWebhookAnswered_data()
{
    QTest::addColumn<QString>("head");
    QTest::addColumn<QString>("words");
    QTest::addColumn<bool>("mayPass");
    QTest::newRow("refused") << "403 Forbidden"
                             << " answered 403." << false;
    QTest::newRow("not now") << "503 Service Unavailable"
                             << " answered 503." << true;
    QTest::newRow("too many") << "429 Too Many Requests"
                              << " answered 429." << true;
    QTest::newRow("moved") << "302 Found\r\nLocation: file:///etc/passwd"
                           << " answered 302. Redirects are not followed: enter the address that "
                              "it points to."
                           << false;
}

void TestNoticeWays::saysWhatTheWebhookAnswered()
{
    QFETCH(QString, head);
    QFETCH(QString, words);
    QFETCH(bool, mayPass);
    Listener listener(head.toStdString());
    const WebhookAnswer answer = postToWebhook(listener.url("/x"), "{}", {}, kPatience);
    QVERIFY(!answer.ok);
    QCOMPARE(answer.mayPass, mayPass);
    QCOMPARE(QString::fromStdString(answer.words),
             QStringLiteral("http://127.0.0.1:%1").arg(listener.port()) + words);
}

void TestNoticeWays::aWebhookThatNeverAnswersIsGivenUp()
{
    Listener listener("");
    const WebhookAnswer answer = postToWebhook(listener.url(), "{}", {}, milliseconds(200));
    QVERIFY(!answer.ok);
    QVERIFY(answer.mayPass);
    QVERIFY2(answer.words.find("did not answer in time") != std::string::npos,
             answer.words.c_str());
}

void TestNoticeWays::aStopEndsTheWait()
{
    Listener listener("");
    std::stop_source stop;
    const std::jthread stopper([&] {
        static_cast<void>(listener.requests(1));
        stop.request_stop();
    });
    const WebhookAnswer answer = postToWebhook(listener.url(), "{}", stop.get_token(), kPatience);
    QVERIFY2(answer.cancelled, answer.words.c_str());
}

void TestNoticeWays::nobodyIsThere()
{
    int port = 0;
    {
        const Listener listener("200 OK");
        port = listener.port();
    }
    const WebhookAnswer answer =
        postToWebhook("http://127.0.0.1:" + std::to_string(port) + "/", "{}", {}, kPatience);
    QVERIFY(!answer.ok);
    QVERIFY2(answer.words.find("could not be reached") != std::string::npos, answer.words.c_str());
}

void TestNoticeWays::namesAProgram_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<bool>("fits");
    QTest::newRow("a path") << "/bin/sh" << true;
    QTest::newRow("a name on PATH") << "sh" << true;
    QTest::newRow("nothing") << "" << false;
    QTest::newRow("no such file") << "/no/such/program" << false;
    QTest::newRow("a folder") << "/bin" << false;
    QTest::newRow("no program") << "/etc/passwd" << false;
    QTest::newRow("a relative path") << "bin/sh" << false;
    QTest::newRow("a name that is not on PATH") << "no-such-program" << false;
}

void TestNoticeWays::namesAProgram()
{
    QFETCH(QString, program);
    QFETCH(bool, fits);
    QCOMPARE(checkCommand({program.toStdString()}).has_value(), fits);
}

void TestNoticeWays::handsTheFactsOver()
{
    const CommandAnswer answer =
        shell("cat > in.json; printf '%s|' \"$DAYMARK_NOTICE_KIND\" \"$DAYMARK_NOTICE_ID\" "
              "\"$DAYMARK_NOTICE_SOURCE\" \"$DAYMARK_NOTICE_DAY\" \"$DAYMARK_NOTICE_DAYS\" "
              "\"$DAYMARK_NOTICE_AT\" \"$DAYMARK_NOTICE_TITLE\" \"$DAYMARK_NOTICE_MESSAGE\" "
              "> env");
    QVERIFY2(answer.ok, answer.words.c_str());
    QCOMPARE(answer.words, std::string("/bin/sh ended with 0."));
    QCOMPARE(written("env"), QByteArray("gap|0123|shop \"eu\"|2022-06-14|2022-06-14 2022-06-15|"
                                        "2022-06-17T10:00:00Z|shop: 2 new gaps|"
                                        "14 June is not signalled; rm -rf $HOME `id`|"));
    const std::string name = QFileInfo(m_folder.path()).fileName().toStdString();
    QCOMPARE(written("in.json").toStdString(), noticeJson(gapNotice(), name));
}

void TestNoticeWays::handsNoSecretOn()
{
    qputenv("DAYMARK_SECRET_SHOP", "hush");
    const CommandAnswer answer = shell("env > all; test -z \"$DAYMARK_SECRET_SHOP\"");
    qunsetenv("DAYMARK_SECRET_SHOP");
    QVERIFY2(answer.ok, answer.words.c_str());
    QVERIFY(!written("all").contains("hush"));
    QVERIFY(written("all").contains("PATH="));
}

void TestNoticeWays::saysHowTheProgramEnded_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QString>("words");
    QTest::newRow("with a code") << QByteArray("echo no such channel >&2; exit 3")
                                 << "/bin/sh ended with 3: no such channel";
    QTest::newRow("by a signal") << QByteArray("kill -9 $$") << "/bin/sh was ended by signal 9.";
    QTest::newRow("in silence") << QByteArray("exit 1") << "/bin/sh ended with 1.";
    QTest::newRow("and left another behind")
        << QByteArray("sleep 5 & exit 2") << "/bin/sh ended with 2.";
}

void TestNoticeWays::saysHowTheProgramEnded()
{
    QFETCH(QByteArray, script);
    QFETCH(QString, words);
    const CommandAnswer answer = shell(script.constData());
    QVERIFY(!answer.ok);
    QCOMPARE(QString::fromStdString(answer.words), words);
}

/// With all that it started, and though it doesn't want to.
void TestNoticeWays::aProgramThatTakesTooLongIsEnded()
{
    const CommandAnswer answer =
        shell("trap '' TERM; sleep 600 & while :; do wait; done", milliseconds(100));
    QVERIFY(!answer.ok);
    QCOMPARE(answer.words, std::string("/bin/sh was ended: it took longer than 1 s."));
}

void TestNoticeWays::aLoudProgramIsCutShort()
{
    const CommandAnswer answer = shell("yes noise | head -c 1000000; exit 1");
    QVERIFY(!answer.ok);
    QVERIFY(answer.words.size() < 500);
}

void TestNoticeWays::writesNoticesAsJson()
{
    Notice notice = gapNotice();
    QCOMPARE(noticeJson(notice, "work"),
             std::string("{\"id\":\"0123\",\"kind\":\"gap\",\"source\":\"shop \\\"eu\\\"\","
                         "\"day\":\"2022-06-14\",\"days\":[\"2022-06-14\",\"2022-06-15\"],"
                         "\"at\":\"2022-06-17T10:00:00Z\",\"title\":\"shop: 2 new gaps\","
                         "\"message\":\"14 June is not signalled; rm -rf $HOME `id`\","
                         "\"text\":\"shop: 2 new gaps\\n14 June is not signalled; rm -rf $HOME "
                         "`id`\",\"workspace\":\"work\"}"));
    notice.source.clear();
    notice.days.clear();
    notice.words = "\xff";
    QVERIFY(noticeJson(notice, "work").find("\"source\":null,\"day\":null,\"days\":[]") !=
            std::string::npos);
}

QTEST_GUILESS_MAIN(TestNoticeWays)
#include "tst_notice_ways.moc"
