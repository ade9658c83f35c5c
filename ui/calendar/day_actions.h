// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/calendar/day_availability.h"

#include <QList>
#include <QObject>

class QAction;

namespace daymark::ui {

/// The commands on the selected day and its source: one set, shared by the buttons, the menu bar
/// and the context menu.
class DayActions : public QObject
{
    Q_OBJECT

public:
    explicit DayActions(QObject* parent = nullptr);

    /// Enables what makes sense and says so in each tool tip.
    void refresh(const DayAvailability& available);

    [[nodiscard]] QList<QAction*> all() const;
    /// Those on the day alone, and those on its source.
    [[nodiscard]] QList<QAction*> ofDay() const;
    [[nodiscard]] QList<QAction*> ofSource() const;

    QAction* const markFinished;
    QAction* const skip;
    QAction* const reopen;
    QAction* const probe;
    QAction* const importNow;
    QAction* const poll;
    QAction* const reimport;
    QAction* const rollBack;
};

} // namespace daymark::ui
