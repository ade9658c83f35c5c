// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/engine_bridge.h"
#include "ui/sources/first_day_dialog.h"
#include "ui/sources/secret_keeper.h"
#include "ui/sources/source_wizard.h"

#include <QWidget>

class QHBoxLayout;
class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;
class QVBoxLayout;

namespace daymark::ui {

class AcceptColumns;
class Banner;
class RemoveDialog;
class SourceActions;
class SourceDetails;
class SourcesModel;

/// All sources, and what can be done with them.
class SourcesPage : public QWidget
{
    Q_OBJECT

public:
    SourcesPage(EngineBridge& bridge, const SecretKeeper& secrets, QWidget* parent = nullptr);

    [[nodiscard]] SourceActions& actions() { return *m_actions; }
    /// Whether the sources were read.
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    [[nodiscard]] QString selected() const;
    void select(const QString& source);
    /// Opens the wizard for a new source; `kind` is chosen to begin with.
    SourceWizard* addSource(const std::string& kind = {});

Q_SIGNALS:
    void calendarAsked(const QString& source);

private:
    void setupButtons(QVBoxLayout* layout);
    void setupBody(QVBoxLayout* layout);
    void connectActions();
    void connectBridge();

    void start();
    void reload();
    void showSources(Result<std::vector<SourceInfo>>& sources);
    void showSelected();
    void refreshActions();

    SourceWizard* openWizard(const SourceInput& input, const std::optional<SourceInfo>& saved,
                             SourceWizard::Step step);
    void edit(SourceWizard::Step step);
    void duplicate();
    void test();
    void poll();
    void toggle();
    void offerToggleBack(const QString& name, bool enabled);
    void copyStatements();
    void addDemo();
    void moveFirstDay(FirstDayWay way);
    void showColumns(const SourceInfo* source);
    void askRemoval();
    void remove(const RemoveDialog& dialog);

    EngineBridge& m_bridge;
    SecretKeeper m_secrets;
    SourceActions* m_actions = nullptr;
    SourcesModel* m_model = nullptr;
    QSortFilterProxyModel* m_sorted = nullptr;
    Banner* m_message = nullptr;
    Banner* m_columns = nullptr; ///< that the columns of the selected source block its imports
    AcceptColumns* m_acceptColumns = nullptr;
    QStackedWidget* m_stack = nullptr;
    QWidget* m_body = nullptr;
    QWidget* m_add = nullptr; ///< the welcome has one of its own
    QWidget* m_buttons = nullptr;
    QWidget* m_welcome = nullptr;
    QTableView* m_table = nullptr;
    SourceDetails* m_details = nullptr;
    bool m_loaded = false;
    QString m_wanted; ///< to be selected once it is listed
    Request m_sources;
    Request m_poll;
    Request m_change;
    Request m_landed;
};

} // namespace daymark::ui
