// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/views.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QPushButton;
class QTableView;
class QVBoxLayout;

namespace daymark::ui {

class FindingsModel;
class RuleListModel;
class SampleFilter;
class SampleModel;

/// What came of a preview: the findings on top, and below them the rules that were broken, which
/// filter the rows beside them.
class PreviewResult : public QWidget
{
    Q_OBJECT

public:
    explicit PreviewResult(QWidget* parent = nullptr);

    /// The chosen rule stays chosen where it is broken still.
    ///
    /// @param tolerance  the percentage of rejected rows that a day of the source may have.
    void showPreview(const Preview& preview, std::optional<double> tolerance);
    void clear();

private:
    void setupFindings(QVBoxLayout* layout);
    QWidget* makeRules();
    QWidget* makeRows();
    void showRows(const Preview& preview);
    void fitFindings();
    void filterByRule();
    void jumpToRow();
    void showAllRows();
    void refreshRows();

    QLabel* m_summary = nullptr;
    QTableView* m_findings = nullptr;
    QWidget* m_rulesHome = nullptr;
    QTableView* m_rules = nullptr;
    QLabel* m_ruleWords = nullptr;
    QTableView* m_rows = nullptr;
    QLabel* m_rowsTitle = nullptr;
    QCheckBox* m_onlyFaulty = nullptr;
    QPushButton* m_all = nullptr;
    FindingsModel* m_findingsModel = nullptr;
    RuleListModel* m_rulesModel = nullptr;
    SampleModel* m_rowsModel = nullptr;
    SampleFilter* m_filter = nullptr;
    std::uint64_t m_rowsRead = 0;
};

} // namespace daymark::ui
