// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/sources/wizard_page.h"

class QLabel;

namespace daymark::ui {

class FieldNote;

/// Says what was saved, and leads on to the calendar.
class DonePage : public WizardPage
{
    Q_OBJECT

public:
    explicit DonePage(SourceWizard& wizard);

    void initializePage() override;

private:
    QLabel* m_title = nullptr;
    QLabel* m_words = nullptr;
    FieldNote* m_note = nullptr;
};

} // namespace daymark::ui
