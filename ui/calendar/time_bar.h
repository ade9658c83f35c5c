// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/as_of.h"
#include "ui/bridge/engine_bridge.h"

#include <QWidget>

class QDateTimeEdit;
class QLabel;
class QPushButton;
class QSlider;
class QVBoxLayout;

namespace daymark::ui {

class Banner;

/// Chooses the moment of which a source's calendar is shown: a slider whose steps are the moments
/// at which something became another, a field for any other moment, and the way back to now.
class TimeBar : public QWidget
{
    Q_OBJECT

public:
    explicit TimeBar(EngineBridge& bridge, QWidget* parent = nullptr);

    /// Whose moments these are; another source begins at now.
    void setSource(const QString& name);
    /// Reads the moments again while the bar is on show.
    void reload();
    /// The chosen moment; none: now.
    [[nodiscard]] std::optional<Instant> moment() const { return m_moment; }
    /// Whether its moments were read.
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    /// Says what is on show, and what of it cannot be known any more.
    void tell(const std::vector<std::string>& unknown);
    void choose(std::optional<Instant> moment);

    /// Why nothing can be done to a calendar of the past.
    [[nodiscard]] static QString whyReadOnly();

public Q_SLOTS:
    /// Shows the bar, or hides it and goes back to now.
    void setOpen(bool open);

Q_SIGNALS:
    void momentChosen();
    void openChanged(bool open);
    void failed(const daymark::Error& error);

private:
    void setupRow(QVBoxLayout* layout);
    void showMoments(const Result<std::vector<PastMoment>>& moments);
    void chooseStep(int step);
    void chooseTyped();
    void refresh();
    [[nodiscard]] int step() const;
    [[nodiscard]] QString stepWords() const;

    EngineBridge& m_bridge;
    Banner* m_banner = nullptr;
    QDateTimeEdit* m_field = nullptr;
    QSlider* m_slider = nullptr;
    QPushButton* m_now = nullptr;
    QLabel* m_words = nullptr;
    QString m_source;
    std::vector<PastMoment> m_moments; ///< oldest first; the step after the last one is now
    std::optional<Instant> m_moment;
    bool m_loaded = false;
    bool m_wantsFocus = false; ///< once there is something to choose from
    Request m_request;
};

/// `14 June 2022 skipped by anna; 2 days signalled`: what came about at a moment.
[[nodiscard]] QString momentWords(const PastMoment& moment);

} // namespace daymark::ui
