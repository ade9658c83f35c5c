// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/range_dialog.h"

#include "ui/calendar/range_model.h"
#include "ui/style/tables.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

namespace daymark::ui {

namespace {

constexpr int kLongestRangeReason = 500;
constexpr int kRangeWidth = 600;
constexpr int kStepsHeight = 240;

QString titleOf(RangeAction action)
{
    switch (action) {
    case RangeAction::MarkFinished:
        return RangeDialog::tr("Mark days finished");
    case RangeAction::Skip:
        return RangeDialog::tr("Skip days");
    case RangeAction::Reopen:
        return RangeDialog::tr("Reopen days");
    case RangeAction::ImportUpTo:
        return RangeDialog::tr("Import up to a day");
    case RangeAction::Reimport:
        return RangeDialog::tr("Re-import days");
    }
    return {};
}

/// What holds for all the days, and how it is taken back.
QString introduction(RangeAction action, const QString& source)
{
    switch (action) {
    case RangeAction::MarkFinished:
        return RangeDialog::tr("Says in the place of %1 that the days are finished, so that they "
                               "can land. It can be undone until they have landed.")
            .arg(source);
    case RangeAction::Skip:
        return RangeDialog::tr("The days are closed without being imported, for one reason, and "
                               "later days of %1 no longer wait for them. It can be undone until a "
                               "later day has landed.")
            .arg(source);
    case RangeAction::Reopen:
        return RangeDialog::tr("The days wait for their rows from %1 again. It can be undone.")
            .arg(source);
    case RangeAction::ImportUpTo:
        return RangeDialog::tr("The days of %1 are imported in order, as its signals were read "
                               "last. The first day that fails ends it.")
            .arg(source);
    case RangeAction::Reimport:
        return RangeDialog::tr("The days are read from %1 again. A day with the very same rows "
                               "stays, and so does one for which the source has no rows any more. "
                               "What is replaced is kept for a rollback.")
            .arg(source);
    }
    return {};
}

/// The button's words: what happens, to how many days.
QString acceptWords(RangeAction action, qsizetype days)
{
    const QString count =
        days == 1 ? RangeDialog::tr("1 day") : RangeDialog::tr("%1 days").arg(days);
    switch (action) {
    case RangeAction::MarkFinished:
        return RangeDialog::tr("Mark %1").arg(count);
    case RangeAction::Skip:
        return RangeDialog::tr("Skip %1").arg(count);
    case RangeAction::Reopen:
        return RangeDialog::tr("Reopen %1").arg(count);
    case RangeAction::ImportUpTo:
        return RangeDialog::tr("Import %1").arg(count);
    case RangeAction::Reimport:
        return RangeDialog::tr("Re-import %1").arg(count);
    }
    return {};
}

} // namespace

RangeDialog::RangeDialog(const RangePlan& plan, const QString& source, QWidget* parent)
    : QDialog(parent), m_plan(plan), m_model(new RangeModel(this))
{
    setWindowTitle(titleOf(plan.action));
    setMinimumWidth(kRangeWidth);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 16);
    layout->setSpacing(10);
    layout->addWidget(headingLabel(spanWords(plan.span), 1.2, this));
    layout->addWidget(wrappedLabel(introduction(plan.action, source), this));
    setupSteps();
    setupReason();
    setupButtons();
}

void RangeDialog::setupSteps()
{
    m_summary = wrappedLabel({}, this);
    QFont bold = m_summary->font();
    bold.setWeight(QFont::DemiBold);
    m_summary->setFont(bold);
    m_steps = plainTable(m_model, tr("What happens, day by day"), this);
    m_steps->setMinimumHeight(kStepsHeight);
    layout()->addWidget(m_summary);
    layout()->addWidget(m_steps);
}

void RangeDialog::setupReason()
{
    if (m_plan.action != RangeAction::Skip && m_plan.action != RangeAction::Reimport)
        return;
    m_reason = new QLineEdit(this);
    m_reason->setMinimumHeight(28);
    m_reason->setMaxLength(kLongestRangeReason);
    m_reason->setPlaceholderText(m_plan.action == RangeAction::Skip
                                     ? tr("closed over the holidays")
                                     : tr("for those who look later; may be left empty"));
    QLabel* label = plainLabel(tr("R&eason"), this);
    label->setBuddy(m_reason);
    layout()->addWidget(label);
    layout()->addWidget(m_reason);
    connect(m_reason, &QLineEdit::textChanged, this, &RangeDialog::refresh);
    m_reason->setFocus();
}

void RangeDialog::setupButtons()
{
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_accept = buttons->addButton(QString(), QDialogButtonBox::AcceptRole);
    m_accept->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout()->addWidget(buttons);
    showPlan(m_plan);
}

void RangeDialog::showPlan(const RangePlan& plan)
{
    m_plan = plan;
    m_summary->setText(plan.summary);
    m_model->reset(plan.steps);
    fitColumns(m_steps, {RangeModel::Date});
    refresh();
}

void RangeDialog::refresh()
{
    const qsizetype days = m_plan.days().size();
    const bool lacksReason = m_plan.action == RangeAction::Skip && reason().isEmpty();
    m_accept->setText(acceptWords(m_plan.action, days));
    m_accept->setEnabled(days > 0 && !lacksReason);
    setTip(m_accept, days == 0     ? tr("Nothing would happen to these days.")
                     : lacksReason ? tr("Needs a reason.")
                                   : QString());
}

QString RangeDialog::reason() const { return m_reason ? m_reason->text().simplified() : QString(); }

} // namespace daymark::ui
