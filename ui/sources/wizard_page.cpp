// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/wizard_page.h"

#include "ui/sources/busy_line.h"
#include "ui/style/widgets.h"

#include <QLabel>
#include <QScopedValueRollback>
#include <QVBoxLayout>

namespace daymark::ui {

WizardPage::WizardPage(SourceWizard& wizard, const QString& title, const QString& words)
    : m_wizard(wizard), m_body(new QVBoxLayout), m_busy(new BusyLine(this))
{
    setTitle(title);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 0);
    layout->setSpacing(10);
    layout->addWidget(wrappedLabel(words, this));
    m_body->setSpacing(8);
    layout->addLayout(m_body, 1);
    layout->addWidget(m_busy);
    connect(m_busy, &BusyLine::cancelAsked, this, [this] {
        stopAsking();
        setIdle();
    });
}

bool WizardPage::validatePage() { return m_goesOn || leave(); }

bool WizardPage::isComplete() const { return !m_busy->isBusy() && QWizardPage::isComplete(); }

bool WizardPage::isAsking() const { return m_busy->isBusy(); }

void WizardPage::cleanupPage()
{
    stopAsking();
    setIdle();
}

void WizardPage::goOn()
{
    const QScopedValueRollback going(m_goesOn, true);
    wizard()->next();
}

void WizardPage::setBusy(const QString& words)
{
    m_busy->start(words);
    Q_EMIT completeChanged();
}

void WizardPage::setIdle()
{
    if (!m_busy->isBusy())
        return;
    m_busy->stop();
    Q_EMIT completeChanged();
}

} // namespace daymark::ui
