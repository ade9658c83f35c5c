// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/run_proof.h"

#include <QDialog>

class QTabWidget;
class QVBoxLayout;

namespace daymark::ui {

/// Shows the proof of a run, or why the file is none. Needs no workspace and changes nothing.
class ProofWindow : public QDialog
{
    Q_OBJECT

public:
    ProofWindow(const QString& file, const Result<RunProof>& proof, QWidget* parent = nullptr);

private:
    void showProof(const QString& file, const RunProof& proof, QVBoxLayout* layout);
    void addTable(QTabWidget* tabs, const QString& title, const QStringList& headings,
                  const QList<QStringList>& rows);
    void addRules(QTabWidget* tabs, const RunProof& proof);
    void addCalendar(QTabWidget* tabs, const RunProof& proof);
};

} // namespace daymark::ui
