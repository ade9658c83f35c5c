// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/engine_bridge.h"

#include <QDate>
#include <QWidget>

class QCheckBox;
class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTableView;
class QVBoxLayout;

namespace daymark::ui {

class Banner;
class CheckProgress;
class FindingsModel;
class PreviewHeader;
class RuleListModel;
class SampleFilter;
class SampleModel;
class SharedProgress;

/// A look at a day before it is imported: what its schema is like, the first rows with what is
/// wrong with each, the rules that they broke; and the whole day, checked in the background.
class PreviewPage : public QWidget
{
    Q_OBJECT

public:
    explicit PreviewPage(EngineBridge& bridge, QWidget* parent = nullptr);

    /// Shows a day of a source; without a day, the one that the engine chooses.
    void lookAt(const QString& source, std::optional<QDate> day);
    /// Whether rows are being read at the moment.
    [[nodiscard]] bool isBusy() const { return m_first.pending() || m_whole.pending(); }
    [[nodiscard]] const std::optional<Preview>& preview() const { return m_preview; }

public Q_SLOTS:
    void checkWholeDay();
    void cancelCheck();
    void copyReport();
    /// Writes the report; an error is said on the page.
    void saveReport(const QString& path);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void setupTop(QVBoxLayout* layout);
    void setupFindings(QVBoxLayout* layout);
    QWidget* makeRules();
    QWidget* makeRows();
    void setupReport(QVBoxLayout* layout);
    void connectBridge();

    void start();
    void reloadSources();
    void showSources(const Result<std::vector<SourceInfo>>& sources);
    void reloadDays();
    void chooseSource();
    void checkFirstRows();
    void clear();
    void take(const Result<Preview>& preview);
    void takeWhole(const Result<Preview>& preview);
    void showPreview();
    void showRows();
    void fitFindings();
    void filterByRule();
    void jumpToRow();
    void showAllRows();
    void refreshRows();
    void refreshButtons();
    void askForFile();
    [[nodiscard]] PreviewRequest request() const;
    [[nodiscard]] QString summary() const;

    EngineBridge& m_bridge;
    PreviewHeader* m_header = nullptr;
    Banner* m_message = nullptr;
    CheckProgress* m_progress = nullptr;
    QStackedWidget* m_stack = nullptr;
    QLabel* m_empty = nullptr;
    QWidget* m_body = nullptr;
    QLabel* m_summary = nullptr;
    QTableView* m_findings = nullptr;
    QWidget* m_rulesHome = nullptr;
    QTableView* m_rules = nullptr;
    QLabel* m_ruleWords = nullptr;
    QTableView* m_rows = nullptr;
    QLabel* m_rowsTitle = nullptr;
    QCheckBox* m_onlyFaulty = nullptr;
    QPushButton* m_all = nullptr;
    QPushButton* m_copy = nullptr;
    QPushButton* m_save = nullptr;
    FindingsModel* m_findingsModel = nullptr;
    RuleListModel* m_rulesModel = nullptr;
    SampleModel* m_rowsModel = nullptr;
    SampleFilter* m_filter = nullptr;

    std::optional<Preview> m_preview;
    bool m_wanted = true; ///< the first rows are to be read once the page is on show
    Request m_sources;
    Request m_days;
    Request m_first;
    Request m_whole;
    Request m_saving;
};

} // namespace daymark::ui
