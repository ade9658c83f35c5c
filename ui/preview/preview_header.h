// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/views.h"

#include <QDate>
#include <QWidget>

class QComboBox;
class QHBoxLayout;
class QPushButton;

namespace daymark::ui {

/// The choice of the source and of its day, and the buttons that begin a check.
class PreviewHeader : public QWidget
{
    Q_OBJECT

public:
    explicit PreviewHeader(QWidget* parent = nullptr);

    /// Offers the sources and keeps the chosen one where it is still there.
    void setSources(const QStringList& names);
    /// Offers the days of the chosen source, the latest first, and keeps the chosen one.
    void setDays(const CalendarView& view);
    void clearDays();
    void choose(const QString& source, std::optional<QDate> day);
    /// Whether checks can be begun, and why the whole day can't be.
    void setReady(bool ready, bool wholeDay, const QString& why);

    [[nodiscard]] QString source() const;
    /// None: the day that the engine chooses.
    [[nodiscard]] std::optional<QDate> day() const;

Q_SIGNALS:
    void sourceChosen();
    void dayChosen();
    void checkAsked();
    void wholeDayAsked();

private:
    void setupChoices(QHBoxLayout* layout);
    void setupButtons(QHBoxLayout* layout);

    QComboBox* m_source = nullptr;
    QComboBox* m_day = nullptr;
    QStringList m_shown; ///< the days on offer
    QPushButton* m_again = nullptr;
    QPushButton* m_whole = nullptr;
};

} // namespace daymark::ui
