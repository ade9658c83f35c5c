// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/cell_painter.h"

#include "ui/calendar/month_geometry.h"
#include "ui/style/glyph.h"
#include "ui/style/look.h"

#include <QFontMetrics>
#include <QPainter>

namespace daymark::ui {

namespace {

constexpr double kRadius = 5;

QFont scaled(QFont font, double scale, QFont::Weight weight)
{
    font.setPointSizeF(font.pointSizeF() * scale);
    font.setWeight(weight);
    return font;
}

QColor mixed(const QColor& a, const QColor& b)
{
    return QColor::fromRgbF((a.redF() + b.redF()) / 2, (a.greenF() + b.greenF()) / 2,
                            (a.blueF() + b.blueF()) / 2);
}

Look lookOfCell(const CellContent& content, bool dark)
{
    return lookOf(content.state.value_or(DayState::Future), dark);
}

void paintPattern(QPainter& painter, const QPainterPath& shape, const Look& look)
{
    if (look.pattern == Pattern::None)
        return;
    QColor ink = look.outline;
    ink.setAlphaF(look.pattern == Pattern::Hatched ? 0.42f : 0.55f);
    const auto brush = look.pattern == Pattern::Hatched ? Qt::BDiagPattern : Qt::Dense7Pattern;
    painter.fillPath(shape, QBrush(ink, brush));
}

} // namespace

CellPainter::CellPainter(const QFont& font, const QPalette& palette)
    : m_number(scaled(font, 1.1, QFont::DemiBold))
    , m_word(scaled(font, 1.0, QFont::Medium))
    , m_note(scaled(font, 0.88, QFont::Normal))
    , m_palette(palette)
    , m_dark(isDark(palette))
{}

int CellPainter::lineHeight(const QFont& font) const { return QFontMetrics(font).height(); }

int CellPainter::headerHeight() const { return lineHeight(m_note) + 10; }

QSize CellPainter::fullCell() const
{
    const int width = QFontMetrics(m_word).horizontalAdvance(QStringLiteral("importing"));
    const int height = lineHeight(m_number) + lineHeight(m_word) + lineHeight(m_note);
    return {width + 2 * CellGeometry::kPadding + 6, height + 2 * CellGeometry::kPadding + 2};
}

void CellPainter::paintHeader(QPainter& painter, const QRect& area, const QString& weekday) const
{
    painter.setFont(m_note);
    painter.setPen(m_palette.color(QPalette::PlaceholderText));
    painter.drawText(area.adjusted(CellGeometry::kPadding + 2, 0, 0, -2),
                     Qt::AlignLeft | Qt::AlignVCenter, weekday);
}

void CellPainter::paint(QPainter& painter, const QRect& cell, const CellContent& content,
                        const CellStanding& standing) const
{
    const CellGeometry geometry =
        CellGeometry::of(cell, lineHeight(m_number), lineHeight(m_word), lineHeight(m_note));
    const Look look = lookOfCell(content, m_dark);
    paintGround(painter, geometry.frame, content, standing);
    const QColor ink = look.ink;
    paintNumber(painter, geometry.number, content, ink);
    if (content.state)
        painter.fillPath(glyphPath(glyphOf(*content.state), geometry.glyph), ink);
    painter.setPen(ink);
    painter.setFont(m_word);
    const QFontMetrics word(m_word);
    painter.drawText(geometry.word, Qt::AlignLeft | Qt::AlignVCenter,
                     word.elidedText(content.word, Qt::ElideRight, geometry.word.width()));
    painter.setFont(m_note);
    const QFontMetrics note(m_note);
    painter.drawText(geometry.note, Qt::AlignLeft | Qt::AlignVCenter,
                     note.elidedText(content.note, Qt::ElideRight, geometry.note.width()));
    if (standing.progress) {
        QRectF done = geometry.bar;
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_palette.base());
        painter.drawRoundedRect(done, 2, 2);
        done.setWidth(done.width() * qBound(0.0, *standing.progress, 1.0));
        painter.setBrush(ink);
        painter.drawRoundedRect(done, 2, 2);
    }
}

void CellPainter::paintGround(QPainter& painter, const QRect& frame, const CellContent& content,
                              const CellStanding& standing) const
{
    const Look look = lookOfCell(content, m_dark);
    const double width = look.strong ? 2.2 : 1.0;
    QRectF box = QRectF(frame).adjusted(width / 2, width / 2, -width / 2, -width / 2);
    QPainterPath shape;
    shape.addRoundedRect(box, kRadius, kRadius);
    painter.fillPath(shape,
                     standing.inMonth ? look.fill : mixed(look.fill, m_palette.window().color()));
    paintPattern(painter, shape, look);
    const bool bare = !content.state;
    painter.strokePath(shape, QPen(look.outline, width, bare ? Qt::DotLine : Qt::SolidLine));
    if (!standing.selected)
        return;
    QPainterPath ring;
    ring.addRoundedRect(QRectF(frame), kRadius + 1, kRadius + 1);
    const QColor strong = m_palette.color(standing.focused ? QPalette::Text : QPalette::Highlight);
    painter.strokePath(ring, QPen(strong, standing.focused ? 3 : 2));
}

void CellPainter::paintNumber(QPainter& painter, const QRect& place, const CellContent& content,
                              const QColor& ink) const
{
    painter.setFont(m_number);
    const QString number = QString::number(content.date.day());
    if (content.today) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_palette.highlight());
        painter.drawRoundedRect(place, place.height() / 2.0, place.height() / 2.0);
        painter.setPen(m_palette.color(QPalette::HighlightedText));
        painter.drawText(place, Qt::AlignCenter, number);
        return;
    }
    painter.setPen(ink);
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, number);
}

} // namespace daymark::ui
