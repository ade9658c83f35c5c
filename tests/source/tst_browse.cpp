// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "decoding_main.h"
#include "source_fixture.h"

#include <QtTest>

using namespace daymark;
using namespace daymark::test;

namespace {

/// `name (kind)`, separated by commas.
std::string itemTexts(const PlaceListing& listing)
{
    std::string text;
    for (const PlaceItem& item : listing.items)
        text += (text.empty() ? "" : ", ") + (item.name.empty() ? item.title : item.name) + " (" +
                item.kind + ")";
    return text;
}

/// Rows between semicolons, cells between blanks, `-` for null.
std::string rowTexts(const PlaceSample& sample)
{
    std::string text;
    for (const auto& row : sample.rows) {
        text += text.empty() ? "" : ";";
        for (const auto& cell : row)
            text += " " + cell.value_or("-");
    }
    return text;
}

PlaceListing browse(const SourceConfig& config)
{
    return findSourceKind(config.kind)->browse(config, {});
}

Result<PlaceSample> sample(const SourceConfig& config, std::size_t rows = 10)
{
    return findSourceKind(config.kind)->sample(config, rows, {});
}

} // namespace

class TestBrowse : public QObject
{
    Q_OBJECT

private slots:
    void everyKindCanBeBrowsed();
    void listsTablesAndViews();
    void samplesASqliteTable();
    void saysWhyADatabaseDoesNotOpen();
    void listsFilesAndFolders();
    void takesASingleFile();
    void samplesFiles_data();
    void samplesFiles();
    void samplesAmbiguousDates();
    void saysWhyThereAreNoFiles();
};

void TestBrowse::everyKindCanBeBrowsed()
{
    for (const SourceKind& kind : sourceKinds()) {
        QVERIFY(kind.browse);
        QVERIFY(kind.sample);
        QVERIFY(!kind.summary.empty());
    }
}

void TestBrowse::listsTablesAndViews()
{
    const Folder folder;
    const Database database(folder.path("shop.sqlite"));
    database.run("CREATE TABLE \"odd \"\"name\" (a); CREATE TABLE orders (a);"
                 "INSERT INTO orders VALUES (1), (2); CREATE VIEW v AS SELECT * FROM orders");
    const PlaceListing listing = browse(sqliteConfig(folder.path("shop.sqlite")));
    QCOMPARE(QString::fromStdString(itemTexts(listing)),
             QString("odd \"name (table), orders (table), v (view)"));
    QCOMPARE(listing.items.at(1).rows.value_or(0), 2U);
    QVERIFY(!listing.items.at(2).rows);
    QVERIFY(listing.steps.back().ok);
}

void TestBrowse::samplesASqliteTable()
{
    const Folder folder;
    const Database database(folder.path("shop.sqlite"));
    database.run("CREATE TABLE \"odd \"\"name\" (a TEXT, b REAL);"
                 "INSERT INTO \"odd \"\"name\" VALUES ('x', 1.5), (NULL, 2), ('\x1B', 3)");
    SourceConfig config = sqliteConfig(folder.path("shop.sqlite"));
    config.table = "odd \"name";
    const auto found = sample(config, 3);
    QVERIFY(found);
    QCOMPARE(rowTexts(*found), std::string(" x 1.5; - 2; \\x1B 3"));
    QCOMPARE(found->columns.at(1).typeName, std::string("REAL"));
    QCOMPARE(sample(config, 1)->rows.size(), 1U);
}

void TestBrowse::saysWhyADatabaseDoesNotOpen()
{
    const Folder folder;
    folder.write("shop.sqlite", "no database at all, but long enough to be looked at as one");
    const PlaceListing listing = browse(sqliteConfig(folder.path("shop.sqlite")));
    QVERIFY(listing.items.empty());
    QVERIFY(!listing.steps.back().ok);
    QVERIFY(!listing.steps.back().message.empty());
    QVERIFY(!sample(sqliteConfig(folder.path("gone.sqlite"))));
}

void TestBrowse::listsFilesAndFolders()
{
    const Folder folder;
    folder.write("metrics/2022-06-13/part.csv", "a\n");
    folder.write("other/data.csv", "a\n");
    folder.write("extra.jsonl", "{}\n");
    folder.write("notes.pdf", "no data");
    const PlaceListing listing = browse(filesConfig(folder.path()));
    QCOMPARE(QString::fromStdString(itemTexts(listing)),
             QString("metrics/*/ (found by its name), metrics (folder a day), other (folder), "
                     "extra.jsonl (JSON lines file)"));
}

void TestBrowse::takesASingleFile()
{
    const Folder folder;
    folder.write("extra.csv", "unit_id,n\nu,1\n");
    const PlaceListing listing = browse(filesConfig(folder.path("extra.csv")));
    QCOMPARE(QString::fromStdString(itemTexts(listing)), QString("extra.csv (file)"));
    const auto found = sample(filesConfig(folder.path("extra.csv")));
    QVERIFY(found);
    QCOMPARE(rowTexts(*found), std::string(" u 1"));
}

void TestBrowse::samplesFiles_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("rows");
    QTest::newRow("commas") << "metrics.csv" << QByteArray("date,n\n2022-06-13,1\n2022-06-14,2\n")
                            << " 2022-06-13 1; 2022-06-14 2";
    QTest::newRow("semicolons") << "metrics.csv" << QByteArray("unit_id;n\nu;1,5\n") << " u 1,5";
    QTest::newRow("JSON lines") << "metrics.jsonl" << QByteArray("{\"unit_id\":\"u\",\"n\":1}\n")
                                << " u 1";
}

void TestBrowse::samplesFiles()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, content);
    QFETCH(QString, rows);
    const Folder folder;
    folder.write(name.toStdString(), content.toStdString());
    const auto found = sample(filesConfig(folder.path()));
    QVERIFY2(found, found ? "" : found.error().message.c_str());
    QCOMPARE(QString::fromStdString(rowTexts(*found)), rows);
}

/// Which of the two it is, is settled after the rows were seen.
void TestBrowse::samplesAmbiguousDates()
{
    const Folder folder;
    folder.write("metrics.csv", "unit_id,date\nu,03/04/2022\n");
    const auto found = sample(filesConfig(folder.path()));
    QVERIFY2(found, found ? "" : found.error().message.c_str());
    QCOMPARE(rowTexts(*found), std::string(" u 03/04/2022"));
}

void TestBrowse::saysWhyThereAreNoFiles()
{
    const Folder folder;
    const PlaceListing listing = browse(filesConfig(folder.path()));
    QVERIFY(listing.items.empty());
    QVERIFY(listing.steps.back().warning);
    QVERIFY(!browse(filesConfig(folder.path("gone"))).steps.back().ok);
    QVERIFY(!sample(filesConfig(folder.path())));
}

DAYMARK_DECODING_TEST_MAIN(TestBrowse)
#include "tst_browse.moc"
