// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace daymark::cli {

enum class Align { Left, Right };

/// Lines up cells in columns by what they take on a terminal. Cells must be safe to show.
class Table
{
public:
    struct Column
    {
        std::string title;
        Align align = Align::Left;
    };

    explicit Table(std::vector<Column> columns) : m_columns(std::move(columns)) {}

    /// Adds a row; missing cells at its end stay empty.
    void add(std::vector<std::string> cells) { m_rows.push_back(std::move(cells)); }

    [[nodiscard]] bool empty() const { return m_rows.empty(); }

    /// The titles and the rows, a line each; columns whose cells are all empty are left out.
    /// Nothing for a table without rows.
    [[nodiscard]] std::string text() const;

private:
    [[nodiscard]] std::vector<std::size_t> widths() const;
    [[nodiscard]] std::string line(const std::vector<std::string>& cells,
                                   const std::vector<std::size_t>& widths) const;

    std::vector<Column> m_columns;
    std::vector<std::vector<std::string>> m_rows;
};

/// Two columns, `name: value`, for the facts of one thing. Pairs without a value are left out.
[[nodiscard]] std::string factsText(const std::vector<std::pair<std::string, std::string>>& facts);

} // namespace daymark::cli
