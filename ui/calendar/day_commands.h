// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/engine_bridge.h"
#include "ui/calendar/calendar_facts.h"
#include "ui/calendar/day_changes.h"
#include "ui/style/look.h"

#include <QHash>
#include <QPointer>
#include <QSet>

namespace daymark::ui {

class DayActions;
class SkipDialog;
class VersionCommands;

/// Carries out the commands on the selected day: asks the engine, off this thread, and says how it
/// went.
class DayCommands : public QObject
{
    Q_OBJECT

public:
    /// @param window  the parent of the dialogs.
    DayCommands(EngineBridge& bridge, DayActions& actions, QWidget* window);

    /// The day that the commands are about, and what they may do.
    void setTarget(const QString& source, QDate day, const CalendarFacts& facts);
    void clearTarget();

    /// While `why` is not empty no command can be given, for that reason.
    void hold(const QString& why);
    [[nodiscard]] const QString& whyHeld() const { return m_held; }

    /// What is known of a day besides its state: whether there are versions to go back to.
    void noteExplained(const DayExplained& explained);

    /// Imports what is ready up to a day, without reading the signals first.
    void importUpTo(QDate last);
    /// Whether an import of the source was asked for and has not ended.
    [[nodiscard]] bool isImporting() const;
    /// What was done to days, and how it is undone.
    [[nodiscard]] DayChanges& changes() { return *m_changes; }

Q_SIGNALS:
    /// A sentence on how a command went; an empty one takes the last back.
    void said(daymark::ui::Tone tone, const QString& sentence);
    /// Whether commands can be given is another one now.
    void refreshed();
    void probing();
    void probed(const daymark::DayExplained& explained);
    void probeFailed(const daymark::Error& error);

private:
    void connectActions(DayActions& actions);
    void connectBridge();
    void markFinished();
    void askForReason();
    void reopen();
    void probe();
    void importNow();
    void poll();
    void change(DayChangeKind kind, QDate day, const QString& reason);
    void requestImport(const ImportRequest& request);
    void sayPoll(const Result<PollReport>& report);
    [[nodiscard]] static QString importSentence(int imported, const QString& waiting);
    void refresh();

    EngineBridge& m_bridge;
    DayActions& m_actions;
    QWidget* m_window;
    DayChanges* m_changes;
    VersionCommands* m_versions;
    QPointer<SkipDialog> m_dialog;
    QString m_source;
    QDate m_day;
    CalendarFacts m_facts;
    QString m_held;
    std::size_t m_otherVersions = 0; ///< of the day; 0 until it was explained
    QSet<QString> m_importing;       ///< sources whose pass was asked for and has not ended
    QHash<QString, int> m_runs;      ///< days that those passes have imported so far
    Request m_import;
    Request m_poll;
    Request m_probe;
};

} // namespace daymark::ui
