// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/runs_model.h"

#include "ui/style/glyph.h"
#include "ui/style/look.h"
#include "ui/style/text.h"

#include <QGuiApplication>

#include <algorithm>

namespace daymark::ui {

namespace {

constexpr int kSign = 16;

bool isFigure(int column)
{
    return column == RunsModel::Run || column == RunsModel::Read || column == RunsModel::Accepted ||
           column == RunsModel::Rejected || column == RunsModel::Duplicates ||
           column == RunsModel::Duration;
}

QString display(const RunInfo& run, int column)
{
    switch (column) {
    case RunsModel::Run:
        return QString::number(run.id.value);
    case RunsModel::Source:
        return text(run.source);
    case RunsModel::State:
        return runWord(run.state);
    case RunsModel::DayColumn:
        return isoDate(toDate(run.day));
    case RunsModel::Read:
        return figure(run.rowsRead);
    case RunsModel::Accepted:
        return figure(run.accepted);
    case RunsModel::Rejected:
        return figure(run.rejected);
    case RunsModel::Duplicates:
        return figure(run.duplicates);
    case RunsModel::Started:
        return wordsLocale().toString(toLocalTime(run.startedAt),
                                      QStringLiteral("d MMM yyyy HH:mm"));
    case RunsModel::Duration:
        return isAlive(run.state) ? QString() : duration(run.seconds);
    default:
        return {};
    }
}

QVariant sortValue(const RunInfo& run, int column)
{
    switch (column) {
    case RunsModel::Run:
        return qlonglong(run.id.value);
    case RunsModel::DayColumn:
        return toDate(run.day);
    case RunsModel::Read:
        return qulonglong(run.rowsRead);
    case RunsModel::Accepted:
        return qulonglong(run.accepted);
    case RunsModel::Rejected:
        return qulonglong(run.rejected);
    case RunsModel::Duplicates:
        return qulonglong(run.duplicates);
    case RunsModel::Started:
        return qlonglong(run.startedAt.time_since_epoch().count());
    case RunsModel::Duration:
        return run.seconds;
    default:
        return display(run, column);
    }
}

QVariant decoration(const RunInfo& run)
{
    const Look look = lookOf(run.state, isDark(QGuiApplication::palette()));
    QIcon icon(glyphPixmap(glyphOf(run.state), look.ink, kSign));
    icon.addPixmap(glyphPixmap(glyphOf(run.state),
                               QGuiApplication::palette().color(QPalette::HighlightedText), kSign),
                   QIcon::Selected);
    return icon;
}

} // namespace

QString runWord(RunState state)
{
    return text(runStateName(state)).replace(QLatin1Char('_'), QLatin1Char(' '));
}

bool isAlive(RunState state) { return state == RunState::Running || state == RunState::Committing; }

void RunsModel::reset(std::vector<RunInfo> runs)
{
    beginResetModel();
    m_runs = std::move(runs);
    std::ranges::sort(m_runs, [](const RunInfo& a, const RunInfo& b) { return a.id > b.id; });
    endResetModel();
}

int RunsModel::rowOf(RunId id) const
{
    const auto found = std::ranges::lower_bound(m_runs, id, std::greater<>(), &RunInfo::id);
    return int(found - m_runs.begin());
}

const RunInfo* RunsModel::find(RunId id) const
{
    const auto row = std::size_t(rowOf(id));
    return row < m_runs.size() && m_runs[row].id == id ? &m_runs[row] : nullptr;
}

QModelIndex RunsModel::indexOf(RunId id) const
{
    return find(id) ? index(rowOf(id), 0) : QModelIndex();
}

void RunsModel::put(const RunInfo& run)
{
    const int row = rowOf(run.id);
    if (find(run.id)) {
        m_runs[std::size_t(row)] = run;
        change(row);
        return;
    }
    beginInsertRows({}, row, row);
    m_runs.insert(m_runs.begin() + row, run);
    endInsertRows();
}

void RunsModel::put(const RunProgress& progress)
{
    if (const RunInfo* known = find(progress.run)) {
        if (!isAlive(known->state))
            return;
        const int row = rowOf(progress.run);
        m_runs[std::size_t(row)].rowsRead = progress.rows;
        m_runs[std::size_t(row)].rejected = progress.rejected;
        change(row);
        return;
    }
    RunInfo run;
    run.id = progress.run;
    run.source = progress.source;
    run.day = progress.day;
    run.rowsRead = progress.rows;
    run.rejected = progress.rejected;
    run.startedAt =
        std::chrono::time_point_cast<Instant::duration>(std::chrono::system_clock::now());
    put(run);
}

bool RunsModel::isOvertaken(const RunInfo& run) const
{
    return std::ranges::any_of(m_runs, [&run](const RunInfo& other) {
        return other.id > run.id && other.source == run.source && other.day == run.day &&
               (other.state == RunState::Imported || isAlive(other.state));
    });
}

void RunsModel::change(int row) { Q_EMIT dataChanged(index(row, 0), index(row, Columns - 1)); }

int RunsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_runs.size());
}

int RunsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant RunsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const RunInfo& run = m_runs[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return display(run, index.column());
    case Qt::DecorationRole:
        return index.column() == State ? decoration(run) : QVariant();
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (isFigure(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
    case Qt::ToolTipRole:
        return run.error ? asToolTip(text(run.error->message)) : QVariant();
    case Qt::AccessibleDescriptionRole:
        return run.error ? text(run.error->message) : QVariant();
    case SortRole:
        return sortValue(run, index.column());
    case IdRole:
        return qlonglong(run.id.value);
    case SourceRole:
        return text(run.source);
    case StateRole:
        return int(run.state);
    default:
        return {};
    }
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= Columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (isFigure(section) ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    const QString names[Columns] = {
        tr("Run"),      tr("Source"),   tr("State"),      tr("Day"),     tr("Rows read"),
        tr("Accepted"), tr("Rejected"), tr("Duplicates"), tr("Started"), tr("Duration")};
    return names[section];
}

} // namespace daymark::ui
