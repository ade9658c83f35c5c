// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/remove_dialog.h"

#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace daymark::ui {

RemoveDialog::RemoveDialog(const QString& source, QWidget* parent)
    : QDialog(parent), m_source(source)
{
    setWindowTitle(tr("Remove source"));
    setMinimumWidth(480);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 16);
    layout->setSpacing(10);
    layout->addWidget(headingLabel(tr("Remove %1?").arg(source), 1.2, this));
    layout->addWidget(wrappedLabel(tr("The source is no longer polled or imported. Nothing is "
                                      "changed at the place it is read from. Its password, if the "
                                      "keychain keeps one, is removed there."),
                                   this));
    m_landed = wrappedLabel({}, this);
    m_landed->hide();
    layout->addWidget(m_landed);
    m_keep = new QRadioButton(tr("&Keep its landed days and their history"), this);
    m_delete = new QRadioButton(tr("&Delete its landed days and their history"), this);
    m_keep->setChecked(true);
    m_keep->setAccessibleDescription(
        tr("The metrics stay in the catalog. A source added under its name takes the days up."));
    m_delete->setAccessibleDescription(tr("This cannot be undone."));
    layout->addWidget(m_keep);
    layout->addWidget(wrappedLabel(m_keep->accessibleDescription(), this));
    layout->addWidget(m_delete);
    layout->addWidget(wrappedLabel(m_delete->accessibleDescription(), this));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    QPushButton* remove = buttons->addButton(tr("&Remove source"), QDialogButtonBox::AcceptRole);
    const auto name = [this, remove] {
        remove->setText(keepsData() ? tr("&Remove source") : tr("&Remove source and data"));
    };
    connect(m_keep, &QRadioButton::toggled, this, name);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    buttons->button(QDialogButtonBox::Cancel)->setDefault(true);
    layout->addSpacing(6);
    layout->addWidget(buttons);
}

void RemoveDialog::setLandedDays(std::size_t days)
{
    m_landed->setText(days == 0   ? tr("No day of it has landed.")
                      : days == 1 ? tr("1 day of it has landed.")
                                  : tr("%1 days of it have landed.").arg(figure(days)));
    m_landed->show();
    layout()->activate();
    resize(width(), qMax(height(), layout()->totalHeightForWidth(width()))); // it came later
}

bool RemoveDialog::keepsData() const { return m_keep->isChecked(); }

} // namespace daymark::ui
