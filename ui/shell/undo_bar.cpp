// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/undo_bar.h"

#include <QHideEvent>
#include <QPushButton>

namespace daymark::ui {

UndoBar::UndoBar(EngineBridge& bridge, QWidget* parent) : Banner(parent), m_bridge(bridge)
{
    setAccessibleName(tr("Last change"));
    m_button = addButton(tr("Undo"));
    m_button->setToolTip(tr("Ctrl+Z"));
    setDismissible(tr("Dismiss last change"));
    connect(m_button, &QPushButton::clicked, this, &UndoBar::undo);
    connect(&m_bridge, &EngineBridge::undoOffered, this, &UndoBar::offer);
    connect(&m_bridge, &EngineBridge::stateChanged, this, [this] {
        if (!m_bridge.isOpen()) {
            withdraw();
            say(Tone::Information, {});
        }
    });
}

bool UndoBar::canUndo() const { return m_offer && !isHidden() && !m_request.pending(); }

void UndoBar::offer(const Undo& undo)
{
    m_request.cancel();
    m_offer = undo;
    m_button->show();
    m_button->setEnabled(true);
    say(Tone::Good, undo.words);
    Q_EMIT offerChanged();
}

/// What is dismissed is on offer no more.
void UndoBar::hideEvent(QHideEvent* event)
{
    Banner::hideEvent(event);
    if (m_offer && isHidden())
        withdraw();
}

void UndoBar::withdraw()
{
    m_offer.reset();
    m_button->hide();
    Q_EMIT offerChanged();
}

void UndoBar::undo()
{
    if (!canUndo())
        return;
    m_bridge.ask(
        m_request, EngineBridge::Lane::Ledger,
        [back = m_offer->takeBack](Engine& engine, const std::stop_token&) { return back(engine); },
        [this, undone = m_offer->undone](const Status& status) { take(status, undone); });
    m_button->setEnabled(false);
    Q_EMIT offerChanged();
}

void UndoBar::take(const Status& status, const QString& undone)
{
    withdraw();
    if (status)
        say(Tone::Information, undone);
    else
        sayError(status.error());
}

} // namespace daymark::ui
