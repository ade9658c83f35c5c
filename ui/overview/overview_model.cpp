// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/overview_model.h"

#include "ui/overview/day_strip.h"
#include "ui/style/glyph.h"
#include "ui/style/look.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QCoreApplication>
#include <QGuiApplication>
#include <QPolygonF>

#include <algorithm>

namespace daymark::ui {

namespace {

constexpr int kSign = 16;

QString phrase(const char* words) { return QCoreApplication::translate("Overview", words); }

QPolygonF rowsOf(const SourceOverview& source)
{
    QPolygonF points;
    for (const CalendarDay& day : source.days) {
        if (day.rows)
            points.append(
                QPointF(double(day.planned.day.time_since_epoch().count()), double(*day.rows)));
    }
    return points;
}

QString rowsWords(const SourceOverview& source)
{
    const QPolygonF rows = rowsOf(source);
    if (rows.isEmpty())
        return phrase("no rows yet");
    const auto [low, high] = std::ranges::minmax_element(rows, {}, &QPointF::y);
    const auto count = [](double value) { return figure(std::uint64_t(value)); };
    return phrase("%1 to %2 a day, the latest %3")
        .arg(count(low->y()), count(high->y()), count(rows.last().y()));
}

Glyph glyphOf(Lateness lateness)
{
    switch (lateness) {
    case Lateness::Nothing:
        return Glyph::Circle;
    case Lateness::OnTime:
        return Glyph::Check;
    case Lateness::Late:
        return Glyph::Dots;
    case Lateness::Overdue:
        return Glyph::Bang;
    }
    return Glyph::Circle;
}

Look lookOfLateness(Lateness lateness, bool dark)
{
    switch (lateness) {
    case Lateness::Nothing:
        return lookOf(DayState::Awaiting, dark);
    case Lateness::OnTime:
        return lookOf(Tone::Good, dark);
    case Lateness::Late:
        return lookOf(Tone::Warning, dark);
    case Lateness::Overdue:
        return lookOf(Tone::Error, dark);
    }
    return lookOf(DayState::Awaiting, dark);
}

QVariant decoration(Glyph glyph, const Look& look)
{
    QIcon icon(glyphPixmap(glyph, look.ink, kSign));
    icon.addPixmap(
        glyphPixmap(glyph, QGuiApplication::palette().color(QPalette::HighlightedText), kSign),
        QIcon::Selected);
    return icon;
}

/// Signalled days that could not land wait for a person as much as days that nobody signalled.
bool isHeldUp(const SourceOverview& source)
{
    return source.lateness == Lateness::Late &&
           std::ranges::any_of(source.days, [&source](const CalendarDay& day) {
               return day.planned.day == source.obstacle && day.planned.state == DayState::Failed;
           });
}

QString punctualityWords(const SourceOverview& source)
{
    const QString words = text(source.latenessWords).section(QStringLiteral(", "), 0, 0);
    return isHeldUp(source) ? phrase("%1, failed").arg(words) : words;
}

QString latenessMeaning()
{
    return phrase("A day is due a day after its end. Overdue: the source has not announced a day "
                  "that is due. Late: it has, and the day has not landed here. How many days "
                  "behind is counted from the first such day.");
}

QVariant signOf(const SourceOverview& source, int column)
{
    const bool dark = isDark(QGuiApplication::palette());
    if (column == OverviewModel::Punctuality) {
        if (!source.source.enabled)
            return decoration(Glyph::Slash, lookOf(DayState::Ignored, dark));
        if (source.error || isHeldUp(source))
            return decoration(Glyph::Bang, lookOf(Tone::Error, dark));
        return decoration(glyphOf(source.lateness), lookOfLateness(source.lateness, dark));
    }
    const PollInfo& poll = source.source.poll;
    if ((column == OverviewModel::LastPoll && poll.error) ||
        (column == OverviewModel::NextPoll && poll.missedSince))
        return decoration(Glyph::Bang, lookOf(Tone::Error, dark));
    return {};
}

qlonglong ticks(const std::optional<Instant>& instant)
{
    return instant ? qlonglong(instant->time_since_epoch().count()) : 0;
}

QVariant sortValue(const SourceOverview& source, int column)
{
    switch (column) {
    case OverviewModel::Strip:
        return qulonglong(source.days.size());
    case OverviewModel::Obstacle:
        return source.obstacle ? QVariant(toDate(*source.obstacle)) : QVariant(QDate(9999, 1, 1));
    case OverviewModel::Punctuality:
        return int(source.lateness);
    case OverviewModel::RowsADay:
        return rowsOf(source).isEmpty() ? QVariant(-1.0) : QVariant(rowsOf(source).last().y());
    case OverviewModel::LastPoll:
        return ticks(source.source.poll.last);
    case OverviewModel::NextPoll:
        return ticks(source.source.poll.next);
    default:
        return text(source.source.config.name);
    }
}

} // namespace

QString overviewSentence(const std::vector<SourceOverview>& sources)
{
    const std::pair<Lateness, QString> kinds[] = {{Lateness::Overdue, phrase("overdue")},
                                                  {Lateness::Late, phrase("late")},
                                                  {Lateness::OnTime, phrase("on time")},
                                                  {Lateness::Nothing, phrase("without days yet")}};
    QStringList parts;
    const auto add = [&parts](std::ptrdiff_t count, const QString& words) {
        if (count > 0)
            parts << QStringLiteral("%1 %2").arg(count).arg(words);
    };
    for (const auto& kind : kinds) {
        add(std::ranges::count_if(sources,
                                  [&kind](const SourceOverview& source) {
                                      return source.source.enabled && source.lateness == kind.first;
                                  }),
            kind.second);
    }
    add(std::ranges::count_if(sources,
                              [](const SourceOverview& source) { return !source.source.enabled; }),
        phrase("disabled"));
    const QString all =
        sources.size() == 1 ? phrase("1 source") : phrase("%1 sources").arg(sources.size());
    return phrase("%1: %2").arg(all, parts.join(QStringLiteral(", ")));
}

void OverviewModel::reset(std::vector<SourceOverview> sources, Instant now)
{
    beginResetModel();
    m_sources = std::move(sources);
    m_now = now;
    endResetModel();
}

QModelIndex OverviewModel::indexOf(const QString& name) const
{
    const auto found = std::ranges::find_if(m_sources, [&](const SourceOverview& source) {
        return text(source.source.config.name) == name;
    });
    return found == m_sources.end() ? QModelIndex() : index(int(found - m_sources.begin()), 0);
}

QString OverviewModel::display(const SourceOverview& source, int column) const
{
    const PollInfo& poll = source.source.poll;
    switch (column) {
    case Source:
        return text(source.source.config.name);
    case Strip:
        return source.days.empty() ? tr("no days yet") : stripWords(stripDaysOf(source));
    case Obstacle:
        return source.obstacle ? text(source.obstacleWords) : tr("none");
    case Punctuality:
        if (!source.source.enabled)
            return tr("disabled");
        return source.error ? tr("cannot be planned") : punctualityWords(source);
    case RowsADay:
        return rowsWords(source);
    case LastPoll:
        if (!poll.last)
            return tr("not polled yet");
        return poll.error ? tr("%1, failed").arg(clockTime(*poll.last, m_now))
                          : clockTime(*poll.last, m_now);
    case NextPoll:
        if (poll.missedSince)
            return tr("missed since %1").arg(clockTime(*poll.missedSince, m_now));
        return poll.next ? clockTime(*poll.next, m_now) : tr("not scheduled");
    default:
        return {};
    }
}

QString OverviewModel::toolTip(const SourceOverview& source, int column) const
{
    if (column == LastPoll && source.source.poll.error)
        return errorText(*source.source.poll.error);
    if (column == Punctuality && source.error)
        return errorText(*source.error);
    if (column == Punctuality)
        return text(source.latenessWords);
    if (column == Strip && !source.note.empty())
        return text(source.note);
    return display(source, column);
}

int OverviewModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_sources.size());
}

int OverviewModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant OverviewModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const SourceOverview& source = m_sources[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return display(source, index.column());
    case Qt::DecorationRole:
        return signOf(source, index.column());
    case Qt::ToolTipRole:
        return asToolTip(toolTip(source, index.column()));
    case Qt::AccessibleTextRole:
        return index.column() == LastPoll ? QVariant() : QVariant(toolTip(source, index.column()));
    case SortRole:
        return sortValue(source, index.column());
    case NameRole:
        return text(source.source.config.name);
    case StripRole:
        return QVariant::fromValue(stripDaysOf(source));
    case RowsRole:
        return rowsOf(source);
    default:
        return {};
    }
}

QVariant OverviewModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= Columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | Qt::AlignLeft);
    if (role == Qt::ToolTipRole && section == Punctuality)
        return asToolTip(latenessMeaning());
    if (role != Qt::DisplayRole)
        return {};
    const QString names[Columns] = {tr("Source"),   tr("Last 60 days"), tr("First gap"),
                                    tr("Lateness"), tr("Rows a day"),   tr("Last poll"),
                                    tr("Next poll")};
    return names[section];
}

} // namespace daymark::ui
