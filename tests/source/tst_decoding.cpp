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
                 " FROM range(25000)");
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
    QCOMPARE(::waitpid(-1, nullptr, WNOHANG), -1);
    QCOMPARE(errno, ECHILD);
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
