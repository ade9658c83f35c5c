// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLabel;
class QRadioButton;

namespace daymark::ui {

/// Asks whether a source is to go, and whether its landed data goes with it.
class RemoveDialog : public QDialog
{
    Q_OBJECT

public:
    RemoveDialog(const QString& source, QWidget* parent);

    /// How many days of it have landed, once that is known.
    void setLandedDays(std::size_t days);
    [[nodiscard]] bool keepsData() const;
    [[nodiscard]] QString source() const { return m_source; }

private:
    QString m_source;
    QLabel* m_landed = nullptr;
    QRadioButton* m_keep = nullptr;
    QRadioButton* m_delete = nullptr;
};

} // namespace daymark::ui
