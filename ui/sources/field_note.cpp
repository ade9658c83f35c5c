// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/field_note.h"

#include "ui/style/glyph.h"
#include "ui/style/widgets.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>

namespace daymark::ui {

namespace {

constexpr int kNoteSign = 14;

Glyph glyphFor(Tone tone)
{
    switch (tone) {
    case Tone::Good:
        return Glyph::Check;
    case Tone::Warning:
    case Tone::Error:
        return Glyph::Bang;
    case Tone::Information:
        break;
    }
    return Glyph::Circle;
}

} // namespace

FieldNote::FieldNote(QWidget* field, QWidget* parent)
    : QWidget(parent), m_field(field), m_icon(new QLabel(this)), m_text(wrappedLabel({}, this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 2, 0, 2);
    layout->setSpacing(8);
    m_icon->setFixedWidth(kNoteSign);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setFocusPolicy(Qt::NoFocus);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    hide();
}

void FieldNote::say(Tone tone, const QString& text)
{
    m_tone = tone;
    m_text->setText(text);
    setVisible(!text.isEmpty());
    refreshLook();
    describeField(text);
    if (text.isEmpty() || tone == Tone::Information)
        return;
    QAccessibleEvent event(m_text, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

/// The note while there is one, else what the field says of itself.
void FieldNote::describeField(const QString& note)
{
    if (!m_field)
        return;
    if (m_field->accessibleDescription() != m_described)
        m_own = m_field->accessibleDescription();
    m_described = note.isEmpty() ? m_own : note;
    m_field->setAccessibleDescription(m_described);
}

void FieldNote::say(const Error& error) { say(Tone::Error, errorText(error)); }

void FieldNote::clear() { say(Tone::Information, {}); }

QString FieldNote::text() const { return m_text->text(); }

void FieldNote::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationPaletteChange)
        refreshLook();
}

void FieldNote::refreshLook()
{
    const QColor plain = palette().color(QPalette::WindowText);
    const QColor ink = m_tone == Tone::Information ? plain : lookOf(m_tone, isDark(palette())).ink;
    m_icon->setPixmap(glyphPixmap(glyphFor(m_tone), ink, kNoteSign));
    if (m_text->palette().color(QPalette::WindowText) == ink)
        return;
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, ink);
    m_text->setPalette(colours);
}

} // namespace daymark::ui
