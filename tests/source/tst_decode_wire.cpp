// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/decode_slot.h"

#include <QtTest>

using namespace daymark;

namespace {

constexpr std::size_t kColumns = 3;

/// A slot with two rows: a text, a real that is null once, a day.
struct Slot
{
    DecodeSlot shape{kColumns};
    std::vector<std::uint64_t> words = std::vector<std::uint64_t>(shape.size() / 8 + 1);
    RowsNotice notice{2, 3, 500'000, {}, {}};

    Slot()
    {
        notice.kinds = {static_cast<char>(Cell::Kind::Text), static_cast<char>(Cell::Kind::Real),
                        static_cast<char>(Cell::Kind::Day)};
        value(0, 0) = std::uint64_t{1} << 32U;      // one byte from 0 on
        value(0, 1) = std::uint64_t{2} << 32U | 1U; // two bytes from 1 on
        value(1, 0) = std::bit_cast<std::uint64_t>(0.5);
        value(2, 0) = 19'000;
        value(2, 1) = 19'001;
        presence(0) = presence(2) = 3;
        presence(1) = 1;
        number(0) = 7;
        number(1) = 9;
        std::memcpy(bytes() + shape.textsAt(), "abc", 3);
    }

    char* bytes() { return reinterpret_cast<char*>(words.data()); }
    std::uint64_t& value(std::size_t column, std::size_t row)
    {
        return words[shape.valuesAt(column) / 8 + row];
    }
    std::uint64_t& presence(std::size_t column) { return words[shape.presenceAt(column) / 8]; }

    std::uint64_t& number(std::size_t row) { return words[shape.numbersAt() / 8 + row]; }

    /// The rows as text; `refused` where they make no sense.
    std::string taken()
    {
        Batch batch;
        BatchBuffers buffers;
        buffers.begin(batch);
        batch.clear(4);
        const std::vector<std::size_t> canonical{3, 0, 1};
        if (!takeRows({bytes(), shape.size()}, shape, notice, canonical, batch, buffers))
            return "refused";
        std::string text;
        for (std::size_t row = 0; row < batch.rows; ++row) {
            text += std::to_string(batch.rowNumbers[row]);
            for (const std::size_t column : canonical)
                text += " " + formatCell(batch.columns[column][row]);
            text += "\n";
        }
        for (const BrokenRow& row : batch.broken)
            text += std::to_string(row.number) + " broken: " + row.text + "\n";
        return text;
    }
};

} // namespace

class TestDecodeWire : public QObject
{
    Q_OBJECT

private slots:
    void rows();
    void lies_data();
    void lies();
    void messages();
    void cutMessages();
    void errors();
};

void TestDecodeWire::rows()
{
    QCOMPARE(Slot().taken(), std::string("7 a 0.5 2022-01-08\n9 bc  2022-01-09\n"));
    Slot broken;
    broken.notice.rows = 0;
    broken.notice.broken.push_back({8, "x;y", "2 columns"});
    QCOMPARE(broken.taken(), std::string("8 broken: x;y\n"));
}

void TestDecodeWire::lies_data()
{
    QTest::addColumn<std::function<void(Slot&)>>("lie");
    const auto line = [](const char* name, std::function<void(Slot&)> lie) {
        QTest::newRow(name) << std::move(lie);
    };
    line("no rows", [](Slot& slot) { slot.notice.rows = 0; });
    line("more rows than fit", [](Slot& slot) { slot.notice.rows = DecodeSlot::kRows + 1; });
    line("rows without number", [](Slot& slot) { slot.notice.rows = ~0U; });
    line("more texts than fit", [](Slot& slot) {
        slot.notice.textBytes = static_cast<std::uint32_t>(DecodeSlot::kTextRoom) + 1;
    });
    line("a text that ends behind the texts",
         [](Slot& slot) { slot.value(0, 1) = std::uint64_t{3} << 32U | 1U; });
    line("a text that begins behind them",
         [](Slot& slot) { slot.value(0, 0) = std::uint64_t{1} << 32U | 0xFFFF'FFFFU; });
    line("a text as long as can be", [](Slot& slot) { slot.value(0, 0) = ~std::uint64_t{0}; });
    line("a column too few", [](Slot& slot) { slot.notice.kinds.pop_back(); });
    line("a column too many", [](Slot& slot) { slot.notice.kinds += '\1'; });
    line("a kind that there is not", [](Slot& slot) { slot.notice.kinds[2] = '\x7F'; });
}

void TestDecodeWire::lies()
{
    QFETCH(std::function<void(Slot&)>, lie);
    Slot slot;
    lie(slot);
    QCOMPARE(slot.taken(), std::string("refused"));
}

void TestDecodeWire::messages()
{
    OpenedFile file{12,
                    true,
                    false,
                    {SourceColumn{"a", "VARCHAR"}, SourceColumn{"", "DATE", true, true, false}}};
    const auto read = openedFileFrom(wireBytes(file));
    QVERIFY(read.has_value());
    QCOMPARE(read->rows, std::uint64_t{12});
    QVERIFY(read->isExact && !read->hasFixedColumns);
    QCOMPARE(read->columns.size(), std::size_t{2});
    QCOMPARE(read->columns[0].name, std::string("a"));
    QCOMPARE(read->columns[1].canHoldNumber, false);
    const auto order = selectOrderFrom(wireBytes(SelectOrder{{"c", "a"}}));
    QVERIFY(order && order->columns == std::vector<std::string>({"c", "a"}));
    const FileType type{FileFormat::JsonLines, Compression::Zstd};
    const auto open = openOrderFrom(wireBytes(OpenOrder{"x", type, 5, 9, {{"quote", "'"}}}));
    QVERIFY(open && open->name == "x" && open->size == 5 && open->processorSeconds == 9);
    QVERIFY(open->type.format == type.format && open->type.compression == type.compression);
    QCOMPARE(open->format.at("quote"), std::string("'"));
    const auto ends = textEndsFrom(wireBytes(TextEnds{"a,b\n", std::nullopt}));
    QVERIFY(ends && ends->head == "a,b\n" && !ends->tail);
    const RowsNotice sent{3, 4, 1'000'001, "ab", {{7, std::string(70'000, 'x'), "long"}}};
    const auto notice = rowsNoticeFrom(wireBytes(sent));
    QVERIFY(notice && notice->rows == 3 && notice->textBytes == 4 && notice->kinds == "ab");
    QCOMPARE(notice->done, std::uint32_t{1'000'000});
    QCOMPARE(notice->broken.at(0).text.size(), std::size_t{64} * 1024);
}

/// Whatever is cut off or added, a message is refused whole.
void TestDecodeWire::cutMessages()
{
    const std::string whole =
        wireBytes(OpenedFile{12, true, true, {SourceColumn{"abc", "VARCHAR"}}});
    for (std::size_t size = 0; size < whole.size(); ++size)
        QVERIFY(!openedFileFrom(std::string_view(whole).substr(0, size)));
    QVERIFY(!openedFileFrom(whole + '\0'));
    std::string many = whole;
    many[16] = '\x7F'; // the number of columns
    QVERIFY(!openedFileFrom(many));
}

void TestDecodeWire::errors()
{
    const auto told = errorFrom(wireBytes(Error{ErrorCode::SourceLimit, "a\x1B[31m", "b"}));
    QVERIFY(told.has_value());
    QCOMPARE(told->code, ErrorCode::SourceLimit);
    QCOMPARE(told->message, std::string("a\\x1B[31m"));
    const auto other = errorFrom(wireBytes(Error{ErrorCode::StorageFull, "a", "b"}));
    QVERIFY(other && other->code == ErrorCode::SourceDamaged);
}

QTEST_APPLESS_MAIN(TestDecodeWire)
#include "tst_decode_wire.moc"
