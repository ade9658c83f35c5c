// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/repair_panel.h"

#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace daymark::ui {

namespace {

constexpr int kFine = 1000; // steps of the bar
constexpr std::size_t kNotesSaid = 5;

QString failureWords(const Error& error)
{
    return error.code == ErrorCode::RunCancelled ? RepairPanel::tr("Stopped. Nothing was changed.")
                                                 : errorText(error);
}

} // namespace

QString repairWords(const RepairReport& report)
{
    QStringList lines{
        report.done ? RepairPanel::tr("A new ledger is in its place. It began with %1.")
                          .arg(text(report.base))
                    : RepairPanel::tr("A new ledger would begin with %1.").arg(text(report.base))};
    lines << (report.rebuilt == 0
                  ? RepairPanel::tr("Landed days found: %1; it knows all of them.")
                        .arg(figure(report.days))
                  : RepairPanel::tr("Landed days found: %1; %2 of them are entered from their own "
                                    "files.")
                        .arg(figure(report.days), figure(report.rebuilt)));
    for (std::size_t i = 0; i < std::min(report.notes.size(), kNotesSaid); ++i)
        lines << text(report.notes[i]);
    if (report.notes.size() > kNotesSaid)
        lines << RepairPanel::tr("%1 more notes; daymark-cli repair --dry-run lists them all.")
                     .arg(report.notes.size() - kNotesSaid);
    if (!report.setAside.empty())
        lines << RepairPanel::tr("What was there before lies in %1.")
                     .arg(QString::fromStdString(report.setAside.string()));
    return lines.join(QLatin1Char('\n'));
}

RepairPanel::RepairPanel(QWidget* parent) : QWidget(parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    m_words = wrappedLabel({}, this);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_words);
    setupWays(layout);
    setupProgress(layout);
    hide();
}

void RepairPanel::setupWays(QVBoxLayout* layout)
{
    m_ways = new QWidget(this);
    auto* column = new QVBoxLayout(m_ways);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    m_choice = new QButtonGroup(this);
    const auto add = [&](RepairBase base, const QString& name, const QString& words) {
        auto* way = new QRadioButton(name, m_ways);
        way->setAccessibleDescription(words);
        m_choice->addButton(way, int(base));
        QLabel* label = wrappedLabel(words, m_ways);
        label->setContentsMargins(24, 0, 0, 6);
        label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
        label->setMinimumHeight(2 * label->fontMetrics().lineSpacing() + 6);
        label->setForegroundRole(QPalette::PlaceholderText);
        column->addWidget(way);
        column->addWidget(label);
        return label;
    };
    add(RepairBase::Best, tr("&What is left of it"),
        tr("All that can still be read of the ledger; the last good copy where that is too "
           "little."));
    m_copyWords = add(RepairBase::Copy, tr("The last &good copy"), {});
    add(RepairBase::Files, tr("The landed &files alone"),
        tr("Sources, signals, skipped days and the journal are lost; each source is added again "
           "under its name and takes its landed days up."));
    m_choice->button(int(RepairBase::Best))->setChecked(true);
    layout->addWidget(m_ways);
}

void RepairPanel::setupProgress(QVBoxLayout* layout)
{
    m_progress = new QProgressBar(this);
    m_progress->setAccessibleName(tr("Repair"));
    layout->addWidget(m_progress);
    m_repair = new QPushButton(tr("&Make a new ledger"), this);
    m_stop = new QPushButton(tr("&Stop"), this);
    setTip(m_stop, tr("Leaves the workspace as it is."));
    auto* buttons = new QHBoxLayout;
    for (QPushButton* button : {m_repair, m_stop}) {
        button->setMinimumHeight(32);
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    layout->addLayout(buttons);
    connect(m_repair, &QPushButton::clicked, this, &RepairPanel::repair);
    connect(m_stop, &QPushButton::clicked, this, [this] {
        m_stop->setEnabled(false);
        m_stopper.request_stop();
    });
}

void RepairPanel::clear()
{
    m_request.cancel();
    hide();
}

void RepairPanel::setBusy(bool busy)
{
    m_progress->setRange(0, 0);
    m_progress->setFormat(QString());
    m_progress->setVisible(busy);
    m_stop->setVisible(busy);
    m_stop->setEnabled(busy);
    m_repair->setEnabled(!busy);
    m_ways->setEnabled(!busy);
    Q_EMIT busyChanged(busy);
}

/// What is left is seen by doing all of it, and keeping nothing.
void RepairPanel::look(const EngineOptions& options)
{
    m_options = options;
    m_ways->hide();
    m_repair->hide();
    m_words->setText(tr("Looking what is left of it. Nothing is changed."));
    show();
    RepairRequest request;
    request.dryRun = true;
    run(request);
}

void RepairPanel::repair()
{
    RepairRequest request;
    request.base = RepairBase(m_choice->checkedId());
    m_words->setText(tr("Making a new ledger. What is there now is set aside, not deleted."));
    run(request);
}

void RepairPanel::run(const RepairRequest& request)
{
    setBusy(true);
    m_stopper = std::stop_source();
    const auto tell = [this](const RepairProgress& progress) {
        QMetaObject::invokeMethod(
            this, [this, progress] { showProgress(progress); }, Qt::QueuedConnection);
    };
    m_queue.ask(
        m_request, WorkQueue::Lane::Ledger,
        [options = m_options, asked = request, tell,
         stopper = m_stopper](const std::stop_token& stop) mutable {
            const std::stop_callback stopWithQueue(stop, [&stopper] { stopper.request_stop(); });
            RepairRequest own = asked;
            own.progress = tell;
            return repairWorkspace(options, own, stopper.get_token());
        },
        [this, dryRun = request.dryRun](const Result<RepairReport>& report) {
            setBusy(false);
            if (dryRun)
                showLook(report);
            else
                showEnd(report);
        });
}

void RepairPanel::showProgress(const RepairProgress& progress)
{
    if (!isBusy())
        return;
    m_progress->setRange(0, progress.fraction ? kFine : 0);
    m_progress->setValue(int(progress.fraction.value_or(0) * kFine));
    m_progress->setFormat(progress.fraction ? tr("%1: %p %").arg(text(progress.words))
                                            : text(progress.words));
}

void RepairPanel::showLook(const Result<RepairReport>& report)
{
    if (!report) {
        m_words->setText(failureWords(report.error()));
        return;
    }
    if (!report->needed) {
        m_words->setText(tr("The ledger can be read again. Try to open the workspace once more."));
        return;
    }
    m_words->setText(text(report->fault) + QLatin1Char('\n') + repairWords(*report));
    QAbstractButton* copy = m_choice->button(int(RepairBase::Copy));
    copy->setEnabled(!report->copy.empty());
    m_copyWords->setText(
        report->copyAt ? tr("%1, put by on %2. What was done since, but for landed days, is lost.")
                             .arg(text(report->copy), dateAndTime(*report->copyAt))
                       : tr("There is none."));
    copy->setAccessibleDescription(m_copyWords->text());
    m_ways->show();
    m_repair->show();
    m_choice->button(int(RepairBase::Best))->setFocus();
}

void RepairPanel::showEnd(const Result<RepairReport>& report)
{
    if (!report) {
        m_words->setText(failureWords(report.error()));
        return;
    }
    hide();
    Q_EMIT repaired(repairWords(*report));
}

} // namespace daymark::ui
