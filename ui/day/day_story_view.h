// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/views.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QTabWidget;
class QTableView;
class QVBoxLayout;

namespace daymark::ui {

class FilesModel;
class JournalModel;
class RunReport;
class RunsModel;

/// What the ledger holds of a day: who announced it, its runs with the selected one's report, their
/// files, and what was done about it.
class DayStoryView : public QWidget
{
    Q_OBJECT

public:
    explicit DayStoryView(QWidget* parent = nullptr);

    /// Shows the story; the selected run stays selected where it is still there.
    void showStory(const DayStory& story);
    void clear();
    /// Takes newer figures of a live run of the day.
    void put(const RunProgress& progress);

Q_SIGNALS:
    void statementCopied();

private:
    void setupAnnouncements(QVBoxLayout* layout);
    QWidget* makeRuns();
    QWidget* makeFiles();
    QWidget* makeJournal();
    void showRun();
    void copyStatement();

    DayStory m_story;
    QLabel* m_announced = nullptr;
    QWidget* m_statementRow = nullptr;
    QLineEdit* m_statement = nullptr;
    QTabWidget* m_tabs = nullptr;
    RunsModel* m_runsModel = nullptr;
    FilesModel* m_filesModel = nullptr;
    JournalModel* m_journalModel = nullptr;
    QTableView* m_runs = nullptr;
    QLabel* m_noRuns = nullptr;
    RunReport* m_report = nullptr;
    QLabel* m_fingerprint = nullptr;
    QTableView* m_files = nullptr;
    QTableView* m_journal = nullptr;
    QLabel* m_noJournal = nullptr;
};

/// `By the source, first seen 12 Nov 2026 10:00:05.`; what it means where there is no signal.
[[nodiscard]] QString announcementWords(const std::vector<SignalInfo>& announced);

} // namespace daymark::ui
