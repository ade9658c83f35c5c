// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/sources/source_wizard.h"

#include <QWizardPage>

class QVBoxLayout;

namespace daymark::ui {

class BusyLine;

/// A step of the wizard. Questions that it has to ask before the next step are asked off the
/// window's thread; Next waits for their answer without holding the window up.
class WizardPage : public QWizardPage
{
    Q_OBJECT

public:
    WizardPage(SourceWizard& wizard, const QString& title, const QString& words);

    [[nodiscard]] bool validatePage() final;
    [[nodiscard]] bool isComplete() const override;
    /// Whether an answer is still to come.
    [[nodiscard]] virtual bool isAsking() const;
    /// Going back keeps what was entered.
    void cleanupPage() final;

protected:
    /// Takes what was entered over into the wizard's input: true where the next step can come at
    /// once; false where it can't, or where goOn() will be called after an answer.
    [[nodiscard]] virtual bool leave() { return true; }
    /// Ends the questions that are under way.
    virtual void stopAsking() {}

    /// To be called when the answer that leave() waited for lets the next step come.
    void goOn();
    void setBusy(const QString& words);
    void setIdle();

    [[nodiscard]] SourceWizard& setup() const { return m_wizard; }
    [[nodiscard]] QVBoxLayout* body() const { return m_body; }

private:
    SourceWizard& m_wizard;
    QVBoxLayout* m_body = nullptr;
    BusyLine* m_busy = nullptr;
    bool m_goesOn = false;
};

} // namespace daymark::ui
