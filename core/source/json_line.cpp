// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/json_line.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <unordered_set>

namespace daymark {

namespace {

constexpr std::size_t kDeepest = 1'000;
constexpr std::size_t kMostFields = 10'000;
constexpr std::size_t kFewFields = 32;

constexpr std::string_view kNoObject = "no JSON object";
constexpr std::string_view kCut = "a JSON object that does not end";
constexpr std::string_view kTwice = "a JSON object that names a key twice";
constexpr std::string_view kTooDeep = "JSON that is nested over 1,000 deep";
constexpr std::string_view kTooMany = "a JSON object of over 10,000 keys";
constexpr std::string_view kBrokenEscape = "a JSON text with a broken escape";
constexpr std::string_view kBehind = "something behind the JSON object";

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Whether the text is a number as JSON writes it, a boolean, or a number that is not finite.
bool isLiteral(std::string_view text)
{
    if (text == "true" || text == "false" || text == "NaN" || text == "Infinity" ||
        text == "-Infinity")
        return true;
    std::size_t at = text.starts_with('-') ? 1 : 0;
    const auto digits = [&] {
        const std::size_t from = at;
        while (at < text.size() && isDigit(text[at]))
            ++at;
        return at - from;
    };
    const bool zero = at < text.size() && text[at] == '0';
    const std::size_t whole = digits();
    if (whole == 0 || (zero && whole > 1))
        return false;
    if (at < text.size() && text[at] == '.' && (++at, digits() == 0))
        return false;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-'))
            ++at;
        if (digits() == 0)
            return false;
    }
    return at == text.size();
}

class Splitter
{
public:
    Splitter(std::string_view line, std::vector<JsonField>& fields) : m_line(line), m_fields(fields)
    {}

    std::string_view run()
    {
        if (!take('{'))
            return kNoObject;
        if (take('}'))
            return atEnd() ? std::string_view() : kBehind;
        while (true) {
            if (m_fields.size() == kMostFields)
                return kTooMany;
            JsonField field;
            if (const std::string_view why = takeField(field); !why.empty())
                return why;
            m_fields.push_back(field);
            if (take('}'))
                return atEnd() ? checkKeys() : kBehind;
            if (!take(','))
                return isSpent() ? kCut : kNoObject;
        }
    }

private:
    void skipBlanks()
    {
        while (m_at < m_line.size() && isBlank(m_line[m_at]))
            ++m_at;
    }

    bool isSpent()
    {
        skipBlanks();
        return m_at == m_line.size();
    }

    bool atEnd() { return isSpent(); }

    bool take(char wanted)
    {
        skipBlanks();
        if (m_at == m_line.size() || m_line[m_at] != wanted)
            return false;
        ++m_at;
        return true;
    }

    /// Behind an opening quote: what is before the closing one.
    std::string_view takeString(std::string_view& text, bool& escaped)
    {
        const std::size_t begin = m_at;
        while (m_at < m_line.size() && m_line[m_at] != '"') {
            if (static_cast<unsigned char>(m_line[m_at]) < 0x20)
                return "a control character within a JSON text";
            escaped = escaped || m_line[m_at] == '\\';
            m_at += m_line[m_at] == '\\' ? 2 : 1;
        }
        if (m_at >= m_line.size())
            return kCut;
        text = m_line.substr(begin, m_at - begin);
        ++m_at;
        return {};
    }

    std::string_view takeField(JsonField& field)
    {
        if (!take('"'))
            return isSpent() ? kCut : kNoObject;
        if (const std::string_view why = takeString(field.key, field.keyIsEscaped); !why.empty())
            return why;
        if (!take(':'))
            return isSpent() ? kCut : kNoObject;
        if (isSpent())
            return kCut;
        if (take('"')) {
            field.kind = JsonField::Kind::String;
            return takeString(field.text, field.textIsEscaped);
        }
        if (m_line[m_at] == '{' || m_line[m_at] == '[')
            return takeNested(field);
        return takeLiteral(field);
    }

    std::string_view takeLiteral(JsonField& field)
    {
        const std::size_t end = std::min(m_line.find_first_of(",}] \t\r", m_at), m_line.size());
        field.text = m_line.substr(m_at, end - m_at);
        m_at = end;
        field.kind = field.text == "null" ? JsonField::Kind::Null : JsonField::Kind::Literal;
        if (field.kind == JsonField::Kind::Null || isLiteral(field.text))
            return {};
        return isSpent() ? kCut : "a value that is no JSON";
    }

    /// An object or an array within the line's: held against JSON's grammar, and kept as it stands.
    std::string_view takeNested(JsonField& field)
    {
        const std::size_t begin = m_at;
        std::string open; // the brackets that are still to be closed
        while (true) {
            bool more = false;
            if (const std::string_view why = takeNestedValue(open, more); !why.empty())
                return why;
            while (!more && !open.empty() && take(open.back()))
                open.pop_back();
            if (open.empty())
                break;
            if (!more && !take(','))
                return isSpent() ? kCut : kNoObject;
            if (open.back() == '}')
                if (const std::string_view why = takeNestedKey(); !why.empty())
                    return why;
        }
        field.kind = JsonField::Kind::Nested;
        field.text = m_line.substr(begin, m_at - begin);
        return {};
    }

    /// @param more  whether a bracket was opened that something must follow in.
    std::string_view takeNestedValue(std::string& open, bool& more)
    {
        if (isSpent())
            return kCut;
        const char c = m_line[m_at];
        if (c == '"')
            return takeNestedString();
        if (c != '{' && c != '[') {
            JsonField literal;
            return takeLiteral(literal);
        }
        if (open.size() == kDeepest)
            return kTooDeep;
        ++m_at;
        open += c == '{' ? '}' : ']';
        if (isSpent())
            return kCut;
        more = m_line[m_at] != open.back();
        return {};
    }

    std::string_view takeNestedKey()
    {
        if (isSpent())
            return kCut;
        if (m_line[m_at] != '"')
            return kNoObject;
        if (const std::string_view why = takeNestedString(); !why.empty())
            return why;
        if (!take(':'))
            return isSpent() ? kCut : kNoObject;
        return {};
    }

    std::string_view takeNestedString()
    {
        ++m_at;
        std::string_view text;
        bool escaped = false;
        if (const std::string_view why = takeString(text, escaped); !why.empty())
            return why;
        return !escaped || unescapeJson(text, m_unescaped) ? std::string_view() : kBrokenEscape;
    }

    std::string_view checkKeys() const
    {
        if (m_fields.size() > kFewFields) {
            std::unordered_set<std::string_view> keys;
            for (const JsonField& field : m_fields) {
                if (!keys.insert(field.key).second)
                    return kTwice;
            }
            return {};
        }
        for (std::size_t i = 1; i < m_fields.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                if (m_fields[i].key == m_fields[j].key)
                    return kTwice;
            }
        }
        return {};
    }

    std::string_view m_line;
    std::vector<JsonField>& m_fields;
    std::size_t m_at = 0;
    std::string m_unescaped; // of the last nested text
};

std::optional<std::uint32_t> fourHexDigits(std::string_view text)
{
    if (text.size() < 4)
        return std::nullopt;
    std::uint32_t value = 0;
    for (const char c : text.substr(0, 4)) {
        std::uint32_t digit = 0;
        if (isDigit(c))
            digit = static_cast<std::uint32_t>(c - '0');
        else if (c >= 'a' && c <= 'f')
            digit = static_cast<std::uint32_t>(c - 'a' + 10);
        else if (c >= 'A' && c <= 'F')
            digit = static_cast<std::uint32_t>(c - 'A' + 10);
        else
            return std::nullopt;
        value = value * 16 + digit;
    }
    return value;
}

void appendUtf8(std::uint32_t point, std::string& text)
{
    const auto add = [&text](std::uint32_t byte) { text += static_cast<char>(byte); };
    if (point < 0x80) {
        add(point);
    } else if (point < 0x800) {
        add(0xC0U | point >> 6U);
        add(0x80U | (point & 0x3FU));
    } else if (point < 0x10000) {
        add(0xE0U | point >> 12U);
        add(0x80U | (point >> 6U & 0x3FU));
        add(0x80U | (point & 0x3FU));
    } else {
        add(0xF0U | point >> 18U);
        add(0x80U | (point >> 12U & 0x3FU));
        add(0x80U | (point >> 6U & 0x3FU));
        add(0x80U | (point & 0x3FU));
    }
}

/// Behind `\\u`: one code point, of two escapes where it takes them.
bool takeCodePoint(std::string_view escaped, std::size_t& at, std::string& text)
{
    std::optional<std::uint32_t> point = fourHexDigits(escaped.substr(at));
    if (!point || (*point >= 0xDC00 && *point <= 0xDFFF))
        return false;
    at += 4;
    if (*point >= 0xD800 && *point <= 0xDBFF) {
        if (escaped.substr(at, 2) != "\\u")
            return false;
        const std::optional<std::uint32_t> low = fourHexDigits(escaped.substr(at + 2));
        if (!low || *low < 0xDC00 || *low > 0xDFFF)
            return false;
        at += 6;
        point = 0x10000 + ((*point - 0xD800) << 10U) + (*low - 0xDC00);
    }
    appendUtf8(*point, text);
    return true;
}

} // namespace

std::string_view splitJsonObject(std::string_view line, std::vector<JsonField>& fields)
{
    fields.clear();
    return Splitter(line, fields).run();
}

bool unescapeJson(std::string_view escaped, std::string& text)
{
    constexpr std::string_view names = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    text.clear();
    for (std::size_t i = 0; i < escaped.size();) {
        if (escaped[i] != '\\') {
            text += escaped[i++];
            continue;
        }
        if (++i == escaped.size())
            return false;
        const char name = escaped[i++];
        const std::size_t known = names.find(name);
        if (known != std::string_view::npos)
            text += meanings[known];
        else if (name != 'u' || !takeCodePoint(escaped, i, text))
            return false;
    }
    return true;
}

} // namespace daymark
