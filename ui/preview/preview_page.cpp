// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/preview_page.h"

#include "ui/preview/check_progress.h"
#include "ui/preview/preview_header.h"
#include "ui/preview/preview_result.h"
#include "ui/preview/report_csv.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QSaveFile>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QVBoxLayout>

namespace daymark::ui {

using Lane = EngineBridge::Lane;

namespace {

constexpr std::size_t kFirstRows = 1000;

QPushButton* addButton(QHBoxLayout* layout, const QString& text, QWidget* parent)
{
    auto* button = new QPushButton(text, parent);
    button->setAutoDefault(false);
    button->setMinimumHeight(28);
    layout->addWidget(button);
    return button;
}

Status writeText(const QString& path, const QString& content)
{
    QSaveFile file(path);
    const QByteArray bytes = content.toUtf8();
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    return fail(ErrorCode::StorageFailed,
                "The report could not be written to " + utf8(path) + ": " +
                    utf8(file.errorString()) + ".",
                "Choose another folder, or copy the report instead.");
}

} // namespace

PreviewPage::PreviewPage(EngineBridge& bridge, QWidget* parent) : QWidget(parent), m_bridge(bridge)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 12);
    layout->setSpacing(10);
    setupTop(layout);
    m_body = new QWidget(this);
    auto* body = new QVBoxLayout(m_body);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(10);
    m_result = new PreviewResult(m_body);
    body->addWidget(m_result, 1);
    setupReport(body);
    m_empty = wrappedLabel({}, this);
    m_empty->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_body);
    layout->addWidget(m_stack, 1);
    connectBridge();
    refreshButtons();
    start();
}

// --- Building ------------------------------------------------------------------------------------

void PreviewPage::setupTop(QVBoxLayout* layout)
{
    m_header = new PreviewHeader(this);
    m_message = new Banner(this);
    m_message->setDismissible(tr("Dismiss message"));
    m_progress = new CheckProgress(this);
    layout->addWidget(m_header);
    layout->addWidget(m_message);
    layout->addWidget(m_progress);
    connect(m_header, &PreviewHeader::sourceChosen, this, &PreviewPage::chooseSource);
    connect(m_header, &PreviewHeader::dayChosen, this, &PreviewPage::checkFirstRows);
    connect(m_header, &PreviewHeader::checkAsked, this, &PreviewPage::checkFirstRows);
    connect(m_header, &PreviewHeader::wholeDayAsked, this, &PreviewPage::checkWholeDay);
    connect(m_progress, &CheckProgress::cancelAsked, this, &PreviewPage::cancelCheck);
}

void PreviewPage::setupReport(QVBoxLayout* layout)
{
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    m_copy = addButton(row, tr("Copy &report"), m_body);
    m_save = addButton(row, tr("&Save report…"), m_body);
    setTip(m_copy, tr("Copies the counts, findings, rules and examples as CSV."));
    setTip(m_save, tr("Saves the counts, findings, rules and examples as CSV."));
    connect(m_copy, &QPushButton::clicked, this, &PreviewPage::copyReport);
    connect(m_save, &QPushButton::clicked, this, &PreviewPage::askForFile);
    layout->addLayout(row);
}

void PreviewPage::connectBridge()
{
    connect(&m_bridge, &EngineBridge::stateChanged, this, &PreviewPage::start);
    connect(&m_bridge, &EngineBridge::sourcesChanged, this, &PreviewPage::reloadSources);
    connect(&m_bridge, &EngineBridge::lookAgain, this, &PreviewPage::reloadSources);
    connect(&m_bridge, &EngineBridge::daysChanged, this, [this](const QString& changed) {
        if (changed == m_header->source())
            reloadDays();
    });
}

// --- Source and day ------------------------------------------------------------------------------

void PreviewPage::start()
{
    if (m_bridge.isOpen())
        reloadSources();
}

void PreviewPage::reloadSources()
{
    m_bridge.ask(
        m_sources, Lane::Ledger, [](Engine& engine, std::stop_token) { return engine.sources(); },
        [this](const Result<std::vector<SourceInfo>>& sources) { showSources(sources); });
}

void PreviewPage::showSources(const Result<std::vector<SourceInfo>>& sources)
{
    if (!sources) {
        m_message->say(Tone::Error, errorText(sources.error()));
        return;
    }
    QStringList names;
    m_tolerances.clear();
    for (const SourceInfo& info : *sources) {
        names << text(info.config.name);
        m_tolerances.insert(names.last(), info.policy.tolerancePercent);
    }
    m_header->setSources(names);
    if (names.isEmpty())
        clear();
    reloadDays();
    refreshButtons();
}

void PreviewPage::reloadDays()
{
    if (m_header->source().isEmpty())
        return;
    m_bridge.ask(
        m_days, Lane::Ledger,
        [name = utf8(m_header->source())](Engine& engine, std::stop_token) {
            return engine.calendar(name);
        },
        [this](const Result<CalendarView>& view) {
            if (view)
                m_header->setDays(*view);
        });
}

void PreviewPage::chooseSource()
{
    m_days.cancel();
    reloadDays();
    checkFirstRows();
}

void PreviewPage::lookAt(const QString& source, std::optional<QDate> day)
{
    m_header->choose(source, day);
    reloadDays();
    checkFirstRows();
}

// --- Checks --------------------------------------------------------------------------------------

PreviewRequest PreviewPage::request() const
{
    PreviewRequest request;
    if (const std::optional<QDate> day = m_header->day())
        request.day = toDay(*day);
    request.samples = kFirstRows;
    request.rows = kFirstRows;
    return request;
}

void PreviewPage::clear()
{
    m_first.cancel();
    m_whole.cancel();
    m_progress->end();
    m_preview.reset();
    m_message->say(Tone::Information, {});
    m_result->clear();
    m_stack->setCurrentWidget(m_empty);
    m_empty->setText(m_header->source().isEmpty()
                         ? tr("There is no source yet. Once one is added, this page shows what its "
                              "rows are like and what is wrong with them, before any is imported.")
                         : QString());
}

/// Customers' sources are asked only while the page is on show.
void PreviewPage::checkFirstRows()
{
    clear();
    m_wanted = !isVisible();
    if (m_header->source().isEmpty() || !isVisible()) {
        m_wanted = true;
        refreshButtons();
        return;
    }
    m_empty->setText(tr("Reading the first rows of %1…").arg(m_header->source()));
    m_bridge.ask(
        m_first, Lane::Outside,
        [name = utf8(m_header->source()), request = request()](
            Engine& engine, std::stop_token stop) { return engine.preview(name, request, stop); },
        [this](const Result<Preview>& preview) { take(preview); });
    refreshButtons();
}

void PreviewPage::take(const Result<Preview>& preview)
{
    if (preview) {
        m_preview = *preview;
        showResult();
    } else {
        m_message->say(Tone::Error, errorText(preview.error()));
        m_empty->setText(tr("Choose another day, or check again once the source can be read."));
    }
    refreshButtons();
}

void PreviewPage::checkWholeDay()
{
    if (!m_preview || !m_preview->day || m_whole.pending())
        return;
    PreviewRequest whole = request();
    whole.day = m_preview->day;
    whole.rows.reset();
    auto progress = std::make_shared<SharedProgress>();
    m_message->say(Tone::Information, {});
    m_progress->begin(tr("Checking all of %1").arg(plainDate(toDate(*whole.day))), progress);
    m_bridge.ask(
        m_whole, Lane::Outside,
        [name = m_preview->source, whole, progress](Engine& engine, std::stop_token stop) {
            return engine.preview(name, whole, stop,
                                  [&progress](const PreviewProgress& now) { progress->set(now); });
        },
        [this](const Result<Preview>& preview) { takeWhole(preview); });
    refreshButtons();
}

void PreviewPage::takeWhole(const Result<Preview>& preview)
{
    m_progress->end();
    if (preview) {
        m_preview = *preview;
        showResult();
    } else {
        m_message->say(Tone::Error, errorText(preview.error()));
    }
    refreshButtons();
}

void PreviewPage::cancelCheck()
{
    if (!m_whole.pending())
        return;
    m_whole.cancel();
    m_progress->end();
    m_message->say(Tone::Information,
                   tr("The check was cancelled. What is shown is of the first rows."));
    refreshButtons();
}

void PreviewPage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_wanted && m_bridge.isOpen() && !m_header->source().isEmpty())
        checkFirstRows();
}

// --- What came of them ---------------------------------------------------------------------------

void PreviewPage::showResult()
{
    const auto tolerance = m_tolerances.constFind(text(m_preview->source));
    m_result->showPreview(*m_preview, tolerance == m_tolerances.cend()
                                          ? std::nullopt
                                          : std::optional(tolerance.value()));
    m_stack->setCurrentWidget(m_body);
}

void PreviewPage::refreshButtons()
{
    QString why = tr("Reads and checks every row of the day in the background.");
    if (m_whole.pending())
        why = tr("The whole day is being checked.");
    else if (!m_preview || !m_preview->day)
        why = tr("Needs the first rows first.");
    else if (m_preview->wholeDay)
        why = tr("All rows of the day are shown already.");
    const bool whole = m_preview && m_preview->day && !m_preview->wholeDay && !m_whole.pending();
    m_header->setReady(!m_header->source().isEmpty() && !m_first.pending(), whole, why);
    m_copy->setEnabled(m_preview.has_value());
    m_save->setEnabled(m_preview.has_value() && !m_saving.pending());
}

// --- The report ----------------------------------------------------------------------------------

void PreviewPage::copyReport()
{
    if (!m_preview)
        return;
    QGuiApplication::clipboard()->setText(reportCsv(*m_preview));
    m_message->say(Tone::Good, tr("The report was copied."));
}

void PreviewPage::askForFile()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    auto* dialog = new QFileDialog(this, tr("Save report"), folder, tr("CSV files (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    dialog->selectFile(reportName(*m_preview));
    connect(dialog, &QFileDialog::fileSelected, this, &PreviewPage::saveReport);
    dialog->open();
}

void PreviewPage::saveReport(const QString& path)
{
    if (!m_preview)
        return;
    m_bridge.ask(
        m_saving, Lane::Ledger,
        [path, content = reportCsv(*m_preview)](Engine&, std::stop_token) {
            return writeText(path, content);
        },
        [this, path](const Status& written) {
            if (written)
                m_message->say(Tone::Good, tr("The report was saved as %1.").arg(path));
            else
                m_message->say(Tone::Error, errorText(written.error()));
            refreshButtons();
        });
    refreshButtons();
}

} // namespace daymark::ui
