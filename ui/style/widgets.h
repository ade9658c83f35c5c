// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The few shapes that the pages share.

#include "core/base/error.h"
#include "ui/style/look.h"

#include <QFrame>

class QAction;
class QHBoxLayout;
class QLabel;
class QComboBox;
class QPushButton;

namespace daymark::ui {

/// A label that shows its text as it stands, never as markup.
[[nodiscard]] QLabel* plainLabel(const QString& text = {}, QWidget* parent = nullptr);
/// The same over several lines.
[[nodiscard]] QLabel* wrappedLabel(const QString& text = {}, QWidget* parent = nullptr);
/// A label in a larger (or smaller) and bolder type.
[[nodiscard]] QLabel* headingLabel(const QString& text, double scale, QWidget* parent = nullptr);

/// A push button that does what the action does and is enabled and checked when it is; the action's
/// tool tip is its description too.
[[nodiscard]] QPushButton* buttonFor(QAction* action, QWidget* parent = nullptr);

/// Lets a choice be typed too; what fits is offered in a list. Enter takes what is typed as it
/// stands: the completion within the line that Qt offers else would take the first choice instead.
void makeTypable(QComboBox* choice);

/// Says of a control what it does, or why it can't: as its tool tip, and as its accessible
/// description.
void setTip(QWidget* control, const QString& words);

/// The same of a command, for its menu items and for its buttons: see buttonFor().
void setTip(QAction* command, const QString& words);

/// The message, and the hint on a line of its own.
[[nodiscard]] QString errorText(const Error& error);

/// A rounded sheet with a thin border that other widgets lie on.
class Card : public QFrame
{
    Q_OBJECT

public:
    explicit Card(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

/// A strip across a page that says one thing that matters now, with room for a button.
class Banner : public QFrame
{
    Q_OBJECT

public:
    explicit Banner(QWidget* parent = nullptr);

    /// Shows the text; an empty one hides the banner. An error's can be copied.
    void say(Tone tone, const QString& text);
    /// Shows the error; what is copied names its code, too.
    void sayError(const Error& error);
    [[nodiscard]] QString text() const;
    [[nodiscard]] Tone tone() const { return m_tone; }
    QPushButton* addButton(const QString& text);
    /// A button at the end that hides the banner.
    void setDismissible(const QString& accessibleName);

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void refreshLook();
    void copyDetails();

    Tone m_tone = Tone::Information;
    QString m_words;
    QString m_code; ///< of the error on show, where it is known
    QHBoxLayout* m_layout = nullptr;
    QLabel* m_icon = nullptr;
    QLabel* m_text = nullptr;
    QPushButton* m_copy = nullptr;
};

} // namespace daymark::ui
