// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/catalog/series_model.h"

#include "ui/catalog/catalog_model.h"
#include "ui/catalog/metric_series.h"
#include "ui/style/glyph.h"
#include "ui/style/look.h"
#include "ui/style/text.h"

#include <QGuiApplication>

#include <algorithm>

namespace daymark::ui {

namespace {

constexpr int kSign = 14;

QVariant toVariant(std::optional<double> value) { return value ? QVariant(*value) : QVariant(); }

QVariant decoration(DayState state)
{
    const Look look = lookOf(state, isDark(QGuiApplication::palette()));
    QIcon icon(glyphPixmap(glyphOf(state), look.ink, kSign));
    icon.addPixmap(glyphPixmap(glyphOf(state),
                               QGuiApplication::palette().color(QPalette::HighlightedText), kSign),
                   QIcon::Selected);
    return icon;
}

bool isFigure(int column)
{
    return column != SeriesModel::DayColumn && column != SeriesModel::Standing;
}

} // namespace

void SeriesModel::reset(const MetricInfo& metric, const QString& idType)
{
    beginResetModel();
    m_ratio = metric.ratio;
    m_entries.clear();
    const std::vector<MetricDay>& chosen = daysOf(metric, idType);
    for (const MetricDay& day : chosen)
        m_entries.push_back({toDate(day.day), day, {}, {}});
    for (const MetricDay& day : metric.series) {
        if (!std::ranges::binary_search(chosen, day.day, {}, &MetricDay::day))
            m_entries.push_back({toDate(day.day), {}, {}, tr("no value for %1").arg(idType)});
    }
    for (const MissingDay& day : metric.missing)
        m_entries.push_back({toDate(day.day), {}, day.state, text(day.words)});
    std::ranges::sort(m_entries, std::greater<>(), &Entry::day);
    endResetModel();
}

QDate SeriesModel::dayAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_entries[std::size_t(row)].day : QDate();
}

QString SeriesModel::noteAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_entries[std::size_t(row)].note : QString();
}

int SeriesModel::rowOf(QDate day) const
{
    const auto found = std::ranges::lower_bound(m_entries, day, std::greater<>(), &Entry::day);
    return found != m_entries.end() && found->day == day ? int(found - m_entries.begin()) : -1;
}

int SeriesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

int SeriesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant SeriesModel::figureAt(const Entry& entry, int column) const
{
    if (!entry.figures)
        return {};
    const MetricDay& day = *entry.figures;
    switch (column) {
    case Mean:
        return toVariant(day.mean);
    case FirstPart:
        return toVariant(m_ratio ? day.numeratorSum : day.sum);
    case SecondPart:
        return toVariant(m_ratio ? day.denominatorSum : day.minimum);
    case ThirdPart:
        return m_ratio ? QVariant(double(day.zeroDenominators)) : toVariant(day.maximum);
    case Units:
        return double(day.units);
    case Rows:
        return double(day.rows);
    default:
        return {};
    }
}

QString SeriesModel::display(const Entry& entry, int column) const
{
    if (column == DayColumn)
        return isoDate(entry.day);
    if (column == Standing)
        return entry.figures ? tr("landed") : entry.note;
    const QVariant value = figureAt(entry, column);
    return value.isValid() ? number(value.toDouble()) : QString();
}

QVariant SeriesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Entry& entry = m_entries[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return display(entry, index.column());
    case Qt::DecorationRole:
        return index.column() == Standing ? decoration(entry.state.value_or(DayState::Imported))
                                          : QVariant();
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (isFigure(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::ToolTipRole:
        return asToolTip(entry.note);
    case Qt::AccessibleDescriptionRole:
        return entry.note;
    case SortRole:
        if (index.column() == DayColumn)
            return entry.day;
        return index.column() == Standing ? QVariant(display(entry, Standing))
                                          : figureAt(entry, index.column());
    default:
        return {};
    }
}

QVariant SeriesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= Columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (isFigure(section) ? Qt::AlignRight : Qt::AlignLeft));
    if (role == Qt::ToolTipRole && section == ThirdPart && m_ratio)
        return tr("Rows whose denominator is 0");
    if (role != Qt::DisplayRole)
        return {};
    const QString names[Columns] = {tr("Day"),
                                    tr("Standing"),
                                    m_ratio ? tr("Ratio") : tr("Mean"),
                                    m_ratio ? tr("Numerators") : tr("Sum"),
                                    m_ratio ? tr("Denominators") : tr("Least"),
                                    m_ratio ? tr("Zeros") : tr("Greatest"),
                                    tr("Units"),
                                    tr("Rows")};
    return names[section];
}

} // namespace daymark::ui
