// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The edge between the core's plain types and the window's: text, days, instants and figures.

#include "core/base/day.h"

#include <QDate>
#include <QDateTime>
#include <QLocale>
#include <QString>

namespace daymark::ui {

[[nodiscard]] QString text(std::string_view utf8);
[[nodiscard]] std::string utf8(const QString& text);

[[nodiscard]] QDate toDate(Day day);
[[nodiscard]] Day toDay(QDate date);
[[nodiscard]] QDateTime toLocalTime(Instant instant);

/// The locale of the window's words: dates and figures are written as its sentences are.
[[nodiscard]] const QLocale& wordsLocale();

/// `Thursday 12 November 2026`
[[nodiscard]] QString fullDate(QDate date);
/// `12 November 2026`
[[nodiscard]] QString plainDate(QDate date);
/// `2026-11-12`
[[nodiscard]] QString isoDate(QDate date);
/// `10:00` for an instant of today (by `now`), else `12 Nov 2026 10:00`; the machine's time zone.
[[nodiscard]] QString clockTime(Instant instant, Instant now);
/// `12 Nov 2026 10:00:05`, the machine's time zone.
[[nodiscard]] QString dateAndTime(Instant instant);

/// `41,902`
[[nodiscard]] QString figure(std::uint64_t number);
/// `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`
[[nodiscard]] QString duration(double seconds);

/// The text with every character written out (`\u202e`) that is not seen itself and changes how the
/// others read: for showing what came from outside.
[[nodiscard]] QString shown(const QString& plain);

/// The text with places to break in words that are too long for a line, such as paths: for showing
/// alone, as whoever copies it would get them too.
[[nodiscard]] QString breakable(const QString& plain);

/// A tool tip that shows its text as it stands, markup included.
[[nodiscard]] QString asToolTip(const QString& plain);

} // namespace daymark::ui
