// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/engine_bridge.h"

#include <QWidget>

class QComboBox;
class QHBoxLayout;
class QModelIndex;
class QStackedWidget;
class QTableView;
class QVBoxLayout;

namespace daymark::ui {

class Banner;
class LiveRuns;
class ProofExport;
class RunReport;
class RunsFilter;
class RunsModel;

/// The runs under way, those of the past, and the report of the selected one.
class RunsPage : public QWidget
{
    Q_OBJECT

public:
    explicit RunsPage(EngineBridge& bridge, QWidget* parent = nullptr);

    /// Selects a run where the filters let it through.
    void select(RunId run);
    /// Whether the history was read.
    [[nodiscard]] bool isLoaded() const { return m_loaded; }

private:
    void setupFilters(QHBoxLayout* layout);
    void setupBody(QVBoxLayout* layout);
    void setupExport();
    void connectBridge();

    void start();
    void reload();
    void takeResult(const RunInfo& run);
    void fitHistory();
    void refreshSources();
    void filter();
    void showSelected();
    void retry();
    void refreshRetry(const RunInfo& run);
    void refreshEmpty();
    [[nodiscard]] RunId selected() const;
    [[nodiscard]] bool isFiltered() const;

    EngineBridge& m_bridge;
    RunsModel* m_model = nullptr;
    RunsFilter* m_filter = nullptr;
    Banner* m_message = nullptr;
    LiveRuns* m_live = nullptr;
    QComboBox* m_source = nullptr;
    QComboBox* m_state = nullptr;
    QStackedWidget* m_stack = nullptr;
    QWidget* m_empty = nullptr;
    QTableView* m_table = nullptr;
    RunReport* m_report = nullptr;
    ProofExport* m_export = nullptr;
    bool m_loaded = false;
    bool m_selecting = false; ///< the program selects, not the person
    bool m_following = true;  ///< the newest run is selected until the person chooses another
    Request m_runs;
    Request m_run;
    Request m_retry;
};

} // namespace daymark::ui
