// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The arithmetic of the month grid: which date lies in which cell, where a cell lies in the widget,
// and where its parts lie in a cell. Plain values; no widget, no painter.

#include <QDate>
#include <QRect>
#include <QSize>

#include <optional>

namespace daymark::ui {

/// The 42 dates of six weeks around a month.
struct MonthDates
{
    static constexpr int kRows = 6;
    static constexpr int kColumns = 7;
    static constexpr int kCells = kRows * kColumns;

    QDate month; ///< the first of the month
    Qt::DayOfWeek firstDayOfWeek = Qt::Monday;

    [[nodiscard]] static MonthDates of(QDate day, Qt::DayOfWeek firstDayOfWeek);

    /// The date in the top left cell: the last first day of a week that is not after the first.
    [[nodiscard]] QDate first() const;
    [[nodiscard]] QDate dateAt(int index) const;
    /// The cell of a date; none where the six weeks don't hold it.
    [[nodiscard]] std::optional<int> indexOf(QDate date) const;
    [[nodiscard]] bool inMonth(QDate date) const;
    /// The day of the week of a column, 1 (Monday) to 7.
    [[nodiscard]] int weekdayOf(int column) const;
    /// The ISO week number that a row shows: of the Thursday in it.
    [[nodiscard]] int weekOf(int row) const;
};

/// Divides a widget's area into a header and six rows of seven cells without losing a pixel.
struct MonthGeometry
{
    QSize area;
    int headerHeight = 0;

    [[nodiscard]] QRect header(int column) const;
    [[nodiscard]] QRect cell(int index) const;
    /// The cell under a point; none on the header or outside.
    [[nodiscard]] std::optional<int> cellAt(QPoint point) const;
};

/// The heights of a cell's lines of text.
struct LineHeights
{
    int number = 0;
    int word = 0;
    int note = 0;
};

/// The places of a cell's parts, from its frame and the heights of its lines of text. Parts that
/// have no room are empty: the note gives way first, then the word, then the lower lane.
struct CellGeometry
{
    static constexpr int kPadding = 6;

    QRect frame;
    QRect number;
    QRect glyph;
    QRect marks; ///< between the number and the glyph
    QRect word;
    QRect note;
    QRect lane; ///< at the lower edge: whether the day is signalled
    QRect bar;  ///< of progress, above the lane

    [[nodiscard]] static CellGeometry of(const QRect& cell, const LineHeights& heights);
};

} // namespace daymark::ui
