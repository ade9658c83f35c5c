// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/widgets.h"

#include "ui/style/glyph.h"
#include "ui/style/text.h"

#include <QAccessible>
#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QCompleter>
#include <QCoreApplication>
#include <QDateTime>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace daymark::ui {

namespace {

Glyph glyphOf(Tone tone)
{
    switch (tone) {
    case Tone::Information:
        return Glyph::Circle;
    case Tone::Good:
        return Glyph::Check;
    case Tone::Warning:
        return Glyph::Cross;
    case Tone::Error:
        return Glyph::Bang;
    }
    return Glyph::Circle;
}

void followAction(QPushButton* button, const QAction* action)
{
    button->setText(action->text());
    button->setEnabled(action->isEnabled());
    button->setToolTip(action->toolTip());
    button->setAccessibleDescription(action->statusTip());
}

} // namespace

QLabel* plainLabel(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    return label;
}

QLabel* wrappedLabel(const QString& text, QWidget* parent)
{
    QLabel* label = plainLabel(text, parent);
    label->setWordWrap(true);
    return label;
}

QLabel* headingLabel(const QString& text, double scale, QWidget* parent)
{
    QLabel* label = plainLabel(text, parent);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * scale);
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    return label;
}

QPushButton* buttonFor(QAction* action, QWidget* parent)
{
    auto* button = new QPushButton(parent);
    followAction(button, action);
    button->setAutoDefault(false);
    QObject::connect(action, &QAction::changed, button,
                     [button, action] { followAction(button, action); });
    if (!action->isCheckable()) {
        QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
        return button;
    }
    // Assistive technology switches it without a click.
    button->setCheckable(true);
    button->setChecked(action->isChecked());
    QObject::connect(button, &QPushButton::toggled, action, &QAction::setChecked);
    QObject::connect(action, &QAction::toggled, button, &QPushButton::setChecked);
    return button;
}

void makeTypable(QComboBox* choice)
{
    choice->setEditable(true);
    choice->setInsertPolicy(QComboBox::NoInsert);
    choice->completer()->setCompletionMode(QCompleter::PopupCompletion);
    choice->completer()->setFilterMode(Qt::MatchContains);
}

void setTip(QWidget* control, const QString& words)
{
    control->setToolTip(asToolTip(words));
    control->setAccessibleDescription(words);
}

void setTip(QAction* command, const QString& words)
{
    command->setToolTip(asToolTip(words));
    command->setStatusTip(words);
}

QString errorText(const Error& error)
{
    return shown(error.hint.empty() ? text(error.message)
                                    : text(error.message + "\n" + error.hint));
}

Card::Card(QWidget* parent) : QFrame(parent) { setContentsMargins(1, 1, 1, 1); }

void Card::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(palette().color(QPalette::Mid));
    painter.setBrush(palette().base());
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

Banner::Banner(QWidget* parent)
    : QFrame(parent)
    , m_layout(new QHBoxLayout(this))
    , m_icon(new QLabel(this))
    , m_text(wrappedLabel({}, this))
{
    m_layout->setContentsMargins(14, 8, 8, 8);
    m_layout->setSpacing(10);
    m_icon->setTextFormat(Qt::PlainText);
    m_layout->addWidget(m_icon, 0, Qt::AlignVCenter);
    m_layout->addWidget(m_text, 1);
    m_copy = addButton(tr("Copy details"));
    m_copy->hide();
    connect(m_copy, &QPushButton::clicked, this, &Banner::copyDetails);
    hide();
}

void Banner::say(Tone tone, const QString& text)
{
    m_tone = tone;
    const bool changed = text != m_words;
    m_code.clear();
    m_words = text;
    m_text->setText(breakable(text));
    m_copy->setText(tr("Copy details"));
    m_copy->setVisible(tone == Tone::Error);
    refreshLook();
    setVisible(!text.isEmpty());
    if (changed && !text.isEmpty()) {
        QAccessibleEvent event(m_text, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    }
}

void Banner::sayError(const Error& error)
{
    say(Tone::Error, errorText(error));
    m_code = ui::text(errorName(error.code));
}

/// What helps whoever is asked for help; errors carry no secrets.
void Banner::copyDetails()
{
    QStringList lines{text()};
    if (!m_code.isEmpty())
        lines << tr("Code: %1").arg(m_code);
    lines << tr("%1 %2, %3")
                 .arg(QCoreApplication::applicationName(), QCoreApplication::applicationVersion(),
                      QDateTime::currentDateTime().toString(Qt::ISODate));
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
    m_copy->setText(tr("Copied"));
}

QString Banner::text() const { return m_words; }

QPushButton* Banner::addButton(const QString& text)
{
    auto* button = new QPushButton(text, this);
    button->setAutoDefault(false);
    button->setMinimumHeight(26);
    m_layout->addWidget(button);
    return button;
}

void Banner::setDismissible(const QString& accessibleName)
{
    QPushButton* button = addButton(tr("Dismiss"));
    button->setAccessibleName(accessibleName);
    connect(button, &QPushButton::clicked, this, [this] { say(m_tone, {}); });
}

void Banner::paintEvent(QPaintEvent*)
{
    const Look look = lookOf(m_tone, palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(look.outline);
    painter.setBrush(look.fill);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

void Banner::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange || event->type() == QEvent::PaletteChange)
        refreshLook();
}

void Banner::refreshLook()
{
    const Look look = lookOf(m_tone, palette());
    m_icon->setPixmap(glyphPixmap(glyphOf(m_tone), look.ink, 16));
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, look.ink);
    if (m_text->palette().color(QPalette::WindowText) != look.ink)
        m_text->setPalette(colours);
    update();
}

} // namespace daymark::ui
