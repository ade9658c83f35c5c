// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/views.h"

#include <QAbstractTableModel>

#include <vector>

namespace daymark::ui {

/// The word of a run's state for people: `rolled back`.
[[nodiscard]] QString runWord(RunState state);
[[nodiscard]] bool isAlive(RunState state);

/// Runs, the newest first. Holds copies.
class RunsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Run,
        Source,
        State,
        DayColumn,
        Read,
        Accepted,
        Rejected,
        Duplicates,
        Started,
        Duration,
        Columns
    };
    enum Role {
        SortRole = Qt::UserRole, ///< the raw value behind the text
        IdRole,                  ///< the run's id
        SourceRole,              ///< the source's name
        StateRole                ///< the RunState as a number
    };

    using QAbstractTableModel::QAbstractTableModel;

    void reset(std::vector<RunInfo> runs);
    /// Adds the run, or takes its newer figures.
    void put(const RunInfo& run);
    /// Adds a live run, or takes its newer figures.
    void put(const RunProgress& progress);

    [[nodiscard]] const RunInfo* find(RunId id) const;
    [[nodiscard]] QModelIndex indexOf(RunId id) const;
    /// Whether a later run has landed the day, or is on it.
    [[nodiscard]] bool isOvertaken(const RunInfo& run) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] int rowOf(RunId id) const;
    void change(int row);

    std::vector<RunInfo> m_runs; ///< by id, descending
};

} // namespace daymark::ui
