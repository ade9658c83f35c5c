// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace daymark::ui {

/// What the signs of the month grid mean; always in sight.
class Legend : public QWidget
{
    Q_OBJECT

public:
    explicit Legend(QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void refreshSigns();

    QList<QLabel*> m_signs; ///< one for each state, in the order of the states
};

} // namespace daymark::ui
