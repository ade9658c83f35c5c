// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/source_details.h"

#include "ui/sources/source_words.h"
#include "ui/style/tables.h"
#include "ui/style/text.h"

#include <QFormLayout>
#include <QLabel>
#include <QScrollArea>

namespace daymark::ui {

SourceDetails::SourceDetails(QWidget* parent) : Card(parent)
{
    setAccessibleName(tr("Details of the source"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 8, 8);
    m_title = headingLabel({}, 1.15, this);
    m_title->setWordWrap(true);
    auto* area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setAccessibleName(tr("Details"));
    area->viewport()->setAutoFillBackground(false);
    m_home = new QWidget(area);
    area->setWidget(m_home);
    m_home->setAutoFillBackground(false);
    layout->addWidget(m_title);
    layout->addWidget(area, 1);
    clear();
}

void SourceDetails::clear()
{
    m_title->setText(tr("Select a source"));
    m_lines.clear();
    qDeleteAll(m_home->children());
    m_form = new QFormLayout(m_home);
    m_form->setContentsMargins(0, 4, 8, 4);
    m_form->setHorizontalSpacing(14);
    m_form->setVerticalSpacing(5);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
}

void SourceDetails::add(const QString& name, const QString& value)
{
    if (value.isEmpty())
        return;
    QLabel* field = wrappedLabel(value, m_home);
    field->setTextInteractionFlags(Qt::TextSelectableByMouse);
    field->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_form->addRow(plainLabel(name, m_home), field);
    m_lines << tr("%1: %2").arg(name, value);
}

void SourceDetails::showSource(const SourceInfo& source, Instant now)
{
    clear();
    m_title->setText(text(source.config.name));
    addPoll(source, now);
    addPlace(source);
    addPolicy(source);
}

void SourceDetails::addPoll(const SourceInfo& source, Instant now)
{
    if (!source.enabled)
        add(tr("State"), tr("disabled: neither polled nor imported by itself"));
    add(tr("Last poll"), pollResult(source.poll, now));
    if (source.poll.error) {
        add(tr("What helps"), text(source.poll.error->hint));
        if (source.poll.failures > 1)
            add(tr("Failed"), tr("%1 times in a row").arg(source.poll.failures));
    }
    add(tr("Next poll"), nextPoll(source, now));
}

void SourceDetails::addPlace(const SourceInfo& source)
{
    const SourceConfig& config = source.config;
    add(tr("Kind"), kindTitle(config.kind));
    add(tr("Place"), text(config.uri));
    add(tr("Rows"), config.query.empty() ? text(source.dataPlace) : text(config.query));
    add(tr("Signals"), text(source.signalPlace));
    QStringList columns;
    for (const auto& [canonical, column] : config.columnMap)
        columns << tr("%1 from %2").arg(text(canonical), text(column));
    add(tr("Columns"),
        columns.isEmpty() ? tr("by their names") : columns.join(QStringLiteral(", ")));
    const auto format = config.format.find("date_format");
    if (format != config.format.end())
        add(tr("Dates"), text(format->second));
}

void SourceDetails::addPolicy(const SourceInfo& source)
{
    const Policy& policy = source.policy;
    add(tr("Time zone"), text(policy.timeZone));
    add(tr("Order"), tr("%1. %2").arg(orderWord(policy.order), orderMeaning(policy.order)));
    add(tr("First day"), policy.firstDay
                             ? plainDate(toDate(*policy.firstDay))
                             : tr("found within %1 days before today").arg(policy.horizonDays));
    add(tr("Poll"), tr("every %1 minutes").arg(policy.pollMinutes));
    add(tr("Tolerance"),
        tr("%1 % rejected rows").arg(wordsLocale().toString(policy.tolerancePercent, 'g', 6)));
    add(tr("Further rows"), unitDayMeaning(source.config.unitDay));
    add(tr("Compared daily"), recheckTime(policy.recheckDays));
    if (policy.recheckDays > 0)
        add(tr("To compare is to"), recheckMeaning(policy.recheck));
    add(tr("A changed day"), reimportWords(policy.reimportAbovePercent));
    add(tr("Versions kept"), keptVersions(policy));
    add(tr("A column gone"), schemaActionMeaning(policy.columnGone));
    add(tr("A new column"), schemaActionMeaning(policy.columnNew));
    add(tr("Another type"), schemaActionMeaning(policy.columnType));
    add(tr("Added"), dateAndTime(source.createdAt));
}

} // namespace daymark::ui
