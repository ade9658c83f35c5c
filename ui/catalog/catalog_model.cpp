// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/catalog/catalog_model.h"

#include "ui/style/glyph.h"
#include "ui/style/look.h"
#include "ui/style/text.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace daymark::ui {

namespace {

constexpr int kStandingSign = 16;
constexpr int kDigits = 6;

QString phrase(const char* words) { return QCoreApplication::translate("Catalog", words); }

QString trendWords(const MetricInfo& metric)
{
    if (metric.trend.empty())
        return phrase("no values");
    const auto [low, high] = std::ranges::minmax_element(metric.trend, {}, &TrendPoint::mean);
    return phrase("%1 to %2 over %3 days")
        .arg(number(low->mean), number(high->mean), figure(metric.trend.size()));
}

QString display(const MetricInfo& metric, int column)
{
    switch (column) {
    case CatalogModel::Name:
        return text(metric.name);
    case CatalogModel::Kind:
        return kindWord(metric.ratio);
    case CatalogModel::IdTypes:
        return listed(metric.idTypes);
    case CatalogModel::Sources:
        return listed(metric.sources);
    case CatalogModel::FirstDay:
        return isoDate(toDate(metric.firstDay));
    case CatalogModel::LastDay:
        return isoDate(toDate(metric.lastDay));
    case CatalogModel::Latest:
        return number(metric.latest.mean);
    case CatalogModel::Trend:
        return trendWords(metric);
    case CatalogModel::Clock:
        return text(metric.clock);
    default:
        return {};
    }
}

QVariant sortValue(const MetricInfo& metric, int column)
{
    switch (column) {
    case CatalogModel::FirstDay:
        return toDate(metric.firstDay);
    case CatalogModel::LastDay:
        return toDate(metric.lastDay);
    case CatalogModel::Latest:
        return metric.latest.mean ? QVariant(*metric.latest.mean) : QVariant();
    case CatalogModel::Trend:
        return qulonglong(metric.trend.size());
    case CatalogModel::Clock:
        return QStringLiteral("%1 %2")
            .arg(int(metric.standing))
            .arg(metric.lastDay.time_since_epoch().count(), 12);
    default:
        return display(metric, column);
    }
}

Glyph glyphOfStanding(MetricStanding standing)
{
    switch (standing) {
    case MetricStanding::Current:
        return Glyph::Check;
    case MetricStanding::Hiding:
        return Glyph::Dots;
    case MetricStanding::Waiting:
        return Glyph::Pause;
    case MetricStanding::Hidden:
        return Glyph::Slash;
    }
    return Glyph::Dot;
}

Look lookOfStanding(MetricStanding standing, bool dark)
{
    switch (standing) {
    case MetricStanding::Current:
        return lookOf(DayState::Imported, dark);
    case MetricStanding::Hiding:
        return lookOf(DayState::Gap, dark);
    case MetricStanding::Waiting:
        return lookOf(DayState::Blocked, dark);
    case MetricStanding::Hidden:
        return lookOf(DayState::Ignored, dark);
    }
    return lookOf(DayState::Ignored, dark);
}

QVariant decoration(MetricStanding standing)
{
    const Look look = lookOfStanding(standing, isDark(QGuiApplication::palette()));
    QIcon icon(glyphPixmap(glyphOfStanding(standing), look.ink, kStandingSign));
    icon.addPixmap(glyphPixmap(glyphOfStanding(standing),
                               QGuiApplication::palette().color(QPalette::HighlightedText),
                               kStandingSign),
                   QIcon::Selected);
    return icon;
}

QPolygonF trendOf(const MetricInfo& metric)
{
    QPolygonF points;
    for (const TrendPoint& point : metric.trend)
        points.append(QPointF(double(point.day.time_since_epoch().count()), point.mean));
    return points;
}

} // namespace

QString number(std::optional<double> value)
{
    if (!value)
        return {};
    if (std::abs(*value) >= 1e15 || (*value != 0 && std::abs(*value) < 1e-4))
        return wordsLocale().toString(*value, 'g', kDigits);
    const int whole = *value == 0 ? 1 : int(std::floor(std::log10(std::abs(*value)))) + 1;
    QString digits = wordsLocale().toString(*value, 'f', std::clamp(kDigits - whole, 0, kDigits));
    if (digits.contains(QLatin1Char('.'))) {
        while (digits.endsWith(QLatin1Char('0')))
            digits.chop(1);
        if (digits.endsWith(QLatin1Char('.')))
            digits.chop(1);
    }
    return digits;
}

QString kindWord(bool ratio) { return ratio ? phrase("ratio") : phrase("value"); }

QString listed(const std::vector<std::string>& texts)
{
    QStringList list;
    for (const std::string& each : texts)
        list << text(each);
    return list.join(QStringLiteral(", "));
}

void CatalogModel::reset(std::vector<MetricInfo> metrics)
{
    beginResetModel();
    m_metrics = std::move(metrics);
    endResetModel();
}

QModelIndex CatalogModel::indexOf(const QString& name) const
{
    const auto found = std::ranges::find(m_metrics, utf8(name), &MetricInfo::name);
    return found == m_metrics.end() ? QModelIndex() : index(int(found - m_metrics.begin()), 0);
}

int CatalogModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_metrics.size());
}

int CatalogModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant CatalogModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const MetricInfo& metric = m_metrics[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return display(metric, index.column());
    case Qt::DecorationRole:
        return index.column() == Clock ? decoration(metric.standing) : QVariant();
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (index.column() == Latest ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::ToolTipRole:
        return asToolTip(display(metric, index.column()));
    case SortRole:
        return sortValue(metric, index.column());
    case NameRole:
        return text(metric.name);
    case StandingRole:
        return int(metric.standing);
    case TrendRole:
        return trendOf(metric);
    default:
        return {};
    }
}

QVariant CatalogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= Columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (section == Latest ? Qt::AlignRight : Qt::AlignLeft));
    if (role == Qt::ToolTipRole && section == Latest)
        return tr("The mean on its last day: sum by units, or numerators by denominators");
    if (role != Qt::DisplayRole)
        return {};
    const QString names[Columns] = {tr("Metric"),      tr("Kind"),      tr("Id types"),
                                    tr("Sources"),     tr("First day"), tr("Last day"),
                                    tr("Latest mean"), tr("30 days"),   tr("Clock")};
    return names[section];
}

} // namespace daymark::ui
