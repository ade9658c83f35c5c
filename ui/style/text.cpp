// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/style/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace daymark::ui {

namespace {

constexpr qint64 kEpochJulianDay = 2440588; // 1970-01-01

QString phrase(const char* words) { return QCoreApplication::translate("Figures", words); }

/// Marks of direction, controls of the second kind, and blanks without width. What joins letters
/// and signs (U+200C, U+200D) belongs to them; U+200B is a place to break.
bool isTreacherous(QChar each)
{
    const char16_t code = each.unicode();
    return (code >= 0x80 && code <= 0x9F) || code == 0x061C || code == 0x200E || code == 0x200F ||
           (code >= 0x202A && code <= 0x202E) || (code >= 0x2060 && code <= 0x2069) ||
           code == 0xFEFF;
}

} // namespace

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), qsizetype(utf8.size()));
}

std::string utf8(const QString& text) { return text.toStdString(); }

QDate toDate(Day day)
{
    return QDate::fromJulianDay(day.time_since_epoch().count() + kEpochJulianDay);
}

Day toDay(QDate date) { return Day(std::chrono::days(date.toJulianDay() - kEpochJulianDay)); }

QDateTime toLocalTime(Instant instant)
{
    const auto millis = std::chrono::floor<std::chrono::milliseconds>(instant.time_since_epoch());
    return QDateTime::fromMSecsSinceEpoch(millis.count());
}

const QLocale& wordsLocale()
{
    static const QLocale locale(QLocale::English, QLocale::UnitedKingdom);
    return locale;
}

QString fullDate(QDate date)
{
    return wordsLocale().toString(date, QStringLiteral("dddd d MMMM yyyy"));
}

QString plainDate(QDate date)
{
    return wordsLocale().toString(date, QStringLiteral("d MMMM yyyy"));
}

QString isoDate(QDate date) { return date.toString(Qt::ISODate); }

QString clockTime(Instant instant, Instant now)
{
    const QDateTime at = toLocalTime(instant);
    const bool today = at.date() == toLocalTime(now).date();
    return wordsLocale().toString(at, today ? QStringLiteral("HH:mm")
                                            : QStringLiteral("d MMM yyyy HH:mm"));
}

QString dateAndTime(Instant instant)
{
    return wordsLocale().toString(toLocalTime(instant), QStringLiteral("d MMM yyyy HH:mm:ss"));
}

QString figure(std::uint64_t number) { return wordsLocale().toString(qulonglong(number)); }

QString duration(double seconds)
{
    if (!std::isfinite(seconds) || seconds < 0)
        return {};
    if (seconds < 9.95)
        return phrase("%1 s").arg(QString::number(seconds, 'f', 1));
    const auto whole = std::uint64_t(std::min(std::round(seconds), 1e15));
    if (whole < 60)
        return phrase("%1 s").arg(whole);
    if (whole < 3600)
        return phrase("%1 min %2 s").arg(whole / 60).arg(whole % 60);
    return phrase("%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60);
}

QString shown(const QString& plain)
{
    if (std::none_of(plain.begin(), plain.end(), isTreacherous))
        return plain;
    QString out;
    for (const QChar each : plain) {
        if (isTreacherous(each))
            out += QStringLiteral("\\u%1").arg(int(each.unicode()), 4, 16, QLatin1Char('0'));
        else
            out += each;
    }
    return out;
}

QString breakable(const QString& plain)
{
    constexpr int kLongest = 40; // characters without a place to break
    constexpr QChar kBreak(0x200B);
    QString out;
    int run = 0;
    for (const QChar each : plain) {
        run = each.isSpace() || each == QLatin1Char('/') ? 0 : run + 1;
        if (run > kLongest && !each.isLowSurrogate() && !each.isMark()) {
            out += kBreak;
            run = 1;
        }
        out += each;
    }
    return out;
}

QString asToolTip(const QString& plain)
{
    if (plain.isEmpty())
        return {};
    const QString lines =
        shown(plain).toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>"));
    return QStringLiteral("<qt>%1</qt>").arg(lines);
}

} // namespace daymark::ui
