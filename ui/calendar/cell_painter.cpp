// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/cell_painter.h"

#include "ui/style/pattern.h"

#include <QFontMetrics>
#include <QPainter>
#include <QPainterPath>

namespace daymark::ui {

namespace {

constexpr double kRadius = 5;
constexpr double kDimmed = 0.3;
constexpr double kRoomForSecondLine = 30;
constexpr double kPatternStrength = 0.48;
constexpr double kNarrowest = 0.66; ///< of the type, where a word has too little room

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

QColor patternInk(const Look& look)
{
    QColor ink = look.outline;
    if (look.outline != look.ink) // in high contrast both are the palette's
        ink.setAlphaF(float(kPatternStrength));
    return ink;
}

/// Smaller type where the words have too little room; the same where even that would not do.
QFont narrowed(const QFont& font, const QString& words, int width)
{
    const double needed = QFontMetricsF(font).horizontalAdvance(words);
    if (needed <= width || width < needed * kNarrowest)
        return font;
    return scaled(font, width / (needed + 1), font.weight());
}

/// The longest text that fits; empty where none does.
QString fitting(const QStringList& texts, const QFontMetrics& metrics, int width)
{
    for (const QString& text : texts) {
        if (metrics.horizontalAdvance(text) <= width)
            return text;
    }
    return {};
}

} // namespace

Glyph glyphOf(Mark mark)
{
    switch (mark) {
    case Mark::Damaged:
        return Glyph::Crack;
    case Mark::Changed:
        return Glyph::Triangle;
    case Mark::Resignalled:
        return Glyph::Again;
    case Mark::Overdue:
        return Glyph::Clock;
    case Mark::Rejected:
        return Glyph::Funnel;
    case Mark::Empty:
        return Glyph::Box;
    }
    return Glyph::Dot;
}

Glyph glyphOf(SignalLane::Kind kind)
{
    switch (kind) {
    case SignalLane::Kind::Source:
        return Glyph::Flag;
    case SignalLane::Kind::MarkedHere:
        return Glyph::Person;
    case SignalLane::Kind::Implied:
        return Glyph::OpenFlag;
    case SignalLane::Kind::Missing:
    case SignalLane::Kind::Nothing:
        return Glyph::Dash;
    }
    return Glyph::Dash;
}

Look bareLook(const QPalette& palette)
{
    Look look = lookOf(DayState::Future, palette);
    look.pattern = Pattern::None;
    return look;
}

void paintGround(QPainter& painter, const QRectF& frame, const Look& look, double radius,
                 qreal ratio)
{
    const bool framed = look.edge == Edge::Framed;
    const double width = framed ? 2.6 : 1.0;
    QPainterPath shape;
    shape.addRoundedRect(frame.adjusted(width / 2, width / 2, -width / 2, -width / 2), radius,
                         radius);
    painter.fillPath(shape, look.fill);
    if (look.pattern != Pattern::None)
        painter.fillPath(shape, patternBrush(look.pattern, patternInk(look), ratio));
    const Qt::PenStyle style = look.edge == Edge::Dashed   ? Qt::DashLine
                               : look.edge == Edge::Dotted ? Qt::DotLine
                                                           : Qt::SolidLine;
    painter.strokePath(shape, QPen(look.outline, width, style));
    if (!framed || frame.width() < kRoomForSecondLine)
        return;
    const double inner = width + 1.6;
    QPainterPath second;
    second.addRoundedRect(frame.adjusted(inner, inner, -inner, -inner), radius - 2, radius - 2);
    painter.strokePath(second, QPen(look.ink, 1));
}

CellPainter::CellPainter(const QFont& font, const QPalette& palette, qreal ratio)
    : m_number(scaled(font, 1.1, QFont::DemiBold))
    , m_word(scaled(font, 1.0, QFont::Medium))
    , m_note(scaled(font, 0.85, QFont::Normal))
    , m_palette(palette)
    , m_ratio(ratio)
{}

LineHeights CellPainter::heights() const
{
    const auto height = [](const QFont& font) { return QFontMetrics(font).height(); };
    return {height(m_number), height(m_word), height(m_note)};
}

int CellPainter::headerHeight() const { return heights().note + 8; }

QSize CellPainter::fullCell() const
{
    const int width = QFontMetrics(m_word).horizontalAdvance(QStringLiteral("importing"));
    const LineHeights lines = heights();
    const int height = lines.number + lines.word + 2 * lines.note;
    return {width + 2 * CellGeometry::kPadding + 6, height + CellGeometry::kPadding + 6};
}

int CellPainter::leastHeight() const
{
    const QSize full = fullCell();
    const LineHeights lines = heights();
    const auto lacks = [&](int height) {
        const CellGeometry parts = CellGeometry::of(QRect(0, 0, full.width(), height), lines);
        return parts.word.isEmpty() || parts.lane.isEmpty();
    };
    int least = lines.number;
    while (least < full.height() && lacks(least))
        ++least;
    return least;
}

void CellPainter::paintHeader(QPainter& painter, const QRect& area, const QString& weekday) const
{
    painter.setFont(m_note);
    painter.setPen(m_palette.color(QPalette::PlaceholderText));
    painter.drawText(area.adjusted(CellGeometry::kPadding + 2, 0, 0, -2),
                     Qt::AlignLeft | Qt::AlignVCenter, weekday);
}

Look CellPainter::lookOfCell(const CellContent& content, const CellStanding& standing) const
{
    Look look = content.state ? lookOf(*content.state, m_palette) : bareLook(m_palette);
    if (!standing.onPage)
        look.fill = mixed(look.fill, m_palette.window().color());
    return look;
}

void CellPainter::paint(QPainter& painter, const QRect& cell, const CellContent& content,
                        const CellStanding& standing) const
{
    const CellGeometry geometry = CellGeometry::of(cell, heights());
    const Look look = lookOfCell(content, standing);
    painter.save();
    if (standing.dimmed)
        painter.setOpacity(kDimmed);
    paintGround(painter, geometry.frame, look, kRadius, m_ratio);
    paintLane(painter, geometry, content, look);
    paintNumber(painter, geometry.number, content, look);
    if (content.state) {
        paintMarks(painter, geometry.marks, content, look);
        painter.fillRect(geometry.glyph.adjusted(-2, -1, 2, 1), look.fill);
        painter.fillPath(glyphPath(glyphOf(*content.state), geometry.glyph), look.ink);
    }
    paintText(painter, geometry.word, m_word, content.word, look);
    paintText(painter, geometry.note, m_note, content.note, look);
    if (standing.progress)
        paintProgress(painter, geometry.bar, *standing.progress, look.ink);
    painter.restore();
    paintRing(painter, geometry.frame, standing);
}

/// On a ground of its own where the cell has a pattern, so that no line runs through the letters.
void CellPainter::paintText(QPainter& painter, const QRect& place, const QFont& font,
                            const QString& words, const Look& look) const
{
    if (place.isEmpty() || words.isEmpty())
        return;
    const QFont face = narrowed(font, words, place.width());
    const QFontMetrics metrics(face);
    const QString shown = metrics.elidedText(words, Qt::ElideRight, place.width());
    if (look.pattern != Pattern::None) {
        QRectF plate(place);
        plate.setWidth(metrics.horizontalAdvance(shown));
        painter.fillRect(plate.adjusted(-2, 0, 2, 0), look.fill);
    }
    painter.setFont(face);
    painter.setPen(look.ink);
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, shown);
}

void CellPainter::paintLane(QPainter& painter, const CellGeometry& geometry,
                            const CellContent& content, const Look& look) const
{
    if (geometry.lane.isEmpty() || content.signal.kind == SignalLane::Kind::Nothing)
        return;
    const QRectF lane(geometry.lane);
    const bool missing = content.signal.kind == SignalLane::Kind::Missing;
    const QColor ink = m_palette.color(QPalette::Text);
    painter.setPen(QPen(look.outline, 1, missing ? Qt::DotLine : Qt::SolidLine));
    painter.setBrush(m_palette.base());
    painter.drawRoundedRect(lane.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
    const double side = lane.height() - 5;
    const QRectF sign(lane.left() + 3, lane.top() + 2.5, side, side);
    painter.fillPath(glyphPath(glyphOf(content.signal.kind), sign), ink);
    const QRectF words = lane.adjusted(side + 6, 0, -1, 0);
    painter.setFont(m_note);
    painter.setPen(ink);
    painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
                     fitting(content.signal.texts, QFontMetrics(m_note), int(words.width())));
}

void CellPainter::paintMarks(QPainter& painter, const QRect& place, const CellContent& content,
                             const Look& look) const
{
    if (place.isEmpty())
        return;
    const double side = place.height();
    double left = place.right() + 1 - side;
    for (const Mark mark : content.marks) {
        if (left < place.left())
            return;
        const QRectF sign(left, place.top(), side, side);
        painter.fillRect(sign.adjusted(-1, -1, 1, 1), look.fill);
        painter.fillPath(glyphPath(glyphOf(mark), sign), look.ink);
        left -= side + 2;
    }
}

void CellPainter::paintNumber(QPainter& painter, const QRect& place, const CellContent& content,
                              const Look& look) const
{
    const QString number = QString::number(content.date.day());
    if (!content.today) {
        paintText(painter, place, m_number, number, look);
        return;
    }
    painter.setFont(m_number);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_palette.highlight());
    painter.drawRoundedRect(place, place.height() / 2.0, place.height() / 2.0);
    painter.setPen(m_palette.color(QPalette::HighlightedText));
    painter.drawText(place, Qt::AlignCenter, number);
}

void CellPainter::paintProgress(QPainter& painter, const QRect& bar, double fraction,
                                const QColor& ink) const
{
    QRectF done(bar);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_palette.base());
    painter.drawRoundedRect(done, 2, 2);
    done.setWidth(done.width() * qBound(0.0, fraction, 1.0));
    painter.setBrush(ink);
    painter.drawRoundedRect(done, 2, 2);
}

/// Around the selected day, and around each of several.
void CellPainter::paintRing(QPainter& painter, const QRect& frame,
                            const CellStanding& standing) const
{
    if (!standing.selected && !standing.inSpan)
        return;
    QPainterPath ring;
    ring.addRoundedRect(QRectF(frame), kRadius + 1, kRadius + 1);
    if (standing.inSpan) {
        QColor wash = m_palette.color(QPalette::Highlight);
        wash.setAlphaF(0.07f);
        painter.fillPath(ring, wash);
        painter.strokePath(ring, QPen(m_palette.color(QPalette::Highlight), 2));
    }
    if (!standing.selected)
        return;
    const QColor strong = m_palette.color(standing.focused ? QPalette::Text : QPalette::Highlight);
    painter.strokePath(ring, QPen(strong, standing.focused ? 3 : 2));
}

} // namespace daymark::ui
