// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/mapping_page.h"

#include "ui/preview/signs.h"
#include "ui/sources/field_note.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollArea>

#include <algorithm>

namespace daymark::ui {

namespace {

constexpr int kChoiceWidth = 220;
constexpr int kExampleLength = 32;
constexpr std::size_t kMostChoices = 2000; ///< columns offered; more make no list for people

/// Names as the decoder of dates knows them, and what people call them.
struct DateChoice
{
    const char* name;
    const char* words;
};

constexpr DateChoice kDates[] = {
    {"", QT_TRANSLATE_NOOP("daymark::ui::MappingPage", "found by their look")},
    {"iso", QT_TRANSLATE_NOOP("daymark::ui::MappingPage", "2022-06-13 (ISO)")},
    {"dd/mm/yyyy", QT_TRANSLATE_NOOP("daymark::ui::MappingPage", "13/06/2022 (day first)")},
    {"mm/dd/yyyy", QT_TRANSLATE_NOOP("daymark::ui::MappingPage", "06/13/2022 (month first)")},
    {"yyyymmdd", QT_TRANSLATE_NOOP("daymark::ui::MappingPage", "20220613")},
    {"unix_s", QT_TRANSLATE_NOOP("daymark::ui::MappingPage", "Unix seconds")},
    {"unix_ms", QT_TRANSLATE_NOOP("daymark::ui::MappingPage", "Unix milliseconds")},
    {"unix_us", QT_TRANSLATE_NOOP("daymark::ui::MappingPage", "Unix microseconds")},
};

/// The first value of a column that is there.
QString example(const PlaceSample& sample, std::size_t column)
{
    for (const auto& row : sample.rows)
        if (column < row.size() && row[column])
            return text(*row[column]);
    return {};
}

} // namespace

MappingPage::MappingPage(SourceWizard& wizard)
    : WizardPage(wizard, tr("Which column is which?"),
                 tr("Columns were matched by their names. Choose another one where the name "
                    "misleads; needed columns are marked with a star."))
{
    setupLines();
    setupDates();
}

void MappingPage::setupLines()
{
    m_verdict = new FieldNote(nullptr, this);
    body()->addWidget(m_verdict);
    auto* area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setAccessibleName(tr("Columns"));
    auto* home = new QWidget(area);
    auto* grid = new QGridLayout(home);
    grid->setContentsMargins(0, 0, 8, 0);
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(3, 1);
    const QString heads[] = {tr("Needed by an import"), tr("Expects"), tr("Column of the source"),
                             tr("Found there")};
    for (int i = 0; i < 4; ++i)
        grid->addWidget(headingLabel(heads[i], 1.0, home), 0, i);
    int row = 1;
    for (const ColumnNeed& need : columnsOfDataset("metrics")) {
        setupLine(grid, row, need);
        row += 2;
    }
    grid->setRowStretch(row, 1);
    area->setWidget(home);
    body()->addWidget(area, 1);
    m_others = new FieldNote(area, this);
    body()->addWidget(m_others);
}

void MappingPage::setupLine(QGridLayout* grid, int row, const ColumnNeed& need)
{
    QWidget* home = grid->parentWidget();
    Line line;
    line.need = need;
    QLabel* name = plainLabel(text(need.name) + (need.needed ? tr(" *") : QString()), home);
    line.choice = new QComboBox(home);
    line.choice->setMinimumWidth(kChoiceWidth);
    line.choice->setMaximumWidth(kChoiceWidth);
    setTip(line.choice, text(need.meaning));
    name->setBuddy(line.choice);
    setTip(name, text(need.meaning));
    line.found = plainLabel({}, home);
    line.found->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    line.note = new FieldNote(line.choice, home);
    grid->addWidget(name, row, 0);
    grid->addWidget(plainLabel(text(need.expects), home), row, 1);
    grid->addWidget(line.choice, row, 2);
    grid->addWidget(line.found, row, 3);
    grid->addWidget(line.note, row + 1, 2, 1, 2);
    connect(line.choice, &QComboBox::currentIndexChanged, this, [this] {
        if (m_filling)
            return;
        takeOver();
        refresh();
    });
    m_lines.push_back(line);
}

void MappingPage::setupDates()
{
    m_dates = new QComboBox(this);
    for (const DateChoice& choice : kDates)
        m_dates->addItem(tr(choice.words), QString::fromLatin1(choice.name));
    QLabel* label = plainLabel(tr("Dates are &written as"), this);
    label->setBuddy(m_dates);
    auto* again = new QPushButton(tr("&Match by name again"), this);
    again->setAutoDefault(false);
    auto* row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(m_dates);
    row->addStretch(1);
    row->addWidget(again);
    body()->addLayout(row);
    connect(again, &QPushButton::clicked, this, &MappingPage::matchByName);
    connect(m_dates, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_filling)
            takeOver();
    });
}

void MappingPage::initializePage()
{
    fillChoices();
    takeOver();
    refresh();
}

/// Offers every column of the source; the first entry leaves it to the name.
void MappingPage::fillChoices()
{
    const QScopedValueRollback filling(m_filling, true);
    const SourceConfig& config = setup().input().config;
    const PlaceSample& sample = setup().sample;
    const DraftMapping byName = mapDraft("metrics", sample, {});
    QStringList columns;
    for (std::size_t i = 0; i < std::min(sample.columns.size(), kMostChoices); ++i)
        columns << text(sample.columns[i].name);
    for (Line& line : m_lines) {
        const auto own = byName.names.find(line.need.name);
        line.choice->clear();
        line.choice->addItem(own == byName.names.end() ? tr("none of this name")
                                                       : tr("by name: %1").arg(text(own->second)));
        line.choice->addItems(columns);
        const auto chosen = config.columnMap.find(line.need.name);
        if (chosen == config.columnMap.end())
            continue;
        const QString column = text(chosen->second);
        if (!columns.contains(column))
            line.choice->addItem(column); // it has gone since, which the note says
        line.choice->setCurrentIndex(line.choice->findText(column, Qt::MatchExactly));
    }
    const auto date = config.format.find("date_format");
    const int index = date == config.format.end() ? 0 : m_dates->findData(text(date->second));
    m_dates->setCurrentIndex(qMax(0, index));
}

void MappingPage::takeOver()
{
    SourceConfig& config = setup().input().config;
    for (const Line& line : m_lines) {
        if (line.choice->currentIndex() > 0)
            config.columnMap[line.need.name] = utf8(line.choice->currentText());
        else
            config.columnMap.erase(line.need.name);
    }
    const std::string format = utf8(m_dates->currentData().toString());
    if (format.empty())
        config.format.erase("date_format");
    else
        config.format["date_format"] = format;
}

void MappingPage::refresh()
{
    const DraftMapping mapping =
        mapDraft("metrics", setup().sample, setup().input().config.columnMap);
    for (const Line& line : m_lines) {
        const auto column = mapping.names.find(line.need.name);
        showFound(line, column == mapping.names.end() ? std::string() : column->second);
        line.note->clear();
    }
    QStringList others;
    for (const SchemaFinding& finding : mapping.findings) {
        const auto line = std::find_if(m_lines.begin(), m_lines.end(), [&](const Line& candidate) {
            return candidate.need.name == finding.column;
        });
        if (line != m_lines.end())
            line->note->say(toneOf(finding.severity), text(finding.message));
        else if (others.size() < 4)
            others << text(finding.message);
    }
    m_others->say(Tone::Information, others.join(QLatin1Char('\n')));
    if (mapping.ok)
        m_verdict->say(Tone::Good, tr("Every needed column is there."));
    else
        m_verdict->say(Tone::Error, tr("Some needed columns are missing. The source can be added "
                                       "all the same; nothing is imported until they are there."));
}

void MappingPage::showFound(const Line& line, const std::string& column) const
{
    const PlaceSample& sample = setup().sample;
    const auto found =
        std::find_if(sample.columns.begin(), sample.columns.end(),
                     [&column](const SourceColumn& candidate) { return candidate.name == column; });
    if (column.empty() || found == sample.columns.end()) {
        line.found->clear();
        return;
    }
    QStringList parts;
    if (!found->typeName.empty())
        parts << text(found->typeName);
    const QString value = example(sample, std::size_t(found - sample.columns.begin()));
    if (!value.isEmpty())
        parts << tr("such as %1")
                     .arg(value.size() > kExampleLength ? value.left(kExampleLength) + QChar(0x2026)
                                                        : value);
    line.found->setText(parts.join(QStringLiteral(", ")));
    setTip(line.found, value);
}

void MappingPage::matchByName()
{
    setup().input().config.columnMap.clear();
    fillChoices();
    takeOver();
    refresh();
}

bool MappingPage::leave()
{
    takeOver();
    return true;
}

} // namespace daymark::ui
