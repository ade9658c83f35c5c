// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/columns_model.h"

#include "ui/style/text.h"

#include <QStringList>

namespace daymark::ui {

namespace {

QString typeWords(const std::string& type)
{
    return type.empty() ? ColumnsModel::tr("no declared type") : text(type);
}

QString changeWords(const ColumnDifference& difference)
{
    if (difference.isGone)
        return difference.feeds ? ColumnsModel::tr("gone, was read")
                                : ColumnsModel::tr("gone, was not read");
    return difference.isNew ? ColumnsModel::tr("new") : ColumnsModel::tr("another type");
}

/// What the source's settings say of such a change.
QString answerWords(const ColumnDifference& difference)
{
    const bool blocks = difference.feeds || difference.isNew;
    switch (difference.action) {
    case SchemaAction::Block:
        return blocks ? ColumnsModel::tr("blocks imports") : ColumnsModel::tr("is warned of");
    case SchemaAction::Warn:
        return ColumnsModel::tr("is warned of");
    case SchemaAction::Accept:
        return ColumnsModel::tr("is accepted");
    }
    return {};
}

} // namespace

QString agreementConsequence(const SchemaStanding& standing)
{
    QStringList lost;
    for (const ColumnDifference& difference : standing.differences)
        if (difference.isGone && difference.feeds)
            lost << text(difference.name);
    QStringList sentences;
    if (standing.waiting > 0)
        sentences << (standing.waiting == 1
                          ? ColumnsModel::tr("1 day waits for this: the next import takes it.")
                          : ColumnsModel::tr("%1 days wait for this: the next import takes them.")
                                .arg(figure(standing.waiting)));
    if (!lost.isEmpty())
        sentences << ColumnsModel::tr("Days that land from then on hold nothing of what came from "
                                      "%1.")
                         .arg(lost.join(QStringLiteral(", ")));
    sentences << ColumnsModel::tr("What has landed stays as it is. The source is held to its "
                                  "columns of now: should it go back to those of before, that is "
                                  "another change.");
    return sentences.join(QLatin1Char(' '));
}

void ColumnsModel::reset(std::vector<ColumnDifference> differences)
{
    beginResetModel();
    m_differences = std::move(differences);
    endResetModel();
}

int ColumnsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_differences.size());
}

int ColumnsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant ColumnsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const ColumnDifference& difference = m_differences[std::size_t(index.row())];
    const QString shown[Columns] = {text(difference.name), changeWords(difference),
                                    difference.isNew ? tr("not there") : typeWords(difference.was),
                                    difference.isGone ? tr("not there") : typeWords(difference.now),
                                    answerWords(difference)};
    const QString& words = shown[index.column()];
    return role == Qt::ToolTipRole ? asToolTip(words) : words;
}

QVariant ColumnsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 ||
        section >= Columns)
        return {};
    const QString names[Columns] = {tr("Column"), tr("Change"), tr("Agreed on"), tr("Now"),
                                    tr("By the settings")};
    return names[section];
}

} // namespace daymark::ui
