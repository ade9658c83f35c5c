// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/views.h"
#include "ui/calendar/journal_words.h"

#include <QAbstractTableModel>

#include <vector>

namespace daymark::ui {

/// The files that the runs of a day landed, those of the latest run first.
class FilesModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Run, Path, Rows, Size, Sha256, Columns };

    using QAbstractTableModel::QAbstractTableModel;

    void reset(const std::vector<DayRun>& runs);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    struct Entry
    {
        RunId run;
        LandedFile file;
    };
    std::vector<Entry> m_files;
};

/// What was done about a day, the latest first.
class JournalModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Time, Who, What, Detail, Columns };

    using QAbstractTableModel::QAbstractTableModel;

    void reset(std::vector<JournalEntry> entries);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<JournalEntry> m_entries;
};

} // namespace daymark::ui
