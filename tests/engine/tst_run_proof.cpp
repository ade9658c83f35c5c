// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Proofs of runs: what they hold, what they must not hold, and files that are none.

#include "core/base/sha256.h"
#include "core/engine/run_proof.h"
#include "shop.h"

#include <QTest>

#include <fstream>
#include <sstream>

#include <sys/stat.h>

using namespace daymark;
using namespace daymark::test;

namespace {

std::string contentOf(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream content;
    content << stream.rdbuf();
    return content.str();
}

void write(const std::filesystem::path& file, const std::string& content)
{
    std::ofstream(file, std::ios::binary) << content;
}

/// A proof with any body: its head fits.
std::string sealed(const std::string& body, int version = 1)
{
    return "{\"daymark_run\":" + std::to_string(version) +
           ",\"bytes\":" + std::to_string(body.size()) + ",\"sha256\":\"" + sha256Of(body) +
           "\"}\n" + body;
}

/// A shop whose rows, settings and history are full of values that must not leave it.
class Canaries
{
public:
    Canaries()
    {
        qputenv("DAYMARK_SECRET_SHOP", "canary-secret");
        shop.addRows(13, 98);
        shop.execute("INSERT INTO statsig_user_metrics VALUES "
                     "('canary-unit', 'user_id', '2022-06-13', 'canary-uuid-1', 'canary-metric', "
                     "'canary-value', NULL, NULL), "
                     "('canary-unit', 'canary-type', '2022-06-13', 'canary-uuid-2', "
                     "'canary-metric', 5, NULL, NULL)");
        shop.addRows(14, 3, 3);
        for (const int day : {13, 14})
            shop.signal(day);
        SourceSettings settings;
        settings.tolerancePercent = 5;
        engine = shop.openWithSource(settings);
        if (const auto report = engine->import({}, {}); !report || report->runs.size() != 2)
            qFatal("the runs are missing");
    }
    ~Canaries() { qunsetenv("DAYMARK_SECRET_SHOP"); }

    [[nodiscard]] std::filesystem::path file(const char* name) const
    {
        return shop.folder().parent_path() / name;
    }

    const Shop shop;
    std::unique_ptr<Engine> engine;
};

} // namespace

class TestRunProof : public QObject
{
    Q_OBJECT

private slots:
    void holdsWhatTheRunWas();
    void holdsAFailedRun();
    void holdsNoSecretsAndNoValues();
    void everyChangedByteIsNoticed();
    void refusesWhatIsNone_data();
    void refusesWhatIsNone();
    void refusesStrangePlaces();
};

void TestRunProof::holdsWhatTheRunWas()
{
    const Canaries here;
    const auto file = here.file("run.daymark-run");
    QVERIFY(exportRun(*here.engine, RunId{1}, file));
    const auto proof = readRunProof(file);
    QVERIFY2(proof, proof ? "" : proof.error().message.c_str());
    QCOMPARE(proof->run, RunId{1});
    QCOMPARE(proof->source, std::string("shop"));
    QCOMPARE(proof->day, june(13));
    QCOMPARE(proof->state, std::string("imported"));
    QCOMPARE(proof->rowsRead, 100U);
    QCOMPARE(proof->accepted, 98U);
    QCOMPARE(proof->rejected, 2U);
    QCOMPARE(proof->actor, std::string("tester"));
    const auto story = here.engine->dayStory("shop", june(13));
    QVERIFY(proof->files == story->runs.front().files);
    QCOMPARE(proof->fingerprint, story->runs.front().fingerprint);
    QCOMPARE(proof->rules.size(), story->runs.front().run.rules.size());
    QVERIFY(!proof->rules.front().meaning.empty());
    const auto setting = [&](const std::string& name) {
        for (const auto& [key, value] : proof->settings)
            if (key == name)
                return value;
        return std::string("missing");
    };
    QCOMPARE(setting("kind"), std::string("sqlite"));
    QCOMPARE(setting("uri"), here.shop.database());
    QCOMPARE(setting("tolerance"), std::string("5"));
    // The calendar that led to it: both days announced, nothing landed yet.
    QCOMPARE(proof->plan.today, june(17));
    QVERIFY(!proof->plan.frontier);
    QCOMPARE(proof->plan.nextDay.value(), june(13));
    std::string states;
    for (const ProofDay& day : proof->plan.days)
        states += (states.empty() ? "" : " ") + day.state;
    QCOMPARE(states, std::string("ready queued awaiting awaiting awaiting"));
    QCOMPARE(exportRun(*here.engine, RunId{77}, file).error().code, ErrorCode::RunUnknown);
}

void TestRunProof::holdsAFailedRun()
{
    const Canaries here;
    const auto file = here.file("run.daymark-run");
    QVERIFY(exportRun(*here.engine, RunId{2}, file));
    const auto proof = readRunProof(file);
    QVERIFY(proof);
    QCOMPARE(proof->state, std::string("failed"));
    QCOMPARE(proof->errorCode.value_or(""), std::string("day.tolerance"));
    QVERIFY(proof->errorMessage.find("3 of 6 rows") != std::string::npos);
    QVERIFY(proof->files.empty() && proof->fingerprint.empty());
    QCOMPARE(proof->plan.frontier.value(), june(13));
}

void TestRunProof::holdsNoSecretsAndNoValues()
{
    const Canaries here;
    for (const int run : {1, 2}) {
        const auto file = here.file("run.daymark-run");
        QVERIFY(exportRun(*here.engine, RunId{run}, file));
        const std::string content = contentOf(file);
        const std::size_t at = content.find("canary");
        QVERIFY2(at == std::string::npos, content.substr(std::min(at, content.size()), 60).c_str());
    }
    QVERIFY(exportRun(*here.engine, RunId{1}, here.file("one.daymark-run")));
    const auto proof = readRunProof(here.file("one.daymark-run"));
    QVERIFY(proof);
    std::string shapes;
    for (const ProofRule& rule : proof->rules)
        for (const RuleExample& example : rule.examples)
            shapes += rule.code + '=' + example.value + ' ';
    QVERIFY2(shapes.find("value.not_a_number=aaaaaa-aaaaa ") != std::string::npos, shapes.c_str());
}

void TestRunProof::everyChangedByteIsNoticed()
{
    const Canaries here;
    const auto file = here.file("run.daymark-run");
    QVERIFY(exportRun(*here.engine, RunId{1}, file));
    const std::string whole = contentOf(file);
    const auto broken = here.file("broken.daymark-run");
    for (std::size_t at = 0; at < whole.size(); at += at < 200 ? 1 : 97) {
        std::string content = whole;
        content[at] = static_cast<char>(content[at] ^ 1);
        write(broken, content);
        QVERIFY2(!readRunProof(broken), std::to_string(at).c_str());
        write(broken, whole.substr(0, at));
        QVERIFY2(!readRunProof(broken), std::to_string(at).c_str());
    }
    write(broken, whole + " ");
    QCOMPARE(readRunProof(broken).error().code, ErrorCode::StorageDamaged);
    std::string changed = whole;
    changed[whole.size() / 2] ^= 1;
    write(broken, changed);
    const auto refused = readRunProof(broken);
    QCOMPARE(refused.error().code, ErrorCode::StorageDamaged);
    QVERIFY(refused.error().message.find("broken.daymark-run") != std::string::npos);
    QVERIFY(!refused.error().hint.empty());
}

void TestRunProof::refusesWhatIsNone_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("code");
    const auto none = static_cast<int>(ErrorCode::UsageInvalid);
    const auto row = [](const char* name, const std::string& content, int code) {
        QTest::newRow(name) << QByteArray::fromStdString(content) << code;
    };
    row("empty", "", none);
    row("no JSON", "hello\n", none);
    row("other JSON", "{}\n{}", none);
    row("a list", "[1]\n", none);
    row("a newer one", sealed("{}", 2), static_cast<int>(ErrorCode::WorkspaceNewer));
    row("a newer one whose head has more", "{\"daymark_run\":9,\"x\":{}}\n",
        static_cast<int>(ErrorCode::WorkspaceNewer));
    row("an empty body", sealed(""), none);
    row("an object without anything", sealed("{}"), none);
    row("a list as body", sealed("[]"), none);
    row("a head of wrong types", "{\"daymark_run\":1,\"bytes\":\"x\",\"sha256\":1}\n", none);
    row("no sum", "{\"daymark_run\":1,\"bytes\":0}\n", none);
    row("a number out of range", "{\"daymark_run\":1e99}\n", none);
    row("deep lists", sealed(std::string(2'000'000, '[')), none);
    row("deep objects", sealed([] {
            std::string body;
            for (int i = 0; i < 100'000; ++i)
                body += "{\"a\":";
            return body;
        }()),
        none);
    row("a deep head", std::string(300, '[') + "\n", none);
    row("a long first line", std::string(100'000, 'x') + "\n", none);
    row("zeros", std::string(4096, '\0'), none);
    row("not UTF-8", sealed("{\"run\":\"\xff\xfe\"}"), none);
    row("too long", std::string(5 * 1024 * 1024, ' '), none);
}

void TestRunProof::refusesWhatIsNone()
{
    QFETCH(QByteArray, content);
    QFETCH(int, code);
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("x.daymark-run").toStdString();
    write(file, content.toStdString());
    const auto proof = readRunProof(file);
    QVERIFY(!proof);
    QCOMPARE(static_cast<int>(proof.error().code), code);
    QVERIFY(!proof.error().hint.empty());
}

void TestRunProof::refusesStrangePlaces()
{
    const QTemporaryDir folder;
    QVERIFY(!readRunProof(folder.path().toStdString()));
    QVERIFY(!readRunProof(folder.filePath("missing").toStdString()));
    const std::string pipe = folder.filePath("pipe").toStdString();
    QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
    QVERIFY(!readRunProof(pipe));
    QVERIFY(!readRunProof("/dev/zero"));
}

QTEST_APPLESS_MAIN(TestRunProof)

#include "tst_run_proof.moc"
