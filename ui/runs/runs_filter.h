// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/runs_model.h"

#include <QSortFilterProxyModel>

#include <optional>

namespace daymark::ui {

/// Runs of one source and in one state, or of all; sorted by the raw values.
class RunsFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit RunsFilter(QObject* parent = nullptr);

    /// An empty name: all sources.
    void setSource(const QString& name);
    void setState(std::optional<RunState> state);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    QString m_source;
    std::optional<RunState> m_state;
};

} // namespace daymark::ui
