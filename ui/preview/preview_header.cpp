// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/preview_header.h"

#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>

namespace daymark::ui {

namespace {

constexpr int kControlHeight = 28;

QComboBox* addChoice(QHBoxLayout* layout, const QString& label, QWidget* parent)
{
    auto* choice = new QComboBox(parent);
    choice->setMinimumHeight(kControlHeight);
    choice->setMaxVisibleItems(20);
    choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    choice->setMinimumContentsLength(14);
    QLabel* name = plainLabel(label, parent);
    name->setBuddy(choice);
    layout->addWidget(name);
    layout->addWidget(choice);
    return choice;
}

} // namespace

PreviewHeader::PreviewHeader(QWidget* parent) : QWidget(parent)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    setupChoices(layout);
    layout->addStretch(1);
    setupButtons(layout);
    clearDays();
}

void PreviewHeader::setupChoices(QHBoxLayout* layout)
{
    m_source = addChoice(layout, tr("S&ource"), this);
    layout->addSpacing(8);
    m_day = addChoice(layout, tr("Da&y of rows"), this);
    m_day->setMinimumContentsLength(22);
    connect(m_source, &QComboBox::currentIndexChanged, this, [this] {
        clearDays();
        Q_EMIT sourceChosen();
    });
    connect(m_day, &QComboBox::currentIndexChanged, this, &PreviewHeader::dayChosen);
}

void PreviewHeader::setupButtons(QHBoxLayout* layout)
{
    m_again = new QPushButton(tr("Chec&k again"), this);
    m_whole = new QPushButton(tr("Check the &whole day"), this);
    setTip(m_again, tr("Reads the first rows anew."));
    for (QPushButton* button : {m_again, m_whole}) {
        button->setMinimumHeight(kControlHeight);
        button->setAutoDefault(false);
        layout->addWidget(button);
    }
    connect(m_again, &QPushButton::clicked, this, &PreviewHeader::checkAsked);
    connect(m_whole, &QPushButton::clicked, this, &PreviewHeader::wholeDayAsked);
}

void PreviewHeader::setSources(const QStringList& names)
{
    QStringList shown;
    for (int i = 0; i < m_source->count(); ++i)
        shown << m_source->itemText(i);
    if (shown == names)
        return;
    const QString chosen = source();
    {
        const QSignalBlocker quiet(m_source);
        m_source->clear();
        m_source->addItems(names);
        m_source->setCurrentIndex(names.isEmpty() ? -1 : qMax(0, int(names.indexOf(chosen))));
    }
    if (source() != chosen) {
        clearDays();
        Q_EMIT sourceChosen();
    }
}

void PreviewHeader::clearDays()
{
    const QSignalBlocker quiet(m_day);
    m_shown.clear();
    m_day->clear();
    m_day->addItem(tr("Next or latest signalled"));
}

void PreviewHeader::setDays(const CalendarView& view)
{
    QStringList words;
    for (auto it = view.days.rbegin(); it != view.days.rend(); ++it)
        words << QStringLiteral("%1, %2").arg(isoDate(toDate(it->planned.day)),
                                              text(stateName(it->planned.state)));
    if (words == m_shown)
        return; // it may be open at the moment
    const std::optional<QDate> chosen = day();
    const QSignalBlocker quiet(m_day);
    clearDays();
    m_shown = words;
    for (const QString& item : words)
        m_day->addItem(item, QDate::fromString(item.left(10), Qt::ISODate));
    if (chosen)
        choose(source(), chosen);
}

void PreviewHeader::choose(const QString& source, std::optional<QDate> day)
{
    if (source != this->source()) {
        const QSignalBlocker quiet(m_source);
        m_source->setCurrentIndex(
            m_source->findText(source, Qt::MatchExactly | Qt::MatchCaseSensitive));
        clearDays();
    }
    const QSignalBlocker quiet(m_day);
    int index = 0;
    if (day) {
        index = m_day->findData(*day);
        if (index < 0) {
            m_day->addItem(isoDate(*day), *day);
            index = m_day->count() - 1;
        }
    }
    m_day->setCurrentIndex(index);
}

void PreviewHeader::setReady(bool ready, bool wholeDay, const QString& why)
{
    m_again->setEnabled(ready);
    m_whole->setEnabled(ready && wholeDay);
    setTip(m_whole, why);
}

QString PreviewHeader::source() const { return m_source->currentText(); }

std::optional<QDate> PreviewHeader::day() const
{
    const QVariant date = m_day->currentData();
    return date.isValid() ? std::optional(date.toDate()) : std::nullopt;
}

} // namespace daymark::ui
