// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/skip_dialog.h"

#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace daymark::ui {

namespace {

constexpr int kLongestReason = 500;

} // namespace

SkipDialog::SkipDialog(const QString& source, QDate day, QWidget* parent)
    : QDialog(parent), m_day(day), m_reason(new QLineEdit(this))
{
    setWindowTitle(tr("Skip day"));
    setMinimumWidth(440);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 16);
    layout->setSpacing(10);
    layout->addWidget(headingLabel(fullDate(day), 1.2, this));
    layout->addWidget(wrappedLabel(
        tr("The day is closed without being imported, and the days after it no longer wait for it. "
           "Reopen undoes this until a later day of %1 has landed.")
            .arg(source),
        this));
    QLabel* label = plainLabel(tr("R&eason"), this);
    label->setBuddy(m_reason);
    m_reason->setMinimumHeight(28);
    m_reason->setMaxLength(kLongestReason);
    m_reason->setPlaceholderText(tr("closed on Saturdays"));
    layout->addWidget(label);
    layout->addWidget(m_reason);
    layout->addSpacing(6);
    setupButtons();
}

void SkipDialog::setupButtons()
{
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton* skip = buttons->addButton(tr("Skip day"), QDialogButtonBox::AcceptRole);
    skip->setDefault(true);
    skip->setEnabled(false);
    setTip(skip, tr("Needs a reason."));
    connect(m_reason, &QLineEdit::textChanged, skip, [this, skip] {
        skip->setEnabled(!reason().isEmpty());
        setTip(skip, reason().isEmpty() ? tr("Needs a reason.") : QString());
    });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout()->addWidget(buttons);
}

QString SkipDialog::reason() const { return m_reason->text().simplified(); }

} // namespace daymark::ui
