// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/proof_export.h"

#include "core/base/text.h"
#include "ui/style/text.h"

#include <QDir>
#include <QFileDialog>
#include <QStandardPaths>

namespace daymark::ui {

ProofExport::ProofExport(EngineBridge& bridge, QWidget* window)
    : QObject(window), m_bridge(bridge), m_window(window)
{}

void ProofExport::ask(RunId run, const QString& source)
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    const QString ending = text(kRunProofEnding);
    auto* dialog = new QFileDialog(m_window, tr("Export proof"), folder,
                                   tr("Proofs of runs (*%1)").arg(ending));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(ending.mid(1));
    dialog->selectFile(QStringLiteral("%1-run-%2%3")
                           .arg(text(pathSafe(utf8(source))), QString::number(run.value), ending));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, run](const QString& path) { write(run, path); });
    dialog->open();
}

void ProofExport::write(RunId run, const QString& path)
{
    m_bridge.ask(
        m_writing, EngineBridge::Lane::Ledger,
        [run, file = std::filesystem::path(utf8(path))](Engine& engine, std::stop_token) {
            return exportRun(engine, run, file);
        },
        [this, path](const Status& done) {
            if (done)
                Q_EMIT written(path);
            else
                Q_EMIT failed(done.error());
        });
}

} // namespace daymark::ui
