// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/calendar/calendar_sheet.h"
#include "ui/style/look.h"

class QPrinter;

namespace daymark::ui {

/// Asks for a printer, or for a PDF file, and prints what `content` gives then.
class CalendarPrint : public QObject
{
    Q_OBJECT

public:
    /// `parent` is what the dialog belongs to.
    explicit CalendarPrint(QWidget* parent);

    void ask(const CalendarSheet::Content& content);

Q_SIGNALS:
    void said(daymark::ui::Tone tone, const QString& words);

private:
    void print(const CalendarSheet::Content& content, QPrinter& printer);

    QWidget* m_parent;
};

} // namespace daymark::ui
