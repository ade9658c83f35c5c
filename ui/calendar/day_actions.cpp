// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/day_actions.h"

#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QAction>

namespace daymark::ui {

namespace {

void refreshAction(QAction* action, const Availability& availability)
{
    action->setEnabled(availability.enabled);
    setTip(action, availability.words);
}

} // namespace

DayActions::DayActions(QObject* parent)
    : QObject(parent)
    , markFinished(new QAction(tr("&Mark finished"), this))
    , skip(new QAction(tr("S&kip day…"), this))
    , reopen(new QAction(tr("&Reopen"), this))
    , probe(new QAction(tr("Pro&be source"), this))
    , importNow(new QAction(tr("&Import now"), this))
    , poll(new QAction(tr("&Poll now"), this))
    , reimport(new QAction(tr("R&e-import…"), this))
    , rollBack(new QAction(tr("Roll ba&ck…"), this))
{
    importNow->setShortcut(Qt::CTRL | Qt::Key_I);
    poll->setShortcut(Qt::Key_F5);
}

void DayActions::refresh(const DayAvailability& available)
{
    refreshAction(markFinished, available.markFinished);
    refreshAction(skip, available.skip);
    refreshAction(reopen, available.reopen);
    refreshAction(probe, available.probe);
    refreshAction(importNow, available.importNow);
    refreshAction(poll, available.poll);
    refreshAction(reimport, available.reimport);
    refreshAction(rollBack, available.rollBack);
}

QList<QAction*> DayActions::all() const
{
    return {markFinished, skip, reopen, probe, importNow, poll, reimport, rollBack};
}

QList<QAction*> DayActions::ofDay() const
{
    return {markFinished, skip, reopen, probe, reimport, rollBack};
}

QList<QAction*> DayActions::ofSource() const { return {importNow, poll}; }

} // namespace daymark::ui
