// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/day_changes.h"

#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <algorithm>

namespace daymark::ui {

namespace {

Status changeOne(Engine& engine, DayChangeKind kind, const std::string& source,
                 const ChangedDay& day)
{
    switch (kind) {
    case DayChangeKind::MarkFinished:
        return engine.signalDay(source, day.day);
    case DayChangeKind::TakeMarkBack:
        return engine.withdrawSignal(source, day.day);
    case DayChangeKind::Skip:
        return engine.skipDay(source, day.day, day.reason);
    case DayChangeKind::Reopen:
        return engine.reopenDay(source, day.day);
    }
    return {};
}

DayChangeKind inverse(DayChangeKind kind)
{
    switch (kind) {
    case DayChangeKind::MarkFinished:
        return DayChangeKind::TakeMarkBack;
    case DayChangeKind::TakeMarkBack:
        return DayChangeKind::MarkFinished;
    case DayChangeKind::Skip:
        return DayChangeKind::Reopen;
    case DayChangeKind::Reopen:
        return DayChangeKind::Skip;
    }
    return kind;
}

QString doneOne(DayChangeKind kind)
{
    switch (kind) {
    case DayChangeKind::MarkFinished:
        return DayChanges::tr("%1 is marked as finished.");
    case DayChangeKind::TakeMarkBack:
        return DayChanges::tr("%1 is not marked as finished any more.");
    case DayChangeKind::Skip:
        return DayChanges::tr("%1 is skipped. Reopen undoes it until a later day has landed.");
    case DayChangeKind::Reopen:
        return DayChanges::tr("%1 is open again.");
    }
    return {};
}

QString doneMany(DayChangeKind kind)
{
    switch (kind) {
    case DayChangeKind::MarkFinished:
        return DayChanges::tr("%1 days are marked as finished.");
    case DayChangeKind::TakeMarkBack:
        return DayChanges::tr("%1 days are not marked as finished any more.");
    case DayChangeKind::Skip:
        return DayChanges::tr(
            "%1 days are skipped. Reopen undoes it until a later day has landed.");
    case DayChangeKind::Reopen:
        return DayChanges::tr("%1 days are open again.");
    }
    return {};
}

} // namespace

DayChangeResult carryOut(Engine& engine, const DayEdit& change, std::stop_token stop)
{
    DayChangeResult result;
    const std::string source = utf8(change.source);
    for (const ChangedDay& day : change.days) {
        if (stop.stop_requested())
            break;
        const Status status = changeOne(engine, change.kind, source, day);
        if (status)
            result.done.push_back(day);
        else
            result.refused.emplace_back(day.day, status.error());
    }
    return result;
}

DayEdit undoOf(const DayEdit& change, const DayChangeResult& result)
{
    DayEdit undo{inverse(change.kind), change.source, result.done};
    std::reverse(undo.days.begin(), undo.days.end());
    return undo;
}

QString changeSentence(const DayEdit& change, const DayChangeResult& result)
{
    QStringList sentences;
    if (result.done.size() == 1)
        sentences << doneOne(change.kind).arg(plainDate(toDate(result.done.front().day)));
    else if (result.done.size() > 1)
        sentences << doneMany(change.kind).arg(result.done.size());
    if (!result.refused.empty()) {
        if (change.days.size() > 1)
            sentences << (result.refused.size() == 1
                              ? DayChanges::tr("1 day stays as it is:")
                              : DayChanges::tr("%1 days stay as they are, the first one for this "
                                               "reason:")
                                    .arg(result.refused.size()));
        sentences << errorText(result.refused.front().second);
    }
    return sentences.join(QLatin1Char(' '));
}

DayChanges::DayChanges(EngineBridge& bridge, QObject* parent) : QObject(parent), m_bridge(bridge) {}

void DayChanges::perform(const DayEdit& change)
{
    if (isBusy() || change.days.empty())
        return;
    m_bridge.ask(
        m_request, EngineBridge::Lane::Ledger,
        [change](Engine& engine, std::stop_token stop) { return carryOut(engine, change, stop); },
        [this, change](const DayChangeResult& result) {
            tell(change, result);
            Q_EMIT busyChanged();
        });
    Q_EMIT busyChanged();
}

void DayChanges::tell(const DayEdit& change, const DayChangeResult& result)
{
    const QString sentence = changeSentence(change, result);
    if (result.done.empty()) {
        Q_EMIT said(Tone::Error, sentence);
        return;
    }
    Q_EMIT said(Tone::Good, {});
    const DayEdit undo = undoOf(change, result);
    const auto takeBack = [undo](Engine& engine) -> Status {
        const DayChangeResult undone = carryOut(engine, undo, {});
        if (!undone.refused.empty())
            return fail(undone.refused.front().second);
        return {};
    };
    m_bridge.offerUndo({sentence, changeSentence(undo, {undo.days, {}}), takeBack});
}

} // namespace daymark::ui
