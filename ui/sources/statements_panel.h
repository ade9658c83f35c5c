// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/widgets.h"

class QLineEdit;
class QPlainTextEdit;

namespace daymark::ui {

/// The statements that a database's owner runs for a new customer: the tables, and a role that may
/// only read them. To be read and copied.
class StatementsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit StatementsPanel(QWidget* parent = nullptr);

    /// Shows the statements for a kind of source; none for one that needs none.
    /// @param table, signalTable  empty: the usual ones.
    void showFor(const std::string& kind, const std::string& table = {},
                 const std::string& signalTable = {});
    [[nodiscard]] QString statements() const;

private:
    QLineEdit* addName(QHBoxLayout* row, const QString& label, const QString& usual);
    void refresh();
    void copy();

    std::string m_kind;
    std::string m_table;
    std::string m_signalTable;
    QLineEdit* m_role = nullptr;
    QLineEdit* m_schema = nullptr;
    QPushButton* m_copy = nullptr;
    QLabel* m_said = nullptr;
    QPlainTextEdit* m_text = nullptr;
};

} // namespace daymark::ui
