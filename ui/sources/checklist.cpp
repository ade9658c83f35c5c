// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/checklist.h"

#include "ui/style/glyph.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>

namespace daymark::ui {

namespace {

constexpr int kStepSign = 16;

struct StepLook
{
    Glyph glyph;
    Tone tone;
    QString word;
};

StepLook stepLook(const TestStepInfo& step)
{
    if (!step.ok)
        return {Glyph::Cross, Tone::Error, Checklist::tr("failed")};
    if (step.warning)
        return {Glyph::Bang, Tone::Warning, Checklist::tr("passed, with a warning")};
    return {Glyph::Check, Tone::Good, Checklist::tr("passed")};
}

QString capitalised(QString words)
{
    if (!words.isEmpty())
        words[0] = words[0].toUpper();
    return words;
}

} // namespace

Checklist::Checklist(QWidget* parent) : QScrollArea(parent)
{
    setAccessibleName(tr("Checklist"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    rebuild();
}

void Checklist::clear() { showSteps({}); }

void Checklist::showSteps(const std::vector<TestStepInfo>& steps)
{
    m_steps = steps;
    rebuild();
}

void Checklist::rebuild()
{
    m_content = new QWidget;
    auto* grid = new QGridLayout(m_content);
    grid->setContentsMargins(2, 2, 8, 2);
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    m_lines.clear();
    int row = 0;
    for (const TestStepInfo& step : m_steps)
        addStep(row++, step);
    grid->setRowStretch(row, 1);
    setAccessibleDescription(m_lines.join(QLatin1Char('\n')));
    setWidget(m_content);
    setFocusPolicy(m_steps.empty() ? Qt::NoFocus : Qt::StrongFocus); // there to be scrolled by keys
}

void Checklist::addStep(int row, const TestStepInfo& step)
{
    auto* grid = static_cast<QGridLayout*>(m_content->layout());
    const StepLook look = stepLook(step);
    const QColor ink = lookOf(look.tone, isDark(palette())).ink;
    auto* sign = new QLabel(m_content);
    sign->setPixmap(glyphPixmap(look.glyph, ink, kStepSign));
    sign->setAccessibleName(look.word);
    grid->addWidget(sign, row, 0, Qt::AlignTop);
    auto* words = new QVBoxLayout;
    words->setSpacing(1);
    const QString title = tr("%1: %2").arg(capitalised(text(step.name)), look.word);
    QLabel* heading = headingLabel(title, 1.0, m_content);
    heading->setWordWrap(true);
    words->addWidget(heading);
    QString line = title + QLatin1Char('.');
    for (const std::string* part : {&step.message, &step.hint}) {
        if (part->empty())
            continue;
        QLabel* label = wrappedLabel(text(*part), m_content);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        words->addWidget(label);
        line += QLatin1Char(' ') + text(*part);
    }
    m_lines << line;
    grid->addLayout(words, row, 1);
}

void Checklist::changeEvent(QEvent* event)
{
    QScrollArea::changeEvent(event);
    if (m_content && event->type() == QEvent::ApplicationPaletteChange)
        rebuild();
}

} // namespace daymark::ui
