// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/views.h"
#include "ui/style/widgets.h"

class QFormLayout;
class QScrollArea;
class QTableView;
class QVBoxLayout;

namespace daymark::ui {

class ExamplesModel;
class RulesModel;

/// What came of one run: counts, the rules that rows broke with example rows, the error, the files.
class RunReport : public Card
{
    Q_OBJECT

public:
    explicit RunReport(QWidget* parent = nullptr);

    void clear();
    void showRun(const RunInfo& run);
    /// A page that has its own way to import again shows no "Retry".
    void hideRetry() { m_offersRetry = false; }
    /// The least width of the summary, in pixels, where a page has little room.
    void setSummaryWidth(int width);
    /// Whether "Retry" can be pressed, and what it does or why it can't be.
    void setRetry(bool enabled, const QString& words);

    [[nodiscard]] RunId run() const { return m_run; }
    /// The summary as lines of `name: value`.
    [[nodiscard]] QStringList summary() const;

    /// A page that can write proofs of runs shows "Export proof…".
    void offerExport() { m_offersExport = true; }

Q_SIGNALS:
    void retryAsked();
    void exportAsked();

protected:
    void changeEvent(QEvent* event) override;

private:
    void setupHead(QVBoxLayout* layout);
    QWidget* makeSummary();
    QWidget* makeRules();
    void refreshState();
    void renewSummary();
    void fillSummary(const RunInfo& run);
    void add(const QString& name, const QString& value);
    void showExamples();

    RunId m_run;
    bool m_offersRetry = true;
    bool m_offersExport = false;
    std::optional<RunState> m_state;
    QLabel* m_title = nullptr;
    QLabel* m_sign = nullptr;
    QLabel* m_word = nullptr;
    QPushButton* m_retry = nullptr;
    QPushButton* m_export = nullptr;
    QWidget* m_content = nullptr;
    Banner* m_error = nullptr;
    QScrollArea* m_summaryArea = nullptr;
    QVBoxLayout* m_summaryColumn = nullptr;
    QWidget* m_summaryHome = nullptr;
    QFormLayout* m_summary = nullptr;
    QLabel* m_rulesTitle = nullptr;
    QTableView* m_rules = nullptr;
    QLabel* m_examplesTitle = nullptr;
    QTableView* m_examples = nullptr;
    RulesModel* m_rulesModel = nullptr;
    ExamplesModel* m_examplesModel = nullptr;
};

} // namespace daymark::ui
