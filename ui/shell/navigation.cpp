// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/navigation.h"

#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>

namespace daymark::ui {

namespace {

constexpr int kWidth = 134;
constexpr int kHeight = 40;
constexpr int kPicture = 18;
constexpr int kBeforeText = 12 + kPicture + 10;
constexpr int kAfterText = 6;
constexpr int kSides = 16; ///< of the column, both together

} // namespace

PageButton::PageButton(Picture picture, const QString& name, QWidget* parent)
    : QToolButton(parent), m_picture(picture)
{
    setText(name);
    setAutoRaise(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void PageButton::setCurrent(bool current)
{
    m_current = current;
    setAccessibleDescription(current ? tr("the page on show") : QString());
    QFont face = font();
    face.setWeight(current ? QFont::DemiBold : QFont::Normal);
    setFont(face);
    update();
}

QSize PageButton::sizeHint() const
{
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    const int words = QFontMetrics(bold).horizontalAdvance(text()) + kBeforeText + kAfterText;
    return {qMax(kWidth - kSides, words), qMax(kHeight, fontMetrics().height() + 18)};
}

void PageButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5);
    QColor ink = palette().color(QPalette::WindowText);
    if (m_current) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(palette().highlight());
        painter.drawRoundedRect(frame, 6, 6);
        ink = palette().color(QPalette::HighlightedText);
    } else if (underMouse()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(palette().color(QPalette::Mid));
        painter.setOpacity(0.45);
        painter.drawRoundedRect(frame, 6, 6);
        painter.setOpacity(1);
    }
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::WindowText), 1.6));
        painter.drawRoundedRect(frame.adjusted(1, 1, -1, -1), 5, 5);
    }
    paintPicture(painter, QRectF(12, (height() - kPicture) / 2.0, kPicture, kPicture), ink);
    painter.setPen(ink);
    painter.drawText(rect().adjusted(kBeforeText, 0, -kAfterText, 0),
                     Qt::AlignLeft | Qt::AlignVCenter, text());
}

void PageButton::paintPicture(QPainter& painter, const QRectF& box, const QColor& ink) const
{
    painter.setPen(QPen(ink, 1.5));
    painter.setBrush(Qt::NoBrush);
    if (m_picture == Picture::Calendar) {
        const QRectF page = box.adjusted(1.5, 2.5, -1.5, -1.5);
        painter.drawRoundedRect(page, 2, 2);
        painter.drawLine(QPointF(page.left(), page.top() + 4),
                         QPointF(page.right(), page.top() + 4));
        for (const double x : {0.32, 0.68})
            painter.drawLine(QPointF(box.left() + x * box.width(), box.top() + 0.5),
                             QPointF(box.left() + x * box.width(), box.top() + 4));
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink);
        for (const double y : {0.56, 0.76})
            for (const double x : {0.28, 0.5, 0.72})
                painter.drawEllipse(
                    QPointF(box.left() + x * box.width(), box.top() + y * box.height()), 1.1, 1.1);
        return;
    }
    if (m_picture == Picture::Sources) {
        const QRectF drum = box.adjusted(2.5, 1.5, -2.5, -1.5);
        const QRectF lid(drum.left(), drum.top(), drum.width(), 5);
        painter.drawEllipse(lid);
        for (const double x : {drum.left(), drum.right()})
            painter.drawLine(QPointF(x, lid.center().y()), QPointF(x, drum.bottom() - 2.5));
        for (const double y : {0.45, 0.62, 1.0}) {
            const double bottom = drum.top() + y * drum.height();
            painter.drawArc(QRectF(drum.left(), bottom - 5, drum.width(), 5), 180 * 16, 180 * 16);
        }
        return;
    }
    if (m_picture == Picture::Preview) {
        const QRectF lens(box.left() + 1.5, box.top() + 1.5, 11, 11);
        painter.drawEllipse(lens);
        painter.setPen(QPen(ink, 2.2, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(QPointF(box.left() + 11.5, box.top() + 11.5),
                         QPointF(box.right() - 1.5, box.bottom() - 1.5));
        return;
    }
    if (m_picture == Picture::Overview) {
        for (const double y : {0.08, 0.56})
            for (const double x : {0.08, 0.56})
                painter.drawRoundedRect(QRectF(box.left() + x * box.width(),
                                               box.top() + y * box.height(), 0.36 * box.width(),
                                               0.36 * box.height()),
                                        1.5, 1.5);
        return;
    }
    if (m_picture == Picture::Catalog) {
        painter.drawPolyline(
            QPolygonF({box.topLeft() + QPointF(2, 2), box.bottomLeft() + QPointF(2, -2),
                       box.bottomRight() + QPointF(-1, -2)}));
        painter.drawPolyline(
            QPolygonF({box.bottomLeft() + QPointF(5, -6), box.center() + QPointF(-0.5, -0.5),
                       box.center() + QPointF(2.5, 2), box.topRight() + QPointF(-2, 4)}));
        return;
    }
    if (m_picture == Picture::Settings) {
        const std::pair<double, double> sliders[] = {{0.22, 0.7}, {0.5, 0.3}, {0.78, 0.58}};
        for (const auto& [y, x] : sliders) {
            const QPointF knob(box.left() + x * box.width(), box.top() + y * box.height());
            painter.drawLine(QPointF(box.left() + 1, knob.y()), QPointF(knob.x() - 2, knob.y()));
            painter.drawLine(QPointF(knob.x() + 2, knob.y()), QPointF(box.right() - 1, knob.y()));
            painter.drawEllipse(knob, 2, 2);
        }
        return;
    }
    for (const double y : {0.22, 0.5, 0.78}) {
        const double line = box.top() + y * box.height();
        painter.drawLine(QPointF(box.left() + 6.5, line), QPointF(box.right() - 1, line));
        painter.drawEllipse(QPointF(box.left() + 2.5, line), 1.2, 1.2);
    }
}

Navigation::Navigation(QWidget* parent) : QWidget(parent), m_layout(new QVBoxLayout(this))
{
    setAccessibleName(tr("Pages"));
    setFixedWidth(kWidth);
    m_layout->setContentsMargins(8, 16, 8, 16);
    m_layout->setSpacing(4);
    m_layout->addStretch(1);
}

void Navigation::addPage(PageButton::Picture picture, const QString& name)
{
    auto* button = new PageButton(picture, name, this);
    const int page = int(m_buttons.size());
    button->setToolTip(tr("Ctrl+%1").arg(page + 1));
    connect(button, &PageButton::clicked, this, [this, page] { Q_EMIT chosen(page); });
    m_layout->insertWidget(page, button);
    m_buttons.append(button);
    setFixedWidth(qMax(minimumWidth(), button->sizeHint().width() + kSides));
}

void Navigation::setCurrent(int page)
{
    for (int i = 0; i < m_buttons.size(); ++i)
        m_buttons[i]->setCurrent(i == page);
}

QString Navigation::currentName() const
{
    for (const PageButton* button : m_buttons) {
        if (button->isCurrent())
            return button->text();
    }
    return {};
}

void Navigation::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().base());
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawLine(rect().topRight(), rect().bottomRight());
}

} // namespace daymark::ui
