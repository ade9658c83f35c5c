// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The window answers while days are imported and while a source hangs. DAYMARK_BENCH_ROWS=5000000
// imports as many rows; the suite's own number is smaller.

#include "latency.h"
#include "window_bench.h"

#include "ui/calendar/calendar_page.h"
#include "ui/calendar/day_actions.h"
#include "ui/sources/source_actions.h"
#include "ui/sources/sources_page.h"

#include <QAction>
#include <QEventLoop>
#include <QSignalSpy>

#include <sqlite3.h>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace daymark;
using namespace daymark::ui;

namespace {

constexpr const char* kNow = "2026-06-17T10:00:00Z";
constexpr int kPatience = 600'000;  // milliseconds
constexpr double kMostWait = 100;   // milliseconds, for 99 of 100 moments
constexpr std::size_t kBeats = 400; // of a source that hangs

qint64 rowsWanted()
{
    const qint64 rows = qEnvironmentVariable("DAYMARK_BENCH_ROWS").toLongLong();
    return rows > 0 ? rows : 300'000;
}

/// Runs the event loop itself until then: the waiting of tests sleeps between its looks.
bool runUntil(const std::function<bool()>& done)
{
    QEventLoop loop;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (done())
            loop.quit();
    });
    QTimer::singleShot(kPatience, &loop, &QEventLoop::quit);
    look.start(20);
    loop.exec();
    return done();
}

/// A database with two finished days of so many rows together.
void writeDatabase(const QString& file, qint64 rows)
{
    sqlite3* database = nullptr;
    const std::string sql =
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
        "CREATE TABLE statsig_user_metrics (unit_id TEXT, id_type TEXT, date TEXT, timeuuid TEXT, "
        "metric_name TEXT, metric_value REAL, numerator REAL, denominator REAL);"
        "CREATE TABLE statsig_user_metrics_signal (finished_date TEXT);"
        "INSERT INTO statsig_user_metrics_signal VALUES ('2026-06-14'), ('2026-06-15');"
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
        std::to_string(rows) +
        ") INSERT INTO statsig_user_metrics SELECT 'user-' || (i / 20), 'user_id', "
        "'2026-06-1' || (4 + i % 2), NULL, 'metric_' || (i % 20), i % 1000, NULL, NULL FROM n";
    if (sqlite3_open(file.toUtf8().constData(), &database) != SQLITE_OK ||
        sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        qFatal("%s", sqlite3_errmsg(database));
    sqlite3_close(database);
}

/// A port of this machine that takes connections and never says a word; at first it refuses them.
class SilentPort
{
public:
    SilentPort()
    {
        m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(m_socket, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
            ::getsockname(m_socket, reinterpret_cast<sockaddr*>(&address), &size) != 0)
            qFatal("no port");
        m_port = ntohs(address.sin_port);
    }
    SilentPort(const SilentPort&) = delete;
    SilentPort& operator=(const SilentPort&) = delete;
    ~SilentPort() { ::close(m_socket); }

    void listen() const { ::listen(m_socket, 64); }
    [[nodiscard]] int port() const { return m_port; }

private:
    int m_socket = -1;
    int m_port = 0;
};

} // namespace

class TestResponsive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void percentilesCountByLength();
    void whileRowsAreImported();
    void whileASourceHangs();

private:
    void addSource(const char* kind, const std::string& uri) const;
    void open();
    void turnPages();
    void judge(const LatencyMeter& meter) const;

    std::unique_ptr<WindowBench> m_bench;
    MainWindow* m_window = nullptr;
    int m_page = 0;
};

void TestResponsive::initTestCase()
{
    QCoreApplication::setOrganizationName(QStringLiteral("daymark-test"));
    QCoreApplication::setApplicationName(QStringLiteral("tst_responsive"));
}

void TestResponsive::init() { m_bench = std::make_unique<WindowBench>(kNow); }

void TestResponsive::cleanup() { m_bench.reset(); }

void TestResponsive::addSource(const char* kind, const std::string& uri) const
{
    SourceSettings settings;
    settings.uri = uri;
    const auto added = m_bench->engine()->addSource("shop", kind, "metrics", settings, {});
    QVERIFY2(added, added ? "" : added.error().message.c_str());
}

void TestResponsive::open()
{
    m_window = &m_bench->open();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->calendarPage().isLoaded(), kPatience);
}

/// As a person would who looks around meanwhile.
void TestResponsive::turnPages()
{
    m_page = (m_page + 1) % MainWindow::Pages;
    m_window->showPage(MainWindow::Page(m_page));
}

void TestResponsive::judge(const LatencyMeter& meter) const
{
    const double own = meter.own().percentile(0.99, LatencyMeter::kBeat);
    const QString words =
        QStringLiteral("99 of 100 moments wait up to %1 ms (worst %2 ms, %3 beats); with the load "
                       "of the machine %4 ms (worst %5 ms)")
            .arg(own, 0, 'f', 1)
            .arg(meter.own().worst(), 0, 'f', 1)
            .arg(meter.own().count())
            .arg(meter.all().percentile(0.99, LatencyMeter::kBeat), 0, 'f', 1)
            .arg(meter.all().worst(), 0, 'f', 1);
    qInfo("%s", qPrintable(words));
    if (!processorWait())
        QSKIP("The kernel does not say what is the load's doing.");
    // Where others keep the processors busy, the thread's own work takes longer, too.
    const bool crowded = meter.all().percentile(0.99, LatencyMeter::kBeat) > 2 * own;
    QVERIFY2(own < (crowded ? 2 * kMostWait : kMostWait), qPrintable(words));
}

void TestResponsive::percentilesCountByLength()
{
    Delays delays;
    for (int i = 0; i < 99; ++i)
        delays.add(0);
    delays.add(1000); // two thirds of all moments are in it
    QVERIFY(delays.percentile(0.99, 5) > 980);
    QVERIFY(delays.percentile(0.5, 5) > 200);
    Delays even;
    for (int i = 0; i < 1000; ++i)
        even.add(2);
    QVERIFY(even.percentile(0.99, 5) < 2);
}

void TestResponsive::whileRowsAreImported()
{
    const QString file = m_bench->path(QStringLiteral("shop.sqlite"));
    writeDatabase(file, rowsWanted());
    addSource("sqlite", file.toStdString());
    open();
    const QSignalSpy passes(&m_window->bridge(), &EngineBridge::passFinished);
    const QSignalSpy runs(&m_window->bridge(), &EngineBridge::runFinished);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->calendarPage().actions().importNow->isEnabled(), kPatience);
    QTimer turning;
    connect(&turning, &QTimer::timeout, this, &TestResponsive::turnPages);
    LatencyMeter meter;
    m_window->calendarPage().actions().importNow->trigger();
    turning.start(150);
    QVERIFY(runUntil([&passes] { return !passes.isEmpty(); }));
    turning.stop();
    QCOMPARE(runs.size(), 2);
    judge(meter);
}

void TestResponsive::whileASourceHangs()
{
    const SilentPort port;
    addSource("postgres", "postgresql://daymark@127.0.0.1:" + std::to_string(port.port()) +
                              "/shop?sslmode=disable");
    open();
    port.listen();
    SourcesPage& page = m_window->sourcesPage();
    m_window->showPage(MainWindow::Sources);
    QTRY_VERIFY_WITH_TIMEOUT(page.actions().poll->isEnabled(), kPatience);
    QTimer turning;
    connect(&turning, &QTimer::timeout, this, &TestResponsive::turnPages);
    LatencyMeter meter;
    page.actions().poll->trigger();
    page.actions().test->trigger();
    turning.start(50);
    QVERIFY(runUntil([&meter] { return meter.own().count() > kBeats; }));
    turning.stop();
    judge(meter);
    QSignalSpy closed(m_window, &MainWindow::closed);
    m_window->close();
    QTRY_COMPARE_WITH_TIMEOUT(closed.count(), 1, kPatience);
}

QTEST_MAIN(TestResponsive)
#include "tst_responsive.moc"
