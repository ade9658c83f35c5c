// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/day_panel.h"

#include "ui/calendar/day_actions.h"
#include "ui/style/glyph.h"
#include "ui/style/text.h"

#include <QAction>
#include <QEvent>
#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace daymark::ui {

namespace {

QString instantText(const std::optional<Instant>& instant, Instant now)
{
    return instant ? clockTime(*instant, now) : QString();
}

QString figureText(const std::optional<std::uint64_t>& number)
{
    return number ? figure(*number) : QString();
}

QString signalText(const DayEvidence& evidence, Instant now)
{
    if (!evidence.firstSeen)
        return {};
    return DayPanel::tr("%1, by %2")
        .arg(clockTime(*evidence.firstSeen, now), evidence.signalledBy.empty()
                                                      ? DayPanel::tr("the source")
                                                      : text(evidence.signalledBy));
}

QString probeText(const DayEvidence& evidence, Instant now)
{
    if (!evidence.sourceRows)
        return {};
    QString words = DayPanel::tr("%1 at %2")
                        .arg(figure(*evidence.sourceRows), instantText(evidence.probedAt, now));
    if (evidence.verdict)
        words += QStringLiteral("\n") + text(*evidence.verdict);
    return words;
}

} // namespace

DayPanel::DayPanel(DayActions& actions, QWidget* parent) : Card(parent)
{
    setAccessibleName(tr("Selected day"));
    m_layout = new QVBoxLayout(this);
    m_layout->setContentsMargins(18, 16, 18, 16);
    m_layout->setSpacing(10);
    setupHead(m_layout);
    setupEvidence(m_layout);
    setupButtons(m_layout, actions);
}

void DayPanel::setupHead(QLayout* layout)
{
    m_date = headingLabel({}, 1.25, this);
    m_date->setWordWrap(true);
    m_sign = new QLabel(this);
    m_stateWord = headingLabel({}, 1.05, this);
    m_stateWord->setWordWrap(true);
    auto* state = new QHBoxLayout;
    state->setSpacing(7);
    state->addWidget(m_sign);
    state->addWidget(m_stateWord, 1);
    layout->addWidget(m_date);
    static_cast<QVBoxLayout*>(layout)->addLayout(state);
}

void DayPanel::setupEvidence(QLayout* layout)
{
    auto* home = new QWidget(this);
    auto* column = new QVBoxLayout(home);
    column->setContentsMargins(0, 0, 6, 0);
    column->setSpacing(14);
    m_sentence = wrappedLabel({}, home);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_evidenceHome = new QWidget(home);
    m_evidence = new QFormLayout(m_evidenceHome);
    m_evidence->setContentsMargins(0, 0, 0, 0);
    m_evidence->setHorizontalSpacing(14);
    m_evidence->setVerticalSpacing(6);
    m_evidence->setRowWrapPolicy(QFormLayout::DontWrapRows);
    column->addWidget(m_sentence);
    column->addWidget(m_evidenceHome);
    column->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setAccessibleName(tr("Explanation and evidence"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(home);
    scroll->viewport()->setAutoFillBackground(false);
    home->setAutoFillBackground(false);
    static_cast<QVBoxLayout*>(layout)->addWidget(scroll, 1);
}

void DayPanel::setupButtons(QLayout* layout, DayActions& actions)
{
    auto* grid = new QGridLayout;
    grid->setSpacing(8);
    const QList<QAction*> all = actions.all();
    for (qsizetype i = 0; i < all.size(); ++i) {
        QPushButton* button = buttonFor(all[i], this);
        button->setMinimumHeight(30);
        grid->addWidget(button, int(i) / 2, int(i) % 2);
        m_buttons.append(button);
    }
    static_cast<QVBoxLayout*>(layout)->addLayout(grid);
}

void DayPanel::showDay(const CalendarFacts& facts, QDate day)
{
    const CellContent content = facts.cell(day);
    m_state = content.state;
    m_word = content.state ? text(stateName(*content.state)) : tr("not in the calendar");
    for (const Mark mark : content.marks)
        m_word += QStringLiteral(", ") + markWord(mark);
    refreshState();
    if (m_date->text() == fullDate(day))
        return;
    m_date->setText(fullDate(day));
    m_sentence->setText(content.description);
}

void DayPanel::showExplanation(const DayExplained& explained, Instant now)
{
    const DayEvidence& evidence = explained.evidence;
    m_sentence->setText(text(explained.explanation.sentence));
    while (m_evidence->rowCount() > 0)
        m_evidence->removeRow(0);
    addEvidence(tr("Reason"), text(evidence.reason));
    addEvidence(tr("Rows"), figureText(evidence.rows));
    addEvidence(tr("Rejected"), figureText(evidence.rejected));
    addEvidence(tr("Run"), evidence.run ? QString::number(evidence.run->value) : QString());
    addEvidence(tr("Signal first seen"), signalText(evidence, now));
    addEvidence(tr("Rows at the source"), probeText(evidence, now));
    addEvidence(tr("Last poll"), instantText(evidence.poll.last, now));
    addEvidence(tr("Next poll"), instantText(evidence.poll.next, now));
    if (evidence.poll.error)
        addEvidence(tr("Poll error"), errorText(*evidence.poll.error));
    emphasise(explained.explanation);
}

void DayPanel::showFailure(const Error& error) { m_sentence->setText(errorText(error)); }

void DayPanel::showProbing() { m_sentence->setText(tr("Counting the rows at the source…")); }

void DayPanel::addEvidence(const QString& name, const QString& value)
{
    if (value.isEmpty())
        return;
    QLabel* label = plainLabel(name, m_evidenceHome);
    label->setForegroundRole(QPalette::PlaceholderText);
    QLabel* words = wrappedLabel(value, m_evidenceHome);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_evidence->addRow(label, words);
}

/// The action that helps most stands out.
void DayPanel::emphasise(const Explanation& explanation)
{
    const QString best =
        explanation.actions.empty() ? QString() : text(explanation.actions.front().label);
    for (QPushButton* button : m_buttons) {
        QString label = button->text();
        QFont font = button->font();
        font.setBold(label.remove(QLatin1Char('&')) == best && button->isEnabled());
        button->setFont(font);
    }
}

void DayPanel::setOpenable()
{
    auto* open = new QPushButton(tr("&Open day"), this);
    open->setMinimumHeight(30);
    open->setAutoDefault(false);
    setTip(open, tr("Shows the day's runs, files and journal. Enter does the same."));
    connect(open, &QPushButton::clicked, this, &DayPanel::openAsked);
    m_layout->addWidget(open);
}

QString DayPanel::sentence() const { return m_sentence->text(); }

void DayPanel::changeEvent(QEvent* event)
{
    Card::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_stateWord)
        refreshState();
}

void DayPanel::refreshState()
{
    const Look look = lookOf(m_state.value_or(DayState::Future), palette());
    m_sign->setVisible(m_state.has_value());
    if (m_state)
        m_sign->setPixmap(glyphPixmap(glyphOf(*m_state), look.ink, 17));
    m_stateWord->setText(m_word);
    QPalette colours = m_stateWord->palette();
    colours.setColor(QPalette::WindowText, look.ink);
    m_stateWord->setPalette(colours);
}

} // namespace daymark::ui
