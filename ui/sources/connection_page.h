// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/sources/wizard_page.h"

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QStackedWidget;

namespace daymark::ui {

class Checklist;
class FieldNote;
class StatementsPanel;

/// Where the source is, and the password where one is needed.
class ConnectionPage : public WizardPage
{
    Q_OBJECT

public:
    explicit ConnectionPage(SourceWizard& wizard);

    void initializePage() override;
    [[nodiscard]] bool isComplete() const override;

protected:
    [[nodiscard]] bool leave() override;
    void stopAsking() override { m_look.cancel(); }

private:
    void setupPlace();
    void setupSecret();
    void setupTest();
    void setupLower();
    void showSteps(const std::vector<TestStepInfo>& steps);
    void refreshSecretWords();
    void takeOver();
    void choosePath(bool folder);
    void look(bool thenGoOn);
    void showLook(const Result<PlaceLook>& look, bool thenGoOn);
    void forgetLook();
    [[nodiscard]] std::string key() const;

    Request m_look;
    std::string m_lookedAt; ///< kind, place and password of the last look that went well
    QLabel* m_placeLabel = nullptr;
    QLineEdit* m_place = nullptr;
    FieldNote* m_placeNote = nullptr;
    QPushButton* m_chooseFile = nullptr;
    QPushButton* m_chooseFolder = nullptr;
    QWidget* m_secretHome = nullptr;
    QLineEdit* m_secret = nullptr;
    QLabel* m_secretWords = nullptr;
    QPushButton* m_test = nullptr;
    QStackedWidget* m_lower = nullptr; ///< the statements until there are steps to show
    StatementsPanel* m_statements = nullptr;
    Checklist* m_steps = nullptr;
};

} // namespace daymark::ui
