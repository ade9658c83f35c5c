// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/kind_page.h"

#include "ui/sources/field_note.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QButtonGroup>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QVBoxLayout>

namespace daymark::ui {

namespace {

constexpr int kIndent = 20;

} // namespace

KindPage::KindPage(SourceWizard& wizard)
    : WizardPage(wizard, tr("What is the source?"),
                 tr("A source is where a customer's days come from. It is only ever read."))
    , m_offers(offeredKinds())
{
    setupKinds();
    setupName();
    body()->addStretch(1);
}

void KindPage::setupKinds()
{
    m_kinds = new QButtonGroup(this);
    for (std::size_t i = 0; i < m_offers.size(); ++i) {
        const KindOffer& offer = m_offers[i];
        auto* choice = new QRadioButton(text(offer.title), this);
        choice->setAccessibleDescription(text(offer.summary));
        choice->setChecked(offer.name == setup().input().config.kind);
        m_kinds->addButton(choice, int(i));
        body()->addWidget(choice);
        QLabel* words = wrappedLabel(text(offer.summary), this);
        words->setIndent(kIndent);
        body()->addWidget(words);
    }
}

void KindPage::setupName()
{
    m_name = new QLineEdit(text(setup().input().config.name), this);
    m_name->setMaximumWidth(360);
    m_name->setMinimumHeight(28);
    m_name->setPlaceholderText(tr("shop"));
    m_note = new FieldNote(m_name, this);
    QLabel* label = plainLabel(tr("Na&me of the source"), this);
    label->setBuddy(m_name);
    body()->addSpacing(14);
    body()->addWidget(label);
    body()->addWidget(m_name);
    body()->addWidget(m_note);
    body()->addWidget(wrappedLabel(tr("The name is part of the folders of its landed days, so it "
                                      "stays for good."),
                                   this));
    connect(m_name, &QLineEdit::textChanged, this, [this] {
        m_note->clear();
        setup().input().config.name = utf8(m_name->text());
        Q_EMIT completeChanged();
    });
}

bool KindPage::isComplete() const { return WizardPage::isComplete() && !m_name->text().isEmpty(); }

/// What was chosen at a place of another kind means nothing at this one; it is there again when the
/// person goes back to that kind.
void KindPage::takeKind(const std::string& kind)
{
    SourceConfig& config = setup().input().config;
    if (config.kind == kind)
        return;
    m_left[config.kind] = config;
    SourceConfig chosen = m_left[kind];
    chosen.name = config.name;
    chosen.kind = kind;
    chosen.unitDay = config.unitDay;
    chosen.timeZone = config.timeZone;
    config = chosen;
}

bool KindPage::leave()
{
    const std::size_t chosen = std::size_t(m_kinds->checkedId());
    if (chosen >= m_offers.size())
        return false;
    takeKind(m_offers[chosen].name);
    setBusy(tr("Checking the name…"));
    setup().bridge().ask(
        m_check, EngineBridge::Lane::Ledger,
        [name = utf8(m_name->text())](Engine& engine, std::stop_token) {
            return engine.checkDraftName(name);
        },
        [this](const Status& checked) {
            setIdle();
            if (checked) {
                goOn();
                return;
            }
            m_note->say(checked.error());
            m_name->setFocus();
        });
    return false;
}

} // namespace daymark::ui
