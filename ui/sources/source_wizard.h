// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/about.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/sources/secret_keeper.h"
#include "ui/sources/source_input.h"

#include <QWizard>

class QLabel;

namespace daymark::ui {

/// Sets a source up, or changes one, step by step. Going back loses nothing, and nothing is saved
/// before the last step.
class SourceWizard : public QWizard
{
    Q_OBJECT

public:
    enum Step { Kind, Connection, Data, Mapping, Check, PolicyStep, Done, Steps };

    /// @param saved  the source that is edited; none for a new one.
    SourceWizard(EngineBridge& bridge, const SecretKeeper& secrets, const SourceInput& input,
                 const std::optional<SourceInfo>& saved, QWidget* parent);

    /// Opens at a later step; to be called before the wizard is shown.
    void beginAt(Step step);

    [[nodiscard]] EngineBridge& bridge() { return m_bridge; }
    [[nodiscard]] const SecretKeeper& secrets() const { return m_secrets; }
    [[nodiscard]] SourceInput& input() { return m_input; }
    [[nodiscard]] const SourceInfo* saved() const { return m_saved ? &*m_saved : nullptr; }
    [[nodiscard]] bool isEdit() const { return m_saved.has_value(); }
    [[nodiscard]] SourceDraft draft() const;
    [[nodiscard]] const KindOffer& kind() const;

    /// Whether the step on show waits for an answer.
    [[nodiscard]] bool isAsking() const;

    /// What the steps before have found.
    PlaceLook place;
    PlaceSample sample;
    SourceSaved result;

    void reject() override;

Q_SIGNALS:
    void calendarAsked(const QString& source);

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void setupSteps();
    void showStep(int step);
    void focusPage();
    [[nodiscard]] bool isUntouched() const;

    EngineBridge& m_bridge;
    SecretKeeper m_secrets;
    SourceInput m_input;
    SourceInput m_first; ///< what it began with
    std::optional<SourceInfo> m_saved;
    std::vector<KindOffer> m_kinds;
    QWidget* m_list = nullptr;
    QList<QLabel*> m_steps;
    bool m_focusLost = false; ///< a step came on show, and nothing of it has the focus yet
};

} // namespace daymark::ui
