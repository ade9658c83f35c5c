// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/sources_welcome.h"

#include "ui/sources/source_actions.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace daymark::ui {

SourcesWelcome::SourcesWelcome(const SourceActions& actions, QWidget* parent) : Card(parent)
{
    setAccessibleName(tr("No sources"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(36, 32, 36, 32);
    layout->setSpacing(12);
    layout->addStretch(1);
    layout->addWidget(headingLabel(tr("No sources yet"), 1.6, this));
    layout->addWidget(wrappedLabel(
        tr("A source has two parts: rows of metrics, each with its day, and signals, which say "
           "which days are finished. Only finished days are imported, in order."),
        this));
    layout->addWidget(wrappedLabel(
        tr("The wizard finds out the rest: it connects, shows what is there, matches the columns, "
           "tries the first 1,000 rows, and says which days would be imported before anything is "
           "saved."),
        this));
    layout->addSpacing(10);
    QPushButton* add = buttonFor(actions.add, this);
    QPushButton* demo = buttonFor(actions.demo, this);
    for (QPushButton* button : {add, demo}) {
        button->setMinimumHeight(32);
        layout->addWidget(button, 0, Qt::AlignLeft);
    }
    layout->addStretch(2);
}

} // namespace daymark::ui
