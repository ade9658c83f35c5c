// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/page_area.h"

#include <QEvent>
#include <QStackedWidget>

namespace daymark::ui {

namespace {

/// As large as the page on show needs; the others count for nothing.
class Sheet : public QWidget
{
public:
    Sheet(QStackedWidget* pages, QWidget* parent) : QWidget(parent), m_pages(pages)
    {
        pages->setParent(this);
        connect(pages, &QStackedWidget::currentChanged, this, [this] { updateGeometry(); });
    }

    [[nodiscard]] QSize minimumSizeHint() const override
    {
        const QWidget* page = m_pages->currentWidget();
        return page ? page->minimumSizeHint().expandedTo(page->minimumSize()) : QSize();
    }

    [[nodiscard]] QSize sizeHint() const override { return minimumSizeHint(); }

protected:
    void resizeEvent(QResizeEvent*) override { m_pages->resize(size()); }

    bool event(QEvent* event) override
    {
        if (event->type() == QEvent::LayoutRequest)
            updateGeometry();
        return QWidget::event(event);
    }

private:
    QStackedWidget* m_pages;
};

} // namespace

PageArea::PageArea(QStackedWidget* pages, QWidget* parent) : QScrollArea(parent)
{
    setAccessibleName(tr("Page"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setWidgetResizable(true);
    setWidget(new Sheet(pages, this));
}

} // namespace daymark::ui
