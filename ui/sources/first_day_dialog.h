// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/first_day.h"
#include "ui/bridge/engine_bridge.h"

#include <QDialog>
#include <QTimer>

class QDateEdit;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QVBoxLayout;

namespace daymark::ui {

/// Which way the first day of a source with landed days is moved.
enum class FirstDayWay {
    Backfill, ///< back, so that earlier days land too
    StartOver ///< beyond what has landed, which stays
};

/// Asks for another first day of a source, tells what comes of each day that is chosen, and moves
/// it once that was agreed to.
class FirstDayDialog : public QDialog
{
    Q_OBJECT

public:
    FirstDayDialog(EngineBridge& bridge, const SourceInfo& source, FirstDayWay way, QDate day,
                   QWidget* parent);

    /// What would come of the chosen day, or why it cannot be.
    [[nodiscard]] QString consequence() const;

Q_SIGNALS:
    /// The first day was moved; a sentence that says so.
    void moved(const QString& sentence);

private:
    void setupFields(QVBoxLayout* layout, QDate day);
    void setupButtons(QVBoxLayout* layout);
    void look();
    void showLook(const Result<FirstDayOutcome>& outcome);
    void move();
    void finish(const Result<FirstDayOutcome>& outcome);
    void setBusy(bool busy);
    [[nodiscard]] FirstDayMove request(bool dryRun) const;

    EngineBridge& m_bridge;
    std::string m_source;
    FirstDayWay m_way;
    QDateEdit* m_day = nullptr;
    QLineEdit* m_reason = nullptr;
    QLabel* m_consequence = nullptr;
    QProgressBar* m_busy = nullptr;
    QPushButton* m_move = nullptr;
    QTimer m_pause; ///< until the day is typed
    Request m_look;
    Request m_act;
};

} // namespace daymark::ui
