// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/connection_page.h"

#include "core/base/secret.h"
#include "ui/sources/checklist.h"
#include "ui/sources/field_note.h"
#include "ui/sources/statements_panel.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace daymark::ui {

namespace {

/// The first step that failed, as an error.
Error firstFailure(const PlaceLook& look)
{
    const auto failed =
        std::find_if(look.steps.begin(), look.steps.end(),
                     [](const TestStepInfo& step) { return !step.ok && !step.warning; });
    return failed == look.steps.end()
               ? Error{}
               : Error{ErrorCode::SourceUnreachable, failed->message, failed->hint};
}

} // namespace

ConnectionPage::ConnectionPage(SourceWizard& wizard)
    : WizardPage(wizard, tr("Where is it?"),
                 tr("Test the connection to see each step. Next tests it too, and lists what the "
                    "place holds."))
{
    setupPlace();
    setupSecret();
    setupTest();
}

// --- Building ------------------------------------------------------------------------------------

void ConnectionPage::setupPlace()
{
    m_place = new QLineEdit(this);
    m_place->setMinimumHeight(28);
    m_placeNote = new FieldNote(m_place, this);
    m_placeLabel = plainLabel({}, this);
    m_placeLabel->setBuddy(m_place);
    m_chooseFile = new QPushButton(tr("Choose &file…"), this);
    m_chooseFolder = new QPushButton(tr("Choose f&older…"), this);
    auto* row = new QHBoxLayout;
    row->addWidget(m_place, 1);
    for (QPushButton* button : {m_chooseFile, m_chooseFolder}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    body()->addWidget(m_placeLabel);
    body()->addLayout(row);
    body()->addWidget(m_placeNote);
    connect(m_chooseFile, &QPushButton::clicked, this, [this] { choosePath(false); });
    connect(m_chooseFolder, &QPushButton::clicked, this, [this] { choosePath(true); });
    connect(m_place, &QLineEdit::textChanged, this, [this] {
        takeOver();
        forgetLook();
        Q_EMIT completeChanged();
    });
}

void ConnectionPage::setupSecret()
{
    m_secretHome = new QWidget(this);
    auto* layout = new QVBoxLayout(m_secretHome);
    layout->setContentsMargins(0, 4, 0, 0);
    m_secret = new QLineEdit(m_secretHome);
    m_secret->setEchoMode(QLineEdit::Password);
    m_secret->setMinimumHeight(28);
    m_secret->setMaximumWidth(360);
    QLabel* label = plainLabel(tr("&Password"), m_secretHome);
    label->setBuddy(m_secret);
    m_secretWords = wrappedLabel({}, m_secretHome);
    layout->addWidget(label);
    layout->addWidget(m_secret);
    layout->addWidget(m_secretWords);
    body()->addWidget(m_secretHome);
    connect(m_secret, &QLineEdit::textChanged, this, [this] {
        takeOver();
        forgetLook();
    });
}

void ConnectionPage::setupTest()
{
    m_test = new QPushButton(tr("&Test connection"), this);
    m_test->setAutoDefault(false);
    body()->addSpacing(4);
    body()->addWidget(m_test, 0, Qt::AlignLeft);
    connect(m_test, &QPushButton::clicked, this, [this] { look(false); });
    setupLower();
}

/// What a new customer's database needs, and then the steps of the look at it.
void ConnectionPage::setupLower()
{
    m_statements = new StatementsPanel(this);
    m_steps = new Checklist(this);
    m_lower = new QStackedWidget(this);
    m_lower->addWidget(m_steps);
    m_lower->addWidget(m_statements);
    body()->addWidget(m_lower, 1);
}

void ConnectionPage::showSteps(const std::vector<TestStepInfo>& steps)
{
    m_steps->showSteps(steps);
    const bool statements = steps.empty() && setup().kind().hasSetup;
    m_lower->setCurrentWidget(statements ? static_cast<QWidget*>(m_statements) : m_steps);
}

// --- The step ------------------------------------------------------------------------------------

void ConnectionPage::initializePage()
{
    const KindOffer& kind = setup().kind();
    m_placeLabel->setText(!kind.uriIsPath       ? tr("&Address")
                          : kind.uriCanBeFolder ? tr("Folder or fi&le")
                                                : tr("&Database file"));
    m_place->setPlaceholderText(text(kind.uriHelp));
    setTip(m_place, text(kind.uriHelp));
    m_chooseFile->setVisible(kind.uriIsPath);
    m_chooseFolder->setVisible(kind.uriIsPath && kind.uriCanBeFolder);
    m_secretHome->setVisible(kind.takesSecret);
    m_statements->showFor(kind.name);
    showSteps(m_steps->steps());
    const QString place = text(setup().input().config.uri);
    if (m_place->text() != place)
        m_place->setText(place);
    refreshSecretWords();
}

void ConnectionPage::refreshSecretWords()
{
    const QString variable = text(secretVariable(setup().input().config.name));
    if (setup().isEdit())
        m_secret->setPlaceholderText(tr("as it is kept now"));
    m_secretWords->setText(
        setup().secrets().isThere()
            ? tr("It goes to this machine's keychain in the last step, and nowhere else. Leave it "
                 "empty where the server asks for none.")
            : tr("This machine has no keychain that answers: a password typed here serves this "
                 "window only. For good, start the program with it in the environment variable %1.")
                  .arg(variable));
}

bool ConnectionPage::isComplete() const
{
    return WizardPage::isComplete() && !m_place->text().trimmed().isEmpty();
}

void ConnectionPage::takeOver()
{
    setup().input().config.uri = utf8(m_place->text().trimmed());
    setup().input().secret = utf8(m_secret->text());
}

void ConnectionPage::choosePath(bool folder)
{
    auto* dialog = new QFileDialog(this, folder ? tr("Choose folder") : tr("Choose file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    if (!m_place->text().isEmpty())
        dialog->selectFile(m_place->text());
    connect(dialog, &QFileDialog::fileSelected, m_place, &QLineEdit::setText);
    dialog->open();
}

bool ConnectionPage::leave()
{
    takeOver();
    if (setup().place.ok && m_lookedAt == key())
        return true;
    look(true);
    return false;
}

/// What a look was taken at.
std::string ConnectionPage::key() const
{
    const SourceInput& input = setup().input();
    return input.config.kind + '\n' + input.config.uri + '\n' + input.secret;
}

/// What was found, or is being looked for, is not of this place.
void ConnectionPage::forgetLook()
{
    m_look.cancel();
    setIdle();
    m_placeNote->clear();
    showSteps({});
}

void ConnectionPage::look(bool thenGoOn)
{
    takeOver();
    m_placeNote->clear();
    showSteps({});
    setBusy(tr("Looking at %1…").arg(m_place->text()));
    SourceDraft draft = setup().draft();
    setup().bridge().ask(
        m_look, EngineBridge::Lane::Outside,
        [draft](Engine& engine, std::stop_token stop) { return engine.browseDraft(draft, stop); },
        [this, thenGoOn](const Result<PlaceLook>& found) { showLook(found, thenGoOn); });
}

void ConnectionPage::showLook(const Result<PlaceLook>& found, bool thenGoOn)
{
    setIdle();
    if (!found) {
        m_placeNote->say(found.error());
        return;
    }
    setup().place = *found;
    showSteps(found->steps);
    if (!found->ok) {
        m_lookedAt.clear();
        m_placeNote->say(firstFailure(*found));
        m_place->setFocus();
        return;
    }
    m_lookedAt = key(); // a change would have made the answer stale
    m_placeNote->say(Tone::Good, tr("The place answers."));
    if (thenGoOn)
        goOn();
}

} // namespace daymark::ui
