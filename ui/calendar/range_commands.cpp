// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/range_commands.h"

#include "ui/calendar/day_changes.h"
#include "ui/calendar/day_commands.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QAction>

#include <algorithm>

namespace daymark::ui {

namespace {

QString actionText(RangeAction action)
{
    switch (action) {
    case RangeAction::MarkFinished:
        return RangeCommands::tr("&Mark days finished…");
    case RangeAction::Skip:
        return RangeCommands::tr("S&kip days…");
    case RangeAction::Reopen:
        return RangeCommands::tr("&Reopen days…");
    case RangeAction::ImportUpTo:
        return RangeCommands::tr("Import &up to the last day…");
    case RangeAction::Reimport:
        return RangeCommands::tr("R&e-import days…");
    }
    return {};
}

DayChangeKind kindOf(RangeAction action)
{
    return action == RangeAction::Skip     ? DayChangeKind::Skip
           : action == RangeAction::Reopen ? DayChangeKind::Reopen
                                           : DayChangeKind::MarkFinished;
}

} // namespace

RangeCommands::RangeCommands(EngineBridge& bridge, DayCommands& days, QWidget* window)
    : QObject(window), m_bridge(bridge), m_days(days), m_window(window)
{
    for (const RangeAction action : kRangeActions) {
        auto* command = new QAction(actionText(action), this);
        connect(command, &QAction::triggered, this, [this, action] { ask(action); });
        m_actions << command;
    }
    connect(&days, &DayCommands::refreshed, this, &RangeCommands::refresh);
}

void RangeCommands::setTarget(const QString& source, const CalendarFacts& facts,
                              const DaySpan& span)
{
    m_source = source;
    m_facts = facts;
    m_span = span;
    for (const RangeAction action : kRangeActions)
        m_plans[std::size_t(action)] = rangePlan(action, facts, span);
    if (m_dialog && m_dialog->plan().span == span)
        m_dialog->showPlan(plan(m_dialog->plan().action));
    else if (m_dialog)
        m_dialog->reject();
    refresh();
    Q_EMIT planned();
}

/// Why a command cannot be given now; empty where it can.
QString RangeCommands::whyNot(RangeAction action) const
{
    if (!m_bridge.canWrite())
        return tr("Another process runs this workspace; here it is only shown.");
    if (!m_days.whyHeld().isEmpty())
        return m_days.whyHeld();
    if (plan(action).steps.empty())
        return tr("No days are selected.");
    if (plan(action).days().isEmpty())
        return plan(action).summary;
    if (action == RangeAction::ImportUpTo && m_days.isImporting())
        return tr("An import of %1 is running.").arg(m_source);
    if (action == RangeAction::Reimport && m_reimport.pending())
        return tr("Days are being read again.");
    const bool changes = action != RangeAction::ImportUpTo && action != RangeAction::Reimport;
    if (changes && m_days.changes().isBusy())
        return tr("The last command is still being carried out.");
    return {};
}

void RangeCommands::refresh()
{
    for (const RangeAction action : kRangeActions) {
        QAction* command = m_actions[qsizetype(action)];
        const QString why = whyNot(action);
        const QString& words = why.isEmpty() ? plan(action).summary : why;
        command->setEnabled(why.isEmpty());
        setTip(command, words);
    }
}

void RangeCommands::ask(RangeAction action)
{
    if (m_dialog || !whyNot(action).isEmpty())
        return;
    m_dialog = new RangeDialog(plan(action), m_source, m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &QDialog::accepted, this,
            [this] { carryOut(m_dialog->plan(), m_dialog->reason()); });
    m_dialog->open();
}

void RangeCommands::carryOut(const RangePlan& plan, const QString& reason)
{
    if (plan.action == RangeAction::ImportUpTo)
        m_days.importUpTo(plan.span.last);
    else if (plan.action == RangeAction::Reimport)
        reimport(plan, reason);
    else
        change(plan, reason);
}

void RangeCommands::change(const RangePlan& plan, const QString& reason)
{
    DayEdit change{kindOf(plan.action), m_source, {}};
    for (const QDate& date : plan.days()) {
        const CalendarDay* day = m_facts.find(date);
        const bool reopens = plan.action == RangeAction::Reopen && day;
        change.days.push_back({toDay(date), reopens ? day->reason : utf8(reason)});
    }
    m_days.changes().perform(change);
}

void RangeCommands::reimport(const RangePlan& plan, const QString& reason)
{
    ReimportRequest request;
    request.source = utf8(m_source);
    request.days = {{toDay(plan.span.first), toDay(plan.span.last)}};
    request.reason = utf8(reason);
    request.decide = replacesInRange;
    m_bridge.ask(
        m_reimport, EngineBridge::Lane::Outside,
        [request](Engine& engine, std::stop_token stop) { return engine.reimport(request, stop); },
        [this](const Result<ReimportReport>& report) {
            if (!report)
                Q_EMIT said(Tone::Error, errorText(report.error()));
            else
                Q_EMIT said(report->import.failed > report->refused ? Tone::Warning : Tone::Good,
                            reimportSentence(*report));
            refresh();
        });
    Q_EMIT said(Tone::Information, tr("Days are being read again; the page Runs shows how far."));
    refresh();
}

bool replacesInRange(const DayImpact& impact)
{
    return !impact.same && (impact.rowsAfter > 0 || impact.rowsBefore == 0);
}

QString reimportSentence(const ReimportReport& report)
{
    int replaced = 0;
    int same = 0;
    int emptied = 0;
    for (const DayImpact& impact : report.impacts) {
        replaced += replacesInRange(impact) ? 1 : 0;
        same += impact.same ? 1 : 0;
        emptied += !impact.same && !replacesInRange(impact) ? 1 : 0;
    }
    QStringList parts;
    if (replaced > 0)
        parts << RangeCommands::tr("%1 replaced").arg(replaced);
    if (same > 0)
        parts << RangeCommands::tr("%1 with the very same rows").arg(same);
    if (emptied > 0)
        parts
            << RangeCommands::tr("%1 without rows at the source now, left as landed").arg(emptied);
    QString sentence =
        report.impacts.empty()
            ? RangeCommands::tr("No day could be read again.")
            : RangeCommands::tr("Days were read again: %1.").arg(parts.join(QStringLiteral(", ")));
    const auto failed = std::ranges::find_if(report.import.runs, [](const RunInfo& run) {
        return run.state == RunState::Failed && run.error;
    });
    if (failed != report.import.runs.end())
        sentence += QLatin1Char(' ') + errorText(*failed->error);
    return sentence;
}

} // namespace daymark::ui
