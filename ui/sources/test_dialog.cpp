// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/test_dialog.h"

#include "ui/sources/busy_line.h"
#include "ui/sources/checklist.h"
#include "ui/sources/field_note.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace daymark::ui {

namespace {

constexpr QSize kDialogSize{560, 520};

} // namespace

TestDialog::TestDialog(EngineBridge& bridge, const QString& source, QWidget* parent)
    : QDialog(parent), m_bridge(bridge), m_source(source)
{
    setWindowTitle(tr("Test connection"));
    resize(kDialogSize);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 16);
    layout->setSpacing(10);
    layout->addWidget(headingLabel(tr("Connection of %1").arg(source), 1.2, this));
    m_steps = new Checklist(this);
    m_result = new FieldNote(m_steps, this);
    m_busy = new BusyLine(this);
    layout->addWidget(m_result);
    layout->addWidget(m_steps, 1);
    layout->addWidget(m_busy);
    // Beside the box, not in it: within one of three buttons Tab would never come to Close.
    m_again = new QPushButton(tr("&Test again"), this);
    auto* copy = new QPushButton(tr("Copy &details"), this);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* row = new QHBoxLayout;
    row->addWidget(m_again);
    row->addWidget(copy);
    row->addWidget(buttons, 1);
    layout->addLayout(row);
    connect(copy, &QPushButton::clicked, this, &TestDialog::copyDetails);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_again, &QPushButton::clicked, this, &TestDialog::start);
    connect(m_busy, &BusyLine::cancelAsked, this, [this] {
        m_test.cancel();
        m_busy->stop();
        m_again->setEnabled(true);
        m_result->say(Tone::Warning, tr("The test was stopped."));
    });
    start();
}

/// What was found, step by step; the steps hold no secret.
void TestDialog::copyDetails()
{
    QStringList lines{tr("Connection of %1").arg(m_source)};
    if (!m_result->text().isEmpty())
        lines << m_result->text();
    lines << m_steps->lines();
    QApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

void TestDialog::start()
{
    m_steps->clear();
    m_result->clear();
    m_busy->start(tr("Testing…"));
    m_again->setEnabled(false);
    m_bridge.ask(
        m_test, EngineBridge::Lane::Outside,
        [name = utf8(m_source)](Engine& engine, std::stop_token stop) {
            return engine.testSource(name, stop);
        },
        [this](const Result<SourceTest>& test) { showResult(test); });
}

void TestDialog::showResult(const Result<SourceTest>& test)
{
    m_busy->stop();
    m_again->setEnabled(true);
    if (!test) {
        m_result->say(test.error());
        return;
    }
    m_steps->showSteps(test->steps);
    if (test->ok)
        m_result->say(Tone::Good, tr("Everything that an import needs is there."));
    else
        m_result->say(Tone::Error,
                      tr("An import would fail. The first step that failed says why."));
}

} // namespace daymark::ui
