// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/widgets.h"

namespace daymark::ui {

class SourceActions;

/// What the page shows while there is no source: what one is, and how to get one.
class SourcesWelcome : public Card
{
    Q_OBJECT

public:
    SourcesWelcome(const SourceActions& actions, QWidget* parent);
};

} // namespace daymark::ui
