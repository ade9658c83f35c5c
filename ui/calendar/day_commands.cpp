// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/day_commands.h"

#include "ui/calendar/day_actions.h"
#include "ui/calendar/skip_dialog.h"
#include "ui/calendar/version_commands.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QAction>

namespace daymark::ui {

using Lane = EngineBridge::Lane;

DayCommands::DayCommands(EngineBridge& bridge, DayActions& actions, QWidget* window)
    : QObject(window)
    , m_bridge(bridge)
    , m_actions(actions)
    , m_window(window)
    , m_changes(new DayChanges(bridge, this))
    , m_versions(new VersionCommands(bridge, window))
{
    connectActions(actions);
    connectBridge();
    clearTarget();
}

void DayCommands::connectActions(DayActions& actions)
{
    connect(actions.markFinished, &QAction::triggered, this, &DayCommands::markFinished);
    connect(actions.skip, &QAction::triggered, this, &DayCommands::askForReason);
    connect(actions.reopen, &QAction::triggered, this, &DayCommands::reopen);
    connect(actions.probe, &QAction::triggered, this, &DayCommands::probe);
    connect(actions.importNow, &QAction::triggered, this, &DayCommands::importNow);
    connect(actions.poll, &QAction::triggered, this, &DayCommands::poll);
    connect(actions.reimport, &QAction::triggered, this,
            [this] { m_versions->reimport(m_source, m_day); });
    connect(actions.rollBack, &QAction::triggered, this,
            [this] { m_versions->rollBack(m_source, m_day); });
    connect(m_changes, &DayChanges::said, this, &DayCommands::said);
    connect(m_changes, &DayChanges::busyChanged, this, &DayCommands::refresh);
    connect(m_versions, &VersionCommands::said, this, &DayCommands::said);
    connect(m_versions, &VersionCommands::busyChanged, this, &DayCommands::refresh);
}

void DayCommands::connectBridge()
{
    connect(&m_bridge, &EngineBridge::runFinished, this, [this](const RunInfo& run) {
        if (m_importing.contains(text(run.source)))
            m_runs[text(run.source)] += run.state == RunState::Imported ? 1 : 0;
    });
    connect(&m_bridge, &EngineBridge::passFinished, this,
            [this](const QString& source, const QString& waiting) {
                const int imported = m_runs.take(source);
                if (m_importing.remove(source) && source == m_source)
                    Q_EMIT said(Tone::Information, importSentence(imported, waiting));
                refresh();
            });
    connect(&m_bridge, &EngineBridge::stateChanged, this, [this] {
        m_importing.clear();
        refresh();
    });
}

/// What an import that was asked for came to: the days that landed, and what the next one waits
/// for.
QString DayCommands::importSentence(int imported, const QString& waiting)
{
    const QString done = imported == 0   ? tr("Nothing was imported.")
                         : imported == 1 ? tr("1 day was imported.")
                                         : tr("%1 days were imported.").arg(imported);
    return waiting.isEmpty() ? done : done + QLatin1Char(' ') + waiting;
}

void DayCommands::setTarget(const QString& source, QDate day, const CalendarFacts& facts)
{
    if (source != m_source || day != m_day) {
        m_probe.cancel();
        m_otherVersions = 0;
    }
    m_source = source;
    m_day = day;
    m_facts = facts;
    refresh();
}

void DayCommands::clearTarget() { setTarget({}, {}, {}); }

void DayCommands::hold(const QString& why)
{
    if (why == m_held)
        return;
    m_held = why;
    if (m_dialog)
        m_dialog->reject();
    refresh();
}

void DayCommands::noteExplained(const DayExplained& explained)
{
    if (text(explained.source) != m_source || toDate(explained.explanation.day) != m_day)
        return;
    m_otherVersions = explained.evidence.versions;
    refresh();
}

void DayCommands::refresh()
{
    if (m_source.isEmpty() || !m_bridge.isOpen()) {
        m_actions.refresh(nothingAvailable(tr("There is no source yet.")));
        Q_EMIT refreshed();
        return;
    }
    if (!m_held.isEmpty()) {
        m_actions.refresh(nothingAvailable(m_held));
        Q_EMIT refreshed();
        return;
    }
    DayAvailability available = availabilityOf(m_facts, m_day, m_bridge.canWrite());
    const auto pause = [](Availability& availability, bool paused, const QString& why) {
        if (paused && availability.enabled)
            availability = {false, why};
    };
    pause(available.importNow, isImporting(), tr("An import of %1 is running.").arg(m_source));
    pause(available.poll, m_poll.pending(), tr("The source is being polled."));
    pause(available.probe, m_probe.pending(), tr("The rows are being counted."));
    for (Availability* changing : {&available.markFinished, &available.skip, &available.reopen})
        pause(*changing, m_changes->isBusy(), tr("The last command is still being carried out."));
    pause(available.rollBack, m_otherVersions == 0,
          tr("There is no other version of %1.").arg(plainDate(m_day)));
    for (Availability* replacing : {&available.reimport, &available.rollBack})
        pause(*replacing, m_versions->isBusy(), tr("Another version is on its way to its place."));
    m_actions.refresh(available);
    Q_EMIT refreshed();
}

bool DayCommands::isImporting() const
{
    return m_importing.contains(m_source) || m_import.pending();
}

void DayCommands::change(DayChangeKind kind, QDate day, const QString& reason)
{
    m_changes->perform({kind, m_source, {{toDay(day), utf8(reason)}}});
}

void DayCommands::markFinished() { change(DayChangeKind::MarkFinished, m_day, {}); }

void DayCommands::askForReason()
{
    if (m_dialog)
        return;
    m_dialog = new SkipDialog(m_source, m_day, m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &QDialog::accepted, this,
            [this] { change(DayChangeKind::Skip, m_dialog->day(), m_dialog->reason()); });
    m_dialog->open();
}

void DayCommands::reopen()
{
    const CalendarDay* day = m_facts.find(m_day);
    change(DayChangeKind::Reopen, m_day, day ? text(day->reason) : QString());
}

void DayCommands::importNow()
{
    ImportRequest request;
    request.sources = {utf8(m_source)};
    requestImport(request);
}

void DayCommands::importUpTo(QDate last)
{
    ImportRequest request;
    request.sources = {utf8(m_source)};
    request.poll = false;
    request.last = toDay(last);
    requestImport(request);
}

void DayCommands::requestImport(const ImportRequest& request)
{
    m_importing.insert(m_source);
    m_bridge.ask(
        m_import, Lane::Ledger,
        [request](Engine& engine, std::stop_token) { return engine.requestImport(request); },
        [this, source = m_source](const Status& status) {
            if (!status) {
                m_importing.remove(source);
                Q_EMIT said(Tone::Error, errorText(status.error()));
            }
            refresh();
        });
    Q_EMIT said(Tone::Information, {});
    refresh();
}

void DayCommands::poll()
{
    m_bridge.ask(
        m_poll, Lane::Outside,
        [source = utf8(m_source)](Engine& engine, std::stop_token stop) {
            return engine.poll(source, stop);
        },
        [this](const Result<PollReport>& report) {
            sayPoll(report);
            refresh();
        });
    refresh();
}

void DayCommands::sayPoll(const Result<PollReport>& report)
{
    if (!report) {
        Q_EMIT said(Tone::Error, errorText(report.error()));
        return;
    }
    if (report->error) {
        Q_EMIT said(Tone::Error, errorText(*report->error));
        return;
    }
    QString sentence =
        tr("%1 signals %2 days").arg(text(report->source), figure(report->signalCount));
    sentence += report->added.empty() ? tr("; none of them is new.")
                                      : tr("; %1 of them new.").arg(figure(report->added.size()));
    if (!report->withdrawn.empty())
        sentence += tr(" %1 signals were withdrawn.").arg(figure(report->withdrawn.size()));
    Q_EMIT said(Tone::Good, sentence);
}

void DayCommands::probe()
{
    Q_EMIT probing();
    m_bridge.ask(
        m_probe, Lane::Outside,
        [source = utf8(m_source), day = toDay(m_day)](Engine& engine, std::stop_token stop) {
            return engine.explainDay(source, day, true, stop);
        },
        [this](const Result<DayExplained>& explained) {
            if (explained)
                Q_EMIT probed(*explained);
            else
                Q_EMIT probeFailed(explained.error());
            refresh();
        });
    refresh();
}

} // namespace daymark::ui
