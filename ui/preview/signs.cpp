// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/signs.h"

#include "ui/style/text.h"

#include <QCoreApplication>
#include <QGuiApplication>

namespace daymark::ui {

namespace {

constexpr int kSign = 14;

QString phrase(const char* words) { return QCoreApplication::translate("Signs", words); }

} // namespace

Tone toneOf(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return Tone::Error;
    case Severity::Warning:
        return Tone::Warning;
    case Severity::Dropped:
    case Severity::Note:
        break;
    }
    return Tone::Information;
}

Glyph glyphOf(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return Glyph::Bang;
    case Severity::Warning:
        return Glyph::Cross;
    case Severity::Dropped:
        return Glyph::Slash;
    case Severity::Note:
        break;
    }
    return Glyph::Circle;
}

QString severityWord(Severity severity) { return text(severityName(severity)); }

Tone toneOf(RowFate fate)
{
    switch (fate) {
    case RowFate::Accepted:
        return Tone::Good;
    case RowFate::Rejected:
        return Tone::Error;
    case RowFate::Dropped:
        break;
    }
    return Tone::Information;
}

Glyph glyphOf(RowFate fate)
{
    switch (fate) {
    case RowFate::Accepted:
        return Glyph::Check;
    case RowFate::Rejected:
        return Glyph::Bang;
    case RowFate::Dropped:
        break;
    }
    return Glyph::Slash;
}

QString fateWord(RowFate fate)
{
    switch (fate) {
    case RowFate::Accepted:
        return phrase("accepted");
    case RowFate::Rejected:
        return phrase("rejected");
    case RowFate::Dropped:
        break;
    }
    return phrase("dropped");
}

QIcon signIcon(Glyph glyph, Tone tone)
{
    const Look look = lookOf(tone, isDark(QGuiApplication::palette()));
    QIcon icon(glyphPixmap(glyph, look.ink, kSign));
    icon.addPixmap(
        glyphPixmap(glyph, QGuiApplication::palette().color(QPalette::HighlightedText), kSign),
        QIcon::Selected);
    return icon;
}

} // namespace daymark::ui
