// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/sources/wizard_page.h"

#include <QTimer>

class QCheckBox;
class QComboBox;
class QDateEdit;
class QDoubleSpinBox;
class QRadioButton;
class QSpinBox;

namespace daymark::ui {

class FieldNote;
class PlanPanel;

/// How its days are taken in, and what that would mean now. Leaving it saves the source.
class PolicyPage : public WizardPage
{
    Q_OBJECT

public:
    explicit PolicyPage(SourceWizard& wizard);

    void initializePage() override;
    [[nodiscard]] bool isComplete() const override;
    [[nodiscard]] bool isAsking() const override;

protected:
    [[nodiscard]] bool leave() override;
    void stopAsking() override;

private:
    QWidget* makeForm();
    void setupZone(QWidget* home);
    void setupOrder(QWidget* home);
    void setupDays(QWidget* home);
    void setupRows(QWidget* home);
    void setupVersions(QWidget* home);
    void setupColumns(QWidget* home);
    void fillLanded(const Policy& policy);
    void takeLanded(Policy& policy) const;
    void fill();
    void takeOver();
    void changed();
    void plan();
    void save();
    void showSaved(const Result<SourceSaved>& saved);

    Request m_plan;
    Request m_save;
    QTimer m_pause; ///< until the person has stopped changing things
    bool m_filling = false;
    QComboBox* m_zone = nullptr;
    FieldNote* m_zoneNote = nullptr;
    QRadioButton* m_strict = nullptr;
    QRadioButton* m_highWater = nullptr;
    QCheckBox* m_hasFirstDay = nullptr;
    QDateEdit* m_firstDay = nullptr;
    QSpinBox* m_horizon = nullptr;
    QSpinBox* m_poll = nullptr;
    QDoubleSpinBox* m_tolerance = nullptr;
    QComboBox* m_unitDay = nullptr;
    QSpinBox* m_recheckDays = nullptr;
    QComboBox* m_recheck = nullptr;
    QDoubleSpinBox* m_reimport = nullptr; ///< below 0: never
    QSpinBox* m_keepVersions = nullptr;
    QSpinBox* m_keepDays = nullptr;
    QComboBox* m_columnGone = nullptr;
    QComboBox* m_columnNew = nullptr;
    QComboBox* m_columnType = nullptr;
    FieldNote* m_saveNote = nullptr;
    PlanPanel* m_panel = nullptr;
};

} // namespace daymark::ui
