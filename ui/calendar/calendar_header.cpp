// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/calendar_header.h"

#include "ui/style/flow_row.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QAction>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>

namespace daymark::ui {

namespace {

constexpr int kHeight = 30;
constexpr int kSpacing = 6;
constexpr int kLeastChoice = 14; // characters of the choices

void nameArrow(QToolButton* button, const QString& name, const QString& keys)
{
    button->setAccessibleName(name);
    setTip(button, QStringLiteral("%1 (%2)").arg(name, keys));
}

} // namespace

CalendarHeader::CalendarHeader(QWidget* parent) : QWidget(parent)
{
    auto* row = new FlowRow(this);
    setupSource(addGroup(row));
    setupFilter(addGroup(row));
    row->addStretch();
    setupZoom(addGroup(row));
    setupPage(addGroup(row));
}

/// Controls that stay side by side.
QHBoxLayout* CalendarHeader::addGroup(QLayout* row)
{
    auto* group = new QWidget(this);
    auto* layout = new QHBoxLayout(group);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kSpacing);
    row->addWidget(group);
    return layout;
}

void CalendarHeader::setupSource(QHBoxLayout* layout)
{
    QLabel* label = plainLabel(tr("&Source"), this);
    m_source = new QComboBox(this);
    m_source->setObjectName(QStringLiteral("source"));
    m_source->setMinimumWidth(m_source->fontMetrics().averageCharWidth() * kLeastChoice);
    m_source->setMinimumHeight(kHeight);
    m_source->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_source->setMaximumWidth(m_source->fontMetrics().averageCharWidth() * 40);
    label->setBuddy(m_source);
    connect(m_source, &QComboBox::currentTextChanged, this, &CalendarHeader::sourceChosen);
    layout->addWidget(label);
    layout->addWidget(m_source);
}

void CalendarHeader::setupFilter(QHBoxLayout* layout)
{
    QLabel* label = plainLabel(tr("Fi&lter"), this);
    m_filter = new QComboBox(this);
    m_filter->setObjectName(QStringLiteral("filter"));
    m_filter->setMinimumHeight(kHeight);
    m_filter->setMinimumWidth(m_filter->fontMetrics().averageCharWidth() * kLeastChoice);
    m_filter->setMaximumWidth(m_filter->fontMetrics().averageCharWidth() * 24);
    m_filter->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    setTip(m_filter, tr("Dims the days that are not of this kind."));
    label->setBuddy(m_filter);
    for (const DayFilter filter : kDayFilters)
        m_filter->addItem(filterName(filter), int(filter));
    connect(m_filter, &QComboBox::currentIndexChanged, this,
            [this] { Q_EMIT filterChosen(DayFilter(m_filter->currentData().toInt())); });
    layout->addWidget(label);
    layout->addWidget(m_filter);
}

void CalendarHeader::setupZoom(QHBoxLayout* layout)
{
    m_monthButton = zoomButton(tr("Month"), Zoom::Month);
    setTip(m_monthButton, tr("A month, each day with its words (+)"));
    m_yearButton = zoomButton(tr("Year"), Zoom::Year);
    setTip(m_yearButton, tr("Twelve small months (-)"));
    layout->setSpacing(0);
    layout->addWidget(m_monthButton);
    layout->addWidget(m_yearButton);
}

QPushButton* CalendarHeader::zoomButton(const QString& text, Zoom zoom)
{
    auto* button = new QPushButton(text, this);
    button->setCheckable(true);
    button->setAutoExclusive(true);
    button->setAutoDefault(false);
    button->setMinimumHeight(kHeight);
    button->setFixedWidth(button->fontMetrics().horizontalAdvance(text) + 24);
    connect(button, &QPushButton::toggled, this, [this, zoom](bool on) {
        refreshZoom();
        if (on)
            Q_EMIT zoomChosen(zoom);
    });
    return button;
}

/// The zoom on show stands out in every palette.
void CalendarHeader::refreshZoom()
{
    for (QPushButton* button : {m_monthButton, m_yearButton}) {
        if (!button)
            continue;
        QPalette colours = palette();
        if (button->isChecked()) {
            // The style lightens the ground of buttons; white words need a dark one.
            colours.setColor(QPalette::Button, colours.color(QPalette::Highlight).darker(115));
            colours.setColor(QPalette::ButtonText, colours.color(QPalette::HighlightedText));
        }
        button->setPalette(colours);
    }
}

void CalendarHeader::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refreshZoom();
}

void CalendarHeader::setupPage(QHBoxLayout* layout)
{
    m_page = headingLabel({}, 1.2, this);
    m_page->setAlignment(Qt::AlignCenter);
    QFontMetrics metrics(m_page->font());
    m_page->setMinimumWidth(metrics.horizontalAdvance(QStringLiteral("September 2026")) + 6);
    m_previous = arrow(Qt::LeftArrow);
    m_next = arrow(Qt::RightArrow);
    auto* today = new QPushButton(tr("&Today"), this);
    today->setMinimumHeight(kHeight);
    today->setAutoDefault(false);
    connect(m_previous, &QToolButton::clicked, this, &CalendarHeader::previousAsked);
    connect(m_next, &QToolButton::clicked, this, &CalendarHeader::nextAsked);
    connect(today, &QPushButton::clicked, this, &CalendarHeader::todayAsked);
    layout->addWidget(m_previous);
    layout->addWidget(m_page);
    layout->addWidget(m_next);
    layout->addWidget(today);
}

void CalendarHeader::addPastButton(QAction* action)
{
    QPushButton* button = buttonFor(action, this);
    button->setMinimumHeight(kHeight);
    layout()->addWidget(button);
}

QToolButton* CalendarHeader::arrow(Qt::ArrowType type)
{
    auto* button = new QToolButton(this);
    button->setArrowType(type);
    button->setFixedSize(kHeight, kHeight);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

void CalendarHeader::setSources(const QStringList& names)
{
    const QString before = source();
    {
        const QSignalBlocker quiet(m_source);
        m_source->clear();
        m_source->addItems(names);
        m_source->setCurrentIndex(qMax(0, int(names.indexOf(before))));
        if (names.isEmpty())
            m_source->setCurrentIndex(-1);
    }
    if (source() != before)
        Q_EMIT sourceChosen(source());
}

void CalendarHeader::setPage(QDate day, Zoom zoom)
{
    const bool year = zoom == Zoom::Year;
    const QSignalBlocker quiet(this);
    (year ? m_yearButton : m_monthButton)->setChecked(true);
    m_page->setText(
        wordsLocale().toString(day, year ? QStringLiteral("yyyy") : QStringLiteral("MMMM yyyy")));
    nameArrow(m_previous, year ? tr("Previous year") : tr("Previous month"),
              year ? tr("Ctrl+Page Up") : tr("Page Up"));
    nameArrow(m_next, year ? tr("Next year") : tr("Next month"),
              year ? tr("Ctrl+Page Down") : tr("Page Down"));
}

void CalendarHeader::setCounts(const CalendarFacts& facts)
{
    for (int i = 0; i < m_filter->count(); ++i) {
        const auto filter = DayFilter(m_filter->itemData(i).toInt());
        const QString name = filterName(filter);
        const QString words = filter == DayFilter::All
                                  ? name
                                  : tr("%1 (%2)").arg(name).arg(countPassing(filter, facts));
        if (m_filter->itemText(i) != words)
            m_filter->setItemText(i, words);
    }
}

void CalendarHeader::choose(const QString& source) { m_source->setCurrentText(source); }

QString CalendarHeader::source() const { return m_source->currentText(); }

} // namespace daymark::ui
