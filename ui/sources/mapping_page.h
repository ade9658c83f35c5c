// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/sources/wizard_page.h"

class QComboBox;
class QGridLayout;
class QLabel;

namespace daymark::ui {

class FieldNote;

/// Which column of the source feeds which canonical one.
class MappingPage : public WizardPage
{
    Q_OBJECT

public:
    explicit MappingPage(SourceWizard& wizard);

    void initializePage() override;

protected:
    [[nodiscard]] bool leave() override;

private:
    /// One canonical column.
    struct Line
    {
        ColumnNeed need;
        QComboBox* choice = nullptr;
        QLabel* found = nullptr; ///< its type and a value of it
        FieldNote* note = nullptr;
    };

    void setupLines();
    void setupLine(QGridLayout* grid, int row, const ColumnNeed& need);
    void setupDates();
    void fillChoices();
    void takeOver();
    void refresh();
    void showFound(const Line& line, const std::string& column) const;
    void matchByName();

    std::vector<Line> m_lines;
    bool m_filling = false;
    QComboBox* m_dates = nullptr;
    FieldNote* m_verdict = nullptr;
    FieldNote* m_others = nullptr; ///< findings that belong to no line
};

} // namespace daymark::ui
