// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of the stream one by one: numbers, exact sums, ids, sets of keys.

#include "core/ingest/checker.h"
#include "core/ingest/exact_sum.h"
#include "core/ingest/key_set.h"
#include "core/ingest/number.h"
#include "core/ingest/unit_days.h"
#include "tests/ingest/ingest_bench.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <random>
#include <set>

using namespace daymark;

namespace {

std::string shown(const Number& number)
{
    switch (number.status) {
    case NumberStatus::Null:
        return "null";
    case NumberStatus::Ok:
        return formatDouble(number.value);
    case NumberStatus::NotANumber:
        return "no number";
    case NumberStatus::NotFinite:
        return "not finite";
    }
    return {};
}

/// The sum of doubles as an exact fraction in long double would not do: this keeps every partial
/// sum without an error, as Python's fsum does, and rounds once.
double referenceSum(const std::vector<double>& values)
{
    std::vector<double> partials;
    for (double x : values) {
        std::size_t kept = 0;
        for (double y : partials) {
            if (std::abs(x) < std::abs(y))
                std::swap(x, y);
            const double high = x + y;
            const double low = y - (high - x);
            if (low != 0)
                partials[kept++] = low;
            x = high;
        }
        partials.resize(kept);
        partials.push_back(x);
    }
    if (partials.empty())
        return 0;
    double high = partials.back();
    partials.pop_back();
    double low = 0;
    while (!partials.empty()) {
        const double x = high;
        const double y = partials.back();
        partials.pop_back();
        high = x + y;
        low = y - (high - x);
        if (low != 0)
            break;
    }
    if (!partials.empty() &&
        ((low < 0 && partials.back() < 0) || (low > 0 && partials.back() > 0))) {
        const double y = low * 2;
        if (y == high + y - high)
            high += y;
    }
    return high;
}

} // namespace

class tst_IngestParts : public QObject
{
    Q_OBJECT

private slots:
    void number_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("read");
        const auto add = [](const char* text, const char* read) {
            QTest::newRow(text) << QString(text) << QString(read);
        };
        add("1", "1");
        add("-0", "-0");
        add("+5", "5");
        add("0.1", "0.1");
        add(".5", "0.5");
        add("5.", "5");
        add("123456789012345", "123456789012345");
        add("999999999999999.9", "999999999999999.9");
        add("9007199254740993", "9007199254740992");
        add("1e3", "1000");
        add("1E-3", "0.001");
        add("2.2250738585072014e-308", "2.2250738585072014e-308");
        add("1e-400", "0");
        add("-1e-99999999999999999999", "-0");
        add(" 7 ", "7");
        add("", "null");
        add("  ", "null");
        add("1e400", "not finite");
        add("-1e99999999999999999999", "not finite");
        add("NaN", "not finite");
        add("-Infinity", "not finite");
        add("inf", "not finite");
        add("1_000", "no number");
        add("0x10", "no number");
        add("1,234.5", "no number");
        add("1 000", "no number");
        add("--1", "no number");
        add("+-1", "no number");
        add("1e", "no number");
        add(".", "no number");
        add("-", "no number");
        add("N/A", "no number");
        add("12abc", "no number");
        add("1.2.3", "no number");
        add("infinit", "no number");
    }
    void number()
    {
        QFETCH(QString, text);
        QFETCH(QString, read);
        QCOMPARE(QString::fromStdString(shown(parseNumber(text.toStdString()))), read);
    }

    void shortNumbersAreReadAsLongOnes()
    {
        std::mt19937_64 random(1);
        for (int i = 0; i < 20000; ++i) {
            const std::string text =
                std::to_string(random() % 10000000000) + "." + std::to_string(random() % 100000);
            QCOMPARE(parseNumber(text).value, std::strtod(text.c_str(), nullptr));
        }
    }

    void exactSum()
    {
        std::mt19937_64 random(2);
        for (int round = 0; round < 200; ++round) {
            std::vector<double> values;
            for (int i = 0; i < 100; ++i) {
                const double value = std::ldexp(static_cast<double>(random() >> 11U),
                                                static_cast<int>(random() % 200) - 150);
                values.push_back(random() % 2 == 0 ? value : -value);
            }
            ExactSum sum;
            for (const double value : values)
                sum.add(value);
            QCOMPARE(sum.rounded(), referenceSum(values));
            std::shuffle(values.begin(), values.end(), random);
            ExactSum other;
            for (const double value : values)
                other.add(value);
            QCOMPARE(other.rounded(), sum.rounded());
        }
    }

    void exactSumAtTheEdges()
    {
        const double tiny = std::numeric_limits<double>::denorm_min();
        const double huge = std::numeric_limits<double>::max();
        ExactSum cancelled;
        for (const double value : {1e300, 1.0, tiny, -1e300, -1.0})
            cancelled.add(value);
        QCOMPARE(cancelled.rounded(), tiny);
        ExactSum over;
        over.add(huge);
        over.add(huge);
        QCOMPARE(over.rounded(), std::numeric_limits<double>::infinity());
        over.add(-huge);
        QCOMPARE(over.rounded(), huge);
        QCOMPARE(ExactSum().rounded(), 0.0);
        ExactSum tie; // 2^53 + 1 lies between two doubles: the even one; a trifle more tips it
        tie.add(9007199254740992.0);
        tie.add(1.0);
        QCOMPARE(tie.rounded(), 9007199254740992.0);
        tie.add(tiny);
        QCOMPARE(tie.rounded(), 9007199254740994.0);
        ExactSum squares;
        squares.addSquare(1e200);
        QCOMPARE(squares.rounded(), std::numeric_limits<double>::infinity());
        ExactSum small;
        small.addSquare(1e-200);
        QCOMPARE(small.rounded(), 0.0);
        small.addSquare(-3.0);
        QCOMPARE(small.rounded(), 9.0);
        ExactSum tenths;
        for (int i = 0; i < 10; ++i)
            tenths.add(0.1);
        QCOMPARE(tenths.rounded(), 1.0);
    }

    void uuid()
    {
        Hash128 lower;
        Hash128 upper;
        Hash128 other;
        QVERIFY(parseUuid("e220a839-7b1d-4daf-b6ad-d5618defac5a", lower));
        QVERIFY(parseUuid("E220A839-7B1D-4DAF-B6AD-D5618DEFAC5A", upper));
        QVERIFY(parseUuid("e220a839-7b1d-4daf-b6ad-d5618defac5b", other));
        QVERIFY(lower == upper);
        QVERIFY(lower != other);
        for (const char* text :
             {"", "e220a839-7b1d-4daf-b6ad-d5618defac5", "e220a8397b1d4dafb6add5618defac5a",
              "e220a839-7b1d-4daf-b6ad-d5618defac5g", "e220a839-7b1d-4daf-b6ad_d5618defac5a",
              "e220a83\x10-7b1d-4daf-b6ad-d5618defac5a", "e220a83:-7b1d-4daf-b6ad-d5618defac5a",
              "e220a83`-7b1d-4daf-b6ad-d5618defac5a", "e220a83\xC3-7b1d-4daf-b6ad-d5618defac5a"})
            QVERIFY2(!parseUuid(text, other), text);
    }

    void everyDigitOfAUuidCounts()
    {
        const std::string base = "00000000-0000-0000-0000-000000000000";
        std::set<Hash128> seen;
        for (std::size_t i = 0; i < base.size(); ++i) {
            if (base[i] == '-')
                continue;
            for (const char digit : std::string("123456789abcdef")) {
                std::string text = base;
                text[i] = digit;
                Hash128 bits;
                QVERIFY(parseUuid(text, bits));
                QVERIFY(seen.insert(KeySet::mixed(bits)).second);
            }
        }
    }

    void keySet_data()
    {
        QTest::addColumn<std::size_t>("memory");
        QTest::newRow("in memory") << std::size_t{64} * 1024 * 1024;
        QTest::newRow("spilled in a few runs") << (std::size_t{1} << 20U);
        QTest::newRow("spilled all the time, without filters at last") << std::size_t{4096};
    }
    void keySet()
    {
        QFETCH(std::size_t, memory);
        const TestFolder folder;
        KeySet keys(memory, folder.path);
        std::set<Hash128> reference;
        std::mt19937_64 random(3);
        const std::uint64_t range = memory < 8192 ? 3000 : 200'000;
        for (std::uint64_t i = 0; i < range * 3 / 2; ++i) {
            const Hash128 plain{random() % range, 0};
            const bool isNew = reference.insert(plain).second;
            const Seen seen = keys.insert(KeySet::mixed(plain));
            QCOMPARE(seen == Seen::New, isNew);
            if (isNew && i % 7 == 0) {
                keys.undoInsert();
                reference.erase(plain);
            }
        }
        QCOMPARE(keys.spilled() > 0, memory <= (std::size_t{1} << 20U));
        QVERIFY(std::filesystem::is_empty(folder.path));
    }

    void keySetWithoutAFolderFails()
    {
        KeySet keys(4096, "/nonexistent/daymark");
        Seen seen = Seen::New;
        for (std::uint64_t i = 0; i < 1000 && seen != Seen::Failed; ++i)
            seen = keys.insert(KeySet::mixed({i, i}));
        QVERIFY(seen == Seen::Failed);
        QVERIFY(!keys.error().message.empty());
    }

    void unitDays()
    {
        const TestFolder folder;
        UnitTable units;
        UnitDays days(4096, folder.path);
        std::set<std::pair<std::uint32_t, std::string>> reference;
        std::mt19937_64 random(4);
        for (int i = 0; i < 60000; ++i) {
            const std::string text = "a unit with a long name " + std::to_string(random() % 9000);
            const auto group = static_cast<std::uint32_t>(random() % 3);
            const Hash128 hash = hash128(text);
            const std::uint32_t unit = units.numberOf(text, hash);
            QCOMPARE(units.text(unit), std::string_view(text));
            const bool isNew = reference.emplace(group, text).second;
            if (i < 50000)
                QCOMPARE(days.insert(group, unit, hash) == Seen::New, isNew);
            else if (i == 50000)
                QVERIFY(days.switchToHashes(units));
            if (i >= 50000)
                QCOMPARE(days.insert(group, 0, hash) == Seen::New, isNew);
            if (i == 55000)
                units.restart();
        }
    }
};

QTEST_APPLESS_MAIN(tst_IngestParts)
#include "tst_ingest_parts.moc"
