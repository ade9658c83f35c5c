// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QSet>

#include <initializer_list>

class QTableView;

namespace daymark::ui {

/// Keeps a table's columns as wide as what is in them, at any width of the table: where there is
/// little room the columns move together, then the widest ones and the names of figures give way,
/// and only then does the table scroll sideways. Figures are never cut. The last column takes the
/// rest, but never less than it needs. A width that a person dragged stays.
class ColumnFit : public QObject
{
    Q_OBJECT

public:
    /// The one of the table; made where there is none yet.
    [[nodiscard]] static ColumnFit& of(QTableView* table);

    /// Measures the columns and lays them out.
    /// @param lastNeeds  the least width of the last column; measured where it is 0.
    void fit(std::initializer_list<int> columns, int lastNeeds = 0);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    /// What a column is given where there is room, and where there is little.
    struct Width
    {
        int easy = 0;
        int tight = 0;
        int least = 0; ///< where there is hardly any; figures stay whole
    };

    enum class Tightness { Little, HardlyAny };

    explicit ColumnFit(QTableView* table);

    [[nodiscard]] Width measured(int column) const;
    [[nodiscard]] int lastShown() const;
    [[nodiscard]] int stretched() const;
    [[nodiscard]] QHash<int, int> widths(int free, int room) const;
    [[nodiscard]] bool holdsFigures(int column) const;
    [[nodiscard]] QHash<int, int> leastWidths(const QHash<int, int>& tight, Tightness room) const;
    void apply();
    void noteResize(int column);

    QTableView* m_table;
    QHash<int, Width> m_widths;
    QSet<int> m_chosen;  ///< dragged by a person
    int m_freeNeeds = 0; ///< the column that takes the rest
    int m_freeLeast = 0; ///< the same where there is hardly any
    bool m_applying = false;
};

} // namespace daymark::ui
