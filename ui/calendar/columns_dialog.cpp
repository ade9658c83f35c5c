// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/calendar/columns_dialog.h"

#include "ui/calendar/columns_model.h"
#include "ui/style/tables.h"
#include "ui/style/widgets.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

namespace daymark::ui {

ColumnsDialog::ColumnsDialog(const QString& source, QWidget* parent)
    : QDialog(parent), m_source(source), m_model(new ColumnsModel(this))
{
    setWindowTitle(tr("Accept columns"));
    setMinimumSize(680, 360);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 16);
    layout->setSpacing(10);
    QLabel* title = headingLabel(tr("Accept the new columns of %1?").arg(source), 1.2, this);
    title->setWordWrap(true);
    layout->addWidget(title);
    m_table = plainTable(m_model, tr("Columns that differ"), this);
    layout->addWidget(m_table, 1);
    m_busy = new QProgressBar(this);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setAccessibleName(tr("Reading the columns"));
    layout->addWidget(m_busy);
    m_words = wrappedLabel(tr("Reading the columns of the source…"), this);
    layout->addWidget(m_words);
    setupButtons();
}

void ColumnsDialog::setupButtons()
{
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_accept = buttons->addButton(tr("&Accept the new columns"), QDialogButtonBox::AcceptRole);
    m_accept->setEnabled(false);
    m_accept->setAutoDefault(false);
    buttons->button(QDialogButtonBox::Cancel)->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout()->addWidget(buttons);
}

void ColumnsDialog::showStanding(const SchemaStanding& standing)
{
    m_busy->hide();
    m_model->reset(standing.differences);
    fitColumns(m_table,
               {ColumnsModel::Name, ColumnsModel::Change, ColumnsModel::Was, ColumnsModel::Now});
    m_accept->setEnabled(!standing.unusable && !standing.differences.empty());
    if (!standing.agreed)
        m_words->setText(tr("No columns have been agreed on yet: that is done when the first day "
                            "lands."));
    else if (standing.differences.empty())
        m_words->setText(tr("The columns are those that were agreed on. Poll the source: what "
                            "blocked it is over."));
    else if (standing.unusable)
        m_words->setText(errorText(*standing.unusable));
    else
        m_words->setText(agreementConsequence(standing));
    if (m_model->rowCount() > 0)
        m_table->selectRow(0);
}

void ColumnsDialog::showFailure(const Error& error)
{
    m_busy->hide();
    m_words->setText(errorText(error));
}

} // namespace daymark::ui
