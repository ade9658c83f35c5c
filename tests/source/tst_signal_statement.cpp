// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// What a person runs at a source to announce a day.

#include "core/source/registry.h"
#include "core/source/signal_statement.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace daymark;

namespace {

Day theDay() { return *parseDay("2022-06-14"); }

void write(const QString& path, const char* content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) < 0)
        qFatal("%s", qPrintable(path));
}

std::string statementOf(const SourceConfig& config)
{
    const auto source = makeSource(config);
    return source ? (*source)->signalStatement(theDay()) : source.error().message;
}

} // namespace

class TestSignalStatement : public QObject
{
    Q_OBJECT

private slots:
    void daysAsTheSourceWritesThem_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("zone");
        QTest::addColumn<QString>("written");
        const auto add = [](const char* format, const char* zone, const char* written) {
            QTest::addRow("%s in %s", format, zone) << format << zone << written;
        };
        add("iso", "UTC", "2022-06-14");
        add("dd/mm/yyyy", "UTC", "14/06/2022");
        add("mm/dd/yyyy", "UTC", "06/14/2022");
        add("yyyymmdd", "UTC", "20220614");
        add("unix_s", "UTC", "1655164800");
        add("unix_s", "UTC-08:00", "1655193600");
        add("unix_ms", "UTC", "1655164800000");
        add("unix_us", "UTC", "1655164800000000");
    }
    void daysAsTheSourceWritesThem()
    {
        QFETCH(QString, format);
        QFETCH(QString, zone);
        QFETCH(QString, written);
        const DateDecoder dates(findDateFormat(format.toStdString()).value(),
                                TimeZone::find(zone.toStdString()).value());
        const std::string text = writtenDay(theDay(), dates);
        QCOMPARE(QString::fromStdString(text), written);
        QVERIFY(dates.decode(Cell::ofText(text)).day == theDay());
    }

    void namesAreQuoted()
    {
        SourceConfig config;
        config.kind = "sqlite";
        config.uri = "/nowhere.sqlite";
        config.signalTable = "a\"; DROP TABLE b; --";
        config.columnMap["finished_date"] = "done \"at\"";
        config.format["signal_date_format"] = "unix_s";
        QCOMPARE(statementOf(config), std::string("INSERT INTO \"a\"\"; DROP TABLE b; --\" "
                                                  "(\"done \"\"at\"\"\") VALUES (1655164800);"));
    }

    void postgresNamesAreFolded()
    {
        SourceConfig config;
        config.kind = "postgres";
        config.uri = "postgresql://reader@localhost/shop";
        config.signalTable = "Public.\"Days\"";
        QCOMPARE(statementOf(config),
                 std::string("INSERT INTO \"public\".\"Days\" (\"finished_date\") VALUES "
                             "('2022-06-14');"));
    }

    void filesAreTouchedOrGetALine()
    {
        const QTemporaryDir folder;
        const QString home = folder.filePath("it's here");
        QVERIFY(QDir().mkpath(home + "/metrics/2022-06-13"));
        QVERIFY(QDir().mkpath(home + "/signals"));
        write(home + "/metrics/2022-06-13/a.csv", "unit_id\nu\n");
        SourceConfig config;
        config.kind = "files";
        config.uri = home.toStdString();
        const std::string quoted = folder.path().toStdString() + "/it'\\''s here";
        QCOMPARE(statementOf(config), "touch '" + quoted + "/signals/2022-06-14'");
        QVERIFY(QDir(home + "/signals").removeRecursively());
        write(home + "/signals.csv", "finished_date\n");
        QCOMPARE(statementOf(config), "echo 2022-06-14 >> '" + quoted + "/signals.csv'");
    }
};

QTEST_APPLESS_MAIN(TestSignalStatement)
#include "tst_signal_statement.moc"
