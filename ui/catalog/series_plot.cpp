// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/catalog/series_plot.h"

#include "ui/catalog/catalog_model.h"
#include "ui/catalog/plot_overlays.h"
#include "ui/style/look.h"
#include "ui/style/text.h"

#include <QAccessibleWidget>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>

namespace daymark::ui {

namespace {

constexpr double kSecondsPerDay = 86'400;
constexpr double kLeastDays = 7;
constexpr double kZoomStep = 0.6;
constexpr int kPointsWithDots = 200;
constexpr double kClickReach = 4;
constexpr qint64 kEpochDay = 2440588; // 1970-01-01

QDate dayOfKey(double key)
{
    return QDate::fromJulianDay(qint64(std::floor(key / kSecondsPerDay)) + kEpochDay);
}

/// A chart whose value is what is said under its cursor.
class SeriesPlotAccessible : public QAccessibleWidget
{
public:
    explicit SeriesPlotAccessible(SeriesPlot* plot) : QAccessibleWidget(plot, QAccessible::Chart) {}

    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        if (kind == QAccessible::Value)
            return qobject_cast<const SeriesPlot*>(widget())->currentWords();
        return QAccessibleWidget::text(kind);
    }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
};

QAccessibleInterface* makeAccessible(const QString&, QObject* object)
{
    auto* plot = qobject_cast<SeriesPlot*>(object);
    return plot ? new SeriesPlotAccessible(plot) : nullptr;
}

} // namespace

void installSeriesPlotAccessibility()
{
    static const bool once = [] {
        QAccessible::installFactory(makeAccessible);
        return true;
    }();
    Q_UNUSED(once)
}

SeriesPlot::SeriesPlot(QWidget* parent) : QWidget(parent)
{
    installSeriesPlotAccessibility();
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Plot"));
    setMinimumHeight(140);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(3, 3, 3, 3);
    m_plot = new QCustomPlot(this);
    m_plot->setFocusPolicy(Qt::NoFocus);
    layout->addWidget(m_plot);
    setupPlot();
    refreshColours();
}

SeriesPlot::~SeriesPlot() = default;

// --- Building ------------------------------------------------------------------------------------

void SeriesPlot::setupPlot()
{
    m_plot->setLocale(wordsLocale());
    const auto ticker = QSharedPointer<QCPAxisTickerDateTime>::create();
    ticker->setDateTimeSpec(Qt::UTC);
    ticker->setDateTimeFormat(QStringLiteral("d MMM\nyyyy"));
    ticker->setTickCount(7);
    m_plot->xAxis->setTicker(ticker);
    m_plot->yAxis->setNumberFormat(QStringLiteral("gb"));
    m_plot->yAxis->setNumberPrecision(6);
    m_plot->xAxis->grid()->setVisible(false);
    m_plot->addGraph();
    m_plot->graph()->setAdaptiveSampling(true);
    m_bands = new DayBands(m_plot);
    m_cursor = new DayCursor(m_plot);
    m_plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    m_plot->axisRect()->setRangeDrag(Qt::Horizontal);
    m_plot->axisRect()->setRangeZoom(Qt::Horizontal);
    connect(m_plot->xAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this,
            &SeriesPlot::keepInSight);
    connect(m_plot, &QCustomPlot::mouseMove, this, [this](const QMouseEvent* event) {
        if (event->buttons() == Qt::NoButton)
            follow(event->position());
    });
    connect(m_plot, &QCustomPlot::mousePress, this,
            [this](const QMouseEvent* event) { m_pressed = event->position(); });
    connect(m_plot, &QCustomPlot::mouseRelease, this, [this](const QMouseEvent* event) {
        setFocus(Qt::MouseFocusReason);
        const bool dragged = (event->position() - m_pressed).manhattanLength() > kClickReach;
        if (!dragged && m_current >= 0)
            Q_EMIT dayChosen(currentDay());
    });
}

void SeriesPlot::refreshColours()
{
    const QPalette colours = palette();
    const QColor ink = colours.color(QPalette::Text);
    const QColor line = colours.color(QPalette::Mid);
    const QColor series = lookOf(Tone::Information, isDark(colours)).ink;
    m_plot->setBackground(colours.base());
    for (QCPAxis* axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setTickLabelColor(ink);
        axis->setTickLabelFont(font());
        for (const auto set : {&QCPAxis::setBasePen, &QCPAxis::setTickPen, &QCPAxis::setSubTickPen})
            (axis->*set)(QPen(line));
        axis->grid()->setPen(QPen(line, 0, Qt::DotLine));
        axis->grid()->setZeroLinePen(QPen(line));
    }
    m_plot->graph()->setPen(QPen(series, 1.8));
    m_plot->graph()->setScatterStyle(
        m_points.size() > kPointsWithDots
            ? QCPScatterStyle(QCPScatterStyle::ssNone)
            : QCPScatterStyle(QCPScatterStyle::ssDisc, series, series, 4.5));
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

// --- The series ----------------------------------------------------------------------------------

void SeriesPlot::showSeries(const QString& name, const QList<SeriesPoint>& points,
                            const QList<SeriesBand>& bands)
{
    const QCPRange before = m_plot->xAxis->range();
    const bool zoomed = name == m_name && !m_points.isEmpty() && !points.isEmpty() &&
                        before.size() < wholeRange().size();
    m_name = name;
    m_points = points;
    m_lastDay = points.isEmpty() ? QDate() : points.last().day;
    for (const SeriesBand& band : bands)
        m_lastDay = qMax(m_lastDay, band.last);
    m_current = -1;
    m_cursor->setPoint({});
    m_bands->setBands(bands);
    setAccessibleName(tr("Plot of %1").arg(name));
    setAccessibleDescription(seriesSentence(name, points));
    fillGraph();
    refreshColours();
    if (zoomed)
        keepInSight(before);
    else
        showAll();
}

/// A point of no value between two that are not neighbours breaks the line.
void SeriesPlot::fillGraph()
{
    QVector<double> keys;
    QVector<double> values;
    for (qsizetype i = 0; i < m_points.size(); ++i) {
        if (i > 0 && m_points[i - 1].day.daysTo(m_points[i].day) > 1) {
            keys.append(plotKey(m_points[i - 1].day) + kSecondsPerDay / 2);
            values.append(std::numeric_limits<double>::quiet_NaN());
        }
        keys.append(plotKey(m_points[i].day));
        values.append(m_points[i].value);
    }
    m_plot->graph()->setData(keys, values, true);
}

/// From the day before the first point to the day after the last one, or after a band behind it.
QCPRange SeriesPlot::wholeRange() const
{
    return {plotKey(m_points.first().day) - kSecondsPerDay, plotKey(m_lastDay) + kSecondsPerDay};
}

/// Holds the days in sight within those of the series, and fits the other axis to them.
void SeriesPlot::keepInSight(const QCPRange& range)
{
    if (m_points.isEmpty())
        return;
    const QCPRange whole = wholeRange();
    const double first = whole.lower;
    const double last = qMax(whole.upper, first + kLeastDays * kSecondsPerDay);
    const double size = qBound(kLeastDays * kSecondsPerDay, range.size(), last - first);
    const double middle = qBound(first + size / 2, range.center(), last - size / 2);
    if (std::abs(size - range.size()) > 1 || std::abs(middle - range.center()) > 1) {
        m_plot->xAxis->setRange(middle - size / 2, middle + size / 2);
        return; // which comes back here
    }
    m_plot->graph()->rescaleValueAxis(false, true);
    const QCPRange values = m_plot->yAxis->range();
    const double room = values.size() > 0 ? values.size() * 0.08 : 1;
    m_plot->yAxis->setRange(values.lower - room, values.upper + room);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void SeriesPlot::showAll()
{
    if (m_points.isEmpty()) {
        m_plot->replot(QCustomPlot::rpQueuedReplot);
        return;
    }
    m_plot->xAxis->setRange(wholeRange());
    keepInSight(m_plot->xAxis->range());
}

void SeriesPlot::zoom(double factor)
{
    if (m_points.isEmpty())
        return;
    const QCPRange range = m_plot->xAxis->range();
    const double key = m_current >= 0 ? plotKey(currentDay()) : range.center();
    const double centre = range.contains(key) ? key : range.center();
    m_plot->xAxis->scaleRange(factor, centre);
}

void SeriesPlot::zoomIn() { zoom(kZoomStep); }

void SeriesPlot::zoomOut() { zoom(1 / kZoomStep); }

std::pair<QDate, QDate> SeriesPlot::visibleDays() const
{
    const QCPRange range = m_plot->xAxis->range();
    return {dayOfKey(std::ceil(range.lower / kSecondsPerDay) * kSecondsPerDay),
            dayOfKey(range.upper)};
}

// --- The cursor ----------------------------------------------------------------------------------

QDate SeriesPlot::currentDay() const { return m_current < 0 ? QDate() : m_points[m_current].day; }

QString SeriesPlot::currentWords() const
{
    if (m_current < 0)
        return {};
    const SeriesPoint& point = m_points[m_current];
    return tr("%1: %2").arg(plainDate(point.day), number(point.value));
}

void SeriesPlot::setCurrentDay(QDate day)
{
    const auto found = std::ranges::lower_bound(m_points, day, {}, &SeriesPoint::day);
    if (found != m_points.end() && found->day == day)
        setCurrent(int(found - m_points.begin()));
}

void SeriesPlot::setCurrent(int point)
{
    if (point == m_current || point < 0 || point >= m_points.size())
        return;
    m_current = point;
    m_cursor->setPoint(m_points[point]);
    const QCPRange range = m_plot->xAxis->range();
    const double key = plotKey(m_points[point].day);
    if (!range.contains(key))
        m_plot->xAxis->setRange(key - range.size() / 2, key + range.size() / 2);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
    QAccessibleValueChangeEvent event(this, currentWords());
    QAccessible::updateAccessibility(&event);
    Q_EMIT currentChanged(currentDay());
}

/// The point whose day is nearest to the pointer.
void SeriesPlot::follow(QPointF position)
{
    if (m_points.isEmpty() || !m_plot->axisRect()->rect().contains(position.toPoint()))
        return;
    const double key = m_plot->xAxis->pixelToCoord(position.x());
    const auto distance = [key](const SeriesPoint& point) {
        return std::abs(plotKey(point.day) - key);
    };
    setCurrent(int(std::ranges::min_element(m_points, {}, distance) - m_points.begin()));
}

// --- Events --------------------------------------------------------------------------------------

void SeriesPlot::keyPressEvent(QKeyEvent* event)
{
    const int last = int(m_points.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Left:
        setCurrent(m_current < 0 ? last : qMax(0, m_current - 1));
        break;
    case Qt::Key_Right:
        setCurrent(m_current < 0 ? last : qMin(last, m_current + 1));
        break;
    case Qt::Key_Home:
        setCurrent(0);
        break;
    case Qt::Key_End:
        setCurrent(last);
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomIn();
        break;
    case Qt::Key_Minus:
        zoomOut();
        break;
    case Qt::Key_0:
        showAll();
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current >= 0)
            Q_EMIT dayChosen(currentDay());
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void SeriesPlot::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void SeriesPlot::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

void SeriesPlot::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (m_plot && (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange))
        refreshColours();
}

void SeriesPlot::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().base());
    const bool focused = hasFocus();
    painter.setPen(
        QPen(palette().color(focused ? QPalette::Text : QPalette::Mid), focused ? 2 : 1));
    painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
}

} // namespace daymark::ui
