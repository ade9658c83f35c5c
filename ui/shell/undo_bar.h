// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/engine_bridge.h"
#include "ui/style/widgets.h"

namespace daymark::ui {

/// Says what was just done, with a button that takes it back. The latest one only.
class UndoBar : public Banner
{
    Q_OBJECT

public:
    explicit UndoBar(EngineBridge& bridge, QWidget* parent = nullptr);

    void offer(const Undo& undo);
    /// Takes back what is on offer; nothing where nothing is.
    void undo();
    [[nodiscard]] bool canUndo() const;

Q_SIGNALS:
    void offerChanged();

protected:
    void hideEvent(QHideEvent* event) override;

private:
    void withdraw();
    void take(const Status& status, const QString& undone);

    EngineBridge& m_bridge;
    std::optional<Undo> m_offer;
    QPushButton* m_button = nullptr;
    Request m_request;
};

} // namespace daymark::ui
