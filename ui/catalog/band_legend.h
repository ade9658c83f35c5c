// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/catalog/metric_series.h"

#include <QWidget>

class QHBoxLayout;

namespace daymark::ui {

/// Says what the bands behind a series are, as far as there are any.
class BandLegend : public QWidget
{
    Q_OBJECT

public:
    explicit BandLegend(QWidget* parent = nullptr);

    void showBands(const QList<SeriesBand>& bands);

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();

    QHBoxLayout* m_layout = nullptr;
    QWidget* m_content = nullptr;
    QList<DayState> m_states;
};

} // namespace daymark::ui
