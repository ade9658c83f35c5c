// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/mute_actions.h"

#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QAction>

namespace daymark::ui {

namespace {

constexpr std::chrono::hours kHour{1};
/// Tomorrow at eight, as the machine's clock shows it.
Instant tomorrowMorning(Instant now)
{
    const QDateTime morning(toLocalTime(now).date().addDays(1), QTime(8, 0));
    return Instant(std::chrono::milliseconds(morning.toMSecsSinceEpoch()));
}

} // namespace

MuteActions::MuteActions(EngineBridge& bridge, QObject* parent)
    : QObject(parent)
    , m_bridge(bridge)
    , m_hour(make(tr("Mute for &1 hour")))
    , m_tomorrow(make(tr("Mute until to&morrow, 8:00")))
    , m_forGood(make(tr("Mute until I &turn them on")))
    , m_on(make(tr("T&urn notices on")))
{
    connect(m_hour, &QAction::triggered, this, [this] { set({m_bridge.now() + kHour, false}); });
    connect(m_tomorrow, &QAction::triggered, this, [this] {
        set({tomorrowMorning(m_bridge.now()), false});
    });
    connect(m_forGood, &QAction::triggered, this, [this] { set({{}, true}); });
    connect(m_on, &QAction::triggered, this, [this] { set({}); });
    connect(&m_bridge, &EngineBridge::stateChanged, this, &MuteActions::reload);
    connect(&m_bridge, &EngineBridge::noticesChanged, this, &MuteActions::reload);
    connect(&m_bridge, &EngineBridge::lookAgain, this, &MuteActions::reload);
    reload();
}

QAction* MuteActions::make(const QString& words)
{
    auto* action = new QAction(words, this);
    action->setMenuRole(QAction::NoRole);
    return action;
}

QString MuteActions::words() const
{
    const Instant now = m_bridge.now();
    if (!m_mute.holds(now))
        return {};
    return m_mute.forGood ? tr("Notices are muted until they are turned on.")
                          : tr("Notices are muted until %1.").arg(clockTime(*m_mute.until, now));
}

void MuteActions::reload()
{
    refresh();
    m_bridge.ask(
        m_reading, EngineBridge::Lane::Ledger,
        [](Engine& engine, const std::stop_token&) { return engine.notices().targets(); },
        [this](const Result<NoticeTargets>& targets) {
            m_mute = targets ? targets->mute : Mute();
            refresh();
        });
}

void MuteActions::set(const Mute& mute)
{
    m_bridge.ask(
        m_setting, EngineBridge::Lane::Ledger,
        [mute](Engine& engine, const std::stop_token&) { return engine.notices().setMute(mute); },
        [this](const Status& set) {
            if (!set)
                Q_EMIT failed(set.error());
            reload();
        });
}

void MuteActions::refresh()
{
    const bool muted = m_mute.holds(m_bridge.now());
    const bool writes = m_bridge.canWrite();
    const QString elsewhere = whyNot();
    const auto allow = [&](QAction* action, bool possible, const QString& tip) {
        action->setEnabled(writes && possible);
        setTip(action, writes ? tip : elsewhere);
    };
    const QString before = tr("No notice is sent or shown before then.");
    allow(m_hour, true, before);
    allow(m_tomorrow, true, before);
    allow(m_forGood, true, tr("No notice is sent or shown."));
    allow(m_on, muted, muted ? tr("What is still the matter is told now.") : tr("Notices are on."));
    Q_EMIT changed();
}

QString MuteActions::whyNot() const
{
    if (m_bridge.canWrite())
        return {};
    return m_bridge.isOpen()
               ? tr("Another process runs this workspace and sends its notices; they can be muted "
                    "once it has ended and the workspace is opened again.")
               : tr("No workspace is open.");
}

} // namespace daymark::ui
