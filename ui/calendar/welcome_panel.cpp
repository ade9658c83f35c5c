// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/welcome_panel.h"

#include <QApplication>
#include <QClipboard>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace daymark::ui {

namespace {

/// A word of a POSIX shell's command line.
QString shellWord(QString word)
{
    return QStringLiteral("'%1'").arg(word.replace(QLatin1Char('\''), QStringLiteral("'\\''")));
}

} // namespace

WelcomePanel::WelcomePanel(QWidget* parent) : Card(parent)
{
    setAccessibleName(tr("No sources yet"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(36, 32, 36, 32);
    layout->setSpacing(12);
    layout->addStretch(1);
    layout->addWidget(headingLabel(tr("No sources yet"), 1.6, this));
    layout->addWidget(wrappedLabel(
        tr("A source is a database or a folder that metrics are imported from, day by day. Its "
           "calendar shows which days have landed, which can be imported, and what the others wait "
           "for."),
        this));
    m_add = new QPushButton(tr("Add a &source…"), this);
    m_add->setMinimumHeight(32);
    connect(m_add, &QPushButton::clicked, this, &WelcomePanel::sourceRequested);
    layout->addWidget(m_add, 0, Qt::AlignLeft);
    layout->addSpacing(10);
    setupCommand(layout);
    layout->addSpacing(10);
    layout->addWidget(wrappedLabel(tr("To look around first, add the demo source: 30 days of a "
                                      "small shop, one of them a gap."),
                                   this));
    m_demo = new QPushButton(tr("&Add demo source"), this);
    m_demo->setMinimumHeight(32);
    connect(m_demo, &QPushButton::clicked, this, &WelcomePanel::demoRequested);
    layout->addWidget(m_demo, 0, Qt::AlignLeft);
    layout->addStretch(2);
}

void WelcomePanel::setupCommand(QLayout* layout)
{
    QLabel* label = plainLabel(tr("Or add one on the &command line:"), this);
    m_command = new QLineEdit(this);
    m_command->setReadOnly(true);
    m_command->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_command->setMinimumHeight(30);
    label->setBuddy(m_command);
    auto* copy = new QPushButton(tr("Cop&y command"), this);
    copy->setMinimumHeight(30);
    connect(copy, &QPushButton::clicked, this,
            [this] { QApplication::clipboard()->setText(m_command->text()); });
    auto* row = new QHBoxLayout;
    row->addWidget(m_command, 1);
    row->addWidget(copy);
    layout->addWidget(label);
    static_cast<QVBoxLayout*>(layout)->addLayout(row);
}

void WelcomePanel::refresh(const QString& workspace, bool writable, bool busy)
{
    m_command->setText(QStringLiteral("daymark-cli --workspace %1 source add shop --kind sqlite "
                                      "--dataset metrics --uri shop.sqlite")
                           .arg(shellWord(workspace)));
    m_command->setCursorPosition(0);
    m_add->setEnabled(writable);
    setTip(m_add, writable ? QString()
                           : tr("Another process runs this workspace; here it is only shown."));
    m_demo->setEnabled(writable && !busy);
    m_demo->setText(busy ? tr("Adding the demo source…") : tr("&Add demo source"));
    setTip(m_demo, writable ? QString()
                            : tr("Another process runs this workspace; here it is only shown."));
}

void WelcomePanel::takeFocus()
{
    if (m_add->isEnabled())
        m_add->setFocus();
    else
        m_command->setFocus();
}

} // namespace daymark::ui
