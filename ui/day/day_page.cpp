// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/day/day_page.h"

#include "ui/calendar/accept_columns.h"
#include "ui/calendar/calendar_page.h"
#include "ui/calendar/day_commands.h"
#include "ui/calendar/day_panel.h"
#include "ui/calendar/month_grid.h"
#include "ui/day/day_story_view.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace daymark::ui {

using Lane = EngineBridge::Lane;

namespace {

constexpr int kPanelWidth = 270;

QPushButton* addButton(QHBoxLayout* layout, const QString& text, QWidget* parent)
{
    auto* button = new QPushButton(text, parent);
    button->setAutoDefault(false);
    button->setMinimumHeight(28);
    layout->addWidget(button);
    return button;
}

QToolButton* addArrow(QHBoxLayout* layout, Qt::ArrowType type, const QString& name, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setArrowType(type);
    button->setAccessibleName(name);
    setTip(button, name);
    button->setMinimumSize(28, 28);
    button->setFocusPolicy(Qt::StrongFocus);
    layout->addWidget(button);
    return button;
}

} // namespace

DayPage::DayPage(EngineBridge& bridge, CalendarPage& calendar, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_calendar(calendar)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 12);
    layout->setSpacing(10);
    setupHeader(layout);
    m_message = new Banner(this);
    m_message->setDismissible(tr("Dismiss message"));
    layout->addWidget(m_message);
    m_columns = new Banner(this);
    calendar.acceptColumns().addTo(m_columns, [this] { return m_source; });
    connect(&calendar.acceptColumns(), &AcceptColumns::said, m_message, &Banner::say);
    layout->addWidget(m_columns);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(14);
    m_panel = new DayPanel(calendar.actions(), this);
    m_panel->setFixedWidth(qMax(kPanelWidth, m_panel->minimumSizeHint().width()));
    m_story = new DayStoryView(this);
    columns->addWidget(m_panel);
    columns->addWidget(m_story, 1);
    layout->addLayout(columns, 1);
    connectCalendar();
    connectBridge();
}

void DayPage::setupHeader(QVBoxLayout* layout)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    QPushButton* back = addButton(row, tr("Back to c&alendar"), this);
    setFocusProxy(back);
    setTip(back, tr("Alt+Left, or Escape"));
    connect(back, &QPushButton::clicked, this, &DayPage::backAsked);
    row->addSpacing(8);
    QToolButton* earlier = addArrow(row, Qt::LeftArrow, tr("Previous day"), this);
    QToolButton* later = addArrow(row, Qt::RightArrow, tr("Next day"), this);
    connect(earlier, &QToolButton::clicked, this, [this] { turn(-1); });
    connect(later, &QToolButton::clicked, this, [this] { turn(1); });
    m_title = headingLabel({}, 1.2, this);
    row->addWidget(m_title, 1);
    QPushButton* preview = addButton(row, tr("Preview ro&ws"), this);
    setTip(preview, tr("Checks rows of the day without importing them."));
    connect(preview, &QPushButton::clicked, this,
            [this] { Q_EMIT previewAsked(m_source, m_shown); });
    layout->addLayout(row);
}

void DayPage::connectCalendar()
{
    connect(&m_calendar, &CalendarPage::dayShown, this, &DayPage::showDay);
    connect(&m_calendar, &CalendarPage::loaded, this, [this] {
        if (isVisible() && m_calendar.source().isEmpty())
            Q_EMIT backAsked();
    });
    connect(&m_calendar, &CalendarPage::explained, m_panel, [this](const DayExplained& explained) {
        m_panel->showExplanation(explained, m_bridge.now());
    });
    connect(&m_calendar, &CalendarPage::explainFailed, m_panel, &DayPanel::showFailure);
    connect(&m_calendar.commands(), &DayCommands::probing, m_panel, &DayPanel::showProbing);
    connect(&m_calendar.commands(), &DayCommands::said, m_message, &Banner::say);
    connect(m_story, &DayStoryView::statementCopied, this,
            [this] { m_message->say(Tone::Good, tr("The statement was copied.")); });
}

void DayPage::connectBridge()
{
    connect(&m_bridge, &EngineBridge::runStarted, m_story, &DayStoryView::put);
    connect(&m_bridge, &EngineBridge::runProgressed, m_story, &DayStoryView::put);
    connect(&m_bridge, &EngineBridge::runFinished, this, [this](const RunInfo& run) {
        if (text(run.source) == m_source && toDate(run.day) == m_shown)
            reload();
    });
}

QDate DayPage::day() const { return m_shown; }

void DayPage::showDay()
{
    const QDate day = m_calendar.grid().selected();
    if (m_calendar.source() != m_source || day != m_shown) {
        m_source = m_calendar.source();
        m_shown = day;
        m_request.cancel();
        m_loaded = false;
        m_message->say(Tone::Information, {});
        m_story->clear();
        m_title->setText(tr("%1, %2").arg(m_source, plainDate(day)));
    }
    m_panel->showDay(m_calendar.facts(), day);
    m_columns->say(Tone::Warning, m_calendar.columnsBlock());
    reload();
}

void DayPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    reload();
}

void DayPage::reload()
{
    if (!isVisible() || m_source.isEmpty())
        return;
    if (m_request.pending()) {
        m_stale = true;
        return;
    }
    m_stale = false;
    m_bridge.ask(
        m_request, Lane::Ledger,
        [name = utf8(m_source), day = toDay(m_shown)](Engine& engine, std::stop_token) {
            return engine.dayStory(name, day);
        },
        [this](const Result<DayStory>& story) {
            if (story) {
                m_loaded = true;
                m_story->showStory(*story);
            } else {
                m_message->say(Tone::Error, errorText(story.error()));
            }
            if (m_stale)
                reload();
        });
}

void DayPage::turn(int days) { m_calendar.grid().select(m_shown.addDays(days)); }

} // namespace daymark::ui
