// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/engine_bridge.h"

#include <QDate>
#include <QHash>
#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace daymark::ui {

class Banner;
class CheckProgress;
class PreviewHeader;
class PreviewResult;
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
    void showResult();
    void refreshButtons();
    void askForFile();
    [[nodiscard]] PreviewRequest request() const;

    EngineBridge& m_bridge;
    PreviewHeader* m_header = nullptr;
    Banner* m_message = nullptr;
    CheckProgress* m_progress = nullptr;
    QStackedWidget* m_stack = nullptr;
    QLabel* m_empty = nullptr;
    QWidget* m_body = nullptr;
    PreviewResult* m_result = nullptr;
    QPushButton* m_copy = nullptr;
    QPushButton* m_save = nullptr;

    std::optional<Preview> m_preview;
    QHash<QString, double> m_tolerances; ///< of the sources, in percent
    bool m_wanted = true;                ///< the first rows are to be read once the page is on show
    Request m_sources;
    Request m_days;
    Request m_first;
    Request m_whole;
    Request m_saving;
};

} // namespace daymark::ui
