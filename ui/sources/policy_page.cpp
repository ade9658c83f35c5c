// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/policy_page.h"

#include "core/base/secret.h"
#include "core/base/time_zone.h"
#include "ui/sources/field_note.h"
#include "ui/sources/plan_panel.h"
#include "ui/sources/source_words.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QSpinBox>
#include <QSplitter>
#include <QTimeZone>
#include <QVBoxLayout>

namespace daymark::ui {

using Lane = EngineBridge::Lane;

namespace {

constexpr int kPause = 400; // milliseconds
constexpr int kFormWidth = 330;
constexpr int kHintIndent = 20;
constexpr int kShortest = 12; // characters of a choice

constexpr Recheck kRechecks[] = {Recheck::Full, Recheck::Count};
constexpr SchemaAction kSchemaActions[] = {SchemaAction::Block, SchemaAction::Warn,
                                           SchemaAction::Accept};
constexpr UnitDay kUnitDays[] = {UnitDay::Reject, UnitDay::First, UnitDay::Sum};

/// A label above its field. Choices don't make the form wider than it is.
void addField(QWidget* home, const QString& words, QWidget* field)
{
    if (auto* choice = qobject_cast<QComboBox*>(field)) {
        choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        choice->setMinimumContentsLength(kShortest);
    }
    QLabel* label = plainLabel(words, home);
    label->setBuddy(field);
    home->layout()->addWidget(label);
    home->layout()->addWidget(field);
}

/// Keeps the password first: a source without it could not be polled.
Result<SourceSaved> keepAndSave(Engine& engine, const SecretKeeper& keeper,
                                const SourceDraft& draft, std::stop_token stop)
{
    const bool keeps = draft.secret && keeper.isThere();
    if (keeps)
        if (const Status stored = keeper.store(draft.name, *draft.secret); !stored)
            return fail(stored.error());
    auto saved = engine.saveDraft(draft, stop);
    if (!saved && keeps && !draft.isEdit)
        static_cast<void>(keeper.remove(draft.name));
    return saved;
}

} // namespace

PolicyPage::PolicyPage(SourceWizard& wizard)
    : WizardPage(wizard, tr("How are its days taken in?"),
                 tr("On the right is what these settings would mean now. Saving them imports "
                    "nothing by itself."))
{
    setCommitPage(true);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    connect(&m_pause, &QTimer::timeout, this, &PolicyPage::plan);
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeForm());
    m_panel = new PlanPanel(splitter);
    splitter->addWidget(m_panel);
    splitter->setHandleWidth(12);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({kFormWidth, kFormWidth});
    body()->addWidget(splitter, 1);
    m_saveNote = new FieldNote(nullptr, this);
    body()->addWidget(m_saveNote);
}

// --- Building ------------------------------------------------------------------------------------

QWidget* PolicyPage::makeForm()
{
    auto* area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setAccessibleName(tr("Policy"));
    auto* home = new QWidget(area);
    auto* layout = new QVBoxLayout(home);
    layout->setContentsMargins(0, 0, 12, 0);
    layout->setSpacing(4);
    setupZone(home);
    setupOrder(home);
    setupDays(home);
    setupRows(home);
    setupVersions(home);
    setupColumns(home);
    layout->addStretch(1);
    area->setWidget(home);
    return area;
}

void PolicyPage::setupZone(QWidget* home)
{
    m_zone = new QComboBox(home);
    makeTypable(m_zone);
    m_zone->lineEdit()->setAccessibleName(tr("Time zone in which its days begin"));
    for (const QByteArray& zone : QTimeZone::availableTimeZoneIds())
        m_zone->addItem(QString::fromLatin1(zone));
    addField(home, tr("Time &zone in which its days begin"), m_zone);
    m_zoneNote = new FieldNote(m_zone, home);
    home->layout()->addWidget(m_zoneNote);
    connect(m_zone, &QComboBox::currentTextChanged, this, &PolicyPage::changed);
}

void PolicyPage::setupOrder(QWidget* home)
{
    m_strict = new QRadioButton(tr("&Strict"), home);
    m_highWater = new QRadioButton(tr("&High-water"), home);
    home->layout()->addWidget(headingLabel(tr("Order"), 1.0, home));
    const std::pair<QRadioButton*, DayOrder> choices[] = {{m_strict, DayOrder::Strict},
                                                          {m_highWater, DayOrder::HighWater}};
    for (const auto& choice : choices) {
        choice.first->setAccessibleDescription(orderMeaning(choice.second));
        QLabel* words = wrappedLabel(orderMeaning(choice.second), home);
        words->setIndent(kHintIndent);
        home->layout()->addWidget(choice.first);
        home->layout()->addWidget(words);
    }
    connect(m_strict, &QRadioButton::toggled, this, &PolicyPage::changed);
}

void PolicyPage::setupDays(QWidget* home)
{
    m_hasFirstDay = new QCheckBox(tr("Begin with a &first day of my choice"), home);
    m_firstDay = new QDateEdit(home);
    m_firstDay->setDisplayFormat(QStringLiteral("yyyy-MM-dd"));
    m_firstDay->setCalendarPopup(false);
    m_firstDay->setAccessibleName(tr("First day"));
    m_horizon = new QSpinBox(home);
    m_horizon->setRange(0, 3650);
    m_horizon->setSuffix(tr(" days before today"));
    m_poll = new QSpinBox(home);
    m_poll->setRange(1, 10080);
    m_poll->setSuffix(tr(" minutes"));
    home->layout()->addWidget(m_hasFirstDay);
    home->layout()->addWidget(m_firstDay);
    addField(home, tr("&Otherwise the first day lies at most"), m_horizon);
    addField(home, tr("&Look for new signals every"), m_poll);
    connect(m_hasFirstDay, &QCheckBox::toggled, this, &PolicyPage::changed);
    connect(m_firstDay, &QDateEdit::dateChanged, this, &PolicyPage::changed);
    for (QSpinBox* box : {m_horizon, m_poll})
        connect(box, &QSpinBox::valueChanged, this, &PolicyPage::changed);
}

void PolicyPage::setupRows(QWidget* home)
{
    m_tolerance = new QDoubleSpinBox(home);
    m_tolerance->setRange(0, 100);
    m_tolerance->setDecimals(2);
    m_tolerance->setSuffix(tr(" % rejected rows"));
    m_unitDay = new QComboBox(home);
    for (const UnitDay policy : kUnitDays)
        m_unitDay->addItem(unitDayMeaning(policy), int(policy));
    addField(home, tr("A day may land with up &to"), m_tolerance);
    addField(home, tr("For further rows of one &unit, day and metric"), m_unitDay);
    connect(m_tolerance, &QDoubleSpinBox::valueChanged, this, &PolicyPage::changed);
    connect(m_unitDay, &QComboBox::currentIndexChanged, this, &PolicyPage::changed);
}

/// What becomes of days that have landed.
void PolicyPage::setupVersions(QWidget* home)
{
    const auto number = [home](int most, const QString& suffix, const QString& none) {
        auto* box = new QSpinBox(home);
        box->setRange(0, most);
        box->setSuffix(suffix);
        box->setSpecialValueText(none);
        return box;
    };
    m_recheckDays = number(365, tr(" days after it landed"), tr("never"));
    m_recheck = new QComboBox(home);
    for (const Recheck recheck : kRechecks)
        m_recheck->addItem(recheckMeaning(recheck), int(recheck));
    m_reimport = new QDoubleSpinBox(home);
    m_reimport->setRange(-1, 100);
    m_reimport->setDecimals(3);
    m_reimport->setSuffix(tr(" % of it has changed"));
    m_reimport->setSpecialValueText(tr("never: only mark it"));
    m_keepVersions = number(100, tr(" versions"), tr("none"));
    m_keepDays = number(3650, tr(" days at most"), tr("only until the next start"));
    home->layout()->addWidget(headingLabel(tr("Landed days"), 1.0, home));
    addField(home, tr("&Compare a landed day with its source daily, for"), m_recheckDays);
    addField(home, tr("To compare &is to"), m_recheck);
    addField(home, tr("Import a landed day a&gain by itself above"), m_reimport);
    addField(home, tr("Keep ea&rlier versions of a day"), m_keepVersions);
    addField(home, tr("Each of th&em for"), m_keepDays);
    for (QSpinBox* box : {m_recheckDays, m_keepVersions, m_keepDays})
        connect(box, &QSpinBox::valueChanged, this, &PolicyPage::changed);
    connect(m_recheck, &QComboBox::currentIndexChanged, this, &PolicyPage::changed);
    connect(m_reimport, &QDoubleSpinBox::valueChanged, this, &PolicyPage::changed);
}

/// What a change of the source's columns does.
void PolicyPage::setupColumns(QWidget* home)
{
    const auto choice = [this, home](const QString& words) {
        auto* box = new QComboBox(home);
        for (const SchemaAction action : kSchemaActions)
            box->addItem(schemaActionMeaning(action), int(action));
        addField(home, words, box);
        connect(box, &QComboBox::currentIndexChanged, this, &PolicyPage::changed);
        return box;
    };
    home->layout()->addWidget(headingLabel(tr("Its columns"), 1.0, home));
    m_columnGone = choice(tr("When a column that is read is gone"));
    m_columnNew = choice(tr("When there is a new column"));
    m_columnType = choice(tr("When a column has another type"));
}

// --- The step ------------------------------------------------------------------------------------

void PolicyPage::initializePage()
{
    fill();
    m_saveNote->clear();
    changed();
    m_pause.stop();
    plan();
}

void PolicyPage::fill()
{
    const QScopedValueRollback filling(m_filling, true);
    const Policy& policy = setup().input().policy;
    m_zone->setCurrentText(text(policy.timeZone));
    (policy.order == DayOrder::Strict ? m_strict : m_highWater)->setChecked(true);
    m_hasFirstDay->setChecked(policy.firstDay.has_value());
    m_firstDay->setDate(policy.firstDay ? toDate(*policy.firstDay)
                                        : toLocalTime(setup().bridge().now()).date());
    m_horizon->setValue(policy.horizonDays);
    m_poll->setValue(policy.pollMinutes);
    m_tolerance->setValue(policy.tolerancePercent);
    m_unitDay->setCurrentIndex(m_unitDay->findData(int(setup().input().config.unitDay)));
    fillLanded(policy);
}

void PolicyPage::fillLanded(const Policy& policy)
{
    m_recheckDays->setValue(policy.recheckDays);
    m_recheck->setCurrentIndex(m_recheck->findData(int(policy.recheck)));
    m_keepVersions->setValue(policy.keepVersions);
    m_keepDays->setValue(policy.keepDays);
    m_reimport->setValue(policy.reimportAbovePercent.value_or(-1));
    m_columnGone->setCurrentIndex(m_columnGone->findData(int(policy.columnGone)));
    m_columnNew->setCurrentIndex(m_columnNew->findData(int(policy.columnNew)));
    m_columnType->setCurrentIndex(m_columnType->findData(int(policy.columnType)));
}

void PolicyPage::takeLanded(Policy& policy) const
{
    policy.recheckDays = m_recheckDays->value();
    policy.recheck = Recheck(m_recheck->currentData().toInt());
    policy.keepVersions = m_keepVersions->value();
    policy.keepDays = m_keepDays->value();
    policy.reimportAbovePercent.reset();
    if (m_reimport->value() >= 0)
        policy.reimportAbovePercent = m_reimport->value();
    policy.columnGone = SchemaAction(m_columnGone->currentData().toInt());
    policy.columnNew = SchemaAction(m_columnNew->currentData().toInt());
    policy.columnType = SchemaAction(m_columnType->currentData().toInt());
}

void PolicyPage::takeOver()
{
    Policy& policy = setup().input().policy;
    policy.timeZone = utf8(m_zone->currentText().trimmed());
    policy.order = m_strict->isChecked() ? DayOrder::Strict : DayOrder::HighWater;
    policy.firstDay.reset();
    if (m_hasFirstDay->isChecked())
        policy.firstDay = toDay(m_firstDay->date());
    policy.horizonDays = m_horizon->value();
    policy.pollMinutes = m_poll->value();
    policy.tolerancePercent = m_tolerance->value();
    takeLanded(policy);
    setup().input().config.unitDay = UnitDay(m_unitDay->currentData().toInt());
    setup().input().config.timeZone = policy.timeZone;
}

void PolicyPage::changed()
{
    const SourceInfo* saved = setup().saved();
    const bool isFixed = saved && saved->firstDayFixed;
    m_hasFirstDay->setEnabled(!isFixed && !(saved && saved->policy.firstDay));
    setTip(m_hasFirstDay, isFixed ? tr("A day has landed: the first day stays.") : QString());
    m_firstDay->setEnabled(m_hasFirstDay->isChecked() && !isFixed);
    m_horizon->setEnabled(!m_hasFirstDay->isChecked());
    m_recheck->setEnabled(m_recheckDays->value() > 0);
    m_keepDays->setEnabled(m_keepVersions->value() > 0);
    if (m_filling)
        return;
    takeOver();
    const auto zone = TimeZone::find(setup().input().policy.timeZone);
    if (zone)
        m_zoneNote->clear();
    else
        m_zoneNote->say(zone.error());
    if (saved)
        m_panel->showChanges(settingChanges(*saved, setup().input().config, setup().input().policy),
                             true);
    Q_EMIT completeChanged();
    m_plan.cancel();
    m_panel->showAsking();
    m_pause.start();
}

bool PolicyPage::isComplete() const { return WizardPage::isComplete() && m_zoneNote->isHidden(); }

bool PolicyPage::isAsking() const
{
    return WizardPage::isAsking() || m_pause.isActive() || m_plan.pending();
}

void PolicyPage::stopAsking()
{
    m_pause.stop();
    m_plan.cancel();
    m_save.cancel();
}

void PolicyPage::plan()
{
    if (!m_zoneNote->isHidden())
        return;
    setup().bridge().ask(
        m_plan, Lane::Outside,
        [draft = setup().draft()](Engine& engine, std::stop_token stop) {
            return engine.planDraft(draft, stop);
        },
        [this](const Result<DraftPlan>& found) { m_panel->showPlan(found); });
}

bool PolicyPage::leave()
{
    takeOver();
    save();
    return false;
}

void PolicyPage::save()
{
    m_saveNote->clear();
    setBusy(setup().isEdit() ? tr("Saving the changes…") : tr("Adding the source…"));
    setup().bridge().ask(
        m_save, Lane::Outside,
        [draft = setup().draft(), keeper = setup().secrets()](Engine& engine,
                                                              std::stop_token stop) {
            return keepAndSave(engine, keeper, draft, stop);
        },
        [this](const Result<SourceSaved>& saved) { showSaved(saved); });
}

void PolicyPage::showSaved(const Result<SourceSaved>& saved)
{
    setIdle();
    if (!saved) {
        m_saveNote->say(saved.error());
        return;
    }
    setup().result = *saved;
    goOn();
}

} // namespace daymark::ui
