// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/catalog/rows_panel.h"

#include "ui/catalog/landed_rows_model.h"
#include "ui/style/tables.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QTableView>

#include <algorithm>

namespace daymark::ui {

using Lane = EngineBridge::Lane;

namespace {

constexpr std::size_t kRowsShown = 200;

} // namespace

RowsPanel::RowsPanel(EngineBridge& bridge, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_model(new LandedRowsModel(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    m_title = wrappedLabel({}, this);
    m_sourceLabel = plainLabel(tr("Sourc&e"), this);
    m_source = new QComboBox(this);
    m_source->setMaximumWidth(220);
    m_sourceLabel->setBuddy(m_source);
    connect(m_source, &QComboBox::currentIndexChanged, this, &RowsPanel::ask);
    auto* head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_sourceLabel);
    head->addWidget(m_source);
    layout->addLayout(head);
    m_table = plainTable(m_model, tr("Landed rows"), this);
    layout->addWidget(m_table, 1);
}

void RowsPanel::setMetric(const MetricInfo& metric)
{
    m_metric = metric.name;
    m_day = {};
    m_rows.cancel();
    const QSignalBlocker quiet(m_source);
    const QString before = m_source->currentText();
    m_source->clear();
    for (const std::string& source : metric.sources)
        m_source->addItem(text(source));
    m_source->setCurrentIndex(qMax(0, m_source->findText(before)));
    const bool several = metric.sources.size() > 1;
    m_source->setVisible(several);
    m_sourceLabel->setVisible(several);
    m_table->setColumnHidden(LandedRowsModel::Numerator, !metric.ratio);
    m_table->setColumnHidden(LandedRowsModel::Denominator, !metric.ratio);
    m_model->reset({});
    say(tr("Select a day to see its landed rows."));
}

void RowsPanel::showDay(QDate day, const QString& note)
{
    if (day == m_day)
        return;
    m_day = day;
    if (note.isEmpty()) {
        ask();
        return;
    }
    m_rows.cancel();
    m_model->reset({});
    say(tr("No landed rows of this metric on %1. %2").arg(plainDate(day), note));
}

void RowsPanel::ask()
{
    if (!m_day.isValid() || m_source->currentIndex() < 0)
        return;
    say(tr("Reading the rows of %1…").arg(plainDate(m_day)));
    m_bridge.ask(
        m_rows, Lane::Ledger,
        [source = utf8(m_source->currentText()), day = toDay(m_day),
         metric = m_metric](Engine& engine, const std::stop_token&) {
            return engine.rows(source, day, metric, kRowsShown + 1);
        },
        [this](const Result<std::vector<LandedMetricRow>>& rows) { show(rows); });
}

void RowsPanel::show(const Result<std::vector<LandedMetricRow>>& rows)
{
    if (!rows) {
        m_model->reset({});
        say(errorText(rows.error()));
        return;
    }
    const bool more = rows->size() > kRowsShown;
    const QString place = tr("%1, %2").arg(m_source->currentText(), plainDate(m_day));
    if (rows->empty())
        say(tr("%1: no landed rows of this metric").arg(place));
    else if (more)
        say(tr("%1: the first %2 landed rows").arg(place, figure(kRowsShown)));
    else
        say(rows->size() == 1 ? tr("%1: 1 landed row").arg(place)
                              : tr("%1: %2 landed rows").arg(place, figure(rows->size())));
    // A ratio metric's rows may bear a value besides, or instead.
    const bool values = std::ranges::any_of(
        *rows, [](const LandedMetricRow& row) { return row.value.has_value(); });
    m_table->setColumnHidden(LandedRowsModel::Value, !values);
    m_model->reset({rows->begin(), rows->begin() + std::ptrdiff_t(qMin(rows->size(), kRowsShown))});
    fitColumns(m_table, {LandedRowsModel::UnitId, LandedRowsModel::IdType, LandedRowsModel::Value,
                         LandedRowsModel::Numerator});
}

void RowsPanel::say(const QString& sentence) { m_title->setText(sentence); }

} // namespace daymark::ui
