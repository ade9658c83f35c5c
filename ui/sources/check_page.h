// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/sources/wizard_page.h"
#include "ui/style/look.h"

class QLabel;
class QTableView;

namespace daymark::ui {

class Checklist;
class FieldNote;
class FindingsModel;
class RuleListModel;

/// What an import would make of the source: the checklist, and the first 1,000 rows of a day.
class CheckPage : public WizardPage
{
    Q_OBJECT

public:
    explicit CheckPage(SourceWizard& wizard);

    void initializePage() override;

protected:
    void stopAsking() override;

private:
    QWidget* makeChecklist();
    QWidget* makePreview();
    void start();
    void showTest(const Result<SourceTest>& test);
    void showPreview(const Result<Preview>& preview);
    void showRule();
    void settle();

    Request m_test;
    Request m_preview;
    FindingsModel* m_findings = nullptr;
    RuleListModel* m_rules = nullptr;
    Checklist* m_steps = nullptr;
    FieldNote* m_testNote = nullptr;
    QLabel* m_day = nullptr;
    QLabel* m_counts = nullptr;
    FieldNote* m_verdict = nullptr;
    QTableView* m_findingsTable = nullptr;
    QTableView* m_rulesTable = nullptr;
    QLabel* m_ruleWords = nullptr;
};

} // namespace daymark::ui
