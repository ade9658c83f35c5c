// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/done_page.h"

#include "core/base/secret.h"
#include "ui/sources/field_note.h"
#include "ui/sources/source_words.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace daymark::ui {

DonePage::DonePage(SourceWizard& wizard)
    : WizardPage(wizard, tr("Done"), tr("Its calendar shows every day, and what each waits for."))
    , m_title(headingLabel({}, 1.3, this))
    , m_words(wrappedLabel({}, this))
{
    m_note = new FieldNote(nullptr, this);
    auto* calendar = new QPushButton(tr("Open its c&alendar"), this);
    calendar->setMinimumHeight(32);
    body()->addWidget(m_title);
    body()->addWidget(m_words);
    body()->addWidget(m_note);
    body()->addSpacing(8);
    body()->addWidget(calendar, 0, Qt::AlignLeft);
    body()->addStretch(1);
    connect(calendar, &QPushButton::clicked, this, [this] {
        Q_EMIT setup().calendarAsked(text(setup().result.source.config.name));
        setup().accept();
    });
}

void DonePage::initializePage()
{
    const SourceSaved& saved = setup().result;
    const QString name = text(saved.source.config.name);
    m_title->setText(setup().isEdit() ? tr("%1 was changed.").arg(name)
                                      : tr("%1 was added.").arg(name));
    m_words->setText(tr("Rows come from %1, finished days from %2. Next poll: %3.")
                         .arg(text(saved.source.dataPlace), text(saved.source.signalPlace),
                              nextPoll(saved.source, setup().bridge().now())));
    QStringList notes;
    if (saved.takenUp > 0)
        notes << tr("The landed days of an earlier source of that name (%1) are taken up.")
                     .arg(figure(saved.takenUp));
    if (saved.unreachable)
        notes << errorText(*saved.unreachable);
    for (const SchemaFinding& finding : saved.findings)
        if (finding.severity != Severity::Note)
            notes << text(finding.message);
    if (setup().draft().secret && !setup().secrets().isThere())
        notes << tr("The password was not kept. Start the program with it in the environment "
                    "variable %1.")
                     .arg(text(secretVariable(saved.source.config.name)));
    m_note->say(saved.unreachable ? Tone::Error : Tone::Warning, notes.join(QLatin1Char('\n')));
}

} // namespace daymark::ui
