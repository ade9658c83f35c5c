// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/decode_process.h"
#include "decoding_main.h"
#include "source_fixture.h"

#include <csignal>
#include <fstream>

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace daymark;
using namespace daymark::test;

namespace {

const std::string kDay = "2022-06-13";
const std::string kSilent = "exec sleep 1000"; ///< a decoder that never says anything

/// The processes whose parent is `parent`, by what the system says of it.
std::vector<pid_t> childrenOf(pid_t parent)
{
    std::vector<pid_t> children;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        std::ifstream file(entry.path() / "stat");
        std::string line;
        if (!std::getline(file, line))
            continue;
        char state = 0;
        pid_t of = 0;
        std::istringstream rest(line.substr(std::min(line.size(), line.rfind(')') + 1)));
        if (rest >> state >> of && of == parent && state != 'Z')
            children.push_back(static_cast<pid_t>(std::stol(line)));
    }
    return children;
}

/// Whether no child runs or is left that nobody has waited for.
bool isChildless() { return ::waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD; }

std::string manyRows(const std::string& rows)
{
    return "SELECT 'unit' || i AS unit_id, 'user_id' AS id_type, DATE '2022-06-13' AS date, 'm'"
           " AS metric_name, i::DOUBLE AS metric_value FROM range(" +
           rows + ") t(i)";
}

/// A day that was opened and whose first batch was read.
struct BegunDay
{
    std::unique_ptr<Source> source;
    std::unique_ptr<RowReader> reader;
    Batch batch;

    explicit BegunDay(const Folder& folder)
    {
        SourceConfig config = filesConfig(folder.path());
        source = std::move(*makeSource(config));
        const auto description = source->describe({});
        const auto schema =
            mapColumns(dataset(config.dataset), description->columns, config.columnMap);
        reader = std::move(*source->openDay(*parseDay(kDay), schema.mapping, {}));
        if (!*reader->read(batch, {}))
            std::abort();
    }

    /// Reads on; the error that ends it.
    Error end(const std::stop_token& stop = {})
    {
        while (true) {
            const Result<bool> more = reader->read(batch, stop);
            if (!more)
                return more.error();
            if (!*more)
                return {ErrorCode::Internal, "none", {}};
        }
    }
};

/// Limits for as long as this lives.
class Limits
{
public:
    explicit Limits(const DecodeLimits& limits) : m_before(decodeSettings())
    {
        DecodeSettings settings = m_before;
        settings.limits = limits;
        setDecodeSettings(settings);
    }
    Limits(const Limits&) = delete;
    Limits& operator=(const Limits&) = delete;
    ~Limits() { setDecodeSettings(m_before); }

private:
    DecodeSettings m_before;
};

/// Forgets the most memory that this process had so far.
void forgetPeak() { std::ofstream("/proc/self/clear_refs") << "5"; }

/// In KiB, since then.
long peakMemory()
{
    std::ifstream file("/proc/self/status");
    std::string word;
    long size = 0;
    while (file >> word) {
        if (word == "VmHWM:" && file >> size)
            return size;
    }
    return -1;
}

} // namespace

class TestDecoding : public QObject
{
    Q_OBJECT

private slots:
    void ended_data();
    void ended();
    void memory();
    void processorTime();
    void cancelled();
    void oneChildForAllFiles();
    void nothingIsLeft();
    void parentKilled();
    void manyTexts();
    void textFiles_data();
    void textFiles();
    void cutTexts_data();
    void cutTexts();
    void textChildKilled();
    void textMemory();
    void otherPrograms_data();
    void otherPrograms();
    void cancelledBeforeItAnswers();
    void noDecoder();
    void notForPeople();
};

void TestDecoding::ended_data()
{
    QTest::addColumn<int>("signal");
    QTest::addColumn<std::string>("code");
    QTest::addColumn<std::string>("words");
    const auto line = [](const char* name, int signal, std::string code, std::string words) {
        QTest::newRow(name) << signal << std::move(code) << std::move(words);
    };
    line("killed", SIGKILL, "source.disconnected", "from outside by signal 9 (SIGKILL)");
    line("asked to end", SIGTERM, "source.disconnected", "from outside by signal 15 (SIGTERM)");
    line("over its time", SIGXCPU, "source.limit", "the limit on processor time");
    line("over the size of files", SIGXFSZ, "source.limit", "the limit on file size");
    if (!kIsSanitized) // which catch these
        line("crashed", SIGSEGV, "source.damaged", "crashed by signal 11 (SIGSEGV)");
    line("given up", SIGABRT, "source.damaged",
         kIsSanitized ? "Decoding" : "crashed by signal 6 (SIGABRT)");
}

void TestDecoding::ended()
{
    QFETCH(int, signal);
    QFETCH(std::string, code);
    QFETCH(std::string, words);
    const Folder folder;
    writeParquet(folder, "metrics/2022-06-13/a.parquet", manyRows("40000"));
    BegunDay day(folder);
    const std::vector<pid_t> children = childrenOf(::getpid());
    QCOMPARE(children.size(), std::size_t{1});
    ::kill(children.front(), signal);
    const Error error = day.end();
    QCOMPARE(std::string(errorName(error.code)), code);
    QVERIFY2(error.message.find(words) != std::string::npos, error.message.c_str());
    QVERIFY(error.message.find("a.parquet") != std::string::npos);
    QVERIFY(!error.hint.empty());
    QCOMPARE(std::string(errorName(day.end().code)), code); // and stays so
    QCOMPARE(readDay(filesConfig(folder.path()), kDay).rows.size(), std::size_t{40'000});
}

/// A small file of one text that takes 100 MB.
void TestDecoding::memory()
{
    if (kIsSanitized)
        QSKIP("The sanitizers claim the address space for themselves.");
    const Folder folder;
    writeParquet(folder, "x/a.parquet",
                 "SELECT repeat('x', 100000000) AS unit_id, 'user_id' AS id_type,"
                 " DATE '2022-06-13' AS date, 'm' AS metric_name, 1.0::DOUBLE AS metric_value");
    std::filesystem::create_directories(folder.path("metrics"));
    std::filesystem::rename(folder.path("x"), folder.path("metrics/2022-06-13"));
    QVERIFY(std::filesystem::file_size(folder.path("metrics/2022-06-13/a.parquet")) < 200'000);
    DecodeLimits limits;
    limits.memory = 96UL << 20U;
    forgetPeak();
    const long before = peakMemory();
    {
        const Limits low(limits);
        const DayRead read = readDay(filesConfig(folder.path()), kDay);
        QCOMPARE(read.errorText(), std::string("source.limit"));
        QVERIFY2(read.error->message.find("the limit on memory") != std::string::npos,
                 read.error->message.c_str());
    }
    QVERIFY2(peakMemory() < before + (32L << 10U), std::to_string(peakMemory() - before).c_str());
    QCOMPARE(readDay(filesConfig(folder.path()), kDay).rows.size(), std::size_t{1});
}

void TestDecoding::processorTime()
{
    const Folder folder;
    writeParquet(folder, "metrics/2022-06-13/a.parquet",
                 "SELECT list_transform(range(2000), x -> 7) AS unit_id, 'user_id' AS id_type,"
                 " DATE '2022-06-13' AS date, 'm' AS metric_name, 1.0::DOUBLE AS metric_value"
                 " FROM range(50000)");
    DecodeLimits limits;
    limits.processorTime = std::chrono::seconds(0);
    limits.bytesPerSecond = 1UL << 40U;
    const Limits low(limits);
    const DayRead read = readDay(filesConfig(folder.path()), kDay, {3});
    QCOMPARE(read.errorText(), std::string("source.limit"));
    QVERIFY2(read.error->message.find("the limit on processor time") != std::string::npos,
             read.error->message.c_str());
}

void TestDecoding::cancelled()
{
    const Folder folder;
    writeParquet(folder, "metrics/2022-06-13/a.parquet", manyRows("40000"));
    BegunDay day(folder);
    ::kill(childrenOf(::getpid()).at(0), SIGSTOP); // nothing comes any more
    std::stop_source stop;
    std::jthread asking([&] {
        ::poll(nullptr, 0, 20);
        stop.request_stop();
    });
    QCOMPARE(std::string(errorName(day.end(stop.get_token()).code)), std::string("run.cancelled"));
    QVERIFY(childrenOf(::getpid()).empty());
}

void TestDecoding::oneChildForAllFiles()
{
    const Folder folder;
    for (int i = 0; i < 70; ++i) // more than a database sees
        writeParquet(folder, "metrics/2022-06-13/" + std::to_string(i) + ".parquet",
                     manyRows(std::to_string(i % 3)) + " WHERE i >= 0");
    writeParquet(folder, "metrics/2022-06-13/z.parquet", manyRows("50000"));
    BegunDay day(folder);
    const std::vector<pid_t> first = childrenOf(::getpid());
    QCOMPARE(first.size(), std::size_t{1});
    std::size_t rows = day.batch.rows;
    while (*day.reader->read(day.batch, {})) {
        rows += day.batch.rows;
        QVERIFY(childrenOf(::getpid()) == first);
    }
    QCOMPARE(rows, std::size_t{50'069});
}

void TestDecoding::nothingIsLeft()
{
    const Folder folder;
    writeParquet(folder, "metrics/2022-06-13/a.parquet", manyRows("40000"));
    {
        const BegunDay day(folder);
        QCOMPARE(childrenOf(::getpid()).size(), std::size_t{1});
    }
    QVERIFY(childrenOf(::getpid()).empty());
    QVERIFY(isChildless());
}

/// A process that is killed while its child waits takes the child with it.
void TestDecoding::parentKilled()
{
    const Folder folder;
    writeParquet(folder, "metrics/2022-06-13/a.parquet", manyRows("40000"));
    int ends[2];
    QCOMPARE(::pipe(ends), 0);
    const pid_t middle = ::fork();
    if (middle == 0) {
        const BegunDay day(folder);
        const pid_t child = childrenOf(::getpid()).at(0);
        (void)::write(ends[1], &child, sizeof child);
        ::pause();
    }
    pid_t child = 0;
    QCOMPARE(::read(ends[0], &child, sizeof child), static_cast<ssize_t>(sizeof child));
    ::kill(middle, SIGKILL);
    ::waitpid(middle, nullptr, 0);
    const auto isGone = [child] {
        std::ifstream file("/proc/" + std::to_string(child) + "/stat");
        std::string line;
        return !std::getline(file, line) || line.find(") Z ") != std::string::npos;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isGone(), 30'000);
    ::close(ends[0]);
    ::close(ends[1]);
}

/// Rows whose texts don't fit into a batch in their usual number.
void TestDecoding::manyTexts()
{
    const Folder folder;
    writeParquet(folder, "metrics/2022-06-13/a.parquet",
                 "SELECT i || repeat('u', (i % 7) * 30000) AS unit_id, 'user_id' AS id_type,"
                 " DATE '2022-06-13' AS date, repeat('m', (i % 5) * 20000) AS metric_name,"
                 " CASE WHEN i % 3 > 0 THEN i END AS metric_value FROM range(1500) t(i)");
    const DayRead read = readDay(filesConfig(folder.path()), kDay);
    QCOMPARE(read.errorText(), std::string("none"));
    QCOMPARE(read.rows.size(), std::size_t{1'500});
    for (std::size_t i = 0; i < read.rows.size(); ++i) {
        const std::string number = std::to_string(i);
        QVERIFY(read.rows[i] ==
                std::to_string(i + 1) + ":" + number + std::string((i % 7) * 30'000, 'u') + "," +
                    std::string((i % 5) * 20'000, 'm') + "," + (i % 3 > 0 ? number : "-"));
    }
}

void TestDecoding::textFiles_data()
{
    QTest::addColumn<bool>("json");
    QTest::newRow("CSV") << false;
    QTest::newRow("JSON lines") << true;
}

/// Text is decoded by a child as well: broken lines, their numbers and long cells come through, in
/// the order of the file, whatever a batch has room for.
void TestDecoding::textFiles()
{
    QFETCH(bool, json);
    const Folder folder;
    std::string text = json ? "" : "unit_id,id_type,date,metric_name,metric_value\n";
    const auto line = [json](const std::string& unit, int value) {
        const std::string number = std::to_string(value);
        return json ? R"({"unit_id":")" + unit +
                          R"(","id_type":"user_id","date":"2022-06-13","metric_name":"m",)"
                          R"("metric_value":)" +
                          number + "}\n"
                    : unit + ",user_id,2022-06-13,m," + number + "\n";
    };
    const int first = json ? 1 : 2; // the first row's line
    std::vector<std::string> rows;
    std::vector<std::string> broken;
    for (int i = 0; i < 30'000; ++i) {
        const std::string number = std::to_string(first + i);
        const bool isBroken = i >= 5'000 && i < 15'000;
        const std::string tail(i % 1'000 == 0 ? 90'000 : 0, 'x');
        const std::string unit = "u" + std::to_string(i) + tail;
        text += isBroken ? "no row {\n" : line(unit, i);
        if (isBroken)
            broken.push_back(number + ":no row {");
        else
            rows.push_back(number + ":" + std::to_string(i) + "," + unit + ",m");
    }
    folder.write(json ? "metrics/2022-06-13/a.jsonl" : "metrics/2022-06-13/a.csv", text);
    BegunDay day(folder);
    QCOMPARE(childrenOf(::getpid()).size(), std::size_t{1});
    std::vector<std::string> readRows;
    std::vector<std::string> readBroken;
    do {
        const auto& columns = day.batch.columns;
        for (std::size_t i = 0; i < day.batch.rows; ++i)
            readRows.push_back(std::to_string(day.batch.rowNumbers[i]) + ":" +
                               formatCell(columns[metrics::Value][i]) + "," +
                               formatCell(columns[metrics::UnitId][i]) + "," +
                               formatCell(columns[metrics::MetricName][i]));
        for (const BrokenRow& row : day.batch.broken)
            readBroken.push_back(std::to_string(row.number) + ":" + row.text);
    } while (*day.reader->read(day.batch, {}));
    QVERIFY(readRows == rows);
    QVERIFY(readBroken == broken);
    QCOMPARE(day.reader->fraction().value_or(0), 1.0);
}

void TestDecoding::cutTexts_data()
{
    QTest::addColumn<std::string>("name");
    QTest::newRow("CSV") << std::string("a.csv");
    QTest::newRow("JSON lines") << std::string("a.jsonl");
    QTest::newRow("Parquet") << std::string("a.parquet");
}

/// What is left of a text that is too long is no number.
void TestDecoding::cutTexts()
{
    QFETCH(std::string, name);
    const Folder folder;
    const std::string value = "5" + std::string(3'000'000, ' ') + "junk";
    const std::string file = "metrics/2022-06-13/" + name;
    if (name == "a.csv")
        folder.write(file, "unit_id,id_type,date,metric_name,metric_value\nu,a,2022-06-13,m,\"" +
                               value + "\"\n");
    else if (name == "a.jsonl")
        folder.write(file, R"({"unit_id":"u","id_type":"a","date":"2022-06-13","metric_name":"m",)"
                           R"("metric_value":")" +
                               value + "\"}\n");
    else
        writeParquet(folder, file,
                     "SELECT 'u' AS unit_id, 'a' AS id_type, DATE '2022-06-13' AS date, 'm' AS"
                     " metric_name, '5' || repeat(' ', 3000000) || 'junk' AS metric_value");
    const DayRead read = readDay(filesConfig(folder.path()), kDay);
    QCOMPARE(read.errorText(), std::string("none"));
    QCOMPARE(read.rows.size(), std::size_t{1});
    const std::size_t end = read.rows[0].rfind(' ');
    QVERIFY2(end != std::string::npos, read.rows[0].substr(0, 60).c_str());
    QCOMPARE(read.rows[0].substr(end + 1), std::string(1, '\0'));
}

void TestDecoding::textChildKilled()
{
    const Folder folder;
    std::string text = "unit_id,id_type,date,metric_name,metric_value\n";
    for (int i = 0; i < 300'000; ++i)
        text += "u" + std::to_string(i) + ",user_id,2022-06-13,m,1\n";
    folder.write("metrics/2022-06-13/a.csv", text);
    BegunDay day(folder);
    const std::vector<pid_t> children = childrenOf(::getpid());
    QCOMPARE(children.size(), std::size_t{1});
    ::kill(children[0], SIGKILL);
    QCOMPARE(std::string(errorName(day.end().code)), std::string("source.disconnected"));
}

/// A cell of 40 MB where less is allowed.
void TestDecoding::textMemory()
{
    if (kIsSanitized)
        QSKIP("The sanitizers claim the address space for themselves.");
    const Folder folder;
    folder.write("metrics/2022-06-13/a.csv", "unit_id,id_type,date,metric_name,metric_value\n" +
                                                 std::string(40'000'000, 'u') +
                                                 ",user_id,2022-06-13,m,1\n");
    DecodeLimits limits;
    limits.memory = 40UL << 20U;
    const Limits low(limits);
    const DayRead read = readDay(filesConfig(folder.path()), kDay);
    QCOMPARE(read.errorText(), std::string("source.limit"));
    QVERIFY2(read.error->message.find("a.csv met the limit on memory") != std::string::npos,
             read.error->message.c_str());
}

void TestDecoding::otherPrograms_data()
{
    QTest::addColumn<std::string>("script");
    QTest::addColumn<std::string>("code");
    const auto line = [](const char* name, std::string script, std::string code) {
        QTest::newRow(name) << std::move(script) << std::move(code);
    };
    line("garbage", "head -c 100000 /dev/urandom >&3", "source.damaged");
    line("zeros", "head -c 100000 /dev/zero >&3", "source.damaged");
    line("garbage, and it stays",
         R"(printf '\377\377\377\377\377\377\377\377' >&3; exec sleep 1000)", "source.damaged");
    line("half a message", R"(printf '\4\0\0\0\377\0\0\0abc' >&3)", "source.damaged");
    // Two at a time, where one is expected; and never a whole message at once.
    line("descriptors",
         "exec python3 -c 'import array, socket\n"
         "own = socket.socket(fileno=3)\n"
         "while True: own.sendmsg([b\"\\xff\"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS,"
         " array.array(\"i\", [0, 1]))])'",
         "source.damaged");
    line("silence", kSilent, "source.timeout");
    line("ended at once", "exit 7", "source.damaged");
    line("not loaded", "exit 127", "source.busy");
    line("ended by itself", "kill -KILL $$", "source.disconnected");
}

/// The parent's own descriptors, and those of its children that nobody has waited for.
std::pair<std::size_t, std::vector<pid_t>> held()
{
    std::size_t open = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/fd"))
        ++open;
    return {open, childrenOf(::getpid())};
}

/// A program in place of the decoder that the parent can rely on for nothing. It starts no other
/// that would outlive it.
class Pretender
{
public:
    Pretender(const Folder& folder, const std::string& script, std::chrono::seconds silence)
        : m_before(decodeSettings())
    {
        folder.write("decoder", "#!/bin/sh\n" + script + "\n");
        DecodeSettings settings = m_before;
        settings.program = folder.path("decoder");
        settings.limits.silence = silence;
        std::filesystem::permissions(settings.program, std::filesystem::perms::owner_all);
        setDecodeSettings(settings);
    }
    Pretender(const Pretender&) = delete;
    Pretender& operator=(const Pretender&) = delete;
    ~Pretender() { setDecodeSettings(m_before); }

private:
    DecodeSettings m_before;
};

void TestDecoding::otherPrograms()
{
    QFETCH(std::string, script);
    QFETCH(std::string, code);
    const Folder folder;
    folder.write("metrics/2022-06-13/a.csv", "unit_id,id_type,date,metric_name,metric_value\n"
                                             "u,user_id,2022-06-13,m,1\n");
    const auto before = held();
    {
        const Folder programs;
        const std::chrono::seconds silence(script == kSilent ? 0 : 60);
        const Pretender pretender(programs, script, silence);
        for (int i = 0; i < 5; ++i) {
            const DayRead read = readDay(filesConfig(folder.path()), kDay);
            QCOMPARE(read.errorText(), code);
            QVERIFY(read.rows.empty());
            QVERIFY2(read.error->message.find("a.csv") != std::string::npos,
                     read.error->message.c_str());
            QVERIFY(!read.error->hint.empty());
        }
    }
    QVERIFY(held() == before);
    QVERIFY(isChildless());
    QCOMPARE(readDay(filesConfig(folder.path()), kDay).rows.size(), std::size_t{1});
}

/// A decoder that never says anything holds nobody up who does not want to wait.
void TestDecoding::cancelledBeforeItAnswers()
{
    const Folder folder;
    folder.write("metrics/2022-06-13/a.csv", "unit_id,id_type,date,metric_name,metric_value\n"
                                             "u,user_id,2022-06-13,m,1\n");
    const Folder programs;
    const Pretender pretender(programs, kSilent, std::chrono::seconds(60));
    std::stop_source stop;
    std::jthread asking([&] {
        while (childrenOf(::getpid()).empty())
            ::poll(nullptr, 0, 1);
        stop.request_stop();
    });
    SourceConfig config = filesConfig(folder.path());
    const auto source = makeSource(config);
    QVERIFY(source);
    const auto description = (*source)->describe(stop.get_token());
    QVERIFY(!description);
    QCOMPARE(std::string(errorName(description.error().code)), std::string("run.cancelled"));
    QVERIFY(childrenOf(::getpid()).empty());
}

void TestDecoding::noDecoder()
{
    const Folder folder;
    writeParquet(folder, "metrics/2022-06-13/a.parquet", manyRows("10"));
    const DecodeSettings before = decodeSettings();
    setDecodeSettings({});
    QCOMPARE(readDay(filesConfig(folder.path()), kDay).errorText(), std::string("internal"));
    setDecodeSettings({"/nonexistent/program", {}});
    QCOMPARE(readDay(filesConfig(folder.path()), kDay).errorText(), std::string("source.busy"));
    setDecodeSettings({"/bin/false", {}});
    QCOMPARE(readDay(filesConfig(folder.path()), kDay).errorText(), std::string("source.damaged"));
    setDecodeSettings(before);
}

/// Nobody comes to harm who starts a child by hand.
void TestDecoding::notForPeople()
{
    const std::string own = std::filesystem::read_symlink("/proc/self/exe").string();
    const int code = std::system((own + " " + kDecodeArgument + " 1 1 3<&- 2>/dev/null").c_str());
    QVERIFY(WIFEXITED(code));
    QCOMPARE(WEXITSTATUS(code), kDecodeNoParent);
}

DAYMARK_DECODING_TEST_MAIN(TestDecoding)
#include "tst_decoding.moc"
