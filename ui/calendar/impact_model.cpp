// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/impact_model.h"

#include "ui/style/text.h"

#include <QStringList>

namespace daymark::ui {

namespace {

QString numberText(double number) { return wordsLocale().toString(number, 'g', 10); }

/// `55 → 65`, with `none` on the side where there is no such number; nothing where there is none.
QString moveText(const std::optional<double>& before, const std::optional<double>& after)
{
    if (!before && !after)
        return {};
    if (before == after)
        return numberText(*before);
    const QString none = ImpactModel::tr("none");
    return QStringLiteral("%1 → %2").arg(before ? numberText(*before) : none,
                                         after ? numberText(*after) : none);
}

QString kindText(const MetricImpact& metric)
{
    const auto name = [](bool ratio) {
        return ratio ? ImpactModel::tr("ratio") : ImpactModel::tr("value");
    };
    if (metric.kindFlips())
        return QStringLiteral("%1 → %2").arg(name(metric.wasRatio), name(metric.isRatio));
    if (metric.rowsBefore == 0)
        return ImpactModel::tr("%1, new").arg(name(metric.isRatio));
    if (metric.rowsAfter == 0)
        return ImpactModel::tr("%1, gone").arg(name(metric.wasRatio));
    return name(metric.isRatio);
}

QString sumsText(const MetricImpact& metric)
{
    QStringList parts;
    const auto add = [&parts](const QString& move, const QString& phrase) {
        if (!move.isEmpty())
            parts << (phrase.isEmpty() ? move : phrase.arg(move));
    };
    add(moveText(metric.sumBefore, metric.sumAfter), {});
    add(moveText(metric.numeratorBefore, metric.numeratorAfter), ImpactModel::tr("numerator %1"));
    add(moveText(metric.denominatorBefore, metric.denominatorAfter),
        ImpactModel::tr("denominator %1"));
    return parts.join(QStringLiteral(", "));
}

QString rowsSentence(const DayImpact& impact)
{
    if (impact.same)
        return ImpactModel::tr("The rows are the very same, %1 of them.")
            .arg(figure(impact.rowsAfter));
    const QString rows = ImpactModel::tr("%1 rows come in the place of %2")
                             .arg(figure(impact.rowsAfter), figure(impact.rowsBefore));
    if (!impact.exact)
        return ImpactModel::tr("%1. The landed rows could not be compared one by one.").arg(rows);
    return ImpactModel::tr("%1: %2 added, %3 removed, %4 changed.")
        .arg(rows, figure(impact.added), figure(impact.removed), figure(impact.changed));
}

} // namespace

QString impactSentence(const DayImpact& impact)
{
    QStringList sentences{rowsSentence(impact)};
    if (impact.rowsAfter == 0 && impact.rowsBefore > 0)
        sentences << ImpactModel::tr("The day would be left without rows.");
    for (const MetricImpact& metric : impact.metrics)
        if (metric.kindFlips())
            sentences << (metric.isRatio ? ImpactModel::tr("%1 becomes a ratio.")
                                         : ImpactModel::tr("%1 becomes a value."))
                             .arg(text(metric.metric));
    if (impact.rejectedBefore != impact.rejectedAfter)
        sentences << ImpactModel::tr("%1 rows are rejected, where it was %2.")
                         .arg(figure(impact.rejectedAfter), figure(impact.rejectedBefore));
    return sentences.join(QLatin1Char(' '));
}

void ImpactModel::reset(const DayImpact& impact)
{
    beginResetModel();
    m_metrics = impact.metrics;
    m_exact = impact.exact;
    endResetModel();
}

int ImpactModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_metrics.size());
}

int ImpactModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QString ImpactModel::cell(const MetricImpact& metric, int column) const
{
    switch (column) {
    case Metric:
        return text(metric.metric);
    case IdType:
        return text(metric.idType);
    case Kind:
        return kindText(metric);
    case Rows:
        return QStringLiteral("%1 → %2").arg(figure(metric.rowsBefore), figure(metric.rowsAfter));
    case Added:
        return figure(metric.added);
    case Removed:
        return figure(metric.removed);
    case Changed:
        return m_exact ? figure(metric.changed) : tr("unknown");
    default:
        return sumsText(metric);
    }
}

QVariant ImpactModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const bool figures = index.column() >= Rows && index.column() <= Changed;
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (figures ? Qt::AlignRight : Qt::AlignLeft));
    if (role == Qt::DisplayRole)
        return cell(m_metrics[std::size_t(index.row())], index.column());
    if (role == Qt::ToolTipRole)
        return asToolTip(cell(m_metrics[std::size_t(index.row())], index.column()));
    return {};
}

QVariant ImpactModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section >= Columns)
        return {};
    const QStringList names = {tr("Metric"), tr("Id type"), tr("Kind"),    tr("Rows"),
                               tr("Added"),  tr("Removed"), tr("Changed"), tr("Sum")};
    return names.value(section);
}

} // namespace daymark::ui
