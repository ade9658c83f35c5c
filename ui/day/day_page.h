// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/engine_bridge.h"

#include <QDate>
#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace daymark::ui {

class Banner;
class CalendarPage;
class DayPanel;
class DayStoryView;

/// The story of the calendar's selected day: why it is what it is, what can be done about it, and
/// everything that was. The commands are the calendar's own.
class DayPage : public QWidget
{
    Q_OBJECT

public:
    DayPage(EngineBridge& bridge, CalendarPage& calendar, QWidget* parent = nullptr);

    [[nodiscard]] QDate day() const;
    /// Whether the story of the day is on show.
    [[nodiscard]] bool isLoaded() const { return m_loaded; }

Q_SIGNALS:
    void backAsked();
    void previewAsked(const QString& source, QDate day);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void setupHeader(QVBoxLayout* layout);
    void connectCalendar();
    void connectBridge();
    void showDay();
    void reload();
    void turn(int days);

    EngineBridge& m_bridge;
    CalendarPage& m_calendar;
    QLabel* m_title = nullptr;
    Banner* m_message = nullptr;
    Banner* m_columns = nullptr; ///< that the source's columns block imports
    DayPanel* m_panel = nullptr;
    DayStoryView* m_story = nullptr;
    QString m_source;
    QDate m_shown;
    bool m_loaded = false;
    bool m_stale = false; ///< something changed while the story was being read
    Request m_request;
};

} // namespace daymark::ui
