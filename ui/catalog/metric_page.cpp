// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/catalog/metric_page.h"

#include "ui/catalog/band_legend.h"
#include "ui/catalog/catalog_model.h"
#include "ui/catalog/rows_panel.h"
#include "ui/catalog/series_model.h"
#include "ui/catalog/series_plot.h"
#include "ui/style/tables.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>

namespace daymark::ui {

using Lane = EngineBridge::Lane;

namespace {

constexpr int kControlHeight = 28;
constexpr int kRowsWidth = 340;

QComboBox* addChoice(QHBoxLayout* layout, const QString& label, QWidget* parent)
{
    auto* choice = new QComboBox(parent);
    choice->setMinimumWidth(130);
    choice->setMaximumWidth(220);
    choice->setMinimumHeight(kControlHeight);
    QLabel* name = plainLabel(label, parent);
    name->setBuddy(choice);
    layout->addWidget(name);
    layout->addWidget(choice);
    return choice;
}

QPushButton* addButton(QHBoxLayout* layout, const QString& text, QWidget* parent)
{
    auto* button = new QPushButton(text, parent);
    button->setAutoDefault(false);
    button->setMinimumHeight(kControlHeight);
    layout->addWidget(button);
    return button;
}

} // namespace

MetricPage::MetricPage(EngineBridge& bridge, QWidget* parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_days(new SeriesModel(this))
    , m_sortedDays(new QSortFilterProxyModel(this))
    , m_message(new Banner(this))
{
    setAccessibleName(tr("Metric"));
    m_sortedDays->setSourceModel(m_days);
    m_sortedDays->setSortRole(SeriesModel::SortRole);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    setupHead(layout);
    layout->addWidget(m_message);
    setupChoices(layout);
    setupBody(layout);
}

// --- Building ------------------------------------------------------------------------------------

void MetricPage::setupHead(QVBoxLayout* layout)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    QPushButton* back = addButton(row, tr("Bac&k to the catalog"), this);
    setTip(back, tr("Escape"));
    connect(back, &QPushButton::clicked, this, &MetricPage::backAsked);
    m_title = headingLabel({}, 1.3, this);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addWidget(m_title, 1);
    layout->addLayout(row);
    m_facts = wrappedLabel({}, this);
    layout->addWidget(m_facts);
}

void MetricPage::setupChoices(QVBoxLayout* layout)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    m_measure = addChoice(row, tr("&Plot"), this);
    row->addSpacing(8);
    m_idType = addChoice(row, tr("&Id type"), this);
    row->addStretch(1);
    connect(m_measure, &QComboBox::currentIndexChanged, this, &MetricPage::showSeries);
    connect(m_idType, &QComboBox::currentIndexChanged, this, &MetricPage::showSeries);
    layout->addLayout(row);
    QPushButton* in = addButton(row, tr("&Zoom in"), this);
    QPushButton* out = addButton(row, tr("Zoom o&ut"), this);
    QPushButton* all = addButton(row, tr("Show &all days"), this);
    connect(in, &QPushButton::clicked, this, [this] { m_plot->zoomIn(); });
    connect(out, &QPushButton::clicked, this, [this] { m_plot->zoomOut(); });
    connect(all, &QPushButton::clicked, this, [this] { m_plot->showAll(); });
}

void MetricPage::setupBody(QVBoxLayout* layout)
{
    QWidget* plot = makePlot(); // Tab goes in the order in which they are made
    QWidget* days = makeDays();
    m_rows = new RowsPanel(m_bridge, this);
    auto* tables = new QSplitter(Qt::Horizontal, this);
    tables->setAccessibleName(tr("Days and rows"));
    tables->addWidget(days);
    tables->addWidget(m_rows);
    tables->setStretchFactor(0, 2);
    tables->setStretchFactor(1, 1);
    tables->setSizes({2 * kRowsWidth, kRowsWidth});
    auto* halves = new QSplitter(Qt::Vertical, this);
    halves->setAccessibleName(tr("Plot and days"));
    halves->addWidget(plot);
    halves->addWidget(tables);
    halves->setStretchFactor(0, 1);
    halves->setStretchFactor(1, 1);
    for (QSplitter* splitter : {tables, halves}) {
        splitter->setChildrenCollapsible(false);
        splitter->setHandleWidth(12);
    }
    layout->addWidget(halves, 1);
}

QWidget* MetricPage::makePlot()
{
    auto* home = new QWidget(this);
    auto* column = new QVBoxLayout(home);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    m_plot = new SeriesPlot(home);
    m_reading = wrappedLabel({}, home);
    m_legend = new BandLegend(home);
    auto* below = new QHBoxLayout;
    below->addWidget(m_reading, 1);
    below->addWidget(m_legend);
    column->addWidget(m_plot, 1);
    column->addLayout(below);
    connect(m_plot, &SeriesPlot::currentChanged, this, &MetricPage::showReading);
    connect(m_plot, &SeriesPlot::dayChosen, this, &MetricPage::selectDay);
    return home;
}

QWidget* MetricPage::makeDays()
{
    m_table = plainTable(m_sortedDays, tr("Days"), this);
    m_table->setTextElideMode(Qt::ElideRight);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(SeriesModel::DayColumn, Qt::DescendingOrder);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &MetricPage::showDay);
    return m_table;
}

// --- The metric ----------------------------------------------------------------------------------

void MetricPage::showMetric(const QString& name)
{
    m_request.cancel();
    m_name = name;
    m_metric = {};
    m_days->reset({}, {});
    m_rows->setMetric({});
    m_plot->showSeries(name, {}, {});
    m_facts->clear();
    m_message->say(Tone::Error, {});
    elideTitle();
    reload();
}

bool MetricPage::isBusy() const { return m_request.pending() || m_rows->isBusy(); }

void MetricPage::clear()
{
    m_request.cancel();
    m_name.clear();
}

void MetricPage::reload()
{
    if (m_name.isEmpty())
        return;
    if (m_request.pending()) {
        m_stale = true;
        return;
    }
    m_stale = false;
    m_bridge.ask(
        m_request, Lane::Ledger,
        [name = utf8(m_name)](Engine& engine, const std::stop_token&) {
            return engine.metric(name);
        },
        [this](const Result<MetricInfo>& metric) {
            showAnswer(metric);
            if (m_stale)
                reload();
        });
}

void MetricPage::showAnswer(const Result<MetricInfo>& metric)
{
    if (!metric) {
        m_message->say(Tone::Error, errorText(metric.error()));
        return;
    }
    m_message->say(Tone::Error, {});
    const QDate before = selectedDay();
    m_metric = *metric;
    fillHead();
    fillChoices();
    m_rows->setMetric(m_metric);
    showSeries();
    selectDay(before.isValid() ? before : toDate(m_metric.lastDay));
}

void MetricPage::fillHead()
{
    const QString days = m_metric.days == 1
                             ? tr("1 day, %1").arg(plainDate(toDate(m_metric.firstDay)))
                             : tr("%1 days from %2 to %3")
                                   .arg(figure(m_metric.days), plainDate(toDate(m_metric.firstDay)),
                                        plainDate(toDate(m_metric.lastDay)));
    m_facts->setText(
        QStringList{tr("%1 metric").arg(kindWord(m_metric.ratio)), listed(m_metric.idTypes),
                    tr("from %1").arg(listed(m_metric.sources)), days, text(m_metric.clock)}
            .join(QStringLiteral("  ·  ")));
}

void MetricPage::fillChoices()
{
    const QSignalBlocker quietMeasure(m_measure);
    const QSignalBlocker quietType(m_idType);
    const int measure = m_measure->currentData().isValid() ? m_measure->currentData().toInt() : 0;
    const QString idType = m_idType->currentData().toString();
    m_measure->clear();
    for (const Measure each : measuresOf(m_metric.ratio))
        m_measure->addItem(measureName(each, m_metric.ratio), int(each));
    m_measure->setCurrentIndex(qMax(0, m_measure->findData(measure)));
    m_idType->clear();
    m_idType->addItem(tr("All id types"), QString());
    for (const MetricSeries& part : m_metric.idTypeSeries)
        m_idType->addItem(text(part.idType), text(part.idType));
    m_idType->setCurrentIndex(qMax(0, m_idType->findData(idType)));
    m_idType->setEnabled(m_metric.idTypeSeries.size() > 1);
}

void MetricPage::showSeries()
{
    const auto measure = Measure(m_measure->currentData().toInt());
    const QString idType = m_idType->currentData().toString();
    const QDate day = selectedDay();
    const QList<SeriesBand> bands = bandsOf(m_metric.missing);
    m_plot->showSeries(QStringLiteral("%1, %2").arg(shown(m_name), m_measure->currentText()),
                       pointsOf(m_metric, idType, measure), bands);
    m_legend->showBands(bands);
    m_days->reset(m_metric, idType);
    fitColumns(m_table, {SeriesModel::DayColumn, SeriesModel::Standing, SeriesModel::Mean,
                         SeriesModel::FirstPart, SeriesModel::SecondPart, SeriesModel::ThirdPart,
                         SeriesModel::Units});
    selectDay(day);
    showReading();
}

// --- The day -------------------------------------------------------------------------------------

QDate MetricPage::selectedDay() const
{
    return m_days->dayAt(m_sortedDays->mapToSource(m_table->currentIndex()).row());
}

void MetricPage::selectDay(QDate day)
{
    const int row = m_days->rowOf(day);
    if (row < 0)
        return;
    const QModelIndex index = m_sortedDays->mapFromSource(m_days->index(row, 0));
    m_table->setCurrentIndex(index);
    m_table->scrollTo(index);
    showDay();
}

void MetricPage::showDay()
{
    const QDate day = selectedDay();
    if (!day.isValid())
        return;
    m_plot->setCurrentDay(day);
    m_rows->showDay(day, m_days->noteAt(m_days->rowOf(day)));
}

void MetricPage::showReading()
{
    const QString reading = m_plot->currentWords();
    m_reading->setText(reading.isEmpty()
                           ? tr("Point at the plot, or move along it with the arrow keys. The "
                                "wheel, + and - zoom, 0 shows all days.")
                           : tr("%1  (%2)").arg(reading, m_measure->currentText()));
}

// --- Events --------------------------------------------------------------------------------------

void MetricPage::elideTitle()
{
    m_title->setText(m_title->fontMetrics().elidedText(shown(m_name), Qt::ElideMiddle,
                                                       qMax(60, m_title->width())));
    m_title->setAccessibleName(m_name);
    setTip(m_title, m_name);
}

void MetricPage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    elideTitle();
}

void MetricPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT backAsked();
    else
        QWidget::keyPressEvent(event);
}

} // namespace daymark::ui
