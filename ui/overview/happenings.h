// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What happened since a person last looked, from the runs and the journal.

#include "core/engine/views.h"

#include <QAbstractTableModel>
#include <QDate>

#include <vector>

namespace daymark::ui {

enum class HappeningKind { Landed, Failed, Stopped, Operator };

/// One thing that happened, or several days that landed one after another.
struct Happening
{
    Instant at; ///< of its end
    QString source;
    QDate day; ///< the one to look at; invalid where it is about no day
    HappeningKind kind = HappeningKind::Operator;
    QString words;
};

/// @param runs     latest first, as the engine gives them.
/// @param journal  latest first; what the runs tell too is left out of it.
/// @param since    all where it is absent.
/// @return  the latest first.
[[nodiscard]] std::vector<Happening> happenings(const std::vector<RunInfo>& runs,
                                                const std::vector<JournalEntry>& journal,
                                                std::optional<Instant> since);

/// Happenings, the latest first. Holds copies.
class HappeningsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { When, Source, What, Columns };
    enum Role {
        SourceRole = Qt::UserRole, ///< the source's name; empty where it concerns none
        DayRole                    ///< the day to look at, a QDate
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// @param now  what times of day are told against.
    void reset(std::vector<Happening> happenings, Instant now);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<Happening> m_happenings;
    Instant m_now;
};

} // namespace daymark::ui
