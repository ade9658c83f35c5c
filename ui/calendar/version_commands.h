// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/engine_bridge.h"
#include "ui/calendar/version_dialog.h"
#include "ui/style/look.h"

#include <QPointer>

namespace daymark::ui {

/// Imports a landed day again, or goes to another version of it: looks first at what that changes,
/// asks, and does just that. A source that has changed again since is asked about again.
class VersionCommands : public QObject
{
    Q_OBJECT

public:
    /// @param window  the parent of the dialogs.
    VersionCommands(EngineBridge& bridge, QWidget* window);

    void reimport(const QString& source, QDate day);
    void rollBack(const QString& source, QDate day);

    /// Whether a version is on its way to its place.
    [[nodiscard]] bool isBusy() const { return m_command.pending(); }

Q_SIGNALS:
    /// A sentence on how it went.
    void said(daymark::ui::Tone tone, const QString& sentence);
    void busyChanged();

private:
    void openDialog(VersionDialog::Kind kind, const QString& source, QDate day);
    void lookAtReimport();
    void askForVersions();
    void lookAtVersion();
    void commitReimport();
    void commitRollback();
    void sayReimported(QDate day, const Result<ReimportReport>& report);

    EngineBridge& m_bridge;
    QWidget* m_window;
    QPointer<VersionDialog> m_dialog;
    QString m_source;
    QDate m_day;
    Request m_look;
    Request m_command;
};

} // namespace daymark::ui
