// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDate>
#include <QWidget>

class QComboBox;
class QLabel;
class QHBoxLayout;
class QToolButton;

namespace daymark::ui {

/// The choice of the source and of the month.
class CalendarHeader : public QWidget
{
    Q_OBJECT

public:
    explicit CalendarHeader(QWidget* parent = nullptr);

    /// Offers the sources and keeps the chosen one where it is still there.
    void setSources(const QStringList& names);
    void setMonth(QDate month);
    void choose(const QString& source);
    [[nodiscard]] QString source() const;

Q_SIGNALS:
    void sourceChosen(const QString& name);
    void previousMonthAsked();
    void nextMonthAsked();
    void todayAsked();

private:
    void setupSource(QHBoxLayout* layout);
    void setupMonth(QHBoxLayout* layout);
    QToolButton* arrow(Qt::ArrowType type, const QString& name, const QString& keys);

    QComboBox* m_source = nullptr;
    QLabel* m_month = nullptr;
};

} // namespace daymark::ui
