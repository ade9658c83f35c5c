// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/notices.h"

#include "ui/bridge/engine_bridge.h"
#include "ui/settings/settings_table.h"
#include "ui/style/glyph.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QApplication>
#include <QSystemTrayIcon>

namespace daymark::ui {

namespace {

constexpr int kPicture = 32;

} // namespace

Notices::Notices(EngineBridge& bridge, QWidget& window) : QObject(&window), m_window(window)
{
    connect(&bridge, &EngineBridge::runFinished, this, &Notices::takeRun);
    connect(&bridge, &EngineBridge::pollFinished, this, &Notices::takePoll);
}

void Notices::takeRun(const RunInfo& run)
{
    const QString key = text(run.source) + QLatin1Char(' ') + isoDate(toDate(run.day));
    if (run.state == RunState::Imported)
        m_failed.remove(key);
    if (run.look || run.state != RunState::Failed || !run.error || m_failed.contains(key))
        return;
    m_failed.insert(key);
    tell(tr("%1: %2 failed").arg(text(run.source), plainDate(toDate(run.day))),
         errorText(*run.error));
}

void Notices::takePoll(const PollReport& report)
{
    const QString source = text(report.source);
    if (report.ok) {
        if (m_silent.remove(source))
            tell(tr("%1 answers again").arg(source), tr("Its signals were read."));
        return;
    }
    if (!report.error || m_silent.contains(source))
        return;
    m_silent.insert(source);
    tell(tr("%1 does not answer").arg(source), errorText(*report.error));
}

void Notices::tell(const QString& title, const QString& words)
{
    if (m_window.isActiveWindow() || settingValue(Setting::Notices) != kOnDesktop)
        return;
    Q_EMIT told(title, words);
    QApplication::alert(&m_window);
    if (!QSystemTrayIcon::isSystemTrayAvailable() || !QSystemTrayIcon::supportsMessages())
        return;
    if (!m_tray) {
        const QColor ink = m_window.palette().color(QPalette::WindowText);
        m_tray = new QSystemTrayIcon(QIcon(glyphPixmap(Glyph::Check, ink, kPicture)), this);
        m_tray->setToolTip(tr("Daymark"));
        connect(m_tray, &QSystemTrayIcon::messageClicked, &m_window, &QWidget::activateWindow);
    }
    m_tray->show();
    m_tray->showMessage(title, words, QSystemTrayIcon::Warning);
}

} // namespace daymark::ui
