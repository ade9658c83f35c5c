// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/calendar_print.h"

#include <QPrintDialog>
#include <QPrinter>

#include <memory>

namespace daymark::ui {

CalendarPrint::CalendarPrint(QWidget* parent) : QObject(parent), m_parent(parent) {}

void CalendarPrint::ask(const CalendarSheet::Content& content)
{
    const auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
    printer->setPageOrientation(QPageLayout::Landscape);
    printer->setDocName(tr("Calendar of %1").arg(content.source));
    auto* dialog = new QPrintDialog(printer.get(), m_parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Print calendar"));
    dialog->setOptions(QAbstractPrintDialog::PrintToFile);
    connect(dialog, &QDialog::accepted, this,
            [this, content, printer] { print(content, *printer); });
    dialog->open();
}

void CalendarPrint::print(const CalendarSheet::Content& content, QPrinter& printer)
{
    const QString file = printer.outputFileName();
    CalendarSheet sheet(content);
    if (sheet.print(printer)) {
        Q_EMIT said(Tone::Good,
                    file.isEmpty()
                        ? tr("The calendar went to the printer %1.").arg(printer.printerName())
                        : tr("The calendar was written to %1.").arg(file));
        return;
    }
    Q_EMIT said(Tone::Error,
                file.isEmpty()
                    ? tr("The printer %1 took nothing. Check that it is on and connected, then "
                         "print again, or print to a file.")
                          .arg(printer.printerName())
                    : tr("%1 could not be written. Choose a file in a folder that you may write "
                         "to, then print again.")
                          .arg(file));
}

} // namespace daymark::ui
