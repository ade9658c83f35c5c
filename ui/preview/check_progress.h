// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/widgets.h"

#include "core/engine/views.h"

#include <QTimer>

#include <mutex>

class QProgressBar;

namespace daymark::ui {

/// What a check in the background writes and the window reads. Any thread.
class SharedProgress
{
public:
    void set(const PreviewProgress& progress)
    {
        const std::scoped_lock lock(m_mutex);
        m_progress = progress;
    }
    [[nodiscard]] PreviewProgress get() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_progress;
    }

private:
    mutable std::mutex m_mutex;
    PreviewProgress m_progress; ///< guarded by m_mutex
};

/// How far the check of a whole day is, with the button that ends it. Hidden while there is none.
class CheckProgress : public Card
{
    Q_OBJECT

public:
    explicit CheckProgress(QWidget* parent = nullptr);

    void begin(const QString& title, std::shared_ptr<const SharedProgress> progress);
    void end();
    [[nodiscard]] QString figures() const;

Q_SIGNALS:
    void cancelAsked();

private:
    void refresh();

    std::shared_ptr<const SharedProgress> m_progress;
    QTimer m_timer;
    QLabel* m_title = nullptr;
    QLabel* m_figures = nullptr;
    QProgressBar* m_bar = nullptr;
};

} // namespace daymark::ui
