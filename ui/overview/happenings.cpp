// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/happenings.h"

#include "core/base/text.h"
#include "ui/style/glyph.h"
#include "ui/style/look.h"
#include "ui/style/text.h"

#include <QCoreApplication>
#include <QGuiApplication>

#include <algorithm>
#include <functional>
#include <map>

namespace daymark::ui {

namespace {

constexpr int kHappeningSign = 16;
constexpr std::size_t kDetail = 200;

QString happeningPhrase(const char* words)
{
    return QCoreApplication::translate("Happenings", words);
}

/// Days of one source that landed one after another.
struct Landing
{
    Instant at;
    Day first;
    Day last;
    std::size_t days = 0;
    std::uint64_t rows = 0;
    std::uint64_t rejected = 0;
};

Happening toHappening(const std::string& source, const Landing& landing)
{
    const QString day = plainDate(toDate(landing.last));
    QString words = landing.days == 1
                        ? happeningPhrase("%1 landed: %2 rows").arg(day, figure(landing.rows))
                        : happeningPhrase("%1 days landed, %2 to %3: %4 rows")
                              .arg(figure(landing.days), plainDate(toDate(landing.first)), day,
                                   figure(landing.rows));
    if (landing.rejected > 0)
        words = happeningPhrase("%1, %2 rejected").arg(words, figure(landing.rejected));
    return {landing.at, text(source), toDate(landing.last), HappeningKind::Landed, words};
}

/// Whether the run landed its day, whatever became of it later.
bool landed(const RunInfo& run)
{
    return run.state == RunState::Imported || run.state == RunState::Superseded ||
           run.state == RunState::RolledBack;
}

/// A run that ended without landing its day; none for the others.
std::optional<Happening> unlanded(const RunInfo& run)
{
    const QString day = plainDate(toDate(run.day));
    const QString why = run.error ? text(shortened(run.error->message, kDetail)) : QString();
    Happening happening{run.finishedAt.value_or(run.startedAt),
                        text(run.source),
                        toDate(run.day),
                        HappeningKind::Stopped,
                        {}};
    switch (run.state) {
    case RunState::Failed:
        happening.kind = HappeningKind::Failed;
        happening.words = run.replaces
                              ? happeningPhrase("the re-import of %1 failed: %2").arg(day, why)
                              : happeningPhrase("%1 failed: %2").arg(day, why);
        return happening;
    case RunState::Cancelled:
        happening.words = run.replaces
                              ? happeningPhrase("the re-import of %1 was cancelled").arg(day)
                              : happeningPhrase("the import of %1 was cancelled").arg(day);
        return happening;
    case RunState::Interrupted:
        happening.words = happeningPhrase("the import of %1 was interrupted").arg(day);
        return happening;
    default:
        return std::nullopt;
    }
}

/// What the runs say: each source's landed days in a row are one thing.
void addRuns(std::vector<Happening>& all, const std::vector<RunInfo>& runs,
             std::optional<Instant> since)
{
    std::map<std::string, Landing> open;
    const auto close = [&](const std::string& source) {
        const auto found = open.find(source);
        if (found == open.end())
            return;
        all.push_back(toHappening(source, found->second));
        open.erase(found);
    };
    for (std::size_t i = runs.size(); i-- > 0;) {
        const RunInfo& run = runs[i];
        const Instant at = run.finishedAt.value_or(run.startedAt);
        if (since && at <= *since)
            continue;
        if (const std::optional<Happening> ended = unlanded(run)) {
            close(run.source);
            all.push_back(*ended);
        } else if (landed(run)) {
            Landing& landing =
                open.try_emplace(run.source, Landing{at, run.day, run.day}).first->second;
            landing.at = at;
            landing.first = std::min(landing.first, run.day);
            landing.last = std::max(landing.last, run.day);
            ++landing.days;
            landing.rows += run.accepted;
            landing.rejected += run.rejected;
        }
    }
    while (!open.empty())
        close(std::string(open.begin()->first));
}

/// What a person did; empty for what the runs tell, and for what is not known here.
QString deed(const JournalEntry& entry)
{
    const QString who = text(entry.actor);
    const QString detail = text(shortened(entry.detail, kDetail));
    const QString day = entry.day ? plainDate(toDate(*entry.day)) : QString();
    if (entry.action == "source.add")
        return happeningPhrase("added by %1").arg(who);
    if (entry.action == "source.edit")
        return happeningPhrase("changed by %1").arg(who);
    if (entry.action == "source.remove")
        return happeningPhrase("removed by %1").arg(who);
    if (entry.action == "source.enable")
        return happeningPhrase("enabled by %1").arg(who);
    if (entry.action == "source.disable")
        return happeningPhrase("disabled by %1").arg(who);
    if (entry.action == "id_type.add")
        return happeningPhrase("id type %1 added by %2").arg(detail, who);
    if (entry.action == "day.signal")
        return happeningPhrase("%1 marked finished by %2").arg(day, who);
    if (entry.action == "day.withdraw_signal")
        return happeningPhrase("the mark of %1 withdrawn by %2").arg(day, who);
    if (entry.action == "day.skip")
        return happeningPhrase("%1 skipped by %2: %3").arg(day, who, detail);
    if (entry.action == "day.reopen")
        return happeningPhrase("%1 reopened by %2").arg(day, who);
    if (entry.action == "day.changed")
        return happeningPhrase("%1 has changed in the source since it landed").arg(day);
    if (entry.action == "day.damaged")
        return happeningPhrase("%1 is damaged: %2").arg(day, detail);
    if (entry.action == "day.intact")
        return happeningPhrase("the files of %1 are as they landed again").arg(day);
    if (entry.action == "day.rollback")
        return happeningPhrase("%1 went back to an earlier version, asked for by %2").arg(day, who);
    return {};
}

void addDeeds(std::vector<Happening>& all, const std::vector<JournalEntry>& journal,
              std::optional<Instant> since)
{
    for (const JournalEntry& entry : journal) {
        if (since && entry.at <= *since)
            break;
        const QString words = deed(entry);
        if (!words.isEmpty())
            all.push_back({entry.at, text(entry.source), entry.day ? toDate(*entry.day) : QDate(),
                           HappeningKind::Operator, words});
    }
}

QVariant decoration(HappeningKind kind)
{
    const bool dark = isDark(QGuiApplication::palette());
    const std::pair<Glyph, Look> signs[] = {{Glyph::Check, lookOf(Tone::Good, dark)},
                                            {Glyph::Bang, lookOf(Tone::Error, dark)},
                                            {Glyph::Stop, lookOf(RunState::Cancelled, dark)},
                                            {Glyph::Dot, lookOf(Tone::Information, dark)}};
    const auto& [glyph, look] = signs[std::size_t(kind)];
    QIcon icon(glyphPixmap(glyph, look.ink, kHappeningSign));
    icon.addPixmap(glyphPixmap(glyph, QGuiApplication::palette().color(QPalette::HighlightedText),
                               kHappeningSign),
                   QIcon::Selected);
    return icon;
}

} // namespace

std::vector<Happening> happenings(const std::vector<RunInfo>& runs,
                                  const std::vector<JournalEntry>& journal,
                                  std::optional<Instant> since)
{
    std::vector<Happening> all;
    addRuns(all, runs, since);
    addDeeds(all, journal, since);
    std::ranges::stable_sort(all, std::greater<>(), &Happening::at);
    return all;
}

void HappeningsModel::reset(std::vector<Happening> happenings, Instant now)
{
    beginResetModel();
    m_happenings = std::move(happenings);
    m_now = now;
    endResetModel();
}

int HappeningsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_happenings.size());
}

int HappeningsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant HappeningsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Happening& happening = m_happenings[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == When)
            return clockTime(happening.at, m_now);
        return index.column() == Source ? happening.source : happening.words;
    case Qt::DecorationRole:
        return index.column() == What ? decoration(happening.kind) : QVariant();
    case Qt::ToolTipRole:
        return index.column() == What ? asToolTip(happening.words) : QVariant();
    case SourceRole:
        return happening.source;
    case DayRole:
        return happening.day;
    default:
        return {};
    }
}

QVariant HappeningsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= Columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | Qt::AlignLeft);
    if (role != Qt::DisplayRole)
        return {};
    const QString names[Columns] = {tr("When"), tr("Source"), tr("What happened")};
    return names[section];
}

} // namespace daymark::ui
