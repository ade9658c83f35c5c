// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/start_page.h"

#include "ui/shell/repair_panel.h"
#include "ui/style/text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace daymark::ui {

StartPage::StartPage(QWidget* parent) : QWidget(parent)
{
    auto* card = new Card(this);
    card->setFixedWidth(560);
    auto* layout = new QVBoxLayout(card);
    layout->setContentsMargins(36, 32, 36, 32);
    layout->setSpacing(14);
    m_title = headingLabel({}, 1.5, card);
    m_title->setWordWrap(true);
    m_words = wrappedLabel({}, card);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_busy = new QProgressBar(card);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setAccessibleName(tr("Opening"));
    m_create = new QPushButton(tr("&Create workspace"), card);
    m_again = new QPushButton(tr("&Try again"), card);
    auto* buttons = new QHBoxLayout;
    for (QPushButton* button : {m_create, m_again}) {
        button->setMinimumHeight(32);
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    layout->addWidget(m_title);
    layout->addWidget(m_words);
    m_repair = new RepairPanel(card);
    connect(m_repair, &RepairPanel::repaired, this, &StartPage::repaired);
    connect(m_repair, &RepairPanel::busyChanged, m_again, &QWidget::setDisabled);
    layout->addWidget(m_busy);
    layout->addWidget(m_repair);
    layout->addLayout(buttons);
    auto* centre = new QVBoxLayout(this);
    centre->addStretch(1);
    centre->addWidget(card, 0, Qt::AlignHCenter);
    centre->addStretch(2);
    connect(m_create, &QPushButton::clicked, this, &StartPage::createAsked);
    connect(m_again, &QPushButton::clicked, this, &StartPage::openAsked);
}

void StartPage::showOpening(const QString& workspace)
{
    m_repair->clear();
    m_again->setEnabled(true);
    m_title->setText(tr("Opening the workspace…"));
    m_words->setText(workspace);
    m_busy->show();
    m_create->hide();
    m_again->hide();
}

void StartPage::showClosing()
{
    m_repair->clear();
    m_title->setText(tr("Closing the workspace…"));
    m_words->setText(tr("Imports under way are cancelled; their days stay as they were."));
    m_busy->show();
    m_create->hide();
    m_again->hide();
}

void StartPage::showFailure(const EngineOptions& options, const Error& error)
{
    const QString workspace = QString::fromStdString(options.workspace.string());
    const bool missing = error.code == ErrorCode::WorkspaceMissing;
    const bool damaged = error.code == ErrorCode::WorkspaceDamaged;
    m_title->setText(missing   ? tr("There is no workspace here yet")
                     : damaged ? tr("The workspace's ledger cannot be used")
                               : tr("The workspace could not be opened"));
    if (missing)
        m_words->setText(tr("A workspace is a folder that keeps the sources, what landed, and the "
                            "record of every run. Create one in this folder:\n\n%1")
                             .arg(workspace));
    else if (damaged)
        m_words->setText(tr("%1\n\nThe ledger is the record of the sources, days and runs. Nothing "
                            "was changed, and nothing is until you say so.")
                             .arg(workspace));
    else
        m_words->setText(QStringLiteral("%1\n\n%2").arg(workspace, errorText(error)));
    m_busy->hide();
    m_create->setVisible(missing);
    m_again->show();
    (missing ? m_create : m_again)->setFocus();
    if (damaged)
        m_repair->look(options);
    else
        m_repair->clear();
}

} // namespace daymark::ui
