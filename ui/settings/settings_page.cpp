// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/settings_page.h"

#include "ui/settings/notices_card.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace daymark::ui {

namespace {

constexpr int kListHeight = 112;
constexpr int kHeight = 28;
constexpr int kWidest = 860;

/// A card with a heading and room below it.
QVBoxLayout* cardLayout(Card* card, const QString& heading)
{
    auto* layout = new QVBoxLayout(card);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(10);
    layout->addWidget(headingLabel(heading, 1.15, card));
    return layout;
}

} // namespace

SettingsPage::SettingsPage(EngineBridge& bridge, QWidget* parent)
    : QWidget(parent), m_bridge(bridge), m_message(new Banner(this))
{
    auto* sheet = new QWidget(this);
    sheet->setMaximumWidth(kWidest);
    auto* cards = new QVBoxLayout(sheet);
    cards->setContentsMargins(0, 0, 0, 0);
    cards->setSpacing(14);
    cards->addWidget(makeWindowCard());
    cards->addWidget(new NoticesCard(m_bridge, this));
    cards->addWidget(makeIdTypesCard());
    cards->addWidget(makeWorkspaceCard());
    cards->addStretch(1);

    auto* area = new QScrollArea(this);
    area->setAccessibleName(tr("Settings"));
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setWidget(sheet);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(10);
    layout->addWidget(headingLabel(tr("Settings"), 1.5, this));
    layout->addWidget(m_message);
    layout->addWidget(area, 1);

    connect(&m_bridge, &EngineBridge::stateChanged, this, &SettingsPage::start);
    refresh();
    start();
}

// --- The window ----------------------------------------------------------------------------------

QWidget* SettingsPage::makeWindowCard()
{
    auto* card = new Card(this);
    QVBoxLayout* layout = cardLayout(card, tr("This window"));
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(12);
    grid->setColumnStretch(2, 1);
    for (const SettingInfo& info : settingsTable()) {
        const int row = int(m_choices.size());
        auto* choice = new QComboBox(card);
        choice->setMinimumHeight(kHeight);
        for (const SettingChoice& each : info.choices)
            choice->addItem(each.name, each.value);
        choice->setAccessibleName(QString(info.name).remove(QLatin1Char('&')));
        choice->setAccessibleDescription(info.help);
        connect(choice, &QComboBox::activated, this, [this, row] { save(row); });
        m_choices.append(choice);
        auto* name = plainLabel(info.name, card);
        name->setBuddy(choice);
        name->setMinimumHeight(choice->sizeHint().height());
        grid->addWidget(name, row, 0, Qt::AlignTop);
        grid->addWidget(choice, row, 1, Qt::AlignTop);
        grid->addWidget(wrappedLabel(info.help, card), row, 2);
    }
    layout->addLayout(grid);
    return card;
}

void SettingsPage::refresh()
{
    for (qsizetype row = 0; row < m_choices.size(); ++row) {
        QComboBox* choice = m_choices[row];
        choice->setCurrentIndex(choice->findData(settingValue(settingsTable()[row].setting)));
    }
    m_recent->clear();
    for (const QString& folder : recentWorkspaces()) {
        if (folder != m_place->text())
            m_recent->addItem(folder);
    }
    m_openRecent->setEnabled(m_recent->count() > 0);
    setTip(m_openRecent,
           m_recent->count() > 0 ? QString() : tr("No other workspace was opened yet."));
}

void SettingsPage::save(int row)
{
    const Setting setting = settingsTable()[row].setting;
    saveSetting(setting, m_choices[row]->currentData().toString());
    Q_EMIT changed(setting);
}

// --- Id types ------------------------------------------------------------------------------------

QWidget* SettingsPage::makeIdTypesCard()
{
    auto* card = new Card(this);
    QVBoxLayout* layout = cardLayout(card, tr("Id types"));
    layout->addWidget(wrappedLabel(
        tr("What a row's id_type may say. Rows with another one are rejected as "
           "id_type.unknown. An id type stays once it is there: landed rows may bear it."),
        card));
    m_idTypes = new QListWidget(card);
    m_idTypes->setAccessibleName(tr("Id types of this workspace"));
    m_idTypes->setMaximumHeight(kListHeight);
    m_newIdType = new QLineEdit(card);
    m_newIdType->setAccessibleName(tr("New id type"));
    m_newIdType->setPlaceholderText(tr("for instance company_id"));
    m_newIdType->setMaxLength(256);
    m_add = new QPushButton(tr("A&dd id type"), card);
    m_add->setAutoDefault(false);
    m_add->setMinimumHeight(kHeight);
    m_newIdType->setMinimumHeight(kHeight);
    auto* row = new QHBoxLayout;
    row->addWidget(m_newIdType, 1);
    row->addWidget(m_add);
    layout->addWidget(m_idTypes);
    layout->addLayout(row);
    connect(m_newIdType, &QLineEdit::textChanged, this, &SettingsPage::refreshAdd);
    connect(m_newIdType, &QLineEdit::returnPressed, m_add, &QPushButton::click);
    connect(m_add, &QPushButton::clicked, this, &SettingsPage::addIdType);
    return card;
}

void SettingsPage::start()
{
    m_place->setText(QString::fromStdString(m_bridge.workspace().string()));
    refresh();
    refreshAdd();
    if (m_bridge.isOpen())
        reloadIdTypes();
}

void SettingsPage::reloadIdTypes()
{
    m_bridge.ask(
        m_reading, EngineBridge::Lane::Ledger,
        [](Engine& engine, const std::stop_token&) { return engine.idTypes(); },
        [this](const Result<std::vector<std::string>>& names) {
            if (!names) {
                m_message->sayError(names.error());
                return;
            }
            m_idTypes->clear();
            for (const std::string& name : *names)
                m_idTypes->addItem(text(name));
        });
}

void SettingsPage::addIdType()
{
    const QString name = m_newIdType->text().trimmed();
    m_bridge.ask(
        m_adding, EngineBridge::Lane::Ledger,
        [name = utf8(name)](Engine& engine, const std::stop_token&) {
            return engine.addIdType(name);
        },
        [this, name](const Status& status) { takeAdded(name, status); });
}

/// What was typed stays where it could not be added.
void SettingsPage::takeAdded(const QString& name, const Status& status)
{
    if (!status) {
        m_message->sayError(status.error());
        return;
    }
    m_message->say(Tone::Good, tr("The id type %1 was added.").arg(name));
    m_newIdType->clear();
    reloadIdTypes();
}

void SettingsPage::refreshAdd()
{
    const bool writes = m_bridge.canWrite();
    const bool typed = !m_newIdType->text().trimmed().isEmpty();
    const QString elsewhere =
        writes ? QString() : tr("Another process runs this workspace; here it is only shown.");
    m_newIdType->setEnabled(writes);
    setTip(m_newIdType, elsewhere);
    m_add->setEnabled(writes && typed);
    setTip(m_add, !writes ? elsewhere : typed ? QString() : tr("Type an id type first."));
}

// --- The workspace -------------------------------------------------------------------------------

QWidget* SettingsPage::makeWorkspaceCard()
{
    auto* card = new Card(this);
    QVBoxLayout* layout = cardLayout(card, tr("Workspace"));
    layout->addWidget(wrappedLabel(tr("The folder that keeps the sources, what landed and the "
                                      "record of every run. Another one opens in a window of its "
                                      "own; an empty folder becomes a new one there."),
                                   card));
    m_place = wrappedLabel({}, card);
    m_place->setAccessibleName(tr("This workspace"));
    m_place->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_recent = new QListWidget(card);
    m_recent->setAccessibleName(tr("Workspaces opened before"));
    m_recent->setMaximumHeight(kListHeight);
    auto* choose = new QPushButton(tr("&Open or create…"), card);
    m_openRecent = new QPushButton(tr("Open &selected"), card);
    auto* row = new QHBoxLayout;
    for (QPushButton* button : {choose, m_openRecent}) {
        button->setAutoDefault(false);
        button->setMinimumHeight(kHeight);
        row->addWidget(button);
    }
    row->addStretch(1);
    layout->addWidget(m_place);
    layout->addWidget(plainLabel(tr("Opened before:"), card));
    layout->addWidget(m_recent);
    layout->addLayout(row);
    connect(choose, &QPushButton::clicked, this, &SettingsPage::chooseWorkspace);
    connect(m_openRecent, &QPushButton::clicked, this, &SettingsPage::openRecent);
    connect(m_recent, &QListWidget::itemActivated, this, &SettingsPage::openRecent);
    return card;
}

void SettingsPage::chooseWorkspace()
{
    auto* dialog = new QFileDialog(this, tr("Open or create a workspace"), m_place->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &SettingsPage::workspaceAsked);
    dialog->open();
}

void SettingsPage::openRecent()
{
    const QListWidgetItem* item = m_recent->currentItem();
    if (!item && m_recent->count() > 0)
        item = m_recent->item(0);
    if (item)
        Q_EMIT workspaceAsked(item->text());
}

} // namespace daymark::ui
