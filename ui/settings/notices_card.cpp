// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/notices_card.h"

#include "ui/settings/mute_actions.h"
#include "ui/style/text.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QProcess>
#include <QPushButton>

namespace daymark::ui {

using Lane = EngineBridge::Lane;

namespace {

constexpr int kLongest = 4096;
constexpr int kFieldHeight = 28;

/// `Last notice 16:20: hooks.example.org answered 200.`
QString lastWords(const std::optional<Delivery>& last, Instant now)
{
    if (!last)
        return {};
    return NoticesCard::tr("Last notice %1: %2").arg(clockTime(last->at, now), text(last->words));
}

QString joined(const QString& first, const QString& second)
{
    return second.isEmpty() ? first : first + QLatin1Char(' ') + second;
}

} // namespace

std::vector<std::string> commandWords(const QString& line)
{
    std::vector<std::string> words;
    for (const QString& word : QProcess::splitCommand(line))
        words.push_back(utf8(word));
    return words;
}

QString commandLine(const std::vector<std::string>& words)
{
    QStringList parts;
    for (const std::string& word : words) {
        QString part = text(word).replace(QLatin1Char('"'), QStringLiteral("\"\"\""));
        const bool quoted = part.contains(QLatin1Char(' ')) || part.contains(QLatin1Char('\t'));
        parts << (quoted ? QLatin1Char('"') + part + QLatin1Char('"') : part);
    }
    return parts.join(QLatin1Char(' '));
}

NoticesCard::NoticesCard(EngineBridge& bridge, QWidget* parent)
    : Card(parent), m_bridge(bridge), m_mute(new MuteActions(bridge, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(10);
    layout->addWidget(headingLabel(tr("Notices of this workspace"), 1.15, this));
    layout->addWidget(wrappedLabel(
        tr("A failure, a new gap, a source that is overdue, polling that has stopped, and that "
           "all is well again: each is told once, by this window or by the watching command "
           "line, whichever runs the workspace."),
        this));
    setupMute(layout);
    setupTarget(layout, m_webhook, tr("&Webhook"),
                tr("Posts each notice as JSON to this address, https or http. The address is kept "
                   "in the workspace and never shown again: it may be a secret."));
    setupTarget(layout, m_command, tr("&Command to run"),
                tr("A program with its arguments, started without a shell for each notice. It "
                   "finds the notice in the variables DAYMARK_NOTICE_KIND, _SOURCE, _DAY, _TITLE "
                   "and _MESSAGE, and as JSON on its standard input; after 30 seconds it is "
                   "ended. Double quotes hold words together."));
    connectWebhook();
    connectCommand();
    connect(&m_bridge, &EngineBridge::stateChanged, this, &NoticesCard::reload);
    connect(&m_bridge, &EngineBridge::noticesChanged, this, &NoticesCard::reload);
    reload();
}

// --- Building ------------------------------------------------------------------------------------

void NoticesCard::setupMute(QVBoxLayout* layout)
{
    m_muteState = wrappedLabel({}, this);
    m_muteState->setAccessibleName(tr("Whether notices are muted"));
    layout->addWidget(m_muteState);
    auto* row = new QHBoxLayout;
    for (QAction* action : m_mute->all()) {
        QPushButton* button = buttonFor(action, this);
        button->setMinimumHeight(kFieldHeight);
        row->addWidget(button);
    }
    row->addStretch(1);
    layout->addLayout(row);
    connect(m_mute, &MuteActions::changed, this, &NoticesCard::refresh);
    connect(m_mute, &MuteActions::failed, this,
            [this](const Error& error) { m_webhook.result->sayError(error); });
}

void NoticesCard::setupTarget(QVBoxLayout* layout, Target& target, const QString& name,
                              const QString& words)
{
    const QString plain = QString(name).remove(QLatin1Char('&'));
    target.field = new QLineEdit(this);
    target.field->setMaxLength(kLongest);
    target.field->setMinimumHeight(kFieldHeight);
    target.words = words;
    QLabel* label = headingLabel(name, 1.0, this);
    label->setBuddy(target.field);
    target.save = new QPushButton(tr("Save"), this);
    target.test = new QPushButton(tr("Test"), this);
    target.remove = new QPushButton(tr("Remove"), this);
    auto* row = new QHBoxLayout;
    row->addWidget(target.field, 1);
    for (QPushButton* button : {target.save, target.test, target.remove}) {
        button->setAutoDefault(false);
        button->setMinimumHeight(kFieldHeight);
        button->setAccessibleName(tr("%1: %2").arg(plain, button->text()));
        row->addWidget(button);
    }
    target.state = wrappedLabel({}, this);
    target.state->setAccessibleName(tr("%1: state").arg(plain));
    target.result = new Banner(this);
    target.result->setDismissible(tr("Dismiss the result"));
    layout->addSpacing(4);
    layout->addWidget(label);
    layout->addWidget(wrappedLabel(words, this));
    layout->addLayout(row);
    layout->addWidget(target.state);
    layout->addWidget(target.result);
    connect(target.field, &QLineEdit::textChanged, this, &NoticesCard::refresh);
    connect(target.field, &QLineEdit::returnPressed, target.save, &QPushButton::click);
}

void NoticesCard::connectWebhook()
{
    connect(m_webhook.save, &QPushButton::clicked, this,
            [this] { saveWebhook(m_webhook.field->text().trimmed()); });
    connect(m_webhook.remove, &QPushButton::clicked, this, &NoticesCard::askRemoval);
    connect(m_webhook.test, &QPushButton::clicked, this, [this] {
        test(m_webhook,
             [url = utf8(m_webhook.field->text().trimmed())](Engine& engine, std::stop_token stop) {
                 return engine.notices().testWebhook(url, stop);
             });
    });
}

void NoticesCard::connectCommand()
{
    connect(m_command.save, &QPushButton::clicked, this,
            [this] { saveCommand(m_command.field->text()); });
    connect(m_command.remove, &QPushButton::clicked, this, &NoticesCard::removeCommand);
    connect(m_command.test, &QPushButton::clicked, this, [this] {
        test(m_command,
             [words = commandWords(m_command.field->text())](Engine& engine, std::stop_token stop) {
                 return engine.notices().testCommand(words, stop);
             });
    });
}

// --- What is kept --------------------------------------------------------------------------------

void NoticesCard::reload()
{
    refresh();
    m_bridge.ask(
        m_reading, Lane::Ledger,
        [](Engine& engine, const std::stop_token&) { return engine.notices().targets(); },
        [this](const Result<NoticeTargets>& targets) {
            if (targets)
                showTargets(*targets);
            else
                m_webhook.result->sayError(targets.error());
        });
}

void NoticesCard::showTargets(const NoticeTargets& targets)
{
    if (targets.command != m_targets.command)
        m_command.field->setText(commandLine(targets.command));
    m_targets = targets;
    refresh();
}

void NoticesCard::saveWebhook(const QString& url)
{
    m_bridge.ask(
        m_saving, Lane::Ledger,
        [url = utf8(url)](Engine& engine, const std::stop_token&) {
            return engine.notices().setWebhook(url);
        },
        [this, kept = !url.isEmpty()](const Status& saved) {
            if (saved)
                m_webhook.field->clear();
            takeSaved(m_webhook, saved,
                      kept ? tr("Notices are sent to the webhook from now on.")
                           : tr("Notices are not sent to a webhook any more."));
        });
}

void NoticesCard::saveCommand(const QString& line)
{
    m_bridge.ask(
        m_saving, Lane::Ledger,
        [words = commandWords(line)](Engine& engine, const std::stop_token&) {
            return engine.notices().setCommand(words);
        },
        [this](const Status& saved) {
            takeSaved(m_command, saved, tr("The command is started for each notice from now on."));
        });
}

/// The address cannot be brought back: nothing shows it again.
void NoticesCard::askRemoval()
{
    auto* box =
        new QMessageBox(QMessageBox::NoIcon, tr("Remove webhook"), {}, QMessageBox::Cancel, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setText(tr("Remove the webhook?"));
    box->setInformativeText(tr("Its address is not shown anywhere: to send notices there again, it "
                               "has to be entered again."));
    const QPushButton* remove = box->addButton(tr("&Remove webhook"), QMessageBox::AcceptRole);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(remove, &QPushButton::clicked, this, [this] { saveWebhook({}); });
    box->open();
}

void NoticesCard::removeCommand()
{
    m_bridge.ask(
        m_saving, Lane::Ledger,
        [](Engine& engine, const std::stop_token&) { return engine.notices().setCommand({}); },
        [this, words = m_targets.command](const Status& removed) {
            if (!removed) {
                takeSaved(m_command, removed, {});
                return;
            }
            m_command.result->say(Tone::Good, {});
            m_bridge.offerUndo(
                {tr("No command is started for notices any more."),
                 tr("The command is started for each notice again."),
                 [words](Engine& engine) { return engine.notices().setCommand(words); }});
            reload();
        });
}

void NoticesCard::takeSaved(Target& target, const Status& saved, const QString& done)
{
    if (saved)
        target.result->say(Tone::Good, done);
    else
        target.result->sayError(saved.error());
    reload();
}

void NoticesCard::test(Target& target,
                       const std::function<Result<Delivery>(Engine&, std::stop_token)>& job)
{
    target.result->say(Tone::Information, tr("Sending a test…"));
    m_bridge.ask(
        m_testing, Lane::Outside,
        [job](Engine& engine, std::stop_token stop) { return job(engine, std::move(stop)); },
        [this, &target](const Result<Delivery>& sent) {
            if (!sent)
                target.result->sayError(sent.error());
            else
                target.result->say(sent->ok ? Tone::Good : Tone::Error,
                                   sent->ok ? tr("The test arrived: %1").arg(text(sent->words))
                                            : tr("The test failed: %1").arg(text(sent->words)));
            refresh();
        });
    refresh();
}

void NoticesCard::refresh()
{
    const QString muted = m_mute->words();
    m_muteState->setText(joined(muted.isEmpty() ? tr("Notices are on.") : muted, m_mute->whyNot()));
    refreshWebhook();
    refreshCommand();
}

/// Where another process runs the workspace, what is kept can be tried, but not changed.
void NoticesCard::refreshTarget(Target& target, const Choice& choice)
{
    const QString elsewhere =
        m_bridge.canWrite() ? QString()
                            : tr("Another process runs this workspace; here it is only shown.");
    const auto allow = [](QPushButton* button, const QString& obstacle, const QString& tip) {
        button->setEnabled(obstacle.isEmpty());
        setTip(button, obstacle.isEmpty() ? tip : obstacle);
    };
    const auto first = [](std::initializer_list<QString> obstacles) {
        for (const QString& each : obstacles)
            if (!each.isEmpty())
                return each;
        return QString();
    };
    target.field->setEnabled(elsewhere.isEmpty());
    setTip(target.field, elsewhere);
    target.field->setAccessibleDescription(joined(target.words, elsewhere));
    allow(target.save, first({elsewhere, choice.typed ? QString() : tr("Nothing new is typed.")}),
          tr("Keeps what is typed; notices go there from now on."));
    allow(target.test,
          first({m_testing.pending() ? tr("A test is on its way.") : QString(),
                 choice.toTry ? QString() : tr("There is nothing to try yet.")}),
          tr("Sends a notice on the way of every notice and says how it went."));
    allow(target.remove, first({elsewhere, choice.kept ? QString() : tr("Nothing is kept.")}),
          tr("Notices do not go there any more."));
}

void NoticesCard::refreshWebhook()
{
    const QString host = text(m_targets.webhookHost);
    const bool typed = !m_webhook.field->text().trimmed().isEmpty();
    m_webhook.field->setPlaceholderText(host.isEmpty() ? QStringLiteral("https://…")
                                                       : tr("another address than the kept one"));
    refreshTarget(m_webhook, {typed, typed || !host.isEmpty(), !host.isEmpty()});
    m_webhook.state->setText(host.isEmpty()
                                 ? tr("No webhook.")
                                 : joined(tr("Sends to %1.").arg(host),
                                          lastWords(m_targets.lastWebhook, m_bridge.now())));
}

void NoticesCard::refreshCommand()
{
    const std::vector<std::string> words = commandWords(m_command.field->text());
    refreshTarget(m_command, {!words.empty() && words != m_targets.command, !words.empty(),
                              !m_targets.command.empty()});
    m_command.state->setText(m_targets.command.empty()
                                 ? tr("No command.")
                                 : joined(tr("Starts %1.").arg(text(m_targets.command.front())),
                                          lastWords(m_targets.lastCommand, m_bridge.now())));
}

} // namespace daymark::ui
