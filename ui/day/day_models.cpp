// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/day/day_models.h"

#include "ui/style/text.h"

namespace daymark::ui {

namespace {

int alignment(bool isFigure)
{
    return int(Qt::AlignVCenter | (isFigure ? Qt::AlignRight : Qt::AlignLeft));
}

QString sizeText(std::uint64_t bytes)
{
    return wordsLocale().formattedDataSize(qint64(bytes), 1, QLocale::DataSizeIecFormat);
}

} // namespace

void FilesModel::reset(const std::vector<DayRun>& runs)
{
    beginResetModel();
    m_files.clear();
    for (const DayRun& run : runs) {
        for (const LandedFile& file : run.files)
            m_files.push_back({run.run.id, file});
    }
    endResetModel();
}

int FilesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_files.size());
}

int FilesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant FilesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return headerData(index.column(), Qt::Horizontal, role);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const Entry& entry = m_files[std::size_t(index.row())];
    const QString shown[Columns] = {QString::number(entry.run.value), text(entry.file.path),
                                    figure(entry.file.rows), sizeText(entry.file.bytes),
                                    text(entry.file.sha256)};
    const QString& words = shown[index.column()];
    return role == Qt::ToolTipRole ? asToolTip(words) : words;
}

QVariant FilesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= Columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignment(section == Run || section == Rows || section == Size);
    const QString names[Columns] = {tr("Run"), tr("File"), tr("Rows"), tr("Size"), tr("SHA-256")};
    return role == Qt::DisplayRole ? QVariant(names[section]) : QVariant();
}

void JournalModel::reset(std::vector<JournalEntry> entries)
{
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
}

int JournalModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

int JournalModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant JournalModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return headerData(index.column(), Qt::Horizontal, role);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const JournalEntry& entry = m_entries[std::size_t(index.row())];
    const QString shown[Columns] = {dateAndTime(entry.at), text(entry.actor),
                                    actionWords(entry.action), text(entry.detail)};
    const QString& words = shown[index.column()];
    return role == Qt::ToolTipRole ? asToolTip(words) : words;
}

QVariant JournalModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= Columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignment(false);
    const QString names[Columns] = {tr("Time"), tr("Who"), tr("What"), tr("Detail")};
    return role == Qt::DisplayRole ? QVariant(names[section]) : QVariant();
}

} // namespace daymark::ui
