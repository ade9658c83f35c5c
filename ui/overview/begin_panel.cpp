// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/begin_panel.h"

#include "ui/style/text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace daymark::ui {

BeginPanel::BeginPanel(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("No sources yet"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addStretch(1);
    layout->addWidget(headingLabel(tr("No sources yet"), 1.6, this));
    layout->addWidget(wrappedLabel(
        tr("A source is a database or a folder that metrics are imported from, day by day. Here "
           "you will see at a glance which sources are on time, where a gap holds days up, and "
           "what "
           "happened since you last looked. Three ways to begin:"),
        this));
    layout->addSpacing(8);
    auto* ways = new QHBoxLayout;
    ways->setSpacing(16);
    m_demo = addWay(ways, tr("Look around"),
                    tr("The demo is a small shop with 30 days of metrics, one of them a gap. It "
                       "lies in the workspace and can be removed at any time."),
                    tr("&Add demo source"));
    m_database = addWay(ways, tr("Connect a database"),
                        tr("SQLite, or PostgreSQL and what speaks its protocol: a table of metrics "
                           "and one of finished days. It is only read."),
                        tr("Add a data&base…"));
    m_folder = addWay(ways, tr("Point to a folder"),
                      tr("CSV, Parquet or JSON lines, a folder a day or flat files, with a file "
                         "for each finished day."),
                      tr("Add a f&older…"));
    layout->addLayout(ways);
    layout->addStretch(2);
    connect(m_demo, &QPushButton::clicked, this, &BeginPanel::demoAsked);
    connect(m_database, &QPushButton::clicked, this, &BeginPanel::databaseAsked);
    connect(m_folder, &QPushButton::clicked, this, &BeginPanel::folderAsked);
}

QPushButton* BeginPanel::addWay(QHBoxLayout* layout, const QString& title, const QString& words,
                                const QString& button)
{
    auto* card = new Card(this);
    card->setAccessibleName(title);
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(20, 18, 20, 18);
    column->setSpacing(10);
    column->addWidget(headingLabel(title, 1.15, card));
    column->addWidget(wrappedLabel(words, card));
    column->addStretch(1);
    auto* press = new QPushButton(button, card);
    press->setMinimumHeight(32);
    column->addWidget(press, 0, Qt::AlignLeft);
    layout->addWidget(card, 1);
    return press;
}

void BeginPanel::refresh(bool writable, bool busy)
{
    m_demo->setText(busy ? tr("Adding the demo source…") : tr("&Add demo source"));
    m_demo->setEnabled(writable && !busy);
    m_database->setEnabled(writable);
    m_folder->setEnabled(writable);
    const QString why =
        writable ? QString() : tr("Another process runs this workspace; here it is only shown.");
    for (QPushButton* button : {m_demo, m_database, m_folder}) {
        setTip(button, why);
    }
}

void BeginPanel::takeFocus() { m_demo->setFocus(); }

} // namespace daymark::ui
