// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/engine_bridge.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTableView;
class QVBoxLayout;

namespace daymark::ui {

class Banner;
class CatalogFilter;
class CatalogModel;
class MetricPage;

/// The metrics that landed, and one of them at a time.
class CatalogPage : public QWidget
{
    Q_OBJECT

public:
    explicit CatalogPage(EngineBridge& bridge, QWidget* parent = nullptr);

    /// Opens a metric's own page.
    void openMetric(const QString& name);
    /// Opens the page of the metric that is listed first, if any.
    void openFirst();
    void showList();
    [[nodiscard]] MetricPage& metricPage() { return *m_metric; }
    /// Whether the catalog was read.
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    /// Whether an answer is still to come.
    [[nodiscard]] bool isBusy() const;

Q_SIGNALS:
    /// The catalog came on show or is new.
    void loaded();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void setupSearch(QVBoxLayout* layout);
    QWidget* makeList();
    QWidget* makeEmpty();
    void connectBridge();

    void reload();
    void show(Result<std::vector<MetricInfo>> metrics);
    [[nodiscard]] int clockWidth() const;
    void refreshCount();
    void showCurrent();
    void openCurrent();
    [[nodiscard]] QString current() const;

    EngineBridge& m_bridge;
    CatalogModel* m_model = nullptr;
    CatalogFilter* m_filter = nullptr;
    QStackedWidget* m_pages = nullptr;
    QWidget* m_list = nullptr;
    MetricPage* m_metric = nullptr;
    Banner* m_message = nullptr;
    QLineEdit* m_search = nullptr;
    QCheckBox* m_hidden = nullptr;
    QPushButton* m_open = nullptr;
    QLabel* m_count = nullptr;
    QStackedWidget* m_stack = nullptr;
    QTableView* m_table = nullptr;
    QLabel* m_detail = nullptr;
    QWidget* m_empty = nullptr;
    QLabel* m_emptyTitle = nullptr;
    QLabel* m_emptyWords = nullptr;
    bool m_loaded = false;
    bool m_stale = true; ///< something may have landed since the catalog was read
    Request m_request;
};

} // namespace daymark::ui
