// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/text.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <set>

using namespace daymark;

namespace {

QString qt(const std::string& text) { return QString::fromStdString(text); }

} // namespace

class TestText : public QObject
{
    Q_OBJECT

private slots:
    void trimming();
    void lowerCaseIsAscii();
    void utf8_data();
    void utf8();
    void shortening_data();
    void shortening();
    void shortenedStaysWithinItsLimit();
    void nearestWords_data();
    void nearestWords();
    void groups();
    void pathParts_data();
    void pathParts();
    void doubles();
    void hashes();
    void sumsOfHashesForgetTheirOrder();
    void everyErrorHasANameOfItsOwn();
};

void TestText::trimming()
{
    QVERIFY(trimmed(" \t\r\na b\n ") == "a b");
    QVERIFY(trimmed(" \t").empty());
    QVERIFY(trimmed("").empty());
    QVERIFY(trimmed("a") == "a");
}

void TestText::lowerCaseIsAscii()
{
    QCOMPARE(asciiLower("User_ID Ä"), std::string("user_id Ä"));
    QCOMPARE(codePoints("aÄ€😀"), std::size_t{4});
    QCOMPARE(codePoints(""), std::size_t{0});
}

void TestText::utf8_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("wellFormed");
    QTest::newRow("nothing") << QByteArray() << true;
    QTest::newRow("letters") << QByteArray("aÄ€😀") << true;
    QTest::newRow("NUL") << QByteArray("\0", 1) << true;
    QTest::newRow("the last code point") << QByteArray("\xF4\x8F\xBF\xBF") << true;
    QTest::newRow("beyond it") << QByteArray("\xF4\x90\x80\x80") << false;
    QTest::newRow("the last before the surrogates") << QByteArray("\xED\x9F\xBF") << true;
    QTest::newRow("a surrogate") << QByteArray("\xED\xA0\x80") << false;
    QTest::newRow("overlong, two bytes") << QByteArray("\xC0\xAF") << false;
    QTest::newRow("overlong, three bytes") << QByteArray("\xE0\x80\xAF") << false;
    QTest::newRow("overlong, four bytes") << QByteArray("\xF0\x80\x80\xAF") << false;
    QTest::newRow("a continuation alone") << QByteArray("\x80") << false;
    QTest::newRow("cut short") << QByteArray("a\xE2\x82") << false;
    QTest::newRow("Latin-1") << QByteArray("\xE4rger") << false;
    QTest::newRow("five bytes") << QByteArray("\xF8\x88\x80\x80\x80") << false;
}

void TestText::utf8()
{
    QFETCH(QByteArray, bytes);
    QTEST(isUtf8({bytes.constData(), static_cast<std::size_t>(bytes.size())}), "wellFormed");
}

void TestText::shortening_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("limit");
    QTest::addColumn<QString>("text");
    QTest::newRow("short enough") << QByteArray("abc") << 3 << "abc";
    QTest::newRow("too long") << QByteArray("abcd") << 3 << "abc…";
    QTest::newRow("cut before a code point") << QByteArray("ab€") << 4 << "ab…";
    QTest::newRow("a whole code point") << QByteArray("ab€") << 5 << "ab€";
    QTest::newRow("control characters") << QByteArray("a\x1B[31m\n") << 80 << "a\\x1B[31m\\x0A";
    QTest::newRow("NUL") << QByteArray("a\0b", 3) << 80 << "a\\x00b";
    QTest::newRow("an escape is not cut") << QByteArray("ab\n") << 5 << "ab…";
    QTest::newRow("C1 controls") << QByteArray("\xC2\x9B") << 80 << "\\xC2\\x9B";
    QTest::newRow("no UTF-8") << QByteArray("\xE4rger") << 80 << "\\xE4rger";
    QTest::newRow("cut UTF-8") << QByteArray("a\xE2\x82") << 80 << "a\\xE2\\x82";
    QTest::newRow("right to left override") << QByteArray("a\u202Eb") << 80 << "a\\xE2\\x80\\xAEb";
    QTest::newRow("zero width") << QByteArray("a\u200Bb\uFEFF") << 80
                                << "a\\xE2\\x80\\x8Bb\\xEF\\xBB\\xBF";
    QTest::newRow("a line separator") << QByteArray("a\u2028b") << 80 << "a\\xE2\\x80\\xA8b";
    QTest::newRow("letters of other scripts") << QByteArray("日本 😀 ’…") << 80 << "日本 😀 ’…";
    QTest::newRow("markup stays text") << QByteArray("<b>&amp;") << 80 << "<b>&amp;";
    QTest::newRow("nothing") << QByteArray() << 80 << "";
}

void TestText::shortening()
{
    QFETCH(QByteArray, value);
    QFETCH(int, limit);
    QTEST(qt(shortened({value.constData(), static_cast<std::size_t>(value.size())},
                       static_cast<std::size_t>(limit))),
          "text");
}

void TestText::shortenedStaysWithinItsLimit()
{
    const std::string ellipsis = "…";
    for (std::size_t limit = 0; limit < 40; ++limit)
        for (const char* value :
             {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "€€€€€€€€€€€€€€€€€€€€",
              "\x01\x02\x03\x04\x05\x06\x07\x08\x0E\x0F\x10\x11\x12"}) {
            const std::string text = shortened(value, limit);
            QVERIFY(text.size() <= limit + ellipsis.size());
            QVERIFY(text.ends_with(ellipsis));
            QVERIFY(isUtf8(text));
        }
}

void TestText::nearestWords_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("near");
    QTest::newRow("case") << "USER_ID"
                          << "user_id";
    QTest::newRow("without its underscore") << "userID"
                                            << "user_id";
    QTest::newRow("a letter missing") << "stabl_id"
                                      << "stable_id";
    QTest::newRow("letters swapped") << "stabel_id"
                                     << "stable_id";
    QTest::newRow("a short word is not near another") << "xy"
                                                      << "";
    QTest::newRow("a letter off a short word") << "im"
                                               << "id";
    QTest::newRow("far off") << "completely_else"
                             << "";
    QTest::newRow("nothing") << ""
                             << "";
    QTest::newRow("endless") << QString(100'000, 'u') << "";
}

void TestText::nearestWords()
{
    QFETCH(QString, word);
    const std::vector<std::string> candidates = {"user_id", "stable_id", "id",
                                                 std::string(1'000'000, 'u')};
    QTEST(qt(nearest(word.toStdString(), candidates).value_or("")), "near");
}

void TestText::groups()
{
    QCOMPARE(groupedDigits(0), std::string("0"));
    QCOMPARE(groupedDigits(999), std::string("999"));
    QCOMPARE(groupedDigits(1'000), std::string("1,000"));
    QCOMPARE(groupedDigits(41'902), std::string("41,902"));
    QCOMPARE(groupedDigits(18'446'744'073'709'551'615U), std::string("18,446,744,073,709,551,615"));
}

void TestText::pathParts_data()
{
    QTest::addColumn<QString>("part");
    const auto row = [](const char* text, const char* part) { QTest::newRow(text) << part; };
    row("shop", "shop");
    row("Shop_1-a.b", "Shop_1-a.b");
    row("..", "%2E.");
    row(".hidden", "%2Ehidden");
    row("a/b", "a%2Fb");
    row("../../etc", "%2E.%2F..%2Fetc");
    row("a b=c", "a%20b%3Dc");
    row("100%", "100%25");
    row("ä", "%C3%A4");
}

void TestText::pathParts() { QTEST(qt(pathSafe(QTest::currentDataTag())), "part"); }

void TestText::doubles()
{
    QCOMPARE(formatDouble(0.1), std::string("0.1"));
    QCOMPARE(formatDouble(-0.0), std::string("-0"));
    QCOMPARE(formatDouble(1e300), std::string("1e+300"));
    QCOMPARE(formatDouble(std::nan("")), std::string("nan"));
    QCOMPARE(formatDouble(-std::nan("")), std::string("nan"));
    QCOMPARE(formatDouble(HUGE_VAL), std::string("inf"));
    QCOMPARE(formatDouble(-HUGE_VAL), std::string("-inf"));
    using Limits = std::numeric_limits<double>;
    for (const double value : {Limits::max(), Limits::denorm_min(), -Limits::min(), 1.0 / 3})
        QCOMPARE(std::stold(formatDouble(value)) == static_cast<long double>(value) ||
                     std::strtod(formatDouble(value).c_str(), nullptr) == value,
                 true);
}

void TestText::hashes()
{
    // Kept in ledgers: these values must never change.
    QCOMPARE(formatHash(hash128("")), std::string("99aa06d3014798d86001c324468d497f"));
    QCOMPARE(formatHash(Hash128{1, 2}), std::string("00000000000000020000000000000001"));
    QVERIFY(hash128("a") != hash128("b"));
}

void TestText::sumsOfHashesForgetTheirOrder()
{
    Hash128 forwards;
    Hash128 backwards;
    for (int i = 0; i < 100; ++i) {
        forwards += hash128(std::to_string(i));
        backwards += hash128(std::to_string(99 - i));
    }
    QVERIFY(forwards == backwards);
    Hash128 carried{std::numeric_limits<std::uint64_t>::max(), 0};
    carried += Hash128{1, 0};
    QVERIFY((carried == Hash128{0, 1}));
    Hash128 around{std::numeric_limits<std::uint64_t>::max(),
                   std::numeric_limits<std::uint64_t>::max()};
    around += Hash128{1, 0};
    QVERIFY((around == Hash128{0, 0}));
}

void TestText::everyErrorHasANameOfItsOwn()
{
    std::set<std::string_view> names;
    for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code) {
        const std::string_view name = errorName(static_cast<ErrorCode>(code));
        QVERIFY(!name.empty());
        QVERIFY2(names.insert(name).second, std::string(name).c_str());
        QVERIFY(static_cast<ErrorCode>(code) == ErrorCode::Internal ||
                name.find('.') != std::string_view::npos);
    }
    QCOMPARE(names.size(), static_cast<std::size_t>(ErrorCode::Internal) + 1);
    QVERIFY(remedyFor(ErrorCode::SourceBusy) == Remedy::Retry);
    QVERIFY(remedyFor(ErrorCode::DayTolerance) == Remedy::FixSource);
    QVERIFY(remedyFor(ErrorCode::UsageInvalid) == Remedy::FixUsage);
    QVERIFY(remedyFor(ErrorCode::StorageFull) == Remedy::GiveUp);
}

QTEST_APPLESS_MAIN(TestText)
#include "tst_text.moc"
