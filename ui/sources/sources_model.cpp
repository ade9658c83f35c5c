// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/sources_model.h"

#include "ui/sources/source_words.h"
#include "ui/style/glyph.h"
#include "ui/style/text.h"

#include <QGuiApplication>

#include <algorithm>

namespace daymark::ui {

namespace {

constexpr int kSign = 16;

QVariant decoration(const SourceInfo& source)
{
    Glyph glyph = Glyph::Check;
    Tone tone = Tone::Good;
    if (!source.poll.last) {
        glyph = Glyph::Circle;
        tone = Tone::Information;
    } else if (source.poll.error) {
        glyph = Glyph::Bang;
        tone = Tone::Error;
    }
    QIcon icon(glyphPixmap(glyph, lookOf(tone, isDark(QGuiApplication::palette())).ink, kSign));
    icon.addPixmap(
        glyphPixmap(glyph, QGuiApplication::palette().color(QPalette::HighlightedText), kSign),
        QIcon::Selected);
    return icon;
}

qlonglong sortable(const std::optional<Instant>& instant)
{
    return instant ? instant->time_since_epoch().count() : 0;
}

} // namespace

void SourcesModel::reset(std::vector<SourceInfo> sources, Instant now)
{
    beginResetModel();
    m_sources = std::move(sources);
    m_now = now;
    endResetModel();
}

const SourceInfo* SourcesModel::find(const QString& name) const
{
    const std::string wanted = utf8(name);
    const auto found =
        std::find_if(m_sources.begin(), m_sources.end(),
                     [&wanted](const SourceInfo& source) { return source.config.name == wanted; });
    return found == m_sources.end() ? nullptr : &*found;
}

QModelIndex SourcesModel::indexOf(const QString& name) const
{
    const SourceInfo* found = find(name);
    return found ? index(int(found - m_sources.data()), 0) : QModelIndex();
}

int SourcesModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_sources.size());
}

int SourcesModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QString SourcesModel::display(const SourceInfo& source, int column) const
{
    switch (column) {
    case Name:
        return text(source.config.name);
    case Kind:
        return kindTitle(source.config.kind);
    case Place:
        return text(source.config.uri);
    case Zone:
        return text(source.policy.timeZone);
    case Order:
        return orderWord(source.policy.order);
    case LastPoll:
        return pollResult(source.poll, m_now);
    case NextPoll:
        return nextPoll(source, m_now);
    default:
        return {};
    }
}

QVariant SourcesModel::sortValue(const SourceInfo& source, int column) const
{
    switch (column) {
    case LastPoll:
        return sortable(source.poll.last);
    case NextPoll:
        return sortable(source.poll.next);
    default:
        return display(source, column);
    }
}

QVariant SourcesModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const SourceInfo& source = m_sources[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return display(source, index.column());
    case Qt::DecorationRole:
        return index.column() == LastPoll ? decoration(source) : QVariant();
    case Qt::ToolTipRole:
        return asToolTip(display(source, index.column()));
    case SortRole:
        return sortValue(source, index.column());
    case NameRole:
        return text(source.config.name);
    default:
        return {};
    }
}

QVariant SourcesModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= Columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | Qt::AlignLeft);
    if (role != Qt::DisplayRole)
        return {};
    const QString names[Columns] = {tr("Name"),  tr("Kind"),      tr("Place"),    tr("Time zone"),
                                    tr("Order"), tr("Last poll"), tr("Next poll")};
    return names[section];
}

} // namespace daymark::ui
