// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/plan_panel.h"

#include "ui/sources/field_note.h"
#include "ui/sources/source_words.h"
#include "ui/style/glyph.h"
#include "ui/style/tables.h"
#include "ui/style/text.h"

#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace daymark::ui {

namespace {

constexpr int kDaySign = 14;
constexpr std::size_t kChangesNamed = 4;
constexpr std::size_t kFindingsNamed = 3;
constexpr std::size_t kDaysListed = 400;

QIcon icon(DayState state)
{
    const Look look = lookOf(state, isDark(QGuiApplication::palette()));
    QIcon icon(glyphPixmap(glyphOf(state), look.ink, kDaySign));
    icon.addPixmap(glyphPixmap(glyphOf(state),
                               QGuiApplication::palette().color(QPalette::HighlightedText),
                               kDaySign),
                   QIcon::Selected);
    return icon;
}

QString stateWord(const std::optional<DayState>& state)
{
    return state ? text(stateName(*state)) : PlanPanel::tr("not listed");
}

QString importSentence(const DraftPlan& plan)
{
    const std::size_t count = plan.importable.size();
    if (count == 0)
        return plan.calendar.note.empty() ? PlanPanel::tr("No day would import now.")
                                          : text(plan.calendar.note);
    if (count == 1)
        return PlanPanel::tr("1 day would import now: %1.").arg(dayList(plan.importable));
    return PlanPanel::tr("%1 days would import now: %2.")
        .arg(figure(count), dayList(plan.importable));
}

} // namespace

void PlanModel::reset(const DraftPlan& plan)
{
    beginResetModel();
    m_days = plan.calendar.days;
    const Day today = plan.calendar.plan.today;
    std::erase_if(m_days, [today](const CalendarDay& day) {
        return day.planned.day > today && !day.planned.signalled;
    });
    if (m_days.size() > kDaysListed)
        m_days.erase(m_days.begin(), m_days.end() - std::ptrdiff_t(kDaysListed));
    endResetModel();
}

int PlanModel::rowOf(Day day) const
{
    const auto found = std::find_if(m_days.begin(), m_days.end(), [day](const CalendarDay& entry) {
        return entry.planned.day == day;
    });
    return found == m_days.end() ? -1 : int(found - m_days.begin());
}

int PlanModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_days.size());
}

int PlanModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : Columns;
}

QVariant PlanModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const CalendarDay& day = m_days[std::size_t(index.row())];
    if (role == Qt::DecorationRole && index.column() == State)
        return icon(day.planned.state);
    if (role == Qt::ToolTipRole)
        return asToolTip(text(day.description));
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case DayColumn:
        return isoDate(toDate(day.planned.day));
    case State:
        return text(stateName(day.planned.state));
    default:
        return text(day.description);
    }
}

QVariant PlanModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 ||
        section >= Columns)
        return {};
    const QString names[Columns] = {tr("Day"), tr("State"), tr("In words")};
    return names[section];
}

PlanPanel::PlanPanel(QWidget* parent)
    : QWidget(parent)
    , m_model(new PlanModel(this))
    , m_sentence(wrappedLabel({}, this))
    , m_table(plainTable(m_model, tr("Calendar as it would look"), this))
    , m_changesTitle(headingLabel(tr("What this changes"), 1.1, this))
    , m_changes(wrappedLabel({}, this))
    , m_dayChanges(wrappedLabel({}, this))
{
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    m_note = new FieldNote(m_table, this);
    layout->addWidget(m_changesTitle);
    layout->addWidget(m_changes);
    layout->addWidget(m_dayChanges);
    layout->addWidget(headingLabel(tr("What would import now"), 1.1, this));
    layout->addWidget(m_sentence);
    layout->addWidget(m_note);
    layout->addWidget(m_table, 1);
    for (QLabel* label : {m_changesTitle, m_changes, m_dayChanges})
        label->hide();
}

void PlanPanel::showAsking()
{
    m_sentence->setText(tr("Reading the signals…"));
    m_note->clear();
}

void PlanPanel::showPlan(const Result<DraftPlan>& plan)
{
    if (!plan) {
        m_sentence->setText(tr("That cannot be told yet."));
        m_model->reset({});
        m_note->say(plan.error());
        m_dayChanges->hide();
        return;
    }
    m_sentence->setText(importSentence(*plan));
    m_model->reset(*plan);
    fitColumns(m_table, {PlanModel::DayColumn, PlanModel::State});
    const int first = plan->importable.empty() ? -1 : m_model->rowOf(plan->importable.front());
    if (first >= 0)
        m_table->scrollTo(m_model->index(first, 0), QAbstractItemView::PositionAtTop);
    else
        m_table->scrollToBottom();
    QStringList findings;
    for (const SchemaFinding& finding : plan->findings)
        if (finding.severity != Severity::Note && std::size_t(findings.size()) < kFindingsNamed)
            findings << text(finding.message);
    m_note->say(Tone::Warning, findings.join(QLatin1Char('\n')));
    showDayChanges(plan->changes);
}

void PlanPanel::showDayChanges(const std::vector<DayChange>& changes)
{
    QStringList lines;
    for (std::size_t i = 0; i < std::min(changes.size(), kChangesNamed); ++i)
        lines << tr("%1: %2 → %3")
                     .arg(plainDate(toDate(changes[i].day)), stateWord(changes[i].before),
                          stateWord(changes[i].after));
    if (changes.size() > kChangesNamed)
        lines << tr("and %1 more days").arg(figure(changes.size() - kChangesNamed));
    if (lines.isEmpty())
        lines << tr("No day changes its state.");
    m_dayChanges->setText(lines.join(QLatin1Char('\n')));
    m_dayChanges->setVisible(m_changesTitle->isVisibleTo(this));
}

void PlanPanel::showChanges(const QStringList& settings, bool isEdit)
{
    m_changesTitle->setVisible(isEdit);
    m_changes->setVisible(isEdit);
    m_changes->setText(settings.isEmpty() ? tr("Nothing yet: the settings are what they were.")
                                          : settings.join(QLatin1Char('\n')));
    if (!isEdit)
        m_dayChanges->hide();
}

QString PlanPanel::sentence() const { return m_sentence->text(); }

} // namespace daymark::ui
