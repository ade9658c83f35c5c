// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/engine_bridge.h"
#include "ui/style/look.h"

namespace daymark::ui {

/// What an operator says of days; each can be taken back by another one.
enum class DayChangeKind { MarkFinished, TakeMarkBack, Skip, Reopen };

struct ChangedDay
{
    Day day;
    std::string reason; ///< of a skip: the new one, or, for a reopening, the one it had
};

struct DayEdit
{
    DayChangeKind kind = DayChangeKind::MarkFinished;
    QString source;
    std::vector<ChangedDay> days;
};

/// How a change went, day by day.
struct DayChangeResult
{
    std::vector<ChangedDay> done;
    std::vector<std::pair<Day, Error>> refused;
};

/// Carries out a change one day after the other; a day that is refused doesn't hold up the others.
[[nodiscard]] DayChangeResult carryOut(Engine& engine, const DayEdit& change, std::stop_token stop);

/// The change that takes another one back, for the days on which it was done.
[[nodiscard]] DayEdit undoOf(const DayEdit& change, const DayChangeResult& result);

/// What came of it, in whole sentences.
[[nodiscard]] QString changeSentence(const DayEdit& change, const DayChangeResult& result);

/// Carries out changes off this thread, one at a time, and offers to undo each.
class DayChanges : public QObject
{
    Q_OBJECT

public:
    explicit DayChanges(EngineBridge& bridge, QObject* parent = nullptr);

    void perform(const DayEdit& change);

    [[nodiscard]] bool isBusy() const { return m_request.pending(); }

Q_SIGNALS:
    /// Sentences on how a change went; none where the window says them beside the Undo.
    void said(daymark::ui::Tone tone, const QString& sentence);
    void busyChanged();

private:
    void tell(const DayEdit& change, const DayChangeResult& result);

    EngineBridge& m_bridge;
    Request m_request;
};

} // namespace daymark::ui
