// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/version_dialog.h"

#include "ui/calendar/impact_model.h"
#include "ui/style/tables.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableView>
#include <QVBoxLayout>

namespace daymark::ui {

namespace {

constexpr int kLongestVersionReason = 500;
constexpr int kVersionWidth = 840;
constexpr int kMetricsHeight = 180;

QString introduction(VersionDialog::Kind kind, const QString& source)
{
    if (kind == VersionDialog::Kind::Reimport)
        return VersionDialog::tr("The day is read again from %1. What has landed stays until you "
                                 "replace it, and is kept for a rollback after that.")
            .arg(source);
    return VersionDialog::tr("Another version takes the day's place. The one that is there now is "
                             "kept, so that you can come back to it.");
}

QString versionText(const VersionInfo& version, Instant now)
{
    return VersionDialog::tr("Run %1, landed %2, %3 rows")
        .arg(QString::number(version.run.value),
             version.landedAt ? clockTime(*version.landedAt, now) : QString(),
             figure(version.rows));
}

} // namespace

VersionDialog::VersionDialog(Kind kind, const QString& source, QDate day, QWidget* parent)
    : QDialog(parent), m_kind(kind), m_model(new ImpactModel(this))
{
    setWindowTitle(kind == Kind::Reimport ? tr("Re-import day") : tr("Roll back day"));
    setMinimumWidth(kVersionWidth);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 16);
    layout->setSpacing(10);
    layout->addWidget(headingLabel(fullDate(day), 1.2, this));
    layout->addWidget(wrappedLabel(introduction(kind, source), this));
    setupImpact();
    setupReason();
    setupButtons();
    showLooking();
}

void VersionDialog::setupImpact()
{
    m_versionLabel = plainLabel(tr("&Version"), this);
    m_versions = new QComboBox(this);
    m_versionLabel->setBuddy(m_versions);
    m_versionLabel->setVisible(m_kind == Kind::Rollback);
    m_versions->setVisible(m_kind == Kind::Rollback);
    m_versions->setMinimumHeight(28);
    m_sentence = wrappedLabel({}, this);
    m_metrics = plainTable(m_model, tr("Metrics that change"), this);
    m_metrics->setMinimumHeight(kMetricsHeight);
    layout()->addWidget(m_versionLabel);
    layout()->addWidget(m_versions);
    layout()->addWidget(m_sentence);
    layout()->addWidget(m_metrics);
    connect(m_versions, &QComboBox::currentIndexChanged, this, &VersionDialog::versionChosen);
}

void VersionDialog::setupReason()
{
    m_reason = new QLineEdit(this);
    m_reason->setMinimumHeight(28);
    m_reason->setMaxLength(kLongestVersionReason);
    m_reason->setPlaceholderText(tr("for those who look later; may be left empty"));
    QLabel* label = plainLabel(tr("R&eason"), this);
    label->setBuddy(m_reason);
    layout()->addWidget(label);
    layout()->addWidget(m_reason);
}

void VersionDialog::setupButtons()
{
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_accept = buttons->addButton(m_kind == Kind::Reimport ? tr("Replace") : tr("Roll back"),
                                  QDialogButtonBox::AcceptRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout()->addWidget(buttons);
}

void VersionDialog::offer(const std::vector<VersionInfo>& versions, Instant now)
{
    const QSignalBlocker quiet(m_versions);
    m_versions->clear();
    RunId current;
    for (const VersionInfo& version : versions)
        current = version.current ? version.run : current;
    int chosen = -1;
    for (const VersionInfo& version : versions) { // latest first
        if (version.current || !version.kept)
            continue;
        if (chosen < 0 && version.run < current)
            chosen = m_versions->count();
        m_versions->addItem(versionText(version, now), qint64(version.run.value));
    }
    m_versions->setCurrentIndex(chosen < 0 ? 0 : chosen);
}

void VersionDialog::showLooking()
{
    m_impact = {};
    m_model->reset({});
    m_metrics->setVisible(false);
    m_sentence->setText(m_kind == Kind::Reimport ? tr("Reading the day to see what would change…")
                                                 : tr("Comparing both versions…"));
    m_accept->setEnabled(false);
    setTip(m_accept, tr("Waits until it is known what would change."));
}

void VersionDialog::showImpact(const DayImpact& impact)
{
    m_impact = impact;
    m_model->reset(impact);
    m_metrics->setVisible(!impact.metrics.empty());
    fitColumns(m_metrics,
               {ImpactModel::Metric, ImpactModel::IdType, ImpactModel::Kind, ImpactModel::Rows,
                ImpactModel::Added, ImpactModel::Removed, ImpactModel::Changed});
    m_sentence->setText(impactSentence(impact));
    m_accept->setEnabled(true);
    setTip(m_accept, {});
    m_accept->setDefault(true);
}

void VersionDialog::showFailure(const Error& error)
{
    m_sentence->setText(errorText(error));
    setTip(m_accept, tr("It is not known what would change."));
}

RunId VersionDialog::version() const { return RunId{m_versions->currentData().toLongLong()}; }

QString VersionDialog::reason() const { return m_reason->text().simplified(); }

} // namespace daymark::ui
