// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/day_strip.h"

#include "ui/style/glyph.h"
#include "ui/style/look.h"
#include "ui/style/pattern.h"
#include "ui/style/sparkline.h"
#include "ui/style/text.h"

#include <QPainter>

#include <map>

namespace daymark::ui {

namespace {

constexpr double kLeastBadWidth = 5;
constexpr double kGlyphRoom = 9;
constexpr int kMargin = 6;
constexpr int kCellWidth = 300;

int lengthOf(const StripSegment& segment) { return segment.last - segment.first + 1; }

QList<StripSegment> merged(const StripDays& days)
{
    QList<StripSegment> segments;
    for (int i = 0; i < int(days.size()); ++i) {
        if (!segments.isEmpty() && segments.last().state == days[i])
            segments.last().last = i;
        else
            segments.append({i, i, days[i], 0, 0});
    }
    return segments;
}

/// The days that a person must not miss are tall and outlined, the others low.
void paintSegment(QPainter& painter, const StripSegment& segment, const QRectF& area, bool dark)
{
    if (!segment.state)
        return;
    const Look look = lookOf(*segment.state, dark);
    const bool bad = isBad(segment.state);
    QRectF box(area.left() + segment.left, area.top(), segment.right - segment.left, area.height());
    if (!bad)
        box.adjust(0, area.height() * 0.2, 0, -area.height() * 0.2);
    const bool solid = *segment.state == DayState::Imported || bad;
    painter.fillRect(box, solid && !bad ? look.outline : look.fill);
    if (look.pattern != Pattern::None) {
        QColor lines = look.outline;
        lines.setAlphaF(0.6f);
        painter.fillRect(box, patternBrush(look.pattern, lines));
    }
    const double edge = bad ? 1.6 : 1;
    painter.setPen(QPen(look.outline, edge));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(box.adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2));
    const double sign = qMin(box.width() - 3, area.height() - 6);
    if (sign < kGlyphRoom - 3)
        return;
    const double size = qMin(sign, 10.0);
    const QRectF place(box.center().x() - size / 2, box.center().y() - size / 2, size, size);
    painter.fillPath(glyphPath(glyphOf(*segment.state), place), look.ink);
}

} // namespace

bool isBad(std::optional<DayState> state)
{
    return state == DayState::Gap || state == DayState::Failed;
}

QList<StripSegment> stripSegments(const StripDays& days, double width)
{
    QList<StripSegment> segments = merged(days);
    if (segments.isEmpty())
        return segments;
    const double even = width / double(days.size());
    double needed = 0; // by bad segments, where they are too narrow by themselves
    int others = 0;
    for (const StripSegment& segment : segments) {
        if (isBad(segment.state))
            needed += qMax(kLeastBadWidth, even * lengthOf(segment));
        else
            others += lengthOf(segment);
    }
    const double badScale = others == 0 ? width / needed : qMin(1.0, width * 0.8 / needed);
    const double each = others == 0 ? 0 : (width - needed * badScale) / others;
    double place = 0;
    for (StripSegment& segment : segments) {
        segment.left = place;
        place += isBad(segment.state) ? qMax(kLeastBadWidth, even * lengthOf(segment)) * badScale
                                      : each * lengthOf(segment);
        segment.right = place;
    }
    return segments;
}

StripDays stripDaysOf(const SourceOverview& overview)
{
    StripDays days(kOverviewDays);
    const Day first = overview.today - std::chrono::days(kOverviewDays - 1);
    for (const CalendarDay& day : overview.days) {
        const auto place = (day.planned.day - first).count();
        if (place >= 0 && place < kOverviewDays)
            days[place] = day.planned.state;
    }
    return days;
}

QString stripWords(const StripDays& days)
{
    std::map<DayState, int> counts;
    for (const std::optional<DayState>& state : days) {
        if (state)
            ++counts[*state];
    }
    QStringList parts;
    for (const auto& [state, count] : counts)
        parts << QStringLiteral("%1 %2").arg(count).arg(text(stateName(state)));
    return parts.join(QStringLiteral(", "));
}

StripDelegate::StripDelegate(int role, QObject* parent) : QStyledItemDelegate(parent), m_role(role)
{}

void StripDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const
{
    QStyleOptionViewItem cell(option);
    initStyleOption(&cell, index);
    paintCellGround(painter, cell);
    const QRectF area = QRectF(option.rect).adjusted(kMargin, kMargin, -kMargin, -kMargin);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool dark = isDark(option.palette);
    for (const StripSegment& segment :
         stripSegments(index.data(m_role).value<StripDays>(), area.width()))
        paintSegment(*painter, segment, area, dark);
    painter->restore();
}

QSize StripDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    return {kCellWidth, option.fontMetrics.height() + 2 * kMargin};
}

} // namespace daymark::ui
