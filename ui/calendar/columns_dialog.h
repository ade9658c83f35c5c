// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/schema_contract.h"

#include <QDialog>

class QLabel;
class QProgressBar;
class QPushButton;
class QTableView;

namespace daymark::ui {

class ColumnsModel;

/// Shows in what a source's columns are not those agreed on, and asks whether they are to be.
class ColumnsDialog : public QDialog
{
    Q_OBJECT

public:
    ColumnsDialog(const QString& source, QWidget* parent);

    [[nodiscard]] const QString& source() const { return m_source; }
    void showStanding(const SchemaStanding& standing);
    void showFailure(const Error& error);

private:
    void setupButtons();

    QString m_source;
    QLabel* m_words = nullptr;
    QProgressBar* m_busy = nullptr;
    QTableView* m_table = nullptr;
    ColumnsModel* m_model = nullptr;
    QPushButton* m_accept = nullptr;
};

} // namespace daymark::ui
