// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/widgets.h"

#include "core/engine/views.h"
#include "ui/bridge/request.h"

class QProgressBar;

namespace daymark::ui {

/// A run that is under way: how far it is, and the button that ends it.
class LiveRunCard : public Card
{
    Q_OBJECT

public:
    explicit LiveRunCard(QWidget* parent = nullptr);

    void showProgress(const RunProgress& progress);
    void showCancelling();
    /// The run is over; the card stays until the next day of its source or the end of its pass.
    void showResult(const RunInfo& run);
    void setWritable(bool writable);

    [[nodiscard]] RunId run() const { return m_run; }
    [[nodiscard]] bool isOver() const { return m_over; }
    /// The line of this card's own questions.
    [[nodiscard]] Request& request() { return m_request; }

Q_SIGNALS:
    void cancelAsked();

private:
    void setupRows();
    void takeRun(const RunProgress& progress);
    void refreshCancel();

    RunId m_run;
    Request m_request;
    bool m_over = false;
    bool m_cancelling = false;
    bool m_writable = true;
    QLabel* m_title = nullptr;
    QLabel* m_phase = nullptr;
    QLabel* m_figures = nullptr;
    QProgressBar* m_bar = nullptr;
    QPushButton* m_cancel = nullptr;
};

/// `41,902 rows · 512,000 rows/s · 3 s left · 12 rejected`
[[nodiscard]] QString progressFigures(const RunProgress& progress);

/// One sentence on how a run ended: `demo, 12 November 2026: cancelled; the day is as it was.`
[[nodiscard]] QString resultSentence(const RunInfo& run);

} // namespace daymark::ui
