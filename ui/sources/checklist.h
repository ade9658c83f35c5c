// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/views.h"

#include <QScrollArea>

class QGridLayout;
class QLabel;

namespace daymark::ui {

/// The steps of a connection test, each with its sign, its word, what was found and what helps.
class Checklist : public QScrollArea
{
    Q_OBJECT

public:
    explicit Checklist(QWidget* parent = nullptr);

    void clear();
    void showSteps(const std::vector<TestStepInfo>& steps);
    [[nodiscard]] const std::vector<TestStepInfo>& steps() const { return m_steps; }
    /// Each step as `word: step. message hint`.
    [[nodiscard]] QStringList lines() const { return m_lines; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void rebuild();
    void addStep(int row, const TestStepInfo& step);

    std::vector<TestStepInfo> m_steps;
    QStringList m_lines;
    QWidget* m_content = nullptr;
};

} // namespace daymark::ui
