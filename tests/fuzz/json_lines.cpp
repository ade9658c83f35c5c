// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// JSON lines. What our own reader takes for an object is one for a strict parser too, but for NaN
// and Infinity, which it hands on for the rules to name; and a file is read to its end.
#include "core/base/text.h"
#include "core/source/json_line.h"
#include "core/source/jsonl_reader.h"
#include "fuzz_input.h"

#include <nlohmann/json.hpp>

using namespace daymark;

namespace {

bool holdsAnyOf(std::string_view text, std::initializer_list<std::string_view> parts)
{
    return std::any_of(parts.begin(), parts.end(), [text](std::string_view part) {
        return text.find(part) != std::string_view::npos;
    });
}

/// Takes whatever is JSON, numbers beyond a double's range with the rest.
class Strict : public nlohmann::json_sax<nlohmann::json>
{
public:
    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(std::int64_t) override { return true; }
    bool number_unsigned(std::uint64_t) override { return true; }
    bool number_float(double, const std::string&) override { return true; }
    bool string(std::string&) override { return true; }
    bool binary(nlohmann::json::binary_t&) override { return true; }
    bool start_object(std::size_t) override { return true; }
    bool key(std::string&) override { return true; }
    bool end_object() override { return true; }
    bool start_array(std::size_t) override { return true; }
    bool end_array() override { return true; }
    bool parse_error(std::size_t, const std::string&,
                     const nlohmann::json::exception& error) override
    {
        constexpr int kBeyondRange = 406;
        m_isBeyondRange = error.id == kBeyondRange;
        return false;
    }

    [[nodiscard]] bool isBeyondRange() const { return m_isBeyondRange; }

private:
    bool m_isBeyondRange = false;
};

bool isStrictJson(std::string_view line)
{
    Strict strict;
    return nlohmann::json::sax_parse(line, &strict) || strict.isBeyondRange();
}

void checkLine(std::string_view line)
{
    std::vector<JsonField> fields;
    const bool isObject = splitJsonObject(line, fields).empty();
    std::string text;
    bool isText = true;
    for (const JsonField& field : fields) {
        isText = (!field.keyIsEscaped || unescapeJson(field.key, text)) && isText;
        if (field.kind == JsonField::Kind::String && field.textIsEscaped)
            isText = unescapeJson(field.text, text) && isText;
    }
    if (isObject && isText && isUtf8(line) && !holdsAnyOf(line, {"NaN", "Infinity"}))
        fuzz::hold(isStrictJson(line));
}

void readFile(std::string_view text)
{
    auto reader = JsonlReader::open(fuzz::fileOf(text), fuzz::listedAs("a.jsonl", text), "a.jsonl");
    if (!reader)
        return;
    std::vector<std::string> names;
    for (const SourceColumn& column : (*reader)->columns())
        names.push_back(column.name);
    names.resize(std::min<std::size_t>(names.size(), 20));
    fuzz::hold((*reader)->select(names).has_value());
    Batch batch;
    std::uint64_t last = 0;
    std::uint64_t taken = 0;
    while (true) {
        const Result<bool> more = (*reader)->read(batch, {});
        if (!more || !*more)
            break;
        fuzz::hold(batch.columns.size() == names.size());
        for (const std::uint64_t number : batch.rowNumbers) {
            fuzz::hold(number > last);
            last = number;
        }
        taken += batch.rows + batch.broken.size();
    }
    const auto lines = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n') + 1);
    fuzz::hold(taken <= lines);
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const fuzz::Input input(data, size);
    checkLine(input.rest());
    readFile(input.rest());
    return 0;
}
