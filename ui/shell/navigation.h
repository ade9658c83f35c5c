// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QToolButton>

class QVBoxLayout;

namespace daymark::ui {

/// The way to one page. Looks pressed while its page is on show.
class PageButton : public QToolButton
{
    Q_OBJECT

public:
    enum class Picture { Overview, Calendar, Sources, Preview, Catalog, Runs, Settings };

    PageButton(Picture picture, const QString& name, QWidget* parent);

    void setCurrent(bool current);
    [[nodiscard]] bool isCurrent() const { return m_current; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintPicture(QPainter& painter, const QRectF& box, const QColor& ink) const;

    Picture m_picture;
    bool m_current = false;
};

/// The column at the window's side with a button for each page.
class Navigation : public QWidget
{
    Q_OBJECT

public:
    explicit Navigation(QWidget* parent = nullptr);

    void addPage(PageButton::Picture picture, const QString& name);
    void setCurrent(int page);
    /// The name of the page on show.
    [[nodiscard]] QString currentName() const;

Q_SIGNALS:
    void chosen(int page);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QVBoxLayout* m_layout = nullptr;
    QList<PageButton*> m_buttons;
};

} // namespace daymark::ui
