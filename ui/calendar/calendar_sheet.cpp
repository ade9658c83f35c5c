// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/calendar_sheet.h"

#include "ui/calendar/legend.h"
#include "ui/calendar/month_grid.h"
#include "ui/calendar/year_grid.h"
#include "ui/style/appearance.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QImage>
#include <QLabel>
#include <QPagedPaintDevice>
#include <QPainter>
#include <QVBoxLayout>

namespace daymark::ui {

namespace {

constexpr double kDotsPerInch = 300;

QPalette paper()
{
    QPalette colours = lightPalette();
    colours.setColor(QPalette::Window, Qt::white);
    return colours;
}

} // namespace

CalendarSheet::CalendarSheet(const Content& content)
{
    setAttribute(Qt::WA_DontShowOnScreen);
    setPalette(paper());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    const QString page =
        content.zoom == Zoom::Year ? QStringLiteral("yyyy") : QStringLiteral("MMMM yyyy");
    layout->addWidget(headingLabel(
        tr("%1, %2").arg(content.source, wordsLocale().toString(content.day, page)), 1.5, this));
    if (const QString obstacle = content.facts.obstacleSentence(); !obstacle.isEmpty())
        layout->addWidget(wrappedLabel(obstacle, this));
    addDays(content, layout);
    layout->addWidget(new Legend(this));
    layout->addWidget(wrappedLabel(content.known, this));
}

void CalendarSheet::addDays(const Content& content, QVBoxLayout* layout)
{
    DayGrid* grid = content.zoom == Zoom::Year ? static_cast<DayGrid*>(new YearGrid(this))
                                               : new MonthGrid(this);
    grid->setSelectionShown(false);
    grid->setFacts(content.facts);
    grid->select(content.day);
    layout->addWidget(grid, 1);
}

/// Drawn as an image of our own: Qt makes one of any widget for a printer, at all the dots of that.
QImage CalendarSheet::picture()
{
    const double ratio = kDotsPerInch / logicalDpiX();
    QImage image((QSizeF(size()) * ratio).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::white);
    show(); // nowhere: it is laid out
    render(&image, {}, {}, QWidget::DrawChildren);
    hide();
    return image;
}

bool CalendarSheet::print(QPagedPaintDevice& device)
{
    QPainter painter;
    if (!painter.begin(&device))
        return false;
    const double scale = double(painter.device()->logicalDpiX()) / logicalDpiX();
    const QSizeF room(painter.device()->width() / scale, painter.device()->height() / scale);
    resize(room.toSize().expandedTo(minimumSizeHint()));
    // Widgets that are too large for the paper are made smaller, all in the same measure.
    const double fit =
        std::min({1.0, room.width() / double(width()), room.height() / double(height())});
    painter.scale(scale * fit, scale * fit);
    painter.setRenderHint(QPainter::LosslessImageRendering);
    painter.drawImage(QRectF({}, QSizeF(size())), picture());
    return painter.end();
}

} // namespace daymark::ui
