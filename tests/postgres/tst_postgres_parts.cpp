// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/secret.h"
#include "core/source/postgres_copy.h"
#include "core/source/postgres_day.h"
#include "core/source/postgres_ddl.h"
#include "core/source/postgres_error.h"
#include "core/source/postgres_relation.h"
#include "core/source/postgres_settings.h"

#include <QRegularExpression>
#include <QTest>

#include <random>

using namespace daymark;

namespace {

SourceConfig config(const char* uri)
{
    SourceConfig made;
    made.name = "shop-eu";
    made.kind = "postgres";
    made.uri = uri;
    return made;
}

std::string big(std::int64_t value, int bytes)
{
    std::string text;
    for (int i = bytes - 1; i >= 0; --i)
        text += static_cast<char>((value >> (8 * i)) & 0xFF);
    return text;
}

std::string numeric(std::vector<int> groups, int weight, int sign, int scale)
{
    std::string text = big(static_cast<std::int64_t>(groups.size()), 2) + big(weight, 2) +
                       big(sign, 2) + big(scale, 2);
    for (const int group : groups)
        text += big(group, 2);
    return text;
}

struct Decoded
{
    Batch batch;
    BatchBuffers buffers;
    Cell cell;
    bool ok = false;

    Decoded(PostgresWire wire, const std::string& bytes)
    {
        buffers.begin(batch);
        ok = decodePostgresBinary(wire, bytes.data(), bytes.size(), buffers, cell);
    }
    QString text() const { return ok ? QString::fromStdString(formatCell(cell)) : "damaged"; }
};

} // namespace

class TestPostgresParts : public QObject
{
    Q_OBJECT

private slots:
    void settings_data();
    void settings();
    void passwordIsNeverRepeated();
    void givenSettings();
    void secrets();
    void names_data();
    void names();
    void connectMessages_data();
    void connectMessages();
    void binary_data();
    void binary();
    void textForm_data();
    void textForm();
    void copyInPieces();
    void copyOfRandomBytes();
    void dayConditions_data();
    void dayConditions();
    void ddl();
};

void TestPostgresParts::settings_data()
{
    QTest::addColumn<QString>("uri");
    QTest::addColumn<QString>("problem"); // a part of the message; empty: accepted

    QTest::newRow("a URI") << "postgresql://u@db.example.com:5433/shop?sslmode=verify-full"
                           << "";
    QTest::newRow("the short scheme") << "postgres://u@db/shop"
                                      << "";
    QTest::newRow("keywords") << "host=db port=5432 dbname=shop user=u"
                              << "";
    QTest::newRow("a socket folder") << "host=/var/run/postgresql dbname=shop"
                                     << "";
    QTest::newRow("IPv6") << "postgresql://u@[::1]:5432/shop"
                          << "";
    QTest::newRow("two hosts") << "postgresql://u@a:1,b:2/shop?target_session_attrs=read-only"
                               << "";
    QTest::newRow("a service") << "service=shop"
                               << "";
    QTest::newRow("client certificates")
        << "host=db sslmode=verify-full sslcert=/etc/c.crt sslkey=/etc/c.key sslrootcert=/etc/a.crt"
        << "";
    QTest::newRow("keepalives") << "host=db keepalives=1 keepalives_idle=5 tcp_user_timeout=9000"
                                << "";
    QTest::newRow("empty") << ""
                           << "no connection string";
    QTest::newRow("blank") << "  "
                           << "no connection string";
    QTest::newRow("another scheme") << "mysql://u@db/shop"
                                    << "cannot be read";
    QTest::newRow("an unknown parameter") << "host=db frobnicate=1"
                                          << "cannot be read";
    QTest::newRow("a password in the URI") << "postgresql://u:pw@db/shop"
                                           << "carries a password";
    QTest::newRow("a password in keywords") << "host=db password=pw"
                                            << "carries a password";
    QTest::newRow("a password as a parameter") << "postgresql://u@db/shop?password=pw"
                                               << "carries a password";
    QTest::newRow("the key's password") << "host=db sslpassword=pw"
                                        << "carries a password";
    QTest::newRow("a connection string as the database")
        << "host=db dbname=postgresql://daymark:s3cr3t@h/shop"
        << "may carry a password";
    QTest::newRow("keywords as the database")
        << "host=db dbname='shop password=s3cr3t sslmode=disable'"
        << "may carry a password";
    QTest::newRow("keywords in the URI's path") << "postgresql://u@db/shop%20password%3Ds3cr3t"
                                                << "may carry a password";
    QTest::newRow("keywords in a URI's parameter")
        << "postgresql://u@db/?dbname=shop%20sslmode%3Ddisable"
        << "may carry a password";
    QTest::newRow("a user with an escaped colon") << "postgresql://daymark%3As3cr3t@db/shop"
                                                  << "may carry a password";
    QTest::newRow("a user with a colon escaped twice") << "postgresql://daymark%253As3cr3t@db/shop"
                                                       << "may carry a password";
    QTest::newRow("a user with keywords") << "host=db user='u password=s3cr3t'"
                                          << "may carry a password";
    QTest::newRow("a host with a user") << "host=daymark:s3cr3t@db dbname=shop"
                                        << "may carry a password";
    QTest::newRow("a user of a hosted server") << "host=db user=daymark@shop"
                                               << "";
    QTest::newRow("options") << "host=db options='-c work_mem=1GB'"
                             << "sets options";
    QTest::newRow("another file of passwords") << "host=db passfile=/tmp/x"
                                               << "sets passfile";
    QTest::newRow("replication") << "host=db replication=database"
                                 << "sets replication";
    QTest::newRow("our own name") << "host=db application_name=x"
                                  << "application_name";
    QTest::newRow("a relative key") << "host=db sslkey=client.key"
                                    << "no full path";
    QTest::newRow("an engine's key") << "host=db sslkey=pkcs11:x"
                                     << "no full path";
    QTest::newRow("port 0") << "host=db port=0"
                            << "no port";
    QTest::newRow("port 65536") << "host=db port=65536"
                                << "no port";
    QTest::newRow("port 54x") << "host=db port=54x"
                              << "no port";
    QTest::newRow("an unknown sslmode") << "host=db sslmode=full"
                                        << "no sslmode";
    QTest::newRow("a time in words") << "host=db connect_timeout=abc"
                                     << "connect_timeout in the connection string is no whole";
    QTest::newRow("a time below nothing") << "host=db tcp_user_timeout=-1"
                                          << "tcp_user_timeout";
    QTest::newRow("keepalives of two minds") << "host=db keepalives=2"
                                             << "from 0 to 1";
    QTest::newRow("an interval with a unit") << "host=db keepalives_interval=10s"
                                             << "keepalives_interval";
    QTest::newRow("sessions of no kind") << "host=db target_session_attrs=readonly"
                                         << "no target_session_attrs 'readonly'";
    QTest::newRow("a part of a word") << "host=db target_session_attrs=read"
                                      << "no target_session_attrs";
    QTest::newRow("channel binding") << "host=db channel_binding=yes"
                                     << "no channel_binding";
    QTest::newRow("an old TLS") << "host=db ssl_min_protocol_version=TLSv0.9"
                                << "no ssl_min_protocol_version";
}

void TestPostgresParts::settings()
{
    QFETCH(QString, uri);
    QFETCH(QString, problem);
    const auto read = readPostgresSettings(config(uri.toUtf8().constData()));
    QCOMPARE(read.has_value(), problem.isEmpty());
    if (read)
        return;
    QCOMPARE(read.error().code, ErrorCode::SourceInvalid);
    QVERIFY2(read.error().message.find(problem.toStdString()) != std::string::npos,
             read.error().message.c_str());
    QVERIFY(!read.error().hint.empty());
}

void TestPostgresParts::passwordIsNeverRepeated()
{
    for (const char* uri :
         {"postgresql://u:s3cr3t@db/shop", "host=db password=s3cr3t", "host=db password=a s3cr3t",
          "postgresql://u:s3cr3t@db:54x/shop", "postgresql://u:s3cr3t@[db/shop",
          "postgresql://u:s3cr3t@db/shop?x=y", "password=s3cr3t frobnicate=1",
          "host=db dbname=postgresql://u:s3cr3t@h/shop", "host=db dbname='x password=s3cr3t'",
          "postgresql://u@db/x%20password%3Ds3cr3t", "postgresql://u%3As3cr3t@db/shop",
          "host=u:s3cr3t@db", "postgresql://u:s3cr3t/shop", "host=db sslkey=s3cr3t",
          "host=db connect_timeout=s3cr3t", "host=db user='u password = s3cr3t'"}) {
        const auto read = readPostgresSettings(config(uri));
        QVERIFY2(!read, uri);
        QVERIFY2((read.error().message + read.error().hint).find("s3cr3t") == std::string::npos,
                 uri);
    }
    QVERIFY(readPostgresSettings(config("postgresql://u:pw@db/shop"))
                .error()
                .hint.find("DAYMARK_SECRET_SHOP_EU") != std::string::npos);
}

void TestPostgresParts::givenSettings()
{
    const auto check = [](const char* name, const char* value = "5") {
        const Status status = checkPostgresFormat("shop-eu", {{name, value}});
        return status ? Error{ErrorCode::Internal, "none", ""} : status.error();
    };
    for (const char* name :
         {"statement_timeout", "lock_timeout", "transfer", "date_format", "signal_date_format"})
        QCOMPARE(check(name).message, std::string("none"));
    QCOMPARE(check("statment_timeout").code, ErrorCode::UsageInvalid);
    QCOMPARE(check("statment_timeout").hint, std::string("Did you mean statement_timeout?"));
    QVERIFY(check("delimiter").hint.starts_with("Its settings are date_format, "));
    QCOMPARE(check("statment_timeout", "").message, std::string("none")); // takes it away
    for (const char* name : {"password", "passfile", "sslpassword", "PGPASSWORD", "pwd"}) {
        const Error error = check(name, "s3cr3t");
        QCOMPARE(error.code, ErrorCode::SourceInvalid);
        QVERIFY(error.hint.find("DAYMARK_SECRET_SHOP_EU") != std::string::npos);
        QVERIFY((error.message + error.hint).find("s3cr3t") == std::string::npos);
    }
}

void TestPostgresParts::secrets()
{
    QCOMPARE(secretVariable("shop-eu.1"), std::string("DAYMARK_SECRET_SHOP_EU_1"));
    QCOMPARE(withoutSecret("a pw b pw", "pw"), std::string("a ••• b •••"));
    QVERIFY(!findSecret("nobody's").value());
    setSecretStore([](const std::string& source) -> Result<std::optional<std::string>> {
        return source == "kept" ? std::optional<std::string>("hush") : std::nullopt;
    });
    QCOMPARE(findSecret("kept").value().value(), std::string("hush"));
    QVERIFY(!findSecret("other").value());
    qputenv("DAYMARK_SECRET_KEPT", "nearer");
    QCOMPARE(findSecret("kept").value().value(), std::string("nearer"));
    qunsetenv("DAYMARK_SECRET_KEPT");
    setSecretStore({});
}

void TestPostgresParts::names_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("parts"); // `'…'` for quoted ones

    QTest::newRow("plain") << "metrics"
                           << "metrics";
    QTest::newRow("with a schema") << "a.metrics"
                                   << "a metrics";
    QTest::newRow("quoted") << "\"My Schema\".\"T.x\""
                            << "'My Schema' 'T.x'";
    QTest::newRow("a quote within quotes") << "\"a\"\"b\""
                                           << "'a\"b'";
    QTest::newRow("unfinished") << "\"a"
                                << "invalid";
    QTest::newRow("nothing after the dot") << "a."
                                           << "invalid";
    QTest::newRow("nothing before the dot") << ".a"
                                            << "invalid";
    QTest::newRow("three parts") << "a.b.c"
                                 << "invalid";
    QTest::newRow("letters after quotes") << "\"a\"b"
                                          << "invalid";
    QTest::newRow("an injection stays a name") << "x;drop table y"
                                               << "x;drop table y";
}

void TestPostgresParts::names()
{
    QFETCH(QString, name);
    QFETCH(QString, parts);
    const auto split = splitPostgresName(name.toStdString());
    QStringList found;
    if (split) {
        for (const PostgresNamePart& part : *split) {
            const QString text = QString::fromStdString(part.text);
            found << (part.quoted ? "'" + text + "'" : text);
        }
    }
    QCOMPARE(split ? found.join(' ') : QString("invalid"), parts);
}

void TestPostgresParts::connectMessages_data()
{
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("state");
    QTest::addColumn<QString>("words");

    QTest::newRow("a refused login") << "connection to server at \"h\", port 1 failed: FATAL:  "
                                        "28P01: password authentication failed "
                                        "for user \"u\"\nLOCATION:  auth_failed, auth.c:335\n"
                                     << "28P01"
                                     << "password authentication failed for user \"u\"";
    QTest::newRow("the second attempt counts") << "connection to server at \"h\", port 1 failed: "
                                                  "FATAL:  28000: one\nconnection to server at "
                                                  "\"h\", port 1 failed: FATAL:  53300: two\n"
                                               << "53300"
                                               << "two";
    QTest::newRow("another language")
        << "Verbindung failed: SCHWERWIEGEND:  3D000: Datenbank »x« existiert nicht"
        << "3D000"
        << "Datenbank »x« existiert nicht";
    QTest::newRow("no server spoke") << "connection to server at \"h\", port 1 failed: Connection "
                                        "refused\n\tIs the server running?"
                                     << ""
                                     << "Connection refused";
    QTest::newRow("nothing") << ""
                             << ""
                             << "";
}

void TestPostgresParts::connectMessages()
{
    QFETCH(QString, message);
    QFETCH(QString, state);
    QFETCH(QString, words);
    const PostgresFailure failure = failureOfConnecting(message.toStdString());
    QCOMPARE(QString::fromStdString(failure.sqlState), state);
    QCOMPARE(QString::fromStdString(failure.message), words);
}

void TestPostgresParts::binary_data()
{
    QTest::addColumn<int>("wire");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, PostgresWire wire, const std::string& bytes,
                        const char* text) {
        QTest::newRow(name) << static_cast<int>(wire) << QByteArray::fromStdString(bytes) << text;
    };
    using enum PostgresWire;
    constexpr int nan = 0xC000;
    row("a small integer", Int2, big(-2, 2), "-2");
    row("an integer", Int4, big(-70'000, 4), "-70000");
    row("beyond a double's integers", Int8, big(9'007'199'254'740'993, 8), "9007199254740993");
    row("an integer of the wrong size", Int8, big(1, 4), "damaged");
    row("a float", Float8, std::string("\x3F\xF8\0\0\0\0\0\0", 8), "1.5");
    row("a short float", Float4, std::string("\x3F\xC0\0\0", 4), "1.5");
    row("a date", Date, big(8199, 4), "2022-06-13");
    row("the last of all dates", Date, big(INT32_MAX, 4), "infinity");
    row("the first of all dates", Date, big(INT32_MIN, 4), "-infinity");
    row("a timestamp", Timestamp, big(708'429'600'000'000, 8), "2022-06-13T10:00:00");
    row("an instant", TimestampTz, big(708'429'600'000'000, 8), "2022-06-13T10:00:00Z");
    row("the last of all times", TimestampTz, big(INT64_MAX, 8), "infinity");
    row("the first of all times", Timestamp, big(INT64_MIN, 8), "-infinity");
    row("a uuid", Uuid,
        std::string("\x01\x23\x45\x67\x89\xAB\xCD\xEF\x01\x23\x45\x67\x89\xAB\xCD\xEF"),
        "01234567-89ab-cdef-0123-456789abcdef");
    row("half a uuid", Uuid, "12345678", "damaged");
    row("padded text", PaddedText, "ab  ", "ab");
    row("nothing but padding", PaddedText, "   ", "");
    row("jsonb", JsonB, "\x01{\"a\": 1}", "{\"a\": 1}");
    row("jsonb of another version", JsonB, "\x02{}", "damaged");
    row("numeric 0", Numeric, numeric({}, 0, 0, 2), "0");
    row("numeric 1", Numeric, numeric({1}, 0, 0, 0), "1");
    row("numeric -12345.678", Numeric, numeric({1, 2345, 6780}, 1, 0x4000, 3), "-12345.678");
    row("numeric 0.1", Numeric, numeric({1000}, -1, 0, 1), "0.1");
    row("numeric 1e-8", Numeric, numeric({1}, -2, 0, 8), "1e-08");
    row("numeric 20 digits", Numeric, numeric({1234, 5678, 9012, 3456, 7890}, 4, 0, 0),
        "12345678901234567890");
    row("numeric 20 digits as text", NumericText, numeric({1234, 5678, 9012, 3456, 7890}, 4, 0, 0),
        "12345678901234567890");
    row("numeric 10000.50 as text", NumericText, numeric({1, 0, 5000}, 1, 0, 2), "10000.50");
    row("numeric 0.05 as text", NumericText, numeric({500}, -1, 0, 2), "0.05");
    row("numeric NaN", Numeric, numeric({}, 0, nan, 0), "nan");
    row("numeric infinity", Numeric, numeric({}, 0, 0xD000, 0), "inf");
    row("numeric -infinity", Numeric, numeric({}, 0, 0xF000, 0), "-inf");
    row("numeric next to nothing", Numeric, numeric({1}, -200, 0, 800),
        qPrintable("0." + QString(799, '0') + "1"));
    row("numeric 9007199254740993.00", Numeric, numeric({9007, 1992, 5474, 993}, 3, 0, 2),
        "9007199254740993.00");
    row("numeric 9007199254740991 * 10^20", Numeric, numeric({9007, 1992, 5474, 991}, 8, 0, 0),
        qPrintable("9007199254740991" + QString(20, '0')));
    row("numeric with a group over 9999", Numeric, numeric({10'000}, 0, 0, 0), "damaged");
    row("numeric of an unknown sign", Numeric, numeric({1}, 0, 0x1234, 0), "damaged");
    row("numeric cut short", Numeric, numeric({1, 2}, 1, 0, 0).substr(0, 10), "damaged");
}

void TestPostgresParts::binary()
{
    QFETCH(int, wire);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    QCOMPARE(Decoded(static_cast<PostgresWire>(wire), bytes.toStdString()).text(), text);

    // 1e400 is beyond a double's range: its digits stay.
    const Decoded huge(PostgresWire::Numeric, numeric({1}, 100, 0, 0));
    QVERIFY(huge.ok);
    QCOMPARE(huge.cell.kind, Cell::Kind::Text);
    QCOMPARE(huge.text(), "1" + QString(400, '0'));
}

void TestPostgresParts::textForm_data()
{
    QTest::addColumn<int>("wire");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("kind");
    using enum PostgresWire;
    const auto row = [](const char* name, PostgresWire wire, const char* value, const char* text,
                        Cell::Kind kind) {
        QTest::newRow(name) << static_cast<int>(wire) << value << text << static_cast<int>(kind);
    };
    row("an integer", Int8, "9007199254740993", "9007199254740993", Cell::Kind::Integer);
    row("a float", Float8, "1.5e+300", "1.5e+300", Cell::Kind::Real);
    row("no number", Float8, "NaN", "nan", Cell::Kind::Real);
    row("infinity", Numeric, "-Infinity", "-inf", Cell::Kind::Real);
    row("a numeric", Numeric, "12345.6780", "12345.678", Cell::Kind::Real);
    row("a date", Date, "2022-06-13", "2022-06-13", Cell::Kind::Day);
    row("no date", Date, "infinity", "infinity", Cell::Kind::Text);
    row("before Christ", Date, "0044-03-15 BC", "0044-03-15 BC", Cell::Kind::Text);
    row("a timestamp", Timestamp, "2022-06-13 10:00:00.5", "2022-06-13T10:00:00.5",
        Cell::Kind::LocalTime);
    row("an instant", TimestampTz, "2022-06-13 10:00:00+00", "2022-06-13T10:00:00Z",
        Cell::Kind::Instant);
    row("no instant", TimestampTz, "infinity", "infinity", Cell::Kind::Text);
}

void TestPostgresParts::textForm()
{
    QFETCH(int, wire);
    QFETCH(QString, value);
    QFETCH(QString, text);
    QFETCH(int, kind);
    const std::string bytes = value.toStdString();
    const Cell cell = decodePostgresText(static_cast<PostgresWire>(wire), bytes);
    QCOMPARE(static_cast<int>(cell.kind), kind);
    QCOMPARE(QString::fromStdString(formatCell(cell)), text);
}

void TestPostgresParts::copyInPieces()
{
    std::string bytes("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
    for (int i = 0; i < 3; ++i)
        bytes += big(2, 2) + big(4, 4) + "unit" + (i == 1 ? big(-1, 4) : big(4, 4) + big(i, 4));
    bytes += big(-1, 2);
    for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
        const auto format = makeBinaryCopyFormat({PostgresWire::Text, PostgresWire::Int4});
        Batch batch;
        BatchBuffers buffers;
        buffers.begin(batch);
        std::vector<Cell> units(4);
        std::vector<Cell> numbers(4);
        const std::array<Cell*, 2> columns{units.data(), numbers.data()};
        std::string arrived = bytes;
        std::size_t taken = 0;
        std::size_t rows = 0;
        for (std::size_t end = piece; taken < bytes.size();
             end = std::min(end + piece, bytes.size())) {
            std::size_t used = 0;
            auto step = PostgresCopyFormat::Step::Row;
            while ((step = format->take({arrived.data() + taken, end - taken}, used, columns, rows,
                                        buffers)) != PostgresCopyFormat::Step::More) {
                QVERIFY(step != PostgresCopyFormat::Step::Damaged);
                rows += step == PostgresCopyFormat::Step::Row ? 1 : 0;
                taken += used;
                if (step == PostgresCopyFormat::Step::End)
                    break;
            }
        }
        QCOMPARE(rows, std::size_t{3});
        QVERIFY(format->mayEnd());
        QVERIFY(numbers[1].isNull());
        QCOMPARE(numbers[2].integer, 2);
    }
}

void TestPostgresParts::copyOfRandomBytes()
{
    std::mt19937 random(20220613);
    const std::vector<PostgresWire> wires{PostgresWire::Text, PostgresWire::Numeric,
                                          PostgresWire::Uuid, PostgresWire::Date};
    for (int round = 0; round < 4000; ++round) {
        std::string bytes("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
        bytes += big(4, 2) + big(2, 4) + "ab" + big(10, 4) + numeric({1}, 0, 0, 0) + big(16, 4) +
                 std::string(16, 'x') + big(4, 4) + big(8199, 4) + big(-1, 2);
        for (int i = 0; i < 3; ++i)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        bytes.resize(1 + random() % bytes.size());
        Batch batch;
        BatchBuffers buffers;
        buffers.begin(batch);
        std::vector<Cell> cells(4 * 64);
        const std::array<Cell*, 4> columns{&cells[0], &cells[64], &cells[128], &cells[192]};
        const auto format =
            round % 2 == 0 ? makeBinaryCopyFormat(wires) : makeTextCopyFormat(wires);
        std::size_t taken = 0;
        for (std::size_t rows = 0; rows < 64; ++rows) {
            std::size_t used = 0;
            // An allocation of its own for ASan to see a step too far.
            std::vector<char> rest(bytes.begin() + static_cast<std::ptrdiff_t>(taken), bytes.end());
            const auto step = format->take(rest, used, columns, rows, buffers);
            QVERIFY(used <= rest.size());
            if (step == PostgresCopyFormat::Step::More || step == PostgresCopyFormat::Step::Damaged)
                break;
            QVERIFY(used > 0);
            taken += used;
        }
    }
}

void TestPostgresParts::dayConditions_data()
{
    QTest::addColumn<uint>("type");
    QTest::addColumn<QString>("format");
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QString>("condition"); // of the day alone

    QTest::newRow("a date") << uint{1082} << "iso"
                            << "UTC"
                            << "\"d\" = '2022-03-13'::date";
    QTest::newRow("a timestamp is wall-clock time")
        << uint{1114} << "iso"
        << "America/Los_Angeles"
        << "(\"d\" >= '2022-03-13 00:00:00'::timestamp AND \"d\" < '2022-03-14 "
           "00:00:00'::timestamp)";
    QTest::newRow("an instant falls on the zone's day, of 23 hours here")
        << uint{1184} << "iso"
        << "America/Los_Angeles"
        << "(\"d\" >= '2022-03-13T08:00:00Z'::timestamptz AND \"d\" < "
           "'2022-03-14T07:00:00Z'::timestamptz)";
    QTest::newRow("Unix seconds") << uint{20} << "unix_s"
                                  << "UTC"
                                  << "(\"d\" >= 1647129600 AND \"d\" < 1647216000)";
    QTest::newRow("Unix milliseconds") << uint{20} << "unix_ms"
                                       << "UTC"
                                       << "(\"d\" >= 1647129600000 AND \"d\" < 1647216000000)";
    QTest::newRow("a compact number") << uint{23} << "yyyymmdd"
                                      << "UTC"
                                      << "\"d\" = 20220313";
    QTest::newRow("ISO text")
        << uint{25} << "iso"
        << "UTC"
        << "(left(\"d\"::text, 10) = '2022-03-13' OR (left(\"d\"::text, 10) IN "
           "('2022-03-12', '2022-03-14') AND length(\"d\"::text) > 16))";
    QTest::newRow("other text is read whole") << uint{25} << "dd/mm/yyyy"
                                              << "UTC"
                                              << "";
}

void TestPostgresParts::dayConditions()
{
    QFETCH(uint, type);
    QFETCH(QString, format);
    QFETCH(QString, zone);
    QFETCH(QString, condition);
    const DateDecoder decoder(*findDateFormat(format.toStdString()),
                              TimeZone::find(zone.toStdString()).value());
    QString made = QString::fromStdString(postgresDayCondition(
        "\"d\"", type, decoder, *parseDay("2022-03-13"), PostgresDayRows::DayOnly));
    // What is no well-formed date is looked at too; that pattern is tested on a server.
    made.replace(QRegularExpression(" OR \"d\"::text !~ '.*'\\)$"), ")");
    QCOMPARE(made, condition);
}

void TestPostgresParts::ddl()
{
    SourceSetup wanted;
    wanted.schema = "our \"data\"";
    const std::string text = postgresDdl(wanted);
    for (const char* part :
         {"CREATE TABLE \"our \"\"data\"\"\".\"statsig_user_metrics\" (",
          "unit_id       text NOT NULL", "metric_value  double precision,", "timeuuid      uuid",
          "finished_date  date NOT NULL",
          "CREATE INDEX ON \"our \"\"data\"\"\".\"statsig_user_metrics\" (date);",
          "CREATE ROLE \"daymark\" LOGIN;", "GRANT USAGE ON SCHEMA", "GRANT SELECT ON"})
        QVERIFY2(text.find(part) != std::string::npos, text.c_str());
    QVERIFY(text.find("INSERT") == std::string::npos);
    QVERIFY(text.starts_with("CREATE SCHEMA IF NOT EXISTS \"our \"\"data\"\"\";\n"));

    SourceSetup usual;
    usual.role = "My Role";
    const std::string plain = postgresDdl(usual);
    QVERIFY(plain.find("CREATE SCHEMA") == std::string::npos);
    QVERIFY(plain.find("-- \\password \"My Role\"\n") != std::string::npos);
}

QTEST_APPLESS_MAIN(TestPostgresParts)
#include "tst_postgres_parts.moc"
