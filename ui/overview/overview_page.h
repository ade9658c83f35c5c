// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/engine_bridge.h"

#include <QDate>
#include <QWidget>

class QLabel;
class QPushButton;
class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;
class QVBoxLayout;

namespace daymark::ui {

class Banner;
class BeginPanel;
class HappeningsModel;
class OverviewModel;

/// Every source at a glance, and what happened since the person last looked.
class OverviewPage : public QWidget
{
    Q_OBJECT

public:
    explicit OverviewPage(EngineBridge& bridge, QWidget* parent = nullptr);

    /// Whether the sources were read.
    [[nodiscard]] bool isLoaded() const { return m_loaded; }

Q_SIGNALS:
    /// The sources came on show or are new.
    void loaded();
    /// The calendar of a source is asked for; `day` is invalid where any day will do.
    void sourceOpened(const QString& source, QDate day);
    /// A new source is asked for: a database or a folder.
    void databaseAsked();
    void folderAsked();

protected:
    void showEvent(QShowEvent* event) override;

private:
    /// All that the page shows, read in one go.
    struct Answer
    {
        Result<std::vector<SourceOverview>> sources;
        Result<std::vector<RunInfo>> runs;
        Result<std::vector<JournalEntry>> journal;
    };

    QWidget* makeSources();
    QWidget* makeHappenings();
    void connectBridge();

    void takeState();
    void reload();
    void show(Answer answer);
    void showHappenings();
    void fitTable();
    void addDemo();
    void refreshBegin();
    void openCurrent();
    void openHappening();
    void markSeen();

    EngineBridge& m_bridge;
    OverviewModel* m_model = nullptr;
    QSortFilterProxyModel* m_sorted = nullptr;
    HappeningsModel* m_news = nullptr;
    Banner* m_message = nullptr;
    QStackedWidget* m_stack = nullptr;
    QWidget* m_body = nullptr;
    BeginPanel* m_begin = nullptr;
    QLabel* m_summary = nullptr;
    QPushButton* m_open = nullptr;
    QTableView* m_table = nullptr;
    QLabel* m_newsTitle = nullptr;
    QPushButton* m_seen = nullptr;
    QTableView* m_newsTable = nullptr;
    QLabel* m_nothing = nullptr;

    std::vector<RunInfo> m_runs;
    std::vector<JournalEntry> m_journal;
    std::optional<Instant> m_since; ///< when the person last looked, before this start
    bool m_knowsSince = false;
    bool m_loaded = false;
    bool m_stale = true; ///< something may have changed since the sources were read
    QTimer m_tick;
    Request m_request;
    Request m_demo;
};

} // namespace daymark::ui
