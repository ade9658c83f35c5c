// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QListWidget;
class QTextBrowser;

namespace daymark::ui {

/// The short guide that ships with the program: its sections at the side, their text beside them.
class GuideWindow : public QDialog
{
    Q_OBJECT

public:
    explicit GuideWindow(QWidget* parent = nullptr);

    /// Shows the section with this heading, the beginning where there is none.
    void showSection(const QString& heading);
    [[nodiscard]] QStringList sections() const;
    /// The heading of the section that is shown.
    [[nodiscard]] QString section() const;

private:
    void scrollTo(const QString& heading);

    QListWidget* m_sections = nullptr;
    QTextBrowser* m_text = nullptr;
};

} // namespace daymark::ui
