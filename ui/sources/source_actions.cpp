// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/source_actions.h"

#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QWidget>

namespace daymark::ui {

SourceActions::SourceActions(QWidget* page) : QObject(page)
{
    add = make(tr("&Add source…"), tr("Sets a source up step by step."));
    demo = make(tr("Add de&mo source"), tr("Adds 30 days of a small shop, one of them a gap."));
    editPlace =
        make(tr("&Edit…"), tr("Changes its place, its data and its columns, then its policy."));
    editPolicy = make(tr("Edit p&olicy…"), tr("Changes how its days are taken in."));
    test = make(tr("&Test connection…"), tr("Goes the way of an import, step by step."));
    poll = make(tr("&Poll now"), tr("Reads its signals now."));
    duplicate = make(tr("D&uplicate…"), tr("Sets up another source like this one."));
    toggle = make(tr("D&isable"), {});
    statements = make(tr("Cop&y DDL"),
                      tr("Copies the statements that make its tables and a role that may only "
                         "read them."));
    openCalendar = make(tr("Open &calendar"), tr("Shows its days."));
    backfill = make(tr("&Backfill…"), tr("Moves the first day back, so that earlier days land too; "
                                         "says first what comes of it."));
    startOver = make(tr("&Start over…"), tr("Begins anew on a day after the last landed one; what "
                                            "has landed stays."));
    remove = make(tr("&Remove…"), tr("Removes the source, with or without its landed days."));
    page->addActions({add, demo});
    page->addActions(ofSource());
    page->addActions(ofFirstDay());
}

QAction* SourceActions::make(const QString& text, const QString& tip)
{
    auto* action = new QAction(text, this);
    action->setMenuRole(QAction::NoRole);
    m_tips.insert(action, tip);
    return action;
}

void SourceActions::allow(QAction* action, bool possible, const QString& obstacle)
{
    action->setEnabled(possible);
    const QString words = possible ? m_tips.value(action) : obstacle;
    setTip(action, words);
}

QList<QAction*> SourceActions::ofSource() const
{
    return {openCalendar, editPlace, editPolicy, test, poll, duplicate, statements, toggle, remove};
}

void SourceActions::refresh(bool canWrite, bool hasSource, bool isEnabled, bool hasSetup,
                            bool polling)
{
    const QString onlyShown = tr("Another process runs this workspace; here it is only shown.");
    const QString none = tr("Select a source first.");
    const QString why = hasSource ? onlyShown : none;
    toggle->setText(isEnabled ? tr("D&isable") : tr("Enab&le"));
    m_tips[toggle] = isEnabled ? tr("It is then neither polled nor imported by itself.")
                               : tr("It is polled and imported by itself again.");
    for (QAction* action : {add, demo})
        allow(action, canWrite, onlyShown);
    for (QAction* action : {editPlace, editPolicy, duplicate, toggle, remove})
        allow(action, canWrite && hasSource, why);
    allow(poll, canWrite && hasSource && !polling, polling ? tr("It is being polled.") : why);
    for (QAction* action : {test, openCalendar})
        allow(action, hasSource, none);
    allow(statements, hasSetup,
          hasSource ? tr("A source of this kind needs no statements.") : none);
}

void SourceActions::refreshFirstDay(bool canWrite, bool hasSource, bool isFixed)
{
    const QString why =
        !hasSource  ? tr("Select a source first.")
        : !canWrite ? tr("Another process runs this workspace; here it is only shown.")
                    : tr("No day of it has landed yet: its first day is set by Edit policy.");
    for (QAction* action : ofFirstDay())
        allow(action, canWrite && hasSource && isFixed, why);
}

} // namespace daymark::ui
