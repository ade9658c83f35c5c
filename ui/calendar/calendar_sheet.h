// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The calendar on paper: one page with the days as the window shows them, in light colours, and
// with everything that tells their states without colour.

#include "ui/calendar/calendar_facts.h"
#include "ui/calendar/calendar_header.h"

#include <QWidget>

class QImage;
class QPagedPaintDevice;
class QVBoxLayout;

namespace daymark::ui {

class CalendarSheet : public QWidget
{
    Q_OBJECT

public:
    struct Content
    {
        QString source;
        CalendarFacts facts;
        QDate day; ///< one of the month, or of the year, that is wanted
        Zoom zoom = Zoom::Month;
        QString known; ///< when all of this was known
    };

    explicit CalendarSheet(const Content& content);

    /// Fills the page of a printer or of a PDF file; false where it takes nothing.
    [[nodiscard]] bool print(QPagedPaintDevice& device);

private:
    [[nodiscard]] QImage picture();
    void addDays(const Content& content, QVBoxLayout* layout);
};

} // namespace daymark::ui
