// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/source_wizard.h"

#include "ui/sources/check_page.h"
#include "ui/sources/connection_page.h"
#include "ui/sources/data_page.h"
#include "ui/sources/done_page.h"
#include "ui/sources/kind_page.h"
#include "ui/sources/mapping_page.h"
#include "ui/sources/policy_page.h"
#include "ui/sources/source_words.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QCloseEvent>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace daymark::ui {

namespace {

constexpr QSize kSize{980, 640};
constexpr int kListWidth = 132;

} // namespace

SourceWizard::SourceWizard(EngineBridge& bridge, const SecretKeeper& secrets,
                           const SourceInput& input, const std::optional<SourceInfo>& saved,
                           QWidget* parent)
    : QWizard(parent)
    , m_bridge(bridge)
    , m_secrets(secrets)
    , m_input(input)
    , m_first(input)
    , m_saved(saved)
    , m_kinds(offeredKinds())
{
    if (m_input.config.kind.empty())
        m_input.config.kind = m_kinds.front().name;
    m_first.config.kind = m_input.config.kind;
    setWindowTitle(saved ? tr("Edit %1").arg(text(saved->config.name)) : tr("Add source"));
    setWizardStyle(QWizard::ClassicStyle);
    setTitleFormat(Qt::PlainText);
    setOption(QWizard::NoCancelButtonOnLastPage);
    setOption(QWizard::NoBackButtonOnStartPage);
    setButtonText(QWizard::CommitButton, saved ? tr("Sa&ve changes") : tr("&Add source"));
    setButtonText(QWizard::FinishButton, tr("&Close"));
    setPage(Kind, new KindPage(*this));
    setPage(Connection, new ConnectionPage(*this));
    setPage(Data, new DataPage(*this));
    setPage(Mapping, new MappingPage(*this));
    setPage(Check, new CheckPage(*this));
    setPage(PolicyStep, new PolicyPage(*this));
    setPage(Done, new DonePage(*this));
    for (const int id : pageIds()) // what one waits for comes on show later
        connect(page(id), &QWizardPage::completeChanged, this, &SourceWizard::focusPage,
                Qt::QueuedConnection);
    setupSteps();
    connect(this, &QWizard::currentIdChanged, this, &SourceWizard::showStep);
    beginAt(saved ? Connection : Kind);
    resize(kSize);
}

void SourceWizard::beginAt(Step step)
{
    setStartId(step);
    for (int i = 0; i < m_steps.size(); ++i)
        m_steps[i]->setVisible(i >= step);
}

/// The way through the steps, with the one on show in bold.
void SourceWizard::setupSteps()
{
    const QString names[Steps] = {tr("Kind"),    tr("Connection"), tr("Data"), tr("Columns"),
                                  tr("Preview"), tr("Policy"),     tr("Done")};
    m_list = new QWidget(this);
    auto* layout = new QVBoxLayout(m_list);
    layout->setContentsMargins(14, 16, 6, 12);
    layout->setSpacing(10);
    for (const QString& name : names) {
        QLabel* label = plainLabel(name, m_list);
        layout->addWidget(label);
        m_steps.append(label);
    }
    layout->addStretch(1);
    m_list->setFixedWidth(qMax(kListWidth, m_list->sizeHint().width() * 6 / 5)); // one is bold
    setSideWidget(m_list);
}

void SourceWizard::showStep(int step)
{
    for (int i = 0; i < m_steps.size(); ++i) {
        QFont face = font();
        face.setWeight(i == step ? QFont::Bold : QFont::Normal);
        m_steps[i]->setFont(face);
        m_steps[i]->setEnabled(i <= step);
        m_steps[i]->setAccessibleDescription(i == step ? tr("this step") : QString());
    }
    m_focusLost = true;
    QMetaObject::invokeMethod(this, &SourceWizard::focusPage, Qt::QueuedConnection);
}

/// Where a step comes on show, and where what had the focus is gone, its first control has it.
void SourceWizard::focusPage()
{
    const QWidget* now = focusWidget();
    QWidget* page = currentPage();
    if (!page || isAsking() || (!m_focusLost && now && now->isVisible() && now->isEnabled()))
        return;
    for (QWidget* each = page->nextInFocusChain(); each != page; each = each->nextInFocusChain()) {
        const bool takesFocus = (each->focusPolicy() & Qt::TabFocus) && each->isVisible();
        const auto* radio = qobject_cast<QRadioButton*>(each);
        if (!takesFocus || !each->isEnabled() || !page->isAncestorOf(each) ||
            qobject_cast<QScrollArea*>(each) || (radio && !radio->isChecked()))
            continue;
        m_focusLost = false;
        each->setFocus(Qt::TabFocusReason);
        return;
    }
}

const KindOffer& SourceWizard::kind() const
{
    const auto found = std::find_if(m_kinds.begin(), m_kinds.end(), [this](const KindOffer& offer) {
        return offer.name == m_input.config.kind;
    });
    return found == m_kinds.end() ? m_kinds.front() : *found;
}

SourceDraft SourceWizard::draft() const
{
    SourceDraft draft = draftOf(m_input, saved());
    if (!kind().takesSecret)
        draft.secret.reset(); // typed for a kind that was chosen before
    return draft;
}

bool SourceWizard::isAsking() const
{
    const auto* page = qobject_cast<const WizardPage*>(currentPage());
    return page && page->isAsking();
}

bool SourceWizard::isUntouched() const
{
    if (m_saved)
        return m_input.secret.empty() &&
               settingChanges(*m_saved, m_input.config, m_input.policy).isEmpty();
    return currentId() <= Connection && m_input.config.uri == m_first.config.uri &&
           m_input.config.name == m_first.config.name && m_input.secret.empty();
}

/// What was entered goes with the window, so it asks first.
void SourceWizard::reject()
{
    if (currentId() == Done) {
        QWizard::accept();
        return;
    }
    if (isUntouched()) {
        QWizard::reject();
        return;
    }
    auto* box =
        new QMessageBox(QMessageBox::Question, windowTitle(), {}, QMessageBox::NoButton, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setText(isEdit() ? tr("Close without saving the changes?")
                          : tr("Close without adding the source?"));
    box->setInformativeText(tr("What was entered here is lost. Nothing has been saved."));
    QPushButton* discard = box->addButton(tr("&Discard"), QMessageBox::DestructiveRole);
    box->setDefaultButton(box->addButton(tr("&Keep editing"), QMessageBox::RejectRole));
    connect(discard, &QPushButton::clicked, this, [this] { QWizard::reject(); });
    box->open();
}

void SourceWizard::closeEvent(QCloseEvent* event)
{
    event->ignore();
    reject();
}

} // namespace daymark::ui
