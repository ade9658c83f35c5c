// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/sample_model.h"

#include "ui/preview/signs.h"
#include "ui/style/text.h"

#include "core/schema/dataset.h"

#include <QGuiApplication>

#include <algorithm>

namespace daymark::ui {

namespace {

quint32 maskOf(Rule rule) { return quint32{1} << unsigned(rule); }

quint32 maskOf(const SampleRow& row)
{
    quint32 mask = 0;
    for (const RowFault& fault : row.faults)
        mask |= maskOf(fault.rule);
    return mask;
}

QString codesOf(const SampleRow& row)
{
    QStringList codes;
    for (const RowFault& fault : row.faults)
        codes << text(ruleSpec(fault.rule).code);
    if (!row.raw.empty())
        codes << text(row.raw);
    return codes.join(QStringLiteral("  "));
}

QString rowName(const SampleRow& row)
{
    return row.file.empty() ? figure(row.row)
                            : QStringLiteral("%1:%2").arg(text(row.file), figure(row.row));
}

} // namespace

void SampleModel::reset(const std::vector<PreviewColumn>& columns, std::vector<SampleRow> rows)
{
    beginResetModel();
    m_columns.clear();
    const auto& specs = dataset(DatasetKind::Metrics).columns;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (!columns[i].sourceName.empty())
            m_columns.push_back({i, text(columns[i].name), text(columns[i].sourceName),
                                 i < specs.size() && specs[i].type == ColumnType::Number});
    }
    m_rows = std::move(rows);
    endResetModel();
}

int SampleModel::columnOf(const RowFault& fault) const
{
    const auto found = std::ranges::find_if(m_columns, [&fault](const SourceColumn& column) {
        return fault.column && column.position == *fault.column;
    });
    return found == m_columns.end() ? rulesColumn()
                                    : FirstOfSource + int(found - m_columns.begin());
}

QModelIndex SampleModel::blamed(int row, Rule rule) const
{
    if (row < 0 || row >= rowCount())
        return {};
    for (const RowFault& fault : m_rows[std::size_t(row)].faults) {
        if (fault.rule == rule)
            return index(row, columnOf(fault));
    }
    return index(row, rulesColumn());
}

const RowFault* SampleModel::faultAt(const SampleRow& row, int column) const
{
    const RowFault* gravest = nullptr;
    for (const RowFault& fault : row.faults) {
        if (columnOf(fault) == column && (!gravest || fault.severity < gravest->severity))
            gravest = &fault;
    }
    return gravest;
}

QString SampleModel::faultWords(const SampleRow& row, int column) const
{
    QStringList words;
    for (const RowFault& fault : row.faults) {
        if (column == rulesColumn() || columnOf(fault) == column)
            words << tr("%1, %2: %3")
                         .arg(severityWord(fault.severity), text(ruleSpec(fault.rule).code),
                              text(ruleSpec(fault.rule).meaning));
    }
    return words.join(QLatin1Char('\n'));
}

bool SampleModel::isNull(const SampleRow& row, int column) const
{
    if (column < FirstOfSource || column >= rulesColumn() || row.cells.empty())
        return false;
    return !row.cells[m_columns[std::size_t(column - FirstOfSource)].position];
}

QString SampleModel::display(const SampleRow& row, int column) const
{
    if (column == Row)
        return rowName(row);
    if (column == Result)
        return fateWord(row.fate);
    if (column == rulesColumn())
        return codesOf(row);
    if (row.cells.empty())
        return {};
    const auto& cell = row.cells[m_columns[std::size_t(column - FirstOfSource)].position];
    if (!cell)
        return tr("(null)");
    return cell->empty() ? tr("(empty)") : text(*cell);
}

QVariant SampleModel::decoration(const SampleRow& row, int column) const
{
    if (column == Result)
        return signIcon(glyphOf(row.fate), toneOf(row.fate));
    if (column < FirstOfSource)
        return {};
    const RowFault* fault = faultAt(row, column);
    return fault ? QVariant(signIcon(glyphOf(fault->severity), toneOf(fault->severity)))
                 : QVariant();
}

QVariant SampleModel::colour(const SampleRow& row, int column, int role) const
{
    const QPalette palette = QGuiApplication::palette();
    if (column >= FirstOfSource && column < rulesColumn()) {
        if (const RowFault* fault = faultAt(row, column)) {
            const Look look = lookOf(toneOf(fault->severity), isDark(palette));
            return role == Qt::BackgroundRole ? look.fill : look.ink;
        }
    }
    if (role == Qt::ForegroundRole && isNull(row, column))
        return palette.color(QPalette::PlaceholderText);
    return {};
}

int SampleModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int SampleModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : rulesColumn() + 1;
}

QVariant SampleModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const SampleRow& row = m_rows[std::size_t(index.row())];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return display(row, column);
    case Qt::DecorationRole:
        return decoration(row, column);
    case Qt::BackgroundRole:
    case Qt::ForegroundRole:
        return colour(row, column, role);
    case Qt::TextAlignmentRole:
        return headerData(column, Qt::Horizontal, role);
    case Qt::ToolTipRole: {
        const QString words = faultWords(row, column);
        return asToolTip(words.isEmpty() ? display(row, column)
                                         : display(row, column) + QLatin1Char('\n') + words);
    }
    case Qt::AccessibleTextRole: {
        const RowFault* fault = faultAt(row, column);
        return fault && column < rulesColumn()
                   ? tr("%1, %2 %3")
                         .arg(display(row, column), severityWord(fault->severity),
                              text(ruleSpec(fault->rule).code))
                   : display(row, column);
    }
    case Qt::AccessibleDescriptionRole:
        return faultWords(row, column);
    case RulesRole:
        return maskOf(row);
    default:
        return {};
    }
}

QVariant SampleModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const bool ofSource = section >= FirstOfSource && section < rulesColumn();
    const SourceColumn* column =
        ofSource ? &m_columns[std::size_t(section - FirstOfSource)] : nullptr;
    switch (role) {
    case Qt::DisplayRole:
        return column              ? column->sourceName
               : section == Row    ? tr("Row")
               : section == Result ? tr("Result")
                                   : tr("Rules broken");
    case Qt::ToolTipRole:
        return column ? asToolTip(column->name == column->sourceName
                                      ? column->name
                                      : tr("%1, read as %2").arg(column->sourceName, column->name))
                      : QVariant();
    case Qt::TextAlignmentRole:
        return int(
            Qt::AlignVCenter |
            (section == Row || (column && column->figures) ? Qt::AlignRight : Qt::AlignLeft));
    default:
        return {};
    }
}

void SampleFilter::setRule(std::optional<Rule> rule)
{
    m_rule = rule;
    invalidateRowsFilter();
}

void SampleFilter::setOnlyFaulty(bool only)
{
    m_onlyFaulty = only;
    invalidateRowsFilter();
}

bool SampleFilter::filterAcceptsRow(int row, const QModelIndex& parent) const
{
    if (!m_rule && !m_onlyFaulty)
        return true;
    const quint32 rules =
        sourceModel()->index(row, 0, parent).data(SampleModel::RulesRole).toUInt();
    return m_rule ? (rules & maskOf(*m_rule)) != 0 : rules != 0;
}

} // namespace daymark::ui
