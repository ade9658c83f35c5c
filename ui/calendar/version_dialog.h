// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/views.h"

#include <QDate>
#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace daymark::ui {

class ImpactModel;

/// Asks whether another version shall take a landed day's place, once it is known what that
/// changes.
class VersionDialog : public QDialog
{
    Q_OBJECT

public:
    enum class Kind { Reimport, Rollback };

    VersionDialog(Kind kind, const QString& source, QDate day, QWidget* parent);

    /// Offers the versions that can be gone to; the one before the current one is chosen first.
    void offer(const std::vector<VersionInfo>& versions, Instant now);
    /// While it is not known what would change.
    void showLooking();
    void showImpact(const DayImpact& impact);
    void showFailure(const Error& error);

    /// The chosen version; none where there is no choice.
    [[nodiscard]] RunId version() const;
    [[nodiscard]] QString reason() const;
    [[nodiscard]] const DayImpact& impact() const { return m_impact; }

Q_SIGNALS:
    void versionChosen();

private:
    void setupImpact();
    void setupReason();
    void setupButtons();

    Kind m_kind;
    DayImpact m_impact;
    ImpactModel* m_model = nullptr;
    QLabel* m_versionLabel = nullptr;
    QComboBox* m_versions = nullptr;
    QLabel* m_sentence = nullptr;
    QTableView* m_metrics = nullptr;
    QLineEdit* m_reason = nullptr;
    QPushButton* m_accept = nullptr;
};

} // namespace daymark::ui
