// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/sources/wizard_page.h"

class QButtonGroup;
class QLineEdit;

namespace daymark::ui {

class FieldNote;

/// What kind of source it is, and its name.
class KindPage : public WizardPage
{
    Q_OBJECT

public:
    explicit KindPage(SourceWizard& wizard);

    [[nodiscard]] bool isComplete() const override;

protected:
    [[nodiscard]] bool leave() override;
    void stopAsking() override { m_check.cancel(); }

private:
    void setupKinds();
    void setupName();
    void takeKind(const std::string& kind);

    std::vector<KindOffer> m_offers;
    std::map<std::string, SourceConfig> m_left; ///< by kind: what was chosen before another
    Request m_check;
    QButtonGroup* m_kinds = nullptr;
    QLineEdit* m_name = nullptr;
    FieldNote* m_note = nullptr;
};

} // namespace daymark::ui
