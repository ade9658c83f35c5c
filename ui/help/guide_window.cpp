// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/help/guide_window.h"

#include <QAbstractTextDocumentLayout>
#include <QDialogButtonBox>
#include <QFile>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextBrowser>
#include <QVBoxLayout>

/// Keeps the linker from leaving the guide out of a static library.
static void takeGuideAlong() { Q_INIT_RESOURCE(guide); }

namespace daymark::ui {

namespace {

constexpr QSize kFirstSize{820, 620};
constexpr int kListWidth = 190;
constexpr int kListMargin = 24;
constexpr int kSectionLevel = 2;

QString guideText()
{
    takeGuideAlong();
    QFile file(QStringLiteral(":/daymark/guide.md"));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

GuideWindow::GuideWindow(QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("Guide – Daymark"));
    m_text = new QTextBrowser(this);
    m_text->setAccessibleName(tr("Guide"));
    m_text->setMarkdown(guideText());
    m_sections = new QListWidget(this);
    m_sections->setAccessibleName(tr("Sections"));
    for (QTextBlock block = m_text->document()->begin(); block.isValid(); block = block.next()) {
        if (block.blockFormat().headingLevel() == kSectionLevel)
            m_sections->addItem(block.text());
    }
    const int words = m_sections->sizeHintForColumn(0) + kListMargin;
    m_sections->setFixedWidth(qMax(kListWidth, words));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* row = new QHBoxLayout;
    row->addWidget(m_sections);
    row->addWidget(m_text, 1);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(row, 1);
    layout->addWidget(buttons);
    resize(kFirstSize);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::hide);
    connect(m_sections, &QListWidget::currentTextChanged, this, &GuideWindow::scrollTo);
}

QStringList GuideWindow::sections() const
{
    QStringList out;
    for (int row = 0; row < m_sections->count(); ++row)
        out << m_sections->item(row)->text();
    return out;
}

QString GuideWindow::section() const
{
    const QListWidgetItem* item = m_sections->currentItem();
    return item ? item->text() : QString();
}

void GuideWindow::showSection(const QString& heading)
{
    show();
    raise();
    activateWindow();
    const QList<QListWidgetItem*> found = m_sections->findItems(heading, Qt::MatchExactly);
    m_sections->setCurrentItem(found.isEmpty() ? m_sections->item(0) : found.front());
    scrollTo(section());
    m_sections->setFocus();
}

/// Puts the heading at the top.
void GuideWindow::scrollTo(const QString& heading)
{
    const QTextDocument* document = m_text->document();
    for (QTextBlock block = document->begin(); block.isValid(); block = block.next()) {
        if (block.blockFormat().headingLevel() != kSectionLevel || block.text() != heading)
            continue;
        const QRectF place = document->documentLayout()->blockBoundingRect(block);
        m_text->verticalScrollBar()->setValue(int(place.top()));
        return;
    }
}

} // namespace daymark::ui
