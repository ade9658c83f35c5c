// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "ui/style/look.h"

#include <QWidget>

class QLabel;

namespace daymark::ui {

/// One sentence, perhaps with a hint, right beside the field that it is about. Hidden while there
/// is nothing to say.
class FieldNote : public QWidget
{
    Q_OBJECT

public:
    /// @param field  its accessible description says the same.
    explicit FieldNote(QWidget* field, QWidget* parent = nullptr);

    void say(Tone tone, const QString& text);
    void say(const Error& error);
    void clear();
    [[nodiscard]] QString text() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void refreshLook();
    void describeField(const QString& note);

    QWidget* m_field;
    QString m_own;       ///< what the field says of itself
    QString m_described; ///< what it was last made to say
    Tone m_tone = Tone::Information;
    QLabel* m_icon = nullptr;
    QLabel* m_text = nullptr;
};

} // namespace daymark::ui
