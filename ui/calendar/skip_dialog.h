// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>
#include <QDialog>

class QLineEdit;

namespace daymark::ui {

/// Asks for the reason why a day is closed without being imported.
class SkipDialog : public QDialog
{
    Q_OBJECT

public:
    SkipDialog(const QString& source, QDate day, QWidget* parent);

    [[nodiscard]] QString reason() const;
    [[nodiscard]] QDate day() const { return m_day; }

private:
    void setupButtons();

    QDate m_day;
    QLineEdit* m_reason = nullptr;
};

} // namespace daymark::ui
