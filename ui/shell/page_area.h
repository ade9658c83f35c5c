// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

class QStackedWidget;

namespace daymark::ui {

/// Room for the pages. Where the one on show has too little, on a small screen or in large type, it
/// scrolls and nothing of it is lost.
class PageArea : public QScrollArea
{
    Q_OBJECT

public:
    explicit PageArea(QStackedWidget* pages, QWidget* parent = nullptr);
};

} // namespace daymark::ui
