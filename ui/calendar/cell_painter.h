// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/calendar/calendar_facts.h"

#include <QFont>
#include <QPalette>

class QPainter;

namespace daymark::ui {

/// How a cell stands in the grid at the moment.
struct CellStanding
{
    bool inMonth = true;
    bool selected = false;
    bool focused = false;
    std::optional<double> progress; ///< 0 to 1 while the day is being imported
};

/// Paints cells of the month grid.
class CellPainter
{
public:
    CellPainter(const QFont& font, const QPalette& palette);

    void paint(QPainter& painter, const QRect& cell, const CellContent& content,
               const CellStanding& standing) const;
    void paintHeader(QPainter& painter, const QRect& area, const QString& weekday) const;

    /// The least size of a cell in which every part has room.
    [[nodiscard]] QSize fullCell() const;
    [[nodiscard]] int headerHeight() const;

private:
    [[nodiscard]] int lineHeight(const QFont& font) const;
    void paintGround(QPainter& painter, const QRect& frame, const CellContent& content,
                     const CellStanding& standing) const;
    void paintNumber(QPainter& painter, const QRect& place, const CellContent& content,
                     const QColor& ink) const;

    QFont m_number;
    QFont m_word;
    QFont m_note;
    QPalette m_palette;
    bool m_dark = false;
};

} // namespace daymark::ui
