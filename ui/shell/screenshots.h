// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QObject>
#include <QTimer>

#include <functional>

namespace daymark::ui {

class MainWindow;
class SourceWizard;

/// Drives the window as a person would and takes its pictures: waits for the calendar, presses
/// "Import now", waits for the end of the pass, then saves every page in light and dark and in two
/// sizes. Tells the exit code of the program when it is done.
class Screenshots : public QObject
{
    Q_OBJECT

public:
    Screenshots(MainWindow& window, const QString& folder, QObject* parent = nullptr);

Q_SIGNALS:
    void finished(int exitCode);

private:
    void start();
    void takeCalendar();
    void pressImport();
    void endPass(const QString& message);
    void planShots();
    void planPages(const QString& look, const QString& suffix, QSize size);
    void planYear(const QString& look, const QString& suffix, QSize size);
    void planWizard(const QString& look);
    [[nodiscard]] SourceWizard* wizard() const;
    void nextShot();
    void show(int page);
    [[nodiscard]] bool isSettled() const;
    void save(const QString& name);
    void save(const QString& name, QWidget& from);
    void fail(const QString& sentence);

    MainWindow& m_window;
    QDir m_folder;
    QTimer m_patience;
    bool m_importing = false;
    bool m_shooting = false;
    QList<std::function<void()>> m_steps;
    QStringList m_saved;
};

} // namespace daymark::ui
