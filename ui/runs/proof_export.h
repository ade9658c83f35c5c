// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/run_proof.h"
#include "ui/bridge/engine_bridge.h"

namespace daymark::ui {

/// Asks where the proof of a run is to be written, and writes it.
class ProofExport : public QObject
{
    Q_OBJECT

public:
    /// @param window  what the question of where belongs to.
    ProofExport(EngineBridge& bridge, QWidget* window);

    /// Opens the question; the end is told by a signal.
    void ask(RunId run, const QString& source);

Q_SIGNALS:
    void written(const QString& path);
    void failed(const daymark::Error& error);

private:
    void write(RunId run, const QString& path);

    EngineBridge& m_bridge;
    QWidget* m_window;
    Request m_writing;
};

} // namespace daymark::ui
