// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/data_page.h"

#include "ui/sources/field_note.h"
#include "ui/sources/places_model.h"
#include "ui/style/tables.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QComboBox>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScopedValueRollback>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace daymark::ui {

namespace {

constexpr std::size_t kSampleRows = 20;
constexpr int kWidestColumn = 220;
constexpr int kPlacesWidth = 370;

} // namespace

DataPage::DataPage(SourceWizard& wizard)
    : WizardPage(wizard, tr("Which rows?"),
                 tr("Choose what holds the rows. Its columns and first rows are shown as they are; "
                    "how they are read comes next."))
    , m_places(new PlacesModel(this))
    , m_filter(new QSortFilterProxyModel(this))
    , m_sampleModel(new PlaceRowsModel(this))
{
    m_filter->setSourceModel(m_places);
    m_filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filter->setSortRole(PlacesModel::SortRole);
    setupChoice();
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setChildrenCollapsible(false);
    m_ways = new QStackedWidget(splitter);
    m_ways->addWidget(makePlaces());
    m_ways->addWidget(makeQuery());
    splitter->addWidget(m_ways);
    splitter->addWidget(makeSample());
    splitter->setHandleWidth(12);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({kPlacesWidth, kPlacesWidth});
    body()->addWidget(splitter, 1);
    m_note = new FieldNote(m_ways, this);
    body()->addWidget(m_note);
    setupSignals();
}

// --- Building ------------------------------------------------------------------------------------

void DataPage::setupChoice()
{
    m_choice = new QWidget(this);
    auto* row = new QHBoxLayout(m_choice);
    row->setContentsMargins(0, 0, 0, 0);
    m_byTable = new QRadioButton(tr("A &table or view"), m_choice);
    m_byQuery = new QRadioButton(tr("A &query"), m_choice);
    m_byTable->setChecked(true);
    row->addWidget(m_byTable);
    row->addWidget(m_byQuery);
    row->addStretch(1);
    body()->addWidget(m_choice);
    connect(m_byQuery, &QRadioButton::toggled, this, [this](bool on) {
        m_ways->setCurrentIndex(on ? 1 : 0);
        takeOver();
        forgetSample();
        if (!on && !m_filling)
            look(false);
    });
}

QWidget* DataPage::makePlaces()
{
    auto* home = new QWidget(this);
    auto* layout = new QVBoxLayout(home);
    layout->setContentsMargins(0, 0, 0, 0);
    m_search = new QLineEdit(home);
    m_search->setPlaceholderText(tr("Filter by name"));
    m_search->setAccessibleName(tr("Filter tables and files"));
    m_search->setClearButtonEnabled(true);
    m_table = plainTable(m_filter, tr("Tables and files"), home);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(-1, Qt::AscendingOrder);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    layout->addWidget(m_search);
    layout->addWidget(m_table, 1);
    connect(m_search, &QLineEdit::textChanged, m_filter,
            &QSortFilterProxyModel::setFilterFixedString);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        takeOver();
        if (!m_filling)
            look(false);
    });
    return home;
}

QWidget* DataPage::makeQuery()
{
    auto* home = new QWidget(this);
    auto* layout = new QVBoxLayout(home);
    layout->setContentsMargins(0, 0, 0, 0);
    m_query = new QPlainTextEdit(home);
    m_query->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_query->setTabChangesFocus(true);
    m_query->setPlaceholderText(
        QStringLiteral("SELECT user AS unit_id, 'user_id' AS id_type, day AS date, …"));
    QLabel* label = plainLabel(tr("One &SELECT without a semicolon"), home);
    label->setBuddy(m_query);
    auto* show = new QPushButton(tr("Show its &rows"), home);
    show->setAutoDefault(false);
    layout->addWidget(label);
    layout->addWidget(m_query, 1);
    layout->addWidget(show, 0, Qt::AlignLeft);
    connect(m_query, &QPlainTextEdit::textChanged, this, [this] {
        if (m_filling)
            return;
        takeOver();
        forgetSample();
    });
    connect(show, &QPushButton::clicked, this, [this] { look(false); });
    return home;
}

QWidget* DataPage::makeSample()
{
    auto* home = new QWidget(this);
    auto* layout = new QVBoxLayout(home);
    layout->setContentsMargins(0, 0, 0, 0);
    m_sampleTitle = plainLabel(tr("First rows"), home);
    m_sampleTitle->setMinimumHeight(m_search->sizeHint().height());
    m_sample = plainTable(m_sampleModel, tr("First rows"), home);
    m_sample->horizontalHeader()->setStretchLastSection(false);
    m_sample->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    layout->addWidget(m_sampleTitle);
    layout->addWidget(m_sample, 1);
    return home;
}

void DataPage::setupSignals()
{
    m_signals = new QComboBox(this);
    makeTypable(m_signals);
    m_signals->lineEdit()->setAccessibleName(tr("Finished days are announced in"));
    m_signals->setMinimumContentsLength(34);
    m_signals->setMinimumHeight(28);
    QLabel* label = plainLabel(tr("Finished days are &announced in"), this);
    label->setBuddy(m_signals);
    setTip(m_signals, tr("A table or file with the column finished_date, a row for each day "
                         "that is complete."));
    auto* row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(m_signals);
    row->addStretch(1);
    body()->addLayout(row);
    connect(m_signals, &QComboBox::currentTextChanged, this, [this] {
        if (!m_filling)
            takeOver();
    });
}

// --- The step ------------------------------------------------------------------------------------

void DataPage::initializePage()
{
    {
        const QScopedValueRollback filling(m_filling, true);
        const bool takesQuery = setup().kind().takesQuery;
        m_choice->setVisible(takesQuery);
        const SourceConfig& config = setup().input().config;
        const QString query = text(config.query);
        if (m_query->toPlainText() != query && !query.isEmpty())
            m_query->setPlainText(query);
        (takesQuery && !config.query.empty() ? m_byQuery : m_byTable)->setChecked(true);
        fillPlaces();
        fillSignals();
        selectFirst();
    }
    takeOver();
    if (isComplete() && m_lookedAt != key())
        look(false);
}

void DataPage::fillPlaces()
{
    m_places->reset(setup().place.items);
    fitColumns(m_table, {PlacesModel::Name, PlacesModel::Kind});
}

/// Offers the usual place first, then all others.
void DataPage::fillSignals()
{
    const std::string chosen = setup().input().config.signalTable;
    const std::string usual = setup().kind().uriIsPath && setup().kind().uriCanBeFolder
                                  ? std::string("signals")
                                  : usualPlaces("metrics").signalTable;
    m_signals->clear();
    m_signals->addItem(tr("the usual place: %1").arg(text(usual)));
    for (const PlaceItem& item : setup().place.items)
        if (!item.name.empty() && item.name != usual)
            m_signals->addItem(text(item.name));
    if (chosen.empty())
        m_signals->setCurrentIndex(0);
    else
        m_signals->setCurrentText(text(chosen));
}

/// What was chosen before, else what such a source usually has, else the first there is.
void DataPage::selectFirst()
{
    const std::string& chosen = setup().input().config.table;
    int row = chosen.empty() ? -1 : m_places->find(chosen);
    if (row < 0)
        row = m_places->find({});
    if (row < 0)
        row = m_places->find(usualPlaces("metrics").table);
    if (row < 0 && m_places->rowCount() > 0)
        row = 0;
    const QModelIndex index = m_filter->mapFromSource(m_places->index(row, 0));
    if (index.isValid())
        m_table->setCurrentIndex(index);
}

bool DataPage::usesQuery() const { return m_choice->isVisibleTo(this) && m_byQuery->isChecked(); }

bool DataPage::isComplete() const
{
    if (!WizardPage::isComplete())
        return false;
    return usesQuery() ? !m_query->toPlainText().trimmed().isEmpty()
                       : m_table->currentIndex().isValid();
}

void DataPage::takeOver()
{
    SourceConfig& config = setup().input().config;
    const QModelIndex current = m_filter->mapToSource(m_table->currentIndex());
    const bool listed = current.isValid() && std::size_t(current.row()) < m_places->items().size();
    config.query = usesQuery() ? utf8(m_query->toPlainText().trimmed()) : std::string();
    config.table =
        !usesQuery() && listed ? m_places->items()[std::size_t(current.row())].name : std::string();
    const bool usual = m_signals->currentText() == m_signals->itemText(0);
    config.signalTable = usual ? std::string() : utf8(m_signals->currentText().trimmed());
    Q_EMIT completeChanged();
}

/// What the sample on show was read from.
std::string DataPage::key() const
{
    const SourceConfig& config = setup().input().config;
    return config.kind + '\n' + config.uri + '\n' + config.table + '\n' + config.query;
}

bool DataPage::leave()
{
    takeOver();
    if (m_lookedAt == key())
        return true;
    look(true);
    return false;
}

void DataPage::look(bool thenGoOn)
{
    if (usesQuery() ? setup().input().config.query.empty() : !m_table->currentIndex().isValid())
        return;
    m_note->clear();
    m_lookedAt.clear();
    setBusy(tr("Reading the first rows…"));
    SourceDraft draft = setup().draft();
    draft.settings.columnMap.clear(); // columns are mapped in the next step
    setup().bridge().ask(
        m_look, EngineBridge::Lane::Outside,
        [draft](Engine& engine, std::stop_token stop) {
            return engine.sampleDraft(draft, kSampleRows, stop);
        },
        [this, thenGoOn, asked = key()](const Result<PlaceSample>& sample) {
            showSample(asked, sample, thenGoOn);
        });
}

/// What was read, or is being read, is not what is chosen now.
void DataPage::forgetSample()
{
    m_look.cancel();
    setIdle();
    m_note->clear();
}

void DataPage::showSample(const std::string& asked, const Result<PlaceSample>& sample,
                          bool thenGoOn)
{
    setIdle();
    if (!sample) {
        m_sampleModel->reset({});
        m_sampleTitle->setText(tr("First rows"));
        m_note->say(sample.error());
        return;
    }
    m_lookedAt = asked;
    setup().sample = *sample;
    m_sampleModel->reset(*sample);
    m_sampleTitle->setText(sample->rows.empty() ? tr("%1 has no rows yet").arg(text(sample->title))
                                                : tr("First rows of %1").arg(text(sample->title)));
    for (int i = 0; i < m_sampleModel->columnCount(); ++i) {
        m_sample->resizeColumnToContents(i);
        m_sample->setColumnWidth(i, qMin(kWidestColumn, m_sample->columnWidth(i)));
    }
    if (thenGoOn)
        goOn();
}

} // namespace daymark::ui
