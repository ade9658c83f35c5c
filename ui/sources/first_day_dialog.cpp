// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/first_day_dialog.h"

#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QDateEdit>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace daymark::ui {

namespace {

constexpr int kPause = 250; // milliseconds
constexpr int kLongestReason = 500;

QString intro(FirstDayWay way)
{
    return way == FirstDayWay::Backfill
               ? FirstDayDialog::tr("The first day moves back, so that the days from it on land "
                                    "too, in order. What has landed stays as it is.")
               : FirstDayDialog::tr("The source begins anew on a day after the last landed one. "
                                    "Its landed days, their versions and their history stay.");
}

QString outcomeWords(FirstDayWay way, const FirstDayOutcome& outcome)
{
    QStringList lines;
    const QString days = outcome.days == 1
                             ? FirstDayDialog::tr("1 day")
                             : FirstDayDialog::tr("%1 days").arg(figure(outcome.days));
    if (way == FirstDayWay::Backfill)
        lines << FirstDayDialog::tr("To land before %2: %1, %3 of them signalled so far.")
                     .arg(days, plainDate(toDate(outcome.before)), figure(outcome.signalled));
    else
        lines << FirstDayDialog::tr("Between, and waited for no more: %1, %2 of them signalled.")
                     .arg(days, figure(outcome.signalled));
    for (const std::string& warning : outcome.warnings)
        lines << text(warning);
    return lines.join(QStringLiteral("\n\n"));
}

} // namespace

FirstDayDialog::FirstDayDialog(EngineBridge& bridge, const SourceInfo& source, FirstDayWay way,
                               QDate day, QWidget* parent)
    : QDialog(parent), m_bridge(bridge), m_source(source.config.name), m_way(way)
{
    const bool back = way == FirstDayWay::Backfill;
    setWindowTitle(back ? tr("Backfill") : tr("Start over"));
    setMinimumWidth(520);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 16);
    layout->setSpacing(10);
    QLabel* title = headingLabel(back ? tr("Backfill %1 before its first day?").arg(text(m_source))
                                      : tr("Start %1 over?").arg(text(m_source)),
                                 1.2, this);
    title->setWordWrap(true);
    layout->addWidget(title);
    layout->addWidget(wrappedLabel(intro(way), this));
    setupFields(layout, day);
    m_busy = new QProgressBar(this);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setFixedHeight(6);
    m_busy->setAccessibleName(tr("Looking what comes of it"));
    layout->addWidget(m_busy);
    m_consequence = wrappedLabel({}, this);
    m_consequence->setMinimumHeight(m_consequence->fontMetrics().height() * 9);
    m_consequence->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    layout->addWidget(m_consequence, 1);
    setupButtons(layout);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    connect(&m_pause, &QTimer::timeout, this, &FirstDayDialog::look);
    look();
}

void FirstDayDialog::setupFields(QVBoxLayout* layout, QDate day)
{
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(12);
    m_day = new QDateEdit(day, this);
    m_day->setObjectName(QStringLiteral("firstDay"));
    m_day->setLocale(wordsLocale());
    m_day->setDisplayFormat(QStringLiteral("d MMMM yyyy"));
    m_day->setMinimumHeight(28);
    m_reason = new QLineEdit(this);
    m_reason->setMaxLength(kLongestReason);
    m_reason->setMinimumHeight(28);
    m_reason->setPlaceholderText(tr("for those who look later"));
    form->addRow(tr("New first &day"), m_day);
    form->addRow(tr("&Reason"), m_reason);
    layout->addLayout(form);
    connect(m_day, &QDateEdit::dateChanged, this, [this] {
        m_look.cancel();
        m_move->setEnabled(false);
        setBusy(true);
        m_pause.start();
    });
}

void FirstDayDialog::setupButtons(QVBoxLayout* layout)
{
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_move =
        buttons->addButton(m_way == FirstDayWay::Backfill ? tr("&Backfill") : tr("&Start over"),
                           QDialogButtonBox::ActionRole);
    m_move->setAutoDefault(false);
    m_move->setEnabled(false);
    buttons->button(QDialogButtonBox::Cancel)->setDefault(true);
    connect(m_move, &QPushButton::clicked, this, &FirstDayDialog::move);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
}

QString FirstDayDialog::consequence() const { return m_consequence->text(); }

FirstDayMove FirstDayDialog::request(bool dryRun) const
{
    return {m_source, toDay(m_day->date()), utf8(m_reason->text().simplified()), dryRun};
}

void FirstDayDialog::setBusy(bool busy)
{
    QSizePolicy policy = m_busy->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_busy->setSizePolicy(policy);
    m_busy->setVisible(busy);
}

/// Asks what would come of the day that is chosen.
void FirstDayDialog::look()
{
    setBusy(true);
    m_bridge.ask(
        m_look, EngineBridge::Lane::Ledger,
        [move = request(true), way = m_way](Engine& engine, const std::stop_token&) {
            return way == FirstDayWay::Backfill ? backfill(engine, move) : startOver(engine, move);
        },
        [this](const Result<FirstDayOutcome>& outcome) { showLook(outcome); });
}

void FirstDayDialog::showLook(const Result<FirstDayOutcome>& outcome)
{
    setBusy(false);
    m_move->setEnabled(outcome.has_value());
    m_consequence->setText(outcome ? outcomeWords(m_way, *outcome) : errorText(outcome.error()));
}

void FirstDayDialog::move()
{
    setBusy(true);
    m_move->setEnabled(false);
    m_day->setEnabled(false);
    m_bridge.ask(
        m_act, EngineBridge::Lane::Ledger,
        [move = request(false), way = m_way](Engine& engine, const std::stop_token&) {
            return way == FirstDayWay::Backfill ? backfill(engine, move) : startOver(engine, move);
        },
        [this](const Result<FirstDayOutcome>& outcome) { finish(outcome); });
}

void FirstDayDialog::finish(const Result<FirstDayOutcome>& outcome)
{
    setBusy(false);
    m_day->setEnabled(true);
    if (!outcome) {
        m_consequence->setText(errorText(outcome.error()));
        return;
    }
    Q_EMIT moved(tr("The first day of %1 is %2 now.")
                     .arg(text(m_source), plainDate(toDate(outcome->after))));
    accept();
}

} // namespace daymark::ui
