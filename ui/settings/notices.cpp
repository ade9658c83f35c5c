// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/notices.h"

#include "ui/bridge/engine_bridge.h"
#include "ui/settings/settings_table.h"
#include "ui/style/glyph.h"
#include "ui/style/text.h"

#include <QApplication>
#include <QSystemTrayIcon>

namespace daymark::ui {

namespace {

constexpr int kPicture = 32;

QSystemTrayIcon::MessageIcon iconOf(NoticeKind kind)
{
    return kind == NoticeKind::Recovery || kind == NoticeKind::Test ? QSystemTrayIcon::Information
                                                                    : QSystemTrayIcon::Warning;
}

/// The program's own picture, where it has one.
QIcon trayIcon(const QWidget& window)
{
    const QIcon own = window.windowIcon();
    if (!own.isNull())
        return own;
    return QIcon(glyphPixmap(Glyph::Check, window.palette().color(QPalette::WindowText), kPicture));
}

} // namespace

Notices::Notices(EngineBridge& bridge, QWidget& window) : QObject(&window), m_window(window)
{
    connect(&bridge, &EngineBridge::noticeTold, this, &Notices::tell);
}

void Notices::tell(const Notice& notice)
{
    if (m_window.isActiveWindow() || settingValue(Setting::Notices) != kOnDesktop)
        return;
    const QString title = text(notice.title);
    const QString words = text(notice.words);
    Q_EMIT told(title, words);
    QApplication::alert(&m_window);
    if (!QSystemTrayIcon::isSystemTrayAvailable() || !QSystemTrayIcon::supportsMessages())
        return;
    if (!m_tray) {
        m_tray = new QSystemTrayIcon(trayIcon(m_window), this);
        m_tray->setToolTip(tr("Daymark"));
        connect(m_tray, &QSystemTrayIcon::messageClicked, &m_window, &QWidget::activateWindow);
    }
    m_tray->show();
    m_tray->showMessage(title, words, iconOf(notice.kind));
}

} // namespace daymark::ui
