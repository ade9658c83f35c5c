// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/version_commands.h"

#include "ui/style/text.h"
#include "ui/style/widgets.h"

namespace daymark::ui {

using Lane = EngineBridge::Lane;

namespace {

ReimportRequest reimportOf(const QString& source, QDate day)
{
    ReimportRequest request;
    request.source = utf8(source);
    request.days = {{toDay(day), toDay(day)}};
    return request;
}

/// Why a look at a day came to nothing: the run's own error, if it has one.
Error failureOf(const ReimportReport& report)
{
    for (const RunInfo& run : report.import.runs)
        if (run.error)
            return *run.error;
    const QString what = report.import.waiting.empty()
                             ? VersionCommands::tr("The day could not be read.")
                             : text(report.import.waiting.front().second);
    return {ErrorCode::RunCancelled, utf8(what), {}};
}

} // namespace

VersionCommands::VersionCommands(EngineBridge& bridge, QWidget* window)
    : QObject(window), m_bridge(bridge), m_window(window)
{}

void VersionCommands::openDialog(VersionDialog::Kind kind, const QString& source, QDate day)
{
    m_source = source;
    m_day = day;
    m_dialog = new VersionDialog(kind, source, day, m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &QDialog::finished, this, [this] { m_look.cancel(); });
    m_dialog->open();
}

void VersionCommands::reimport(const QString& source, QDate day)
{
    if (m_dialog || isBusy())
        return;
    openDialog(VersionDialog::Kind::Reimport, source, day);
    connect(m_dialog, &QDialog::accepted, this, &VersionCommands::commitReimport);
    lookAtReimport();
}

void VersionCommands::lookAtReimport()
{
    ReimportRequest request = reimportOf(m_source, m_day);
    request.dryRun = true;
    m_bridge.ask(
        m_look, Lane::Outside,
        [request](Engine& engine, std::stop_token stop) { return engine.reimport(request, stop); },
        [this](const Result<ReimportReport>& report) {
            if (!m_dialog)
                return;
            if (!report)
                m_dialog->showFailure(report.error());
            else if (report->impacts.empty())
                m_dialog->showFailure(failureOf(*report));
            else
                m_dialog->showImpact(report->impacts.front());
        });
}

void VersionCommands::commitReimport()
{
    ReimportRequest request = reimportOf(m_source, m_day);
    request.reason = utf8(m_dialog->reason());
    request.decide = [shown = m_dialog->impact().fingerprint](const DayImpact& impact) {
        return impact.fingerprint == shown;
    };
    m_bridge.ask(
        m_command, Lane::Outside,
        [request](Engine& engine, std::stop_token stop) { return engine.reimport(request, stop); },
        [this, day = m_day](const Result<ReimportReport>& report) {
            sayReimported(day, report);
            Q_EMIT busyChanged();
        });
    Q_EMIT busyChanged();
}

void VersionCommands::sayReimported(QDate day, const Result<ReimportReport>& report)
{
    if (!report)
        Q_EMIT said(Tone::Error, errorText(report.error()));
    else if (report->refused > 0)
        Q_EMIT said(Tone::Warning,
                    tr("The source has changed again since you looked; what has landed of %1 "
                       "stays. Re-import it to see what would change now.")
                        .arg(plainDate(day)));
    else if (report->import.runs.empty() || report->import.runs.front().state != RunState::Imported)
        Q_EMIT said(Tone::Error, errorText(failureOf(*report)));
    else
        Q_EMIT said(Tone::Good,
                    tr("%1 was imported again. Roll back undoes it.").arg(plainDate(day)));
}

void VersionCommands::rollBack(const QString& source, QDate day)
{
    if (m_dialog || isBusy())
        return;
    openDialog(VersionDialog::Kind::Rollback, source, day);
    connect(m_dialog, &VersionDialog::versionChosen, this, &VersionCommands::lookAtVersion);
    connect(m_dialog, &QDialog::accepted, this, &VersionCommands::commitRollback);
    askForVersions();
}

void VersionCommands::askForVersions()
{
    m_bridge.ask(
        m_look, Lane::Ledger,
        [source = utf8(m_source), day = toDay(m_day)](Engine& engine, std::stop_token) {
            return engine.versions(source, day);
        },
        [this](const Result<std::vector<VersionInfo>>& versions) {
            if (!m_dialog)
                return;
            if (!versions) {
                m_dialog->showFailure(versions.error());
                return;
            }
            m_dialog->offer(*versions, m_bridge.now());
            lookAtVersion();
        });
}

void VersionCommands::lookAtVersion()
{
    RollbackRequest request;
    request.source = utf8(m_source);
    request.day = toDay(m_day);
    if (m_dialog->version())
        request.to = m_dialog->version();
    request.dryRun = true;
    m_dialog->showLooking();
    m_bridge.ask(
        m_look, Lane::Outside,
        [request](Engine& engine, std::stop_token stop) { return engine.rollback(request, stop); },
        [this](const Result<RollbackReport>& report) {
            if (!m_dialog)
                return;
            if (report)
                m_dialog->showImpact(report->impact);
            else
                m_dialog->showFailure(report.error());
        });
}

void VersionCommands::commitRollback()
{
    RollbackRequest request;
    request.source = utf8(m_source);
    request.day = toDay(m_day);
    request.to = m_dialog->impact().by;
    request.reason = utf8(m_dialog->reason());
    request.decide = [shown = m_dialog->impact().replaced](const DayImpact& impact) {
        return impact.replaced == shown;
    };
    m_bridge.ask(
        m_command, Lane::Outside,
        [request](Engine& engine, std::stop_token stop) { return engine.rollback(request, stop); },
        [this, day = m_day](const Result<RollbackReport>& report) {
            if (!report)
                Q_EMIT said(Tone::Error, errorText(report.error()));
            else if (!report->done)
                Q_EMIT said(Tone::Warning,
                            tr("Another version of %1 has landed since you looked; it stays.")
                                .arg(plainDate(day)));
            else
                Q_EMIT said(Tone::Good, tr("%1 is as run %2 landed it. Roll back brings the other "
                                           "version back.")
                                            .arg(plainDate(day))
                                            .arg(report->impact.by.value));
            Q_EMIT busyChanged();
        });
    Q_EMIT busyChanged();
}

} // namespace daymark::ui
