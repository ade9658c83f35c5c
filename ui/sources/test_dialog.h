// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/engine_bridge.h"

#include <QDialog>

namespace daymark::ui {

class BusyLine;
class Checklist;
class FieldNote;

/// Tests the connection of a saved source step by step. Closing it ends the test.
class TestDialog : public QDialog
{
    Q_OBJECT

public:
    TestDialog(EngineBridge& bridge, const QString& source, QWidget* parent);

private:
    void start();
    void copyDetails();
    void showResult(const Result<SourceTest>& test);

    EngineBridge& m_bridge;
    QString m_source;
    Request m_test;
    FieldNote* m_result = nullptr;
    Checklist* m_steps = nullptr;
    BusyLine* m_busy = nullptr;
    QPushButton* m_again = nullptr;
};

} // namespace daymark::ui
