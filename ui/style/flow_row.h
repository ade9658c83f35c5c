// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLayout>
#include <QList>

namespace daymark::ui {

/// Controls side by side; what finds no room in a line goes on in the next one. Where there is
/// little room they are as narrow as they can be, before a line is broken.
class FlowRow : public QLayout
{
    Q_OBJECT

public:
    explicit FlowRow(QWidget* parent);
    ~FlowRow() override;

    /// Spare room of the first line stands before what is added next.
    void addStretch() { m_stretchBefore = count(); }

    void addItem(QLayoutItem* item) override { m_items.append(item); }
    [[nodiscard]] int count() const override { return int(m_items.size()); }
    [[nodiscard]] QLayoutItem* itemAt(int index) const override { return m_items.value(index); }
    QLayoutItem* takeAt(int index) override;

    [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize minimumSize() const override;
    [[nodiscard]] QSize sizeHint() const override;
    void setGeometry(const QRect& rect) override;

private:
    struct Line
    {
        int first = 0;
        int end = 0;
        int height = 0;
    };

    [[nodiscard]] bool isShown(int index) const;
    [[nodiscard]] QList<Line> lines(int width) const;
    void placeLine(const Line& line, const QRect& room);

    QList<QLayoutItem*> m_items;
    int m_stretchBefore = -1;
};

} // namespace daymark::ui
