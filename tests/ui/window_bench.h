// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What tests that drive the whole window share: a workspace of their own and eyes for its widgets.

#include "ui/shell/main_window.h"

#include <QAbstractItemView>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

namespace daymark::ui {

inline constexpr int kWindowPatience = 60'000; // milliseconds; a busy machine

inline QPushButton* buttonOf(QWidget* home, const QString& name)
{
    for (QPushButton* candidate : home->findChildren<QPushButton*>()) {
        if (candidate->isVisible() && candidate->text().remove(QLatin1Char('&')) == name)
            return candidate;
    }
    return nullptr;
}

inline bool canPressIn(QWidget* home, const QString& name)
{
    const QPushButton* found = buttonOf(home, name);
    return found && found->isEnabled();
}

/// Whether a label on show has these words.
inline bool saysIn(QWidget* home, const QString& words)
{
    for (const QLabel* label : home->findChildren<QLabel*>()) {
        if (label->isVisible() && label->text().contains(words))
            return true;
    }
    return false;
}

/// The table of this accessible name; null where there is none.
inline QTableView* tableOf(QWidget* home, const QString& name)
{
    for (QTableView* table : home->findChildren<QTableView*>()) {
        if (table->accessibleName() == name)
            return table;
    }
    return nullptr;
}

/// A workspace in a folder of its own, and a window on it.
class WindowBench
{
public:
    explicit WindowBench(const char* now)
        : m_clock(Clock::startingAt(*parseInstant(now)))
        , m_workspace(m_folder.filePath(QStringLiteral("workspace")).toStdString())
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
        if (const Status created = Engine::create(m_workspace, m_clock); !created)
            qFatal("%s", created.error().message.c_str());
    }

    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }

    [[nodiscard]] std::unique_ptr<Engine> engine() const
    {
        auto opened = Engine::open(options());
        if (!opened)
            qFatal("%s", opened.error().message.c_str());
        return std::move(*opened);
    }

    /// The workspace at another time than the window's.
    [[nodiscard]] std::unique_ptr<Engine> engineAt(const char* now) const
    {
        EngineOptions given = options();
        given.clock = Clock::startingAt(*parseInstant(now));
        auto opened = Engine::open(given);
        if (!opened)
            qFatal("%s", opened.error().message.c_str());
        return std::move(*opened);
    }

    MainWindow& open()
    {
        WindowOptions given;
        given.engine = options();
        given.engine.mode = OpenMode::WriteOrRead;
        given.schedule = false;
        m_window = std::make_unique<MainWindow>(given);
        m_window->show();
        return *m_window;
    }

private:
    [[nodiscard]] EngineOptions options() const
    {
        EngineOptions given;
        given.workspace = m_workspace;
        given.clock = m_clock;
        given.actor = "tester";
        return given;
    }

    QTemporaryDir m_folder;
    Clock m_clock;
    std::filesystem::path m_workspace;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace daymark::ui
