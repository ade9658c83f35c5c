// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/range_model.h"

#include "ui/style/glyph.h"
#include "ui/style/look.h"
#include "ui/style/text.h"

#include <QGuiApplication>

namespace daymark::ui {

namespace {

constexpr int kSign = 14;

/// A tick where something happens, a dash where nothing does.
QVariant sign(bool happens)
{
    const QPalette palette = QGuiApplication::palette();
    const QColor ink =
        happens ? lookOf(Tone::Information, palette).ink : palette.color(QPalette::PlaceholderText);
    const Glyph glyph = happens ? Glyph::Play : Glyph::Dash;
    QIcon icon(glyphPixmap(glyph, ink, kSign));
    icon.addPixmap(glyphPixmap(glyph, palette.color(QPalette::HighlightedText), kSign),
                   QIcon::Selected);
    return icon;
}

} // namespace

void RangeModel::reset(const std::vector<RangeStep>& steps)
{
    beginResetModel();
    m_steps = steps;
    endResetModel();
}

int RangeModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_steps.size());
}

int RangeModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(Columns);
}

QVariant RangeModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RangeStep& step = m_steps[std::size_t(index.row())];
    if (role == Qt::DisplayRole)
        return index.column() == Date
                   ? wordsLocale().toString(step.day, QStringLiteral("ddd d MMM yyyy"))
                   : step.words;
    if (role == Qt::ToolTipRole)
        return asToolTip(fullDate(step.day) + QStringLiteral(": ") + step.words);
    if (role == Qt::DecorationRole && index.column() == Outcome)
        return sign(step.happens);
    return {};
}

QVariant RangeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Date ? tr("Day") : tr("What happens");
}

} // namespace daymark::ui
