// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/rule_list_model.h"

#include "ui/preview/signs.h"
#include "ui/style/text.h"

#include <algorithm>

namespace daymark::ui {

namespace {

int alignment(int column)
{
    return int(Qt::AlignVCenter |
               (column == RuleListModel::Count ? Qt::AlignRight : Qt::AlignLeft));
}

} // namespace

QString ruleSentence(const RuleCount& rule)
{
    return text(rule.message.empty() ? ruleSpec(rule.rule).meaning
                                     : std::string_view(rule.message));
}

void RuleListModel::reset(std::vector<RuleCount> rules)
{
    beginResetModel();
    m_rules = std::move(rules);
    std::ranges::stable_sort(
        m_rules, [](const RuleCount& a, const RuleCount& b) { return a.severity < b.severity; });
    endResetModel();
}

const RuleCount* RuleListModel::at(int row) const
{
    return row >= 0 && std::size_t(row) < m_rules.size() ? &m_rules[std::size_t(row)] : nullptr;
}

int RuleListModel::rowOf(Rule rule) const
{
    const auto found = std::ranges::find_if(
        m_rules, [rule](const RuleCount& count) { return count.rule == rule; });
    return found == m_rules.end() ? -1 : int(found - m_rules.begin());
}

int RuleListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rules.size());
}

int RuleListModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant RuleListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const RuleCount& rule = m_rules[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Code       ? text(ruleSpec(rule.rule).code)
               : index.column() == Severity ? severityWord(rule.severity)
                                            : figure(rule.count);
    case Qt::DecorationRole:
        return index.column() == Severity
                   ? QVariant(signIcon(glyphOf(rule.severity), toneOf(rule.severity)))
                   : QVariant();
    case Qt::TextAlignmentRole:
        return alignment(index.column());
    case Qt::ToolTipRole:
        return asToolTip(ruleSentence(rule));
    case Qt::AccessibleDescriptionRole:
        return ruleSentence(rule);
    default:
        return {};
    }
}

QVariant RuleListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= Columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignment(section);
    const QString names[Columns] = {tr("Rule"), tr("Severity"), tr("Rows")};
    return role == Qt::DisplayRole ? QVariant(names[section]) : QVariant();
}

} // namespace daymark::ui
