// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/file_root.h"
#include "decoding_main.h"
#include "source_fixture.h"

#include <QtTest>

#include <random>

using namespace daymark;
using namespace daymark::test;

namespace {

/// Text that compresses, but not to nothing.
std::string sample(std::size_t lines)
{
    std::mt19937 random(7);
    std::string text;
    for (std::size_t i = 0; i < lines; ++i)
        text += "u" + std::to_string(random()) + ",user_id,2022-06-13,m,1\n";
    return text;
}

/// The whole content, or the error's name.
std::string contentOf(const Folder& folder, const std::string& name)
{
    const auto root = FileRoot::open(folder.path());
    const auto file = root->find(name);
    const auto open = root->openFile(*file);
    const auto stream = openStream(open->get(), file->type->compression, name);
    std::string text;
    std::vector<char> block(100'000);
    while (true) {
        const Result<std::size_t> size = readFully(**stream, block);
        if (!size)
            return std::string(errorName(size.error().code));
        if (*size == 0)
            return text;
        text.append(block.data(), *size);
    }
}

} // namespace

class TestFileStreams : public QObject
{
    Q_OBJECT

private slots:
    void content_data();
    void content();
    void everyCut_data();
    void everyCut();
    void bomb_data();
    void bomb();
};

void TestFileStreams::content_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<std::string>("content");
    const std::string text = sample(50'000);
    const std::string gz = gzipped(text);
    const std::string zst = zstandard(text);
    std::string badGz = gz;
    badGz[badGz.size() - 6] = static_cast<char>(badGz[badGz.size() - 6] ^ 1);
    std::string badZst = zst;
    badZst.back() = static_cast<char>(badZst.back() ^ 1);
    const auto line = [](const char* name, const char* file, std::string bytes,
                         std::string content) {
        QTest::newRow(name) << std::string(file) << std::move(bytes) << std::move(content);
    };
    line("plain", "a.csv", text, text);
    line("gzip", "a.csv.gz", gz, text);
    line("zstd", "a.csv.zst", zst, text);
    line("gzip, two members", "a.csv.gz", gz + gzipped("more\n"), text + "more\n");
    line("gzip, an empty member first", "a.csv.gz", gzipped("") + gz, text);
    line("zstd, two frames", "a.csv.zst", zst + zstandard("more\n"), text + "more\n");
    line("gzip, zeros behind", "a.csv.gz", gz + std::string(512, '\0'), text);
    line("gzip, garbage behind", "a.csv.gz", gz + "garbage", "source.damaged");
    line("zstd, garbage behind", "a.csv.zst", zst + "garbage", "source.damaged");
    line("gzip, wrong checksum", "a.csv.gz", badGz, "source.damaged");
    line("zstd, wrong checksum", "a.csv.zst", badZst, "source.damaged");
    line("gzip that is text", "a.csv.gz", text, "source.damaged");
    line("zstd that is text", "a.csv.zst", text, "source.damaged");
    line("gzip of nothing", "a.csv.gz", gzipped(""), "");
}

void TestFileStreams::content()
{
    QFETCH(std::string, name);
    QFETCH(std::string, bytes);
    QFETCH(std::string, content);
    const Folder folder;
    folder.write(name, bytes);
    QVERIFY(contentOf(folder, name) == content);
}

void TestFileStreams::everyCut_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("bytes");
    QTest::newRow("gzip") << std::string("a.csv.gz") << gzipped(sample(20));
    QTest::newRow("zstd") << std::string("a.csv.zst") << zstandard(sample(20));
}

void TestFileStreams::everyCut()
{
    QFETCH(std::string, name);
    QFETCH(std::string, bytes);
    const Folder folder;
    for (std::size_t size = 1; size < bytes.size(); ++size) {
        folder.write(name, std::string_view(bytes).substr(0, size));
        QCOMPARE(contentOf(folder, name), std::string("source.truncated"));
    }
}

void TestFileStreams::bomb_data()
{
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("bytes");
    const std::string zeros(64UL << 20U, 'x');
    std::string gz;
    std::string zst;
    for (int i = 0; i < 20; ++i) {
        gz += i == 0 ? gzipped(zeros) : gz.substr(0, gz.size() / static_cast<std::size_t>(i));
        zst += i == 0 ? zstandard(zeros) : zst.substr(0, zst.size() / static_cast<std::size_t>(i));
    }
    QTest::newRow("gzip") << std::string("a.csv.gz") << gz;
    QTest::newRow("zstd") << std::string("a.csv.zst") << zst;
}

void TestFileStreams::bomb()
{
    QFETCH(std::string, name);
    QFETCH(std::string, bytes);
    const Folder folder;
    folder.write(name, bytes);
    const auto root = FileRoot::open(folder.path());
    const auto file = root->find(name);
    const auto open = root->openFile(*file);
    const auto stream = openStream(open->get(), file->type->compression, name);
    std::vector<char> block(1U << 20U);
    while (true) {
        const Result<std::size_t> size = (*stream)->read(block);
        if (!size) {
            QCOMPARE(errorName(size.error().code), std::string_view("source.limit"));
            return;
        }
        QVERIFY(*size > 0);
    }
}

DAYMARK_DECODING_TEST_MAIN(TestFileStreams)
#include "tst_file_streams.moc"
