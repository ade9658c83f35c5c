// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/catalog/catalog_page.h"

#include "ui/catalog/catalog_filter.h"
#include "ui/catalog/catalog_model.h"
#include "ui/catalog/metric_page.h"
#include "ui/catalog/series_plot.h"
#include "ui/style/sparkline.h"
#include "ui/style/tables.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QStyle>
#include <QTableView>

namespace daymark::ui {

using Lane = EngineBridge::Lane;

namespace {

constexpr int kClockMargins = 20; ///< around the sign and the words of a clock

} // namespace

CatalogPage::CatalogPage(EngineBridge& bridge, QWidget* parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_model(new CatalogModel(this))
    , m_filter(new CatalogFilter(this))
    , m_pages(new QStackedWidget(this))
    , m_metric(new MetricPage(bridge, this))
{
    m_filter->setSourceModel(m_model);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 12);
    layout->addWidget(m_pages);
    m_list = makeList();
    m_pages->addWidget(m_list);
    m_pages->addWidget(m_metric);
    connect(m_metric, &MetricPage::backAsked, this, &CatalogPage::showList);
    connectBridge();
    refreshCount();
}

// --- Building ------------------------------------------------------------------------------------

void CatalogPage::setupSearch(QVBoxLayout* layout)
{
    m_search = new QLineEdit(this);
    m_search->setClearButtonEnabled(true);
    m_search->setPlaceholderText(tr("Name, id type or source"));
    m_search->setMinimumHeight(28);
    m_search->setMaximumWidth(320);
    QLabel* label = plainLabel(tr("Sea&rch"), this);
    label->setBuddy(m_search);
    m_hidden = new QCheckBox(tr("Show hidde&n"), this);
    setTip(m_hidden, tr("Metrics are hidden when they had no value for longer than the "
                        "staleness of their source."));
    m_count = plainLabel({}, this);
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_open = new QPushButton(tr("&Open metric"), this);
    m_open->setAutoDefault(false);
    m_open->setMinimumHeight(28);
    auto* row = new QHBoxLayout;
    row->setSpacing(10);
    row->addWidget(label);
    row->addWidget(m_search, 1);
    row->addWidget(m_hidden);
    row->addWidget(m_count);
    row->addStretch(1);
    row->addWidget(m_open);
    layout->addLayout(row);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& words) {
        m_filter->setSearch(words);
        refreshCount();
    });
    connect(m_hidden, &QCheckBox::toggled, this, [this](bool show) {
        m_filter->setShowHidden(show);
        refreshCount();
    });
    connect(m_open, &QPushButton::clicked, this, &CatalogPage::openCurrent);
}

QWidget* CatalogPage::makeList()
{
    auto* home = new QWidget(this);
    auto* layout = new QVBoxLayout(home);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    m_message = new Banner(home);
    m_message->setDismissible(tr("Dismiss message"));
    layout->addWidget(m_message);
    setupSearch(layout);
    m_table = plainTable(m_filter, tr("Metrics"), home);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(CatalogModel::Name, Qt::AscendingOrder);
    m_table->setItemDelegateForColumn(CatalogModel::Trend,
                                      new SparklineDelegate(CatalogModel::TrendRole, m_table));
    m_table->setWordWrap(true); // of the clocks, which are whole sentences
    m_table->verticalHeader()->setDefaultSectionSize(2 * m_table->fontMetrics().height() + 6);
    connect(m_table, &QTableView::activated, this, &CatalogPage::openCurrent);
    m_table->setTextElideMode(Qt::ElideRight);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &CatalogPage::showCurrent);
    m_stack = new QStackedWidget(home);
    m_stack->addWidget(m_table);
    m_stack->addWidget(makeEmpty());
    layout->addWidget(m_stack, 1);
    m_detail = wrappedLabel({}, home);
    layout->addWidget(m_detail);
    return home;
}

QWidget* CatalogPage::makeEmpty()
{
    auto* card = new Card(this);
    auto* layout = new QVBoxLayout(card);
    layout->setContentsMargins(36, 32, 36, 32);
    layout->setSpacing(12);
    m_emptyTitle = headingLabel({}, 1.4, card);
    m_emptyTitle->setWordWrap(true);
    m_emptyWords = wrappedLabel({}, card);
    layout->addStretch(1);
    layout->addWidget(m_emptyTitle);
    layout->addWidget(m_emptyWords);
    layout->addStretch(2);
    m_empty = card;
    return card;
}

void CatalogPage::connectBridge()
{
    connect(&m_bridge, &EngineBridge::stateChanged, this, &CatalogPage::reload);
    connect(&m_bridge, &EngineBridge::sourcesChanged, this, &CatalogPage::reload);
    connect(&m_bridge, &EngineBridge::daysChanged, this, &CatalogPage::reload);
    connect(&m_bridge, &EngineBridge::passFinished, this, &CatalogPage::reload);
    connect(&m_bridge, &EngineBridge::lookAgain, this, &CatalogPage::reload);
}

// --- The list ------------------------------------------------------------------------------------

/// Reads the catalog while the page is on show; else when it comes on show.
void CatalogPage::reload()
{
    m_stale = true;
    if (!isVisible() || !m_bridge.isOpen() || m_request.pending())
        return;
    m_stale = false;
    m_bridge.ask(
        m_request, Lane::Ledger,
        [](Engine& engine, const std::stop_token&) { return engine.catalog(true); },
        [this](Result<std::vector<MetricInfo>> metrics) {
            show(std::move(metrics));
            if (m_stale)
                reload();
        });
    m_metric->reload();
}

void CatalogPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_stale)
        reload();
}

void CatalogPage::show(Result<std::vector<MetricInfo>> metrics)
{
    if (!metrics) {
        m_message->say(Tone::Error, errorText(metrics.error()));
        return;
    }
    m_message->say(Tone::Error, {});
    const QString before = current();
    m_model->reset(std::move(*metrics));
    m_loaded = true;
    refreshCount();
    fitColumns(m_table,
               {CatalogModel::Name, CatalogModel::Kind, CatalogModel::IdTypes,
                CatalogModel::Sources, CatalogModel::FirstDay, CatalogModel::LastDay,
                CatalogModel::Latest, CatalogModel::Trend},
               clockWidth());
    const QModelIndex index = m_filter->mapFromSource(m_model->indexOf(before));
    m_table->setCurrentIndex(index.isValid() ? index : m_filter->index(0, 0));
    Q_EMIT loaded();
}

/// What the longest clock needs in two lines, which break between words.
int CatalogPage::clockWidth() const
{
    int widest = 0;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex clock = m_model->index(row, CatalogModel::Clock);
        const QString words = clock.data().toString();
        widest = qMax(widest, m_table->fontMetrics().horizontalAdvance(words));
    }
    const int sign = m_table->style()->pixelMetric(QStyle::PM_SmallIconSize) + kClockMargins;
    return widest * 11 / 20 + sign; // a line may end a word before its half
}

void CatalogPage::refreshCount()
{
    const int all = m_model->rowCount();
    const int shown = m_filter->rowCount();
    const QString every = all == 0   ? tr("no metrics")
                          : all == 1 ? tr("1 metric")
                                     : tr("%1 metrics").arg(figure(unsigned(all)));
    m_count->setText(shown == all ? every : tr("%1 of %2").arg(figure(unsigned(shown)), every));
    m_stack->setCurrentWidget(shown > 0 ? static_cast<QWidget*>(m_table) : m_empty);
    showCurrent();
    for (QWidget* control : QList<QWidget*>{m_search, m_hidden})
        control->setEnabled(all > 0);
    if (all == 0) {
        m_emptyTitle->setText(tr("No metric has landed yet"));
        m_emptyWords->setText(
            tr("A metric appears here with the first imported day that holds rows of it: its "
               "latest value, its last 30 days, and whether new values still come.\n\nAdd a source "
               "on the Sources page or the demo on the Overview, then press Import now on the "
               "Calendar."));
    } else {
        m_emptyTitle->setText(tr("No metric matches"));
        m_emptyWords->setText(m_hidden->isChecked()
                                  ? tr("No name, id type or source holds all the words.")
                                  : tr("Hidden metrics are left out. Check Show hidden to look "
                                       "through them too."));
    }
}

/// What the last column may have no room for.
void CatalogPage::showCurrent()
{
    const QModelIndex index = m_table->currentIndex();
    m_open->setEnabled(index.isValid());
    setTip(m_open, index.isValid() ? tr("Enter") : tr("Select a metric first."));
    m_detail->setText(
        index.isValid()
            ? QStringLiteral("\u2068%1\u2069  ·  %2") // whatever direction a name is written in
                  .arg(shown(current()),
                       index.siblingAtColumn(CatalogModel::Clock).data().toString())
            : QString());
}

QString CatalogPage::current() const
{
    return m_table->currentIndex().data(CatalogModel::NameRole).toString();
}

// --- One metric ----------------------------------------------------------------------------------

void CatalogPage::openCurrent()
{
    if (!current().isEmpty())
        openMetric(current());
}

void CatalogPage::openMetric(const QString& name)
{
    m_metric->showMetric(name);
    m_pages->setCurrentWidget(m_metric);
    m_metric->plot().setFocus();
}

void CatalogPage::openFirst()
{
    const QString first = m_filter->index(0, 0).data(CatalogModel::NameRole).toString();
    if (!first.isEmpty())
        openMetric(first);
}

bool CatalogPage::isBusy() const { return m_request.pending() || m_metric->isBusy(); }

void CatalogPage::showList()
{
    m_pages->setCurrentWidget(m_list);
    m_metric->clear();
    m_table->setFocus();
}

} // namespace daymark::ui
