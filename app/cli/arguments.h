// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What commands take. The parser's library stays behind this header; every refusal is a usage error
// in whole sentences.

#include "core/base/day.h"
#include "core/base/error.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace daymark::cli {

/// Declares the arguments of one command. The variables that it is given receive the values when
/// the command line is parsed, and must outlive that.
class Arguments
{
public:
    explicit Arguments(CLI::App& app) : m_app(app) {}

    /// A needed argument without a dash, `NAME`.
    void positional(const std::string& label, const std::string& help, std::string& value);
    void positional(const std::string& label, const std::string& help,
                    std::optional<std::string>& value);
    void positionals(const std::string& label, const std::string& help,
                     std::vector<std::string>& values);
    /// One or more of `YYYY-MM-DD` and `YYYY-MM-DD..YYYY-MM-DD`, as first and last day.
    void positionalDays(const std::string& label, const std::string& help,
                        std::vector<std::pair<Day, Day>>& values);
    void positionalDay(const std::string& label, const std::string& help, Day& value);
    void positionalNumber(const std::string& label, const std::string& help, std::int64_t minimum,
                          std::int64_t& value);

    void flag(const std::string& option, const std::string& help, bool& value);
    void text(const std::string& option, const std::string& label, const std::string& help,
              std::optional<std::string>& value);
    void neededText(const std::string& option, const std::string& label, const std::string& help,
                    std::string& value);
    /// `YYYY-MM-DD`, a day that exists.
    void day(const std::string& option, const std::string& help, std::optional<Day>& value);
    void neededDay(const std::string& option, const std::string& help, Day& value);
    /// An RFC 3339 time with an offset.
    void instant(const std::string& option, const std::string& help, std::optional<Instant>& value);
    void wholeNumber(const std::string& option, const std::string& label, const std::string& help,
                     std::int64_t minimum, std::int64_t maximum,
                     std::optional<std::int64_t>& value);
    /// 0 to 100.
    void percent(const std::string& option, const std::string& help, std::optional<double>& value);
    /// One of `names`.
    void choice(const std::string& option, const std::string& help,
                const std::vector<std::string>& names, bool isNeeded,
                std::optional<std::string>& value);
    /// An IANA name or a fixed offset.
    void timeZone(const std::string& option, const std::string& help,
                  std::optional<std::string>& value);
    /// `key=value`, repeatable; the last one of a key counts, and its value may be empty.
    void pairs(const std::string& option, const std::string& label, const std::string& help,
               std::map<std::string, std::string>& values);

    /// `key=value` with one of `keys` and one of `choices`, repeatable.
    void choicesByKey(const std::string& option, const std::string& help,
                      const std::vector<std::string>& keys, const std::vector<std::string>& choices,
                      std::map<std::string, std::string>& values);
    /// 0 to 100, or `off`.
    void percentOrOff(const std::string& option, const std::string& help,
                      std::optional<std::optional<double>>& value);

    /// Refuses the two together.
    void exclude(const std::string& option, const std::string& other);

private:
    CLI::App& m_app;
};

} // namespace daymark::cli
