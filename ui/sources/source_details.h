// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/views.h"
#include "ui/style/widgets.h"

class QFormLayout;

namespace daymark::ui {

/// All settings of one source, and how its last poll went.
class SourceDetails : public Card
{
    Q_OBJECT

public:
    explicit SourceDetails(QWidget* parent = nullptr);

    void clear();
    void showSource(const SourceInfo& source, Instant now);
    /// The details as lines of `name: value`.
    [[nodiscard]] QStringList lines() const { return m_lines; }

private:
    void add(const QString& name, const QString& value);
    void addPlace(const SourceInfo& source);
    void addPolicy(const SourceInfo& source);
    void addPoll(const SourceInfo& source, Instant now);

    QLabel* m_title = nullptr;
    QWidget* m_home = nullptr;
    QFormLayout* m_form = nullptr;
    QStringList m_lines;
};

} // namespace daymark::ui
