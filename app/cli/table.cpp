// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/table.h"

#include "app/cli/terminal.h"

#include <algorithm>

namespace daymark::cli {

/// By column: what its widest cell takes; 0 for a column without content.
std::vector<std::size_t> Table::widths() const
{
    std::vector<std::size_t> widths(m_columns.size(), 0);
    for (const auto& row : m_rows) {
        for (std::size_t i = 0; i < row.size() && i < widths.size(); ++i)
            widths[i] = std::max(widths[i], displayWidth(row[i]));
    }
    for (std::size_t i = 0; i < widths.size(); ++i) {
        if (widths[i] > 0)
            widths[i] = std::max(widths[i], displayWidth(m_columns[i].title));
    }
    return widths;
}

std::string Table::line(const std::vector<std::string>& cells,
                        const std::vector<std::size_t>& widths) const
{
    std::string line;
    for (std::size_t i = 0; i < widths.size(); ++i) {
        if (widths[i] == 0)
            continue;
        const std::string cell = i < cells.size() ? cells[i] : std::string{};
        const std::string pad(widths[i] - displayWidth(cell), ' ');
        if (!line.empty())
            line += "  ";
        line += m_columns[i].align == Align::Right ? pad + cell : cell + pad;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    return line + "\n";
}

std::string Table::text() const
{
    if (m_rows.empty())
        return {};
    const auto columnWidths = widths();
    std::vector<std::string> titles;
    for (const Column& column : m_columns)
        titles.push_back(column.title);
    std::string text = line(titles, columnWidths);
    for (const auto& row : m_rows)
        text += line(row, columnWidths);
    return text;
}

std::string factsText(const std::vector<std::pair<std::string, std::string>>& facts)
{
    std::size_t width = 0;
    for (const auto& fact : facts)
        width = std::max(width, fact.second.empty() ? 0 : displayWidth(fact.first));
    std::string text;
    for (const auto& fact : facts) {
        if (!fact.second.empty())
            text += fact.first + std::string(width - displayWidth(fact.first) + 2, ' ') +
                    fact.second + "\n";
    }
    return text;
}

} // namespace daymark::cli
