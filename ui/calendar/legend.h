// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/glyph.h"

#include <QWidget>

#include <optional>

class QGridLayout;
class QLabel;

namespace daymark::ui {

/// What the signs of the grids mean: states with their patterns, the lane below them, and marks.
/// Always in sight.
class Legend : public QWidget
{
    Q_OBJECT

public:
    explicit Legend(QWidget* parent = nullptr);

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Entry
    {
        std::optional<DayState> state; ///< none: a bare glyph
        Glyph glyph;
        QString word;
        QString meaning;
    };

    [[nodiscard]] static QList<Entry> entries();
    [[nodiscard]] QPixmap signOf(const Entry& entry) const;
    void refreshSigns();
    void arrange(int columns);

    QList<Entry> m_entries;
    QList<QLabel*> m_signs; ///< one for each entry
    QList<QLabel*> m_words; ///< one for each entry
    QGridLayout* m_grid = nullptr;
    int m_columns = 0;
    int m_whole = 0; ///< the width that all columns need
};

} // namespace daymark::ui
