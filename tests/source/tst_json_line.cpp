// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/json_line.h"

#include <QtTest>

using namespace daymark;

class TestJsonLine : public QObject
{
    Q_OBJECT

private slots:
    void lines_data();
    void lines();
    void escapes_data();
    void escapes();
};

void TestJsonLine::lines_data()
{
    QTest::addColumn<std::string>("line");
    QTest::addColumn<std::string>("outcome"); // members between blanks, or why not
    const auto line = [](const char* name, std::string text, std::string outcome) {
        QTest::newRow(name) << std::move(text) << std::move(outcome);
    };
    line("empty", "{}", "");
    line("all kinds", R"({"a":"x","b":12.70,"c":null,"d":true,"e":[1,{"f":"}"}]})",
         R"(a="x" b=12.70 c=null d=true e:[1,{"f":"}"}])");
    line("blanks", " { \"a\" : 1 , \"b\" : 2 } ", "a=1 b=2");
    line("as written", R"({"a":1e999,"b":123456789012345678901234567890,"c":-0,"d":NaN})",
         "a=1e999 b=123456789012345678901234567890 c=-0 d=NaN");
    line("odd keys", R"({"__proto__":1,"":2,"a.b":3})", "__proto__=1 =2 a.b=3");
    line("array", "[1]", "no JSON object");
    line("number", "1", "no JSON object");
    line("trailing comma", R"({"a":1,})", "no JSON object");
    line("comment", R"({"a":1} // x)", "something behind the JSON object");
    line("single quotes", "{'a':1}", "no JSON object");
    line("hexadecimal", R"({"a":0x10})", "a value that is no JSON");
    line("underscore", R"({"a":1_000})", "a value that is no JSON");
    line("leading zero", R"({"a":01})", "a value that is no JSON");
    line("bare word", R"({"a":yes})", "a value that is no JSON");
    line("twice", R"({"a":1,"a":2})", "a JSON object that names a key twice");
    line("cut in a text", R"({"a":"x)", "a JSON object that does not end");
    line("cut behind a comma", R"({"a":1,)", "a JSON object that does not end");
    line("cut in a number", R"({"a":1)", "a JSON object that does not end");
    line("cut in an array", R"({"a":[1)", "a JSON object that does not end");
    line("cut behind a backslash", "{\"a\":\"x\\", "a JSON object that does not end");
    line("tab within a text", "{\"a\":\"x\ty\"}", "a control character within a JSON text");
    line("brackets that don't fit", R"({"a":[1}})", "no JSON object");
    line("a nested object without a key", std::string("{\"a\":{\0\"b\":1}}", 13), "no JSON object");
    line("a nested bare word", R"({"a":{"b":yes}})", "a value that is no JSON");
    line("nested values side by side", R"({"a":[1 2]})", "no JSON object");
    line("a nested trailing comma", R"({"a":[1,]})", "a value that is no JSON");
    line("a nested comma without a key", R"({"a":{"b":1,}})", "no JSON object");
    line("a nested key alone", R"({"a":{"b"}})", "no JSON object");
    line("a nested broken escape", R"({"a":["\x41"]})", "a JSON text with a broken escape");
    line("half a nested pair", R"({"a":{"\ud83d":1}})", "a JSON text with a broken escape");
    line("cut in a nested object", R"({"a":{"b":{)", "a JSON object that does not end");
    line("nested blanks", R"({"a": [ { } , [ ] , {"b" : -1.5e3 , "c":null} ] })",
         R"(a:[ { } , [ ] , {"b" : -1.5e3 , "c":null} ])");
    line("1,000 deep", "{\"a\":" + std::string(1'000, '[') + std::string(1'000, ']') + "}",
         "a:" + std::string(1'000, '[') + std::string(1'000, ']'));
    line("200,000 deep", "{\"a\":" + std::string(200'000, '[') + std::string(200'000, ']') + "}",
         "JSON that is nested over 1,000 deep");
    std::string many = "{\"k\":0";
    for (int i = 1; i <= 10'000; ++i)
        many += ",\"k" + std::to_string(i) + "\":0";
    line("10,001 keys", many + "}", "a JSON object of over 10,000 keys");
}

void TestJsonLine::lines()
{
    QFETCH(std::string, line);
    QFETCH(std::string, outcome);
    std::vector<JsonField> fields;
    std::string text(splitJsonObject(line, fields));
    for (std::size_t i = 0; i < fields.size() && (i > 0 || text.empty()); ++i) {
        const JsonField& field = fields[i];
        const bool isString = field.kind == JsonField::Kind::String;
        text += (i == 0 ? "" : " ") + std::string(field.key) +
                (field.kind == JsonField::Kind::Nested ? ":" : "=") + (isString ? "\"" : "") +
                std::string(field.text) + (isString ? "\"" : "");
    }
    if (!outcome.empty() && std::string(splitJsonObject(line, fields)) == outcome)
        return;
    QCOMPARE(text, outcome);
}

void TestJsonLine::escapes_data()
{
    QTest::addColumn<std::string>("escaped");
    QTest::addColumn<bool>("good");
    QTest::addColumn<std::string>("text");
    const auto line = [](const char* name, std::string escaped, bool good, std::string text) {
        QTest::newRow(name) << std::move(escaped) << good << std::move(text);
    };
    line("named", R"(\"\\/\b\f\n\r\t)", true, "\"\\/\b\f\n\r\t");
    line("one unit", R"(\u0041\u00e9\u20AC)", true, "A\xC3\xA9\xE2\x82\xAC");
    line("two units", R"(\ud83d\ude00)", true, "\xF0\x9F\x98\x80");
    line("NUL", R"(a\u0000b)", true, std::string("a\0b", 3));
    line("first half alone", R"(\ud83dx)", false, "");
    line("first half at the end", R"(\ud83d)", false, "");
    line("second half alone", R"(\ude00)", false, "");
    line("no digits", R"(\u00g0)", false, "");
    line("unknown", R"(\x41)", false, "");
}

void TestJsonLine::escapes()
{
    QFETCH(std::string, escaped);
    QFETCH(bool, good);
    QFETCH(std::string, text);
    std::string found;
    QCOMPARE(unescapeJson(escaped, found), good);
    if (good)
        QCOMPARE(found, text);
}

QTEST_APPLESS_MAIN(TestJsonLine)
#include "tst_json_line.moc"
