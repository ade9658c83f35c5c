// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cluster.h"
#include "proxy.h"

#include "core/source/postgres_error.h"
#include "core/source/postgres_settings.h"

#include <QElapsedTimer>
#include <QRegularExpression>
#include <QTest>

#include <arpa/inet.h>
#include <libpq-fe.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

using namespace daymark;
using namespace daymark::test;

namespace {

constexpr const char* kDay = "2022-06-13";
constexpr std::uint64_t kRows = 60'000;

std::unique_ptr<Source> make(const SourceConfig& config)
{
    auto source = makeSource(config);
    if (!source)
        qWarning() << source.error().message.c_str();
    return source ? std::move(*source) : nullptr;
}

/// A port that takes connections and never says a word.
class SilentServer
{
public:
    SilentServer() : m_descriptor(socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* plain = reinterpret_cast<sockaddr*>(&address);
        if (bind(m_descriptor, plain, size) == 0 && listen(m_descriptor, 4) == 0 &&
            getsockname(m_descriptor, plain, &size) == 0)
            port = ntohs(address.sin_port);
    }
    ~SilentServer() { close(m_descriptor); }
    int port = 0;

private:
    int m_descriptor;
};

QByteArray told(const Error& error)
{
    return QByteArray::fromStdString(std::string(errorName(error.code)) + ": " + error.message +
                                     " " + error.hint);
}

/// The error, or what says that there was none.
template <class T>
Error errorOf(const Result<T>& result)
{
    return result ? Error{ErrorCode::Internal, "There was no error.", "none"} : result.error();
}

#define EXPECT_ERROR(error, wanted)                                                                \
    do {                                                                                           \
        const Error found = (error);                                                               \
        QVERIFY2(found.code == (wanted), told(found).constData());                                 \
        QVERIFY2(found.message.ends_with('.'), told(found).constData());                           \
        QVERIFY2(!found.hint.empty(), told(found).constData());                                    \
    } while (false)

} // namespace

class TestPostgresFaults : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void connecting_data();
    void connecting();
    void passwords();
    void revokedLogin();
    void tooManyConnections();
    void tls();
    void clientCertificates();
    void serverWithoutTls();
    void tlsIsWantedFromOtherMachines();
    void cutAnywhere();
    void stalledLine();
    void corruptedLine();
    void corruptedUnderTls();
    void plainerTransfers_data();
    void plainerTransfers();
    void serverRestart();
    void backendEnded();
    void statementTimeout();
    void lockHeld();
    void tableDropped();
    void columnsAltered();
    void cancelWhileConnecting();
    void cancelWhileReading();

private:
    SourceConfig through(const Proxy& proxy, const QString& more = {}) const
    {
        return shopConfig(m_cluster.uri("postgres", more, "postgres", "127.0.0.1", proxy.port()));
    }
    SourceConfig straight() const { return shopConfig(m_cluster.uri()); }
    /// A day of far more bytes than the system keeps on the way.
    SourceConfig large() const
    {
        SourceConfig config = straight();
        config.query = "SELECT m.* FROM statsig_user_metrics m, generate_series(1, 30) times";
        return config;
    }
    Result<std::uint64_t> readDay(const SourceConfig& config, std::stop_token stop = {}) const
    {
        const auto source = make(config);
        const auto reader = source->openDay(*parseDay(kDay), m_mapping, stop);
        return reader ? drain(**reader, stop) : Result<std::uint64_t>(fail(reader.error()));
    }
    QString others()
    {
        return m_cluster.sql(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'daymark'");
    }

    Cluster m_cluster{Cluster::Tls::On};
    ColumnMapping m_mapping;
};

void TestPostgresFaults::initTestCase()
{
    if (!Cluster::isInstalled())
        QSKIP("PostgreSQL's server is not installed.");
    QVERIFY(m_cluster.start());
    m_cluster.sql(
        "CREATE TABLE statsig_user_metrics (unit_id text, id_type text, date date,"
        " metric_name text, metric_value numeric, timeuuid uuid);"
        "INSERT INTO statsig_user_metrics SELECT 'unit' || i, 'user_id', '2022-06-13', 'm', i,"
        " gen_random_uuid() FROM generate_series(1, 60000) i;"
        "CREATE TABLE statsig_user_metrics_signal (finished_date date);"
        "CREATE ROLE guarded LOGIN PASSWORD 'open sesame'; GRANT SELECT ON ALL TABLES IN SCHEMA"
        " public TO guarded; CREATE ROLE carded LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA"
        " public TO carded; ANALYZE");
    const auto description = make(straight())->describe({});
    QVERIFY(description);
    m_mapping = mapColumns(dataset(DatasetKind::Metrics), description->columns, {}).mapping;
    QCOMPARE(readDay(straight()).value(), kRows);
}

void TestPostgresFaults::init() { qunsetenv("DAYMARK_SECRET_SHOP"); }

void TestPostgresFaults::connecting_data()
{
    QTest::addColumn<QString>("uri");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("step");
    const auto row = [](const char* name, const QString& uri, ErrorCode code, const char* step) {
        QTest::newRow(name) << uri << static_cast<int>(code) << step;
    };
    const auto uri = [this](const QString& database) {
        return QString::fromStdString(m_cluster.uri("postgres", {}, database));
    };
    row("nobody listens", "postgresql://u@127.0.0.1:1/x", ErrorCode::SourceUnreachable,
        "reach the host");
    row("no such socket", "host=/nowhere/at/all", ErrorCode::SourceUnreachable, "reach the host");
    row("no such host", "postgresql://u@no-such-host.invalid/x", ErrorCode::SourceUnreachable,
        "reach the host");
    row("no such service", "service=nowhere", ErrorCode::SourceInvalid, "reach the host");
    row("no such database", uri("nowhere"), ErrorCode::SourceMissing, "log in");
    row("no such role", QString::fromStdString(m_cluster.uri("nobody")),
        ErrorCode::SourceCredentials, "log in");
}

void TestPostgresFaults::connecting()
{
    QFETCH(QString, uri);
    QFETCH(int, code);
    QFETCH(QString, step);
    const auto source = make(shopConfig(uri.toStdString()));
    EXPECT_ERROR(errorOf(source->describe({})), static_cast<ErrorCode>(code));
    const std::vector<TestStep> steps = source->test({});
    QCOMPARE(QString::fromStdString(steps.back().name), step);
    QVERIFY(!steps.back().ok);
}

void TestPostgresFaults::passwords()
{
    const SourceConfig guarded = shopConfig(m_cluster.uri("guarded"));
    Error error = errorOf(make(guarded)->describe({}));
    EXPECT_ERROR(error, ErrorCode::SourceCredentials);
    QVERIFY2(error.hint.find("DAYMARK_SECRET_SHOP") != std::string::npos, error.hint.c_str());

    qputenv("DAYMARK_SECRET_SHOP", "wrong-c4n4ry");
    error = errorOf(make(guarded)->describe({}));
    EXPECT_ERROR(error, ErrorCode::SourceCredentials);
    QVERIFY(!told(error).contains("c4n4ry"));

    qputenv("DAYMARK_SECRET_SHOP", "open sesame");
    QVERIFY(make(guarded)->describe({}).has_value());

    qunsetenv("DAYMARK_SECRET_SHOP");
    const QString file = m_cluster.folder() + "/pgpass";
    QFile passwords(file);
    QVERIFY(passwords.open(QFile::WriteOnly));
    passwords.write("127.0.0.1:*:*:guarded:open sesame\n");
    passwords.close();
    passwords.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    qputenv("PGPASSFILE", file.toLocal8Bit());
    QVERIFY(make(guarded)->describe({}).has_value());
    QVERIFY(passwords.open(QFile::WriteOnly));
    passwords.write("127.0.0.1:*:*:guarded:wrong-c4n4ry\n");
    passwords.close();
    error = errorOf(make(guarded)->describe({}));
    QVERIFY2(error.hint.find("the one of " + file.toStdString()) != std::string::npos,
             error.hint.c_str());
    QVERIFY(!told(error).contains("c4n4ry"));
    qunsetenv("PGPASSFILE");

    const QString services = m_cluster.folder() + "/services";
    QFile service(services);
    QVERIFY(service.open(QFile::WriteOnly));
    service.write(QString("[shop]\nhost=127.0.0.1\nport=%1\ndbname=postgres\nuser=postgres\n")
                      .arg(m_cluster.port())
                      .toLatin1());
    service.close();
    qputenv("PGSERVICEFILE", services.toLocal8Bit());
    QCOMPARE(readDay(shopConfig("service=shop")).value(), kRows);
    qunsetenv("PGSERVICEFILE");
}

void TestPostgresFaults::revokedLogin()
{
    m_cluster.sql("CREATE ROLE leaver LOGIN; GRANT SELECT ON statsig_user_metrics TO leaver");
    const SourceConfig leaver = shopConfig(m_cluster.uri("leaver"));
    QVERIFY(make(leaver)->describe({}).has_value());
    m_cluster.sql("REVOKE SELECT ON statsig_user_metrics FROM leaver");
    EXPECT_ERROR(errorOf(readDay(leaver)), ErrorCode::SourcePermission);
    EXPECT_ERROR(errorOf(make(leaver)->readSignals({})), ErrorCode::SourcePermission);
    m_cluster.sql("CREATE DATABASE closed");
    m_cluster.sql("REVOKE CONNECT ON DATABASE closed FROM PUBLIC");
    const Error shut =
        errorOf(make(shopConfig(m_cluster.uri("leaver", {}, "closed")))->describe({}));
    EXPECT_ERROR(shut, ErrorCode::SourcePermission);
    QCOMPARE(shut.hint, std::string("Run: GRANT CONNECT ON DATABASE \"closed\" TO \"leaver\";"));
    m_cluster.sql("ALTER ROLE leaver NOLOGIN");
    EXPECT_ERROR(errorOf(readDay(leaver)), ErrorCode::SourceCredentials);
}

void TestPostgresFaults::tooManyConnections()
{
    m_cluster.sql("CREATE ROLE crowd LOGIN CONNECTION LIMIT 1");
    const std::string address = m_cluster.uri("crowd");
    const std::unique_ptr<PGconn, decltype(&PQfinish)> first(PQconnectdb(address.c_str()),
                                                             &PQfinish);
    QCOMPARE(PQstatus(first.get()), CONNECTION_OK);
    const Error error = errorOf(readDay(shopConfig(address)));
    EXPECT_ERROR(error, ErrorCode::SourceBusy);
    QCOMPARE(remedyFor(error.code), Remedy::Retry);
}

void TestPostgresFaults::tls()
{
    const QString authority = "sslmode=verify-full&sslrootcert=" + m_cluster.certificate();
    const auto at = [this](const QString& host, const QString& more) {
        return shopConfig(m_cluster.uri("postgres", more, "postgres", host));
    };
    const auto good = make(at("localhost", authority))->test({});
    QVERIFY(good.size() > 2);
    QVERIFY2(good[1].ok && good[1].message.find("proved its name") != std::string::npos,
             good[1].message.c_str());
    QCOMPARE(readDay(at("localhost", authority)).value(), kRows);

    // The certificate is another host's, or of an authority that nobody trusts.
    for (const SourceConfig& bad :
         {at("127.0.0.1", authority), at("localhost", "sslmode=verify-full")}) {
        EXPECT_ERROR(errorOf(make(bad)->describe({})), ErrorCode::SourceInvalid);
        const auto steps = make(bad)->test({});
        QCOMPARE(steps.size(), std::size_t(2));
        QVERIFY(steps[0].ok && !steps[1].ok);
    }
    // A weaker mode is the operator's choice.
    QCOMPARE(readDay(at("localhost", "sslmode=require")).value(), kRows);
}

void TestPostgresFaults::clientCertificates()
{
    const QString authority = "sslmode=verify-full&sslrootcert=" + m_cluster.certificate();
    const auto at = [this](const QString& more) {
        return shopConfig(m_cluster.uri("carded", more, "postgres", "localhost"));
    };
    QCOMPARE(readDay(at(authority + "&" + m_cluster.card())).value(), kRows);
    EXPECT_ERROR(errorOf(readDay(at(authority))), ErrorCode::SourceCredentials);

    const QString open = m_cluster.folder() + "/open.key";
    QVERIFY(QFile::copy(m_cluster.folder() + "/client.key", open));
    QFile::setPermissions(open, QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup |
                                    QFile::ReadOther);
    const QString card = m_cluster.card().replace("client.key", "open.key");
    const Error error = errorOf(make(at(authority + "&" + card))->describe({}));
    QVERIFY2(error.hint.find("chmod 600 " + open.toStdString()) != std::string::npos,
             told(error).constData());
}

void TestPostgresFaults::serverWithoutTls()
{
    PostgresSettings settings;
    settings.place = "database shop";
    const Error error = connectError(
        settings, PostgresStage::Tls,
        failureOfConnecting("connection to server at \"h\", port 1 failed: server does not support "
                            "SSL, but SSL was required"));
    QVERIFY2(error.hint.find("ssl = on") != std::string::npos, told(error).constData());
}

void TestPostgresFaults::tlsIsWantedFromOtherMachines()
{
    // A server that is no loopback address gets verify-full, which this one's certificate can't
    // meet.
    QProcess addresses;
    addresses.start("hostname", {"-I"});
    addresses.waitForFinished();
    const QString address = QString::fromLatin1(addresses.readAll()).section(' ', 0, 0).trimmed();
    if (address.isEmpty())
        QSKIP("This machine has no address but the loopback one.");
    const auto source = make(shopConfig(m_cluster.uri("postgres", {}, "postgres", address)));
    EXPECT_ERROR(errorOf(source->describe({})), ErrorCode::SourceInvalid);
    QVERIFY(!source->test({}).back().ok);
}

void TestPostgresFaults::cutAnywhere()
{
    Proxy proxy(m_cluster.port());
    std::int64_t most = 4'500'000;
    int failed = 0;
    for (std::int64_t at = 0; at < most; at = at < 3000 ? at + 97 : at + at / 3) {
        proxy.cutAt = at;
        const auto rows = readDay(through(proxy));
        if (rows) { // all of it went through before the cut
            QCOMPARE(*rows, kRows);
            most = at;
            continue;
        }
        ++failed;
        QVERIFY2(remedyFor(rows.error().code) == Remedy::Retry, told(rows.error()).constData());
    }
    QVERIFY(failed > 30);
    proxy.cutAt = Proxy::kNever;
    QCOMPARE(readDay(through(proxy)).value(), kRows);
}

void TestPostgresFaults::stalledLine()
{
    Proxy proxy(m_cluster.port());
    proxy.stallAt = 900'000;
    SourceConfig config = through(proxy);
    std::stop_source stop;
    QElapsedTimer time;
    config.format["statement_timeout"] = "500000";
    Result<std::uint64_t> rows = 0;
    std::jthread reading([&] { rows = readDay(config, stop.get_token()); });
    QVERIFY(QTest::qWaitFor(
        [&] {
            return m_cluster.sql(
                       "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'daymark'"
                       " AND query LIKE 'COPY%'") == "1";
        },
        20'000));
    time.start();
    stop.request_stop();
    reading.join();
    QVERIFY2(time.elapsed() < 1500, qPrintable(QString::number(time.elapsed())));
    EXPECT_ERROR(([&] {
                     Error e = errorOf(rows);
                     e.hint = e.hint.empty() ? "none" : e.hint;
                     return e;
                 }()),
                 ErrorCode::RunCancelled);

    proxy.stallAt = 2'000; // within the login or the first statements
    config.format["statement_timeout"] = "300";
    config.uri += "?connect_timeout=2";
    const Error error = errorOf(readDay(config));
    QVERIFY2(remedyFor(error.code) == Remedy::Retry, told(error).constData());
    proxy.stallAt = Proxy::kNever;
}

void TestPostgresFaults::corruptedLine()
{
    Proxy proxy(m_cluster.port());
    // In the clear a changed letter of a text cannot be told; whatever else changes must not pass,
    // and nothing may crash or hang.
    SourceConfig config = through(proxy, "sslmode=disable&connect_timeout=1");
    config.format["statement_timeout"] = "500";
    int failed = 0;
    for (std::int64_t at = 0; at < 9'000; at += at < 1'200 ? 83 : 779) {
        proxy.corruptAt = at;
        const auto rows = readDay(config);
        if (rows)
            QCOMPARE(*rows, kRows);
        else
            ++failed;
    }
    QVERIFY(failed > 3);
}

void TestPostgresFaults::corruptedUnderTls()
{
    Proxy proxy(m_cluster.port());
    const SourceConfig config = shopConfig(
        m_cluster.uri("postgres", "sslmode=verify-full&sslrootcert=" + m_cluster.certificate(),
                      "postgres", "localhost", proxy.port()));
    for (const std::int64_t at : {200, 5'000, 40'000, 900'000}) {
        proxy.corruptAt = at;
        QVERIFY(!readDay(config).has_value());
    }
    proxy.corruptAt = Proxy::kNever;
    QCOMPARE(readDay(config).value(), kRows);
}

void TestPostgresFaults::plainerTransfers_data()
{
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<QByteArray>("heard");
    QTest::addColumn<QString>("way");
    QTest::newRow("no binary COPY")
        << QByteArray("FORMAT binary") << QByteArray("FORMAT binarx") << "COPY in text";
    QTest::newRow("no COPY") << QByteArray("COPY (") << QByteArray("CQPY (") << "a cursor";
    QTest::newRow("no plans") << QByteArray("EXPLAIN") << QByteArray("EXPLAYN") << "binary COPY";
    QTest::newRow("no locks") << QByteArray("LOCK TABLE") << QByteArray("LQCK TABLE")
                              << "binary COPY";
    QTest::newRow("no such settings") << QByteArray("synchronize_seqscans")
                                      << QByteArray("synchronize_seqscanx") << "binary COPY";
}

void TestPostgresFaults::plainerTransfers()
{
    QFETCH(QByteArray, said);
    QFETCH(QByteArray, heard);
    QFETCH(QString, way);
    Proxy proxy(m_cluster.port());
    proxy.said = said;
    proxy.heard = heard;
    const SourceConfig config = through(proxy, "sslmode=disable");
    QCOMPARE(readDay(config).value(), kRows);
    { // the proxy serves one line at a time where nobody reads
        const auto reader = make(config)->openDay(*parseDay(kDay), m_mapping, {});
        QVERIFY(reader);
        QCOMPARE((*reader)->findings().empty(), way == "binary COPY");
    }
    for (const TestStep& step : make(config)->test({})) {
        if (step.name == "read one row")
            QVERIFY2(step.message.find(way.toStdString()) != std::string::npos,
                     step.message.c_str());
    }
}

void TestPostgresFaults::serverRestart()
{
    const auto source = make(large());
    const auto reader = source->openDay(*parseDay(kDay), m_mapping, {});
    QVERIFY(reader);
    Batch batch;
    QVERIFY((*reader)->read(batch, {}).value());
    m_cluster.stopAtOnce();
    const Error error = errorOf(drain(**reader));
    EXPECT_ERROR(error, ErrorCode::SourceDisconnected);
    QCOMPARE(remedyFor(error.code), Remedy::Retry);
    EXPECT_ERROR(errorOf(readDay(straight())), ErrorCode::SourceUnreachable);
    QVERIFY(m_cluster.start());
    QCOMPARE(readDay(straight()).value(), kRows);
}

void TestPostgresFaults::backendEnded()
{
    const auto source = make(large());
    const auto reader = source->openDay(*parseDay(kDay), m_mapping, {});
    QVERIFY(reader);
    Batch batch;
    QVERIFY((*reader)->read(batch, {}).value());
    m_cluster.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = "
                  "'daymark'");
    EXPECT_ERROR(errorOf(drain(**reader)), ErrorCode::SourceDisconnected);
}

void TestPostgresFaults::statementTimeout()
{
    SourceConfig config = straight();
    config.query =
        "SELECT m.* FROM statsig_user_metrics m, LATERAL (SELECT pg_sleep(0.01), m.unit_id) s";
    config.format["statement_timeout"] = "400";
    const Error error = errorOf(readDay(config));
    EXPECT_ERROR(error, ErrorCode::SourceTimeout);
    QVERIFY2(error.message.find("0.4 s") != std::string::npos, error.message.c_str());
}

void TestPostgresFaults::lockHeld()
{
    const std::unique_ptr<PGconn, decltype(&PQfinish)> other(PQconnectdb(m_cluster.uri().c_str()),
                                                             &PQfinish);
    PQclear(PQexec(other.get(), "BEGIN; LOCK TABLE statsig_user_metrics IN ACCESS EXCLUSIVE MODE"));
    SourceConfig config = straight();
    config.format["lock_timeout"] = "200";
    const Error error = errorOf(readDay(config));
    EXPECT_ERROR(error, ErrorCode::SourceBusy);
    QVERIFY2(error.message.find("lock") != std::string::npos, error.message.c_str());
    PQclear(PQexec(other.get(), "ROLLBACK"));
    QCOMPARE(readDay(config).value(), kRows);
}

void TestPostgresFaults::tableDropped()
{
    m_cluster.sql("CREATE TABLE passing AS SELECT * FROM statsig_user_metrics LIMIT 10");
    SourceConfig config = straight();
    config.table = "passing";
    QCOMPARE(readDay(config).value(), std::uint64_t(10));
    m_cluster.sql("DROP TABLE passing");
    EXPECT_ERROR(errorOf(readDay(config)), ErrorCode::SourceTableMissing);
}

void TestPostgresFaults::columnsAltered()
{
    m_cluster.sql("CREATE TABLE shifting AS SELECT * FROM statsig_user_metrics LIMIT 10");
    SourceConfig config = straight();
    config.table = "shifting";
    QCOMPARE(readDay(config).value(), std::uint64_t(10));
    // Another order and other types are read by name, as they are now.
    m_cluster.sql("ALTER TABLE shifting ALTER metric_value TYPE text, ALTER date TYPE timestamp");
    QCOMPARE(readDay(config).value(), std::uint64_t(10));
    m_cluster.sql("ALTER TABLE shifting RENAME metric_name TO metric");
    const Error error = errorOf(readDay(config));
    EXPECT_ERROR(error, ErrorCode::SchemaMismatch);
    QVERIFY2(error.message.find("metric_name") != std::string::npos &&
                 error.message.find("metric,") != std::string::npos,
             error.message.c_str());
}

void TestPostgresFaults::cancelWhileConnecting()
{
    const SilentServer silent;
    const auto source =
        make(shopConfig("postgresql://u@127.0.0.1:" + std::to_string(silent.port) + "/x"));
    std::stop_source stop;
    QElapsedTimer time;
    time.start();
    std::jthread later([&] { stop.request_stop(); });
    EXPECT_ERROR(([&] {
                     Error e = errorOf(source->describe(stop.get_token()));
                     e.hint = "none";
                     return e;
                 }()),
                 ErrorCode::RunCancelled);
    QVERIFY(time.elapsed() < 1000);

    SourceConfig config = shopConfig("postgresql://u@127.0.0.1:" + std::to_string(silent.port) +
                                     "/x?connect_timeout=1");
    EXPECT_ERROR(errorOf(make(config)->describe({})), ErrorCode::SourceUnreachable);
}

void TestPostgresFaults::cancelWhileReading()
{
    SourceConfig config = straight();
    config.query =
        "SELECT m.* FROM statsig_user_metrics m, LATERAL (SELECT pg_sleep(0.01), m.unit_id) s";
    std::stop_source stop;
    Result<std::uint64_t> rows = 0;
    std::jthread reading([&] { rows = readDay(config, stop.get_token()); });
    QVERIFY(QTest::qWaitFor(
        [&] {
            return m_cluster.sql(
                       "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'") == "1";
        },
        10'000));
    QElapsedTimer time;
    time.start();
    stop.request_stop();
    reading.join();
    QVERIFY2(time.elapsed() < 1000, qPrintable(QString::number(time.elapsed())));
    QCOMPARE(errorOf(rows).code, ErrorCode::RunCancelled);
    QVERIFY(QTest::qWaitFor([&] { return others() == "0"; }, 5'000)); // the server was told
}

QTEST_APPLESS_MAIN(TestPostgresFaults)
#include "tst_postgres_faults.moc"
