// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QBoxLayout;

namespace daymark::ui {

/// What a page is about, with a panel of a fixed width at its right; where both find no room side
/// by side the panel lies below, so that nothing scrolls sideways.
class SideBySide : public QWidget
{
    Q_OBJECT

public:
    SideBySide(QWidget* main, QWidget* panel, int panelWidth, QWidget* parent);

    [[nodiscard]] bool isStacked() const;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();

    QWidget* m_main;
    QWidget* m_panel;
    int m_panelWidth;
    QBoxLayout* m_layout;
};

} // namespace daymark::ui
