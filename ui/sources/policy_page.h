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
    FieldNote* m_saveNote = nullptr;
    PlanPanel* m_panel = nullptr;
};

} // namespace daymark::ui
