// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/accept_columns.h"

#include "ui/calendar/columns_dialog.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QPushButton>

namespace daymark::ui {

using Lane = EngineBridge::Lane;

AcceptColumns::AcceptColumns(EngineBridge& bridge, QWidget* window)
    : QObject(window), m_bridge(bridge), m_window(window)
{
    connect(&bridge, &EngineBridge::stateChanged, this, &AcceptColumns::refresh);
}

void AcceptColumns::addTo(Banner* banner, std::function<QString()> source)
{
    QPushButton* button = banner->addButton(tr("Accept columns…"));
    connect(button, &QPushButton::clicked, this,
            [this, source = std::move(source)] { ask(source()); });
    m_buttons.append(button);
    refresh();
}

void AcceptColumns::refresh()
{
    for (QPushButton* button : m_buttons) {
        button->setEnabled(m_bridge.canWrite() && !m_accept.pending());
        button->setToolTip(
            m_bridge.canWrite()
                ? tr("Shows what differs, old and new, before anything is agreed on.")
                : tr("This window only shows the workspace."));
    }
}

void AcceptColumns::ask(const QString& source)
{
    if (m_dialog || source.isEmpty())
        return;
    m_dialog = new ColumnsDialog(source, m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &QDialog::accepted, this, [this, source] { accept(source); });
    connect(m_dialog, &QDialog::finished, this, [this] { m_look.cancel(); });
    m_bridge.ask(
        m_look, Lane::Outside,
        [name = utf8(source)](Engine& engine, std::stop_token stop) {
            return lookAtSchema(engine, name, std::move(stop));
        },
        [this](const Result<SchemaStanding>& standing) {
            if (m_dialog && standing)
                m_dialog->showStanding(*standing);
            else if (m_dialog)
                m_dialog->showFailure(standing.error());
        });
    m_dialog->open();
}

void AcceptColumns::accept(const QString& source)
{
    m_bridge.ask(
        m_accept, Lane::Outside,
        [name = utf8(source)](Engine& engine, std::stop_token stop) {
            return acceptSchema(engine, name, std::move(stop));
        },
        [this, source](const Result<std::vector<SourceColumn>>& columns) {
            if (columns)
                Q_EMIT said(Tone::Good, tr("%1 is held to its %2 columns of now. The days that "
                                           "waited for it can be imported.")
                                            .arg(source, figure(columns->size())));
            else
                Q_EMIT said(Tone::Error, errorText(columns.error()));
            refresh();
        });
    refresh();
}

} // namespace daymark::ui
