// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>

namespace daymark::ui {

/// What can be done with sources, as actions for buttons and menus.
class SourceActions : public QObject
{
    Q_OBJECT

public:
    explicit SourceActions(QWidget* page);

    /// Enables what can be done now and says in a tool tip why the rest can't be.
    void refresh(bool canWrite, bool hasSource, bool isEnabled, bool hasSetup, bool polling);
    /// Those of one source, in the order of a menu.
    [[nodiscard]] QList<QAction*> ofSource() const;
    /// The ways to move the first day of one that has landed days.
    [[nodiscard]] QList<QAction*> ofFirstDay() const { return {backfill, startOver}; }
    /// Whether a day has landed, so that the first day is moved by these alone.
    void refreshFirstDay(bool canWrite, bool hasSource, bool isFixed);

    QAction* add = nullptr;
    QAction* demo = nullptr;
    QAction* editPlace = nullptr;
    QAction* editPolicy = nullptr;
    QAction* test = nullptr;
    QAction* poll = nullptr;
    QAction* duplicate = nullptr;
    QAction* toggle = nullptr; ///< disable, or enable
    QAction* statements = nullptr;
    QAction* openCalendar = nullptr;
    QAction* backfill = nullptr;
    QAction* startOver = nullptr;
    QAction* remove = nullptr;

private:
    [[nodiscard]] QAction* make(const QString& text, const QString& tip);
    void allow(QAction* action, bool possible, const QString& obstacle);

    QHash<QAction*, QString> m_tips;
};

} // namespace daymark::ui
