// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/calendar/calendar_facts.h"
#include "ui/style/widgets.h"

class QFormLayout;
class QVBoxLayout;

namespace daymark::ui {

class DayActions;

/// All about the selected day: its state, why it is so, the evidence, and what can be done.
class DayPanel : public Card
{
    Q_OBJECT

public:
    explicit DayPanel(DayActions& actions, QWidget* parent = nullptr);

    /// Shows what the calendar knows of the day at once; the explanation follows.
    void showDay(const CalendarFacts& facts, QDate day);
    void showExplanation(const DayExplained& explained, Instant now);
    void showFailure(const Error& error);
    /// While the source is asked.
    void showProbing();
    /// Offers a button that asks for all about the day.
    void setOpenable();

    [[nodiscard]] QString sentence() const;

Q_SIGNALS:
    void openAsked();

protected:
    void changeEvent(QEvent* event) override;

private:
    void setupHead(QLayout* layout);
    void setupEvidence(QLayout* layout);
    void setupButtons(QLayout* layout, DayActions& actions);
    void refreshState();
    void addEvidence(const QString& name, const QString& value);
    void emphasise(const Explanation& explanation);

    std::optional<DayState> m_state;
    QString m_word;
    QVBoxLayout* m_layout = nullptr;
    QLabel* m_date = nullptr;
    QLabel* m_sign = nullptr;
    QLabel* m_stateWord = nullptr;
    QLabel* m_sentence = nullptr;
    QWidget* m_evidenceHome = nullptr;
    QFormLayout* m_evidence = nullptr;
    QList<QPushButton*> m_buttons;
};

} // namespace daymark::ui
