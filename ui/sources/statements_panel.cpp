// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/statements_panel.h"

#include "core/engine/about.h"
#include "ui/style/text.h"

#include <QApplication>
#include <QClipboard>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace daymark::ui {

StatementsPanel::StatementsPanel(QWidget* parent) : QWidget(parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(wrappedLabel(tr("For a new customer: the database's owner runs these "
                                      "statements once, in psql for instance. They make the tables "
                                      "and a role that may read them and nothing else."),
                                   this));
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    m_role = addName(row, tr("&Role"), QStringLiteral("daymark"));
    m_schema = addName(row, tr("S&chema"), QStringLiteral("public"));
    row->addStretch(1);
    m_said = plainLabel({}, this);
    row->addWidget(m_said);
    m_copy = new QPushButton(tr("Copy &statements"), this);
    m_copy->setAutoDefault(false);
    connect(m_copy, &QPushButton::clicked, this, &StatementsPanel::copy);
    row->addWidget(m_copy);
    layout->addLayout(row);
    m_text = new QPlainTextEdit(this);
    m_text->setReadOnly(true);
    m_text->setTabChangesFocus(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setAccessibleName(tr("Statements for the database's owner"));
    layout->addWidget(m_text, 1);
}

QLineEdit* StatementsPanel::addName(QHBoxLayout* row, const QString& label, const QString& usual)
{
    auto* field = new QLineEdit(this);
    field->setPlaceholderText(usual);
    field->setMaxLength(63);
    field->setMaximumWidth(160);
    QLabel* name = plainLabel(label, this);
    name->setBuddy(field);
    row->addWidget(name);
    row->addWidget(field);
    connect(field, &QLineEdit::textChanged, this, &StatementsPanel::refresh);
    return field;
}

void StatementsPanel::showFor(const std::string& kind, const std::string& table,
                              const std::string& signalTable)
{
    m_kind = kind;
    m_table = table;
    m_signalTable = signalTable;
    refresh();
}

QString StatementsPanel::statements() const { return m_text->toPlainText(); }

void StatementsPanel::refresh()
{
    const Result<std::string> statements =
        setupStatements({m_kind, utf8(m_role->text().trimmed()), utf8(m_schema->text().trimmed()),
                         m_table, m_signalTable});
    m_text->setPlainText(statements ? text(*statements) : QString());
    m_copy->setEnabled(statements.has_value());
    m_said->clear();
}

void StatementsPanel::copy()
{
    QApplication::clipboard()->setText(m_text->toPlainText());
    m_said->setText(tr("Copied."));
}

} // namespace daymark::ui
