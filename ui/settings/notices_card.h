// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/engine_bridge.h"
#include "ui/style/widgets.h"

class QLineEdit;
class QVBoxLayout;

namespace daymark::ui {

class MuteActions;

/// A command line as its words, and words as the line that gives them again. Double quotes hold
/// blanks together; three of them are one.
[[nodiscard]] std::vector<std::string> commandWords(const QString& line);
[[nodiscard]] QString commandLine(const std::vector<std::string>& words);

/// Where the workspace's notices go, besides the desktop, and whether they are muted.
class NoticesCard : public Card
{
    Q_OBJECT

public:
    explicit NoticesCard(EngineBridge& bridge, QWidget* parent = nullptr);

private:
    /// One target: its field, what can be done with it, and how the last notice arrived.
    struct Target
    {
        QString words; ///< what it is for
        QLineEdit* field = nullptr;
        QPushButton* save = nullptr;
        QPushButton* test = nullptr;
        QPushButton* remove = nullptr;
        QLabel* state = nullptr;
        Banner* result = nullptr;
    };

    void setupMute(QVBoxLayout* layout);
    void setupTarget(QVBoxLayout* layout, Target& target, const QString& name,
                     const QString& words);
    void connectWebhook();
    void connectCommand();
    void reload();
    void showTargets(const NoticeTargets& targets);
    void saveWebhook(const QString& url);
    void saveCommand(const QString& line);
    void askRemoval();
    void removeCommand();
    void test(Target& target, const std::function<Result<Delivery>(Engine&, std::stop_token)>& job);
    void takeSaved(Target& target, const Status& saved, const QString& done);
    /// What there is to do something with.
    struct Choice
    {
        bool typed = false; ///< in the field, other than what is kept
        bool toTry = false; ///< typed or kept
        bool kept = false;
    };

    void refresh();
    void refreshWebhook();
    void refreshCommand();
    void refreshTarget(Target& target, const Choice& choice);

    EngineBridge& m_bridge;
    MuteActions* m_mute = nullptr;
    QLabel* m_muteState = nullptr;
    Target m_webhook;
    Target m_command;
    NoticeTargets m_targets;
    Request m_reading;
    Request m_saving;
    Request m_testing;
};

} // namespace daymark::ui
