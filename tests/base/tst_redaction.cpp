// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/redaction.h"
#include "core/base/sha256.h"
#include "core/base/small_file.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

#include <sys/stat.h>

using namespace daymark;

class TestRedaction : public QObject
{
    Q_OBJECT

private slots:
    void masks_data();
    void masks();
    void leavesOutWhatIsQuoted_data();
    void leavesOutWhatIsQuoted();
    void hidesCredentials_data();
    void hidesCredentials();
    void readsSmallFilesOnly();
};

void TestRedaction::masks_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("expected");
    QTest::newRow("a number with a comma") << "12,50 EUR"
                                           << "99,99 AAA";
    QTest::newRow("an address") << "ann@example.org"
                                << "aaa@aaaaaaa.aaa";
    QTest::newRow("beyond ASCII") << "Zoë"
                                  << "Aa·";
    QTest::newRow("control characters") << "a\tb"
                                        << "a?a";
    QTest::newRow("empty") << ""
                           << "";
    QTest::newRow("forty is whole") << QString(40, 'x') << QString(40, 'a');
    QTest::newRow("longer is cut") << QString(41, 'x') << QString(40, 'a') + "…";
}

void TestRedaction::masks()
{
    QFETCH(QString, value);
    QFETCH(QString, expected);
    QCOMPARE(QString::fromStdString(masked(value.toStdString())), expected);
}

void TestRedaction::leavesOutWhatIsQuoted_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("nothing quoted") << "42 rows."
                                    << "42 rows.";
    QTest::newRow("double") << "The value \"12 EUR\" is none."
                            << "The value \"…\" is none.";
    QTest::newRow("single") << "Metric 'revenue' came."
                            << "Metric \"…\" came.";
    QTest::newRow("back") << "`userID`: no"
                          << "\"…\": no";
    QTest::newRow("curly") << "“x” y"
                           << "\"…\" y";
    QTest::newRow("an apostrophe") << "the day's rows aren't"
                                   << "the day's rows aren't";
    QTest::newRow("never closed") << "a \"b"
                                  << "a \"b";
}

void TestRedaction::leavesOutWhatIsQuoted()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(QString::fromStdString(withoutQuoted(text.toStdString())), expected);
}

void TestRedaction::hidesCredentials_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("none") << "host=db user=ann"
                          << "host=db user=ann";
    QTest::newRow("a user's password") << "postgresql://ann:hunter2@db.example.org/shop"
                                       << "postgresql://ann:•••@db.example.org/shop";
    QTest::newRow("a port is none") << "postgresql://ann@db:5432/shop"
                                    << "postgresql://ann@db:5432/shop";
    QTest::newRow("an at sign in it") << "https://a:b@c@d/e"
                                      << "https://a:•••@d/e";
    QTest::newRow("a keyword") << "host=db password=hunter2 user=ann"
                               << "host=db password=••• user=ann";
    QTest::newRow("quoted") << "password = 'hunter two' user=ann"
                            << "password = ••• user=ann";
    QTest::newRow("a query") << "https://x/y?sig=abc%3D&se=1"
                             << "https://x/y?sig=•••&se=1";
    QTest::newRow("JSON") << "{\"api_key\": \"abc\", \"n\": 1}"
                          << "{\"api_key\": •••, \"n\": 1}";
    QTest::newRow("a prefix") << "PGPASSWORD=abc x"
                              << "PGPASSWORD=••• x";
    QTest::newRow("no value") << "The password is wrong."
                              << "The password is wrong.";
    QTest::newRow("part of another word") << "design=abc"
                                          << "design=abc";
    QTest::newRow("never closed") << "password='abc"
                                  << "password=•••";
    QTest::newRow("ends early") << "password="
                                << "password=";
}

void TestRedaction::hidesCredentials()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(QString::fromStdString(withoutCredentials(text.toStdString())), expected);
}

void TestRedaction::readsSmallFilesOnly()
{
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("file").toStdString();
    QCOMPARE(readSmallFile(path, 10).error().code, ErrorCode::StorageFailed);
    std::ofstream(path) << "0123456789";
    QCOMPARE(readSmallFile(path, 10).value(), std::string("0123456789"));
    QCOMPARE(readSmallFile(path, 9).error().code, ErrorCode::UsageInvalid);
    QCOMPARE(readSmallFile(folder.path().toStdString(), 9).error().code, ErrorCode::UsageInvalid);
    const std::string pipe = folder.filePath("pipe").toStdString();
    QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
    QCOMPARE(readSmallFile(pipe, 9).error().code, ErrorCode::UsageInvalid);
    QCOMPARE(sha256Of("abc"),
             std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
}

QTEST_APPLESS_MAIN(TestRedaction)

#include "tst_redaction.moc"
