// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/findings_model.h"

#include "ui/preview/signs.h"
#include "ui/preview/verdict.h"
#include "ui/style/text.h"

#include <algorithm>

namespace daymark::ui {

namespace {

/// Enough for every real table; a source of a million columns must not fill the memory.
constexpr std::size_t kMostLines = 200;

bool isGrave(const SchemaFinding& finding)
{
    return finding.severity == Severity::Error || finding.severity == Severity::Warning;
}

} // namespace

void FindingsModel::add(const std::vector<SchemaFinding>& findings, Severity severity)
{
    for (const SchemaFinding& finding : findings) {
        if (finding.severity == severity && m_lines.size() < kMostLines)
            m_lines.push_back({severity, text(finding.message), text(finding.code)});
    }
}

void FindingsModel::addVerdict(const Preview& preview, double tolerance)
{
    const auto [tone, words] = verdictOn(preview, tolerance);
    if (preview.rejected > 0)
        m_lines.push_back(
            {tone == Tone::Error ? Severity::Error : Severity::Warning, words, QString()});
}

void FindingsModel::addFine(const Preview& preview)
{
    if (std::ranges::none_of(preview.schema, isGrave)) {
        const auto mapped = std::ranges::count_if(preview.columns, [](const PreviewColumn& column) {
            return !column.sourceName.empty();
        });
        m_lines.push_back({std::nullopt,
                           tr("The columns fit: %1 of %2 are there, all that are needed among "
                              "them.")
                               .arg(mapped)
                               .arg(preview.columns.size()),
                           QString()});
    }
    if (preview.rowsRead > 0 && preview.rules.empty())
        m_lines.push_back({std::nullopt, tr("No row breaks a rule."), QString()});
    if (preview.rowsRead > 0 && preview.suspicions.empty())
        m_lines.push_back({std::nullopt,
                           preview.wholeDay ? tr("Nothing looks wrong with the day as a whole.")
                                            : tr("Nothing looks wrong with these rows as a whole."),
                           QString()});
}

void FindingsModel::reset(const Preview& preview, std::optional<double> tolerance)
{
    beginResetModel();
    m_lines.clear();
    if (tolerance)
        addVerdict(preview, *tolerance);
    for (const Severity severity :
         {Severity::Error, Severity::Warning, Severity::Dropped, Severity::Note}) {
        add(preview.suspicions, severity);
        add(preview.schema, severity);
        if (severity == Severity::Warning)
            addFine(preview);
    }
    endResetModel();
}

void FindingsModel::clear()
{
    beginResetModel();
    m_lines.clear();
    endResetModel();
}

int FindingsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

int FindingsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant FindingsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Line& line = m_lines[std::size_t(index.row())];
    const QString word = line.severity ? severityWord(*line.severity) : tr("fine");
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Result ? word : line.sentence;
    case Qt::DecorationRole:
        if (index.column() != Result)
            return {};
        return line.severity ? signIcon(glyphOf(*line.severity), toneOf(*line.severity))
                             : signIcon(Glyph::Check, Tone::Good);
    case Qt::AccessibleTextRole:
        return index.column() == Result ? word : QStringLiteral("%1: %2").arg(word, line.sentence);
    case Qt::ToolTipRole:
        return line.code.isEmpty() ? QVariant() : asToolTip(line.code);
    case Qt::TextAlignmentRole:
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant FindingsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= Columns)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    const QString names[Columns] = {tr("Result"), tr("Finding")};
    return role == Qt::DisplayRole ? QVariant(names[section]) : QVariant();
}

} // namespace daymark::ui
