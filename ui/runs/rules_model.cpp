// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/rules_model.h"

#include "ui/style/text.h"

namespace daymark::ui {

namespace {

int alignment(bool isFigure)
{
    return int(Qt::AlignVCenter | (isFigure ? Qt::AlignRight : Qt::AlignLeft));
}

QString display(const RuleCount& rule, int column)
{
    switch (column) {
    case RulesModel::Code:
        return text(ruleSpec(rule.rule).code);
    case RulesModel::Severity:
        return text(severityName(rule.severity));
    case RulesModel::Count:
        return figure(rule.count);
    case RulesModel::Message:
        return text(rule.message.empty() ? ruleSpec(rule.rule).meaning
                                         : std::string_view(rule.message));
    default:
        return {};
    }
}

QString display(const RuleExample& example, int column)
{
    switch (column) {
    case ExamplesModel::Row:
        return figure(example.row);
    case ExamplesModel::ColumnName:
        return text(example.column);
    case ExamplesModel::Value:
        return example.null ? ExamplesModel::tr("(null)") : text(example.value);
    case ExamplesModel::File:
        return text(example.file);
    default:
        return {};
    }
}

} // namespace

void RulesModel::reset(std::vector<RuleCount> rules)
{
    beginResetModel();
    m_rules = std::move(rules);
    endResetModel();
}

int RulesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rules.size());
}

int RulesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant RulesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const RuleCount& rule = m_rules[std::size_t(index.row())];
    if (role == Qt::DisplayRole)
        return display(rule, index.column());
    if (role == Qt::TextAlignmentRole)
        return alignment(index.column() == Count);
    if (role == Qt::ToolTipRole)
        return asToolTip(text(ruleSpec(rule.rule).meaning));
    if (role == Qt::AccessibleDescriptionRole)
        return text(ruleSpec(rule.rule).meaning);
    return {};
}

QVariant RulesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= Columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignment(section == Count);
    const QString names[Columns] = {tr("Rule"), tr("Severity"), tr("Count"), tr("Message")};
    return role == Qt::DisplayRole ? QVariant(names[section]) : QVariant();
}

void ExamplesModel::reset(std::vector<RuleExample> examples)
{
    beginResetModel();
    m_examples = std::move(examples);
    endResetModel();
}

int ExamplesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_examples.size());
}

int ExamplesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant ExamplesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const RuleExample& example = m_examples[std::size_t(index.row())];
    if (role == Qt::DisplayRole)
        return display(example, index.column());
    if (role == Qt::ToolTipRole)
        return asToolTip(display(example, index.column()));
    if (role == Qt::TextAlignmentRole)
        return alignment(index.column() == Row);
    return {};
}

QVariant ExamplesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= Columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignment(section == Row);
    const QString names[Columns] = {tr("Row"), tr("Column"), tr("Value"), tr("File")};
    return role == Qt::DisplayRole ? QVariant(names[section]) : QVariant();
}

} // namespace daymark::ui
