// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/calendar/day_filter.h"

#include <QWidget>

class QAction;
class QComboBox;
class QHBoxLayout;
class QLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace daymark::ui {

/// How much of a calendar is on show.
enum class Zoom { Month, Year };

/// The choice of the source, of the days that stand out, and of the month or year.
class CalendarHeader : public QWidget
{
    Q_OBJECT

public:
    explicit CalendarHeader(QWidget* parent = nullptr);

    /// Offers the sources and keeps the chosen one where it is still there.
    void setSources(const QStringList& names);
    /// Names the month or the year of this day.
    void setPage(QDate day, Zoom zoom);
    /// Says beside each filter how many days pass.
    void setCounts(const CalendarFacts& facts);
    /// Puts a button at the end that switches the action on and off.
    void addPastButton(QAction* action);
    void choose(const QString& source);
    [[nodiscard]] QString source() const;

Q_SIGNALS:
    void sourceChosen(const QString& name);
    void filterChosen(daymark::ui::DayFilter filter);
    void zoomChosen(daymark::ui::Zoom zoom);
    void previousAsked();
    void nextAsked();
    void todayAsked();

protected:
    void changeEvent(QEvent* event) override;

private:
    QHBoxLayout* addGroup(QLayout* row);
    void setupSource(QHBoxLayout* layout);
    void setupFilter(QHBoxLayout* layout);
    void setupZoom(QHBoxLayout* layout);
    void setupPage(QHBoxLayout* layout);
    QToolButton* arrow(Qt::ArrowType type);
    QPushButton* zoomButton(const QString& text, Zoom zoom);
    void refreshZoom();

    QComboBox* m_source = nullptr;
    QComboBox* m_filter = nullptr;
    QPushButton* m_monthButton = nullptr;
    QPushButton* m_yearButton = nullptr;
    QToolButton* m_previous = nullptr;
    QToolButton* m_next = nullptr;
    QLabel* m_page = nullptr;
};

} // namespace daymark::ui
