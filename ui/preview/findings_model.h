// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/views.h"

#include <QAbstractTableModel>

#include <vector>

namespace daymark::ui {

/// What the checks say of a source's schema and of the day as a whole, the gravest first: each a
/// sentence with a glyph and a word. Where nothing is wrong, it says that.
class FindingsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Result, Finding, Columns };

    using QAbstractTableModel::QAbstractTableModel;

    /// @param tolerance  of the source, in percent: whether such a day would land comes first
    ///                   where rows are rejected. None: not said here.
    void reset(const Preview& preview, std::optional<double> tolerance = {});
    void clear();

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    struct Line
    {
        std::optional<Severity> severity; ///< none: fine
        QString sentence;
        QString code;
    };
    void add(const std::vector<SchemaFinding>& findings, Severity severity);
    void addVerdict(const Preview& preview, double tolerance);
    void addFine(const Preview& preview);

    std::vector<Line> m_lines;
};

} // namespace daymark::ui
