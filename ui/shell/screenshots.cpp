// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/screenshots.h"

#include "ui/calendar/calendar_page.h"
#include "ui/calendar/day_actions.h"
#include "ui/calendar/month_grid.h"
#include "ui/calendar/zoomed_grid.h"
#include "ui/catalog/catalog_page.h"
#include "ui/day/day_page.h"
#include "ui/preview/preview_page.h"
#include "ui/runs/runs_page.h"
#include "ui/shell/main_window.h"
#include "ui/sources/source_actions.h"
#include "ui/sources/sources_page.h"
#include "ui/style/appearance.h"
#include "ui/style/text.h"
#include "ui/style/widgets.h"

#include <QAction>
#include <QPixmap>
#include <QPushButton>

#include <cstdio>

namespace daymark::ui {

namespace {

constexpr int kPatience = 180'000; // for the import of a whole demo on a slow machine
constexpr int kSettle = 350;       // for layouts, and answers of the ledger

} // namespace

Screenshots::Screenshots(MainWindow& window, const QString& folder, QObject* parent)
    : QObject(parent), m_window(window), m_folder(folder)
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this,
            [this] { fail(tr("The import did not end in time.")); });
    connect(&window.calendarPage(), &CalendarPage::loaded, this, &Screenshots::takeCalendar);
    connect(&window.bridge(), &EngineBridge::stateChanged, this, [this] {
        if (m_window.bridge().state() == EngineBridge::State::Failed)
            fail(errorText(m_window.bridge().error()));
    });
    connect(&window.bridge(), &EngineBridge::passFinished, this,
            [this](const QString&, const QString& message) { endPass(message); });
    QTimer::singleShot(0, this, &Screenshots::start);
}

void Screenshots::start()
{
    if (!m_folder.mkpath(QStringLiteral("."))) {
        fail(tr("The folder %1 cannot be made.").arg(m_folder.path()));
        return;
    }
    m_patience.start(kPatience);
}

void Screenshots::takeCalendar()
{
    if (m_importing || m_shooting)
        return;
    if (m_window.calendarPage().source().isEmpty()) {
        fail(tr("The workspace has no source. Add one first: daymark-cli demo."));
        return;
    }
    if (m_window.calendarPage().actions().importNow->isEnabled())
        pressImport();
    else
        planShots();
}

void Screenshots::pressImport()
{
    for (QPushButton* button : m_window.calendarPage().findChildren<QPushButton*>()) {
        if (button->text().remove(QLatin1Char('&')) == tr("Import now") && button->isEnabled()) {
            m_importing = true;
            std::puts(qPrintable(tr("Pressed Import now.")));
            button->click();
            return;
        }
    }
    fail(tr("There is no button Import now to press."));
}

void Screenshots::endPass(const QString& message)
{
    if (!m_importing || m_shooting)
        return;
    m_importing = false;
    if (!message.isEmpty())
        std::puts(qPrintable(message));
    planShots();
}

void Screenshots::planShots()
{
    m_shooting = true;
    const std::pair<Appearance, QString> appearances[] = {
        {Appearance::Light, QStringLiteral("light")}, {Appearance::Dark, QStringLiteral("dark")}};
    for (const auto& appearance : appearances) {
        m_steps.append([look = appearance.first] { applyAppearance(look); });
        planPages(appearance.second, {}, QSize(1280, 800));
        planPages(appearance.second, QStringLiteral("-1024x700"), QSize(1024, 700));
        planWizard(appearance.second);
    }
    nextShot();
}

void Screenshots::planPages(const QString& look, const QString& suffix, QSize size)
{
    const std::pair<MainWindow::Page, QString> pages[] = {
        {MainWindow::Overview, QStringLiteral("overview")},
        {MainWindow::Calendar, QStringLiteral("calendar")},
        {MainWindow::Sources, QStringLiteral("sources")},
        {MainWindow::Preview, QStringLiteral("preview")},
        {MainWindow::Catalog, QStringLiteral("catalog")},
        {MainWindow::Catalog, QStringLiteral("metric")},
        {MainWindow::Runs, QStringLiteral("runs")},
        {MainWindow::Settings, QStringLiteral("settings")},
        {MainWindow::Day, QStringLiteral("day")}};
    for (const auto& page : pages) {
        const QString name = page.second + QLatin1Char('-') + look + suffix;
        m_steps.append([this, size, on = page.first] {
            m_window.resize(size);
            show(on);
        });
        if (page.second == QLatin1String("metric"))
            m_steps.append([this] { m_window.catalogPage().openFirst(); });
        m_steps.append([this, name] { save(name); });
    }
    planYear(look, suffix, size);
}

void Screenshots::planYear(const QString& look, const QString& suffix, QSize size)
{
    const QString name = QStringLiteral("calendar-year-") + look + suffix;
    m_steps.append([this, size] {
        m_window.resize(size);
        show(MainWindow::Calendar);
        m_window.calendarPage().days().setZoom(Zoom::Year);
    });
    m_steps.append([this, name] {
        save(name);
        m_window.calendarPage().days().setZoom(Zoom::Month);
    });
}

/// Goes through the wizard with a copy of the source that is not saved in the end, then through the
/// last steps of an edit that changes nothing.
void Screenshots::planWizard(const QString& look)
{
    const QString names[] = {QStringLiteral("kind"),    QStringLiteral("connection"),
                             QStringLiteral("data"),    QStringLiteral("columns"),
                             QStringLiteral("preview"), QStringLiteral("policy"),
                             QStringLiteral("done")};
    m_steps.append([this] {
        show(MainWindow::Sources);
        m_window.sourcesPage().actions().duplicate->trigger();
    });
    for (int step = SourceWizard::Kind; step <= SourceWizard::Done; ++step) {
        const QString name = QStringLiteral("wizard-%1-%2-%3").arg(step + 1).arg(names[step], look);
        m_steps.append([this, name] {
            if (wizard())
                save(name, *wizard());
        });
        if (step == SourceWizard::PolicyStep)
            m_steps.append([this] {
                if (wizard())
                    wizard()->QDialog::done(QDialog::Rejected);
                m_window.sourcesPage().actions().editPolicy->trigger();
            });
        m_steps.append([this] {
            if (wizard() && wizard()->currentId() != SourceWizard::Done)
                wizard()->next();
            else if (wizard())
                wizard()->QDialog::done(QDialog::Accepted);
        });
    }
}

SourceWizard* Screenshots::wizard() const
{
    for (auto* candidate : m_window.findChildren<SourceWizard*>())
        if (candidate->isVisible())
            return candidate;
    return nullptr;
}

void Screenshots::nextShot()
{
    if (!m_shooting)
        return;
    if (m_steps.isEmpty()) {
        m_patience.stop();
        std::puts(
            qPrintable(tr("Saved %1 pictures in %2.").arg(m_saved.size()).arg(m_folder.path())));
        Q_EMIT finished(0);
        return;
    }
    if (isSettled())
        m_steps.takeFirst()();
    QTimer::singleShot(kSettle, this, &Screenshots::nextShot);
}

/// The calendar shows what is in the way, and the day's page a day that has landed.
void Screenshots::show(int page)
{
    CalendarPage& calendar = m_window.calendarPage();
    const std::optional<Day> landed = calendar.facts().view().plan.frontier;
    if (page == MainWindow::Day && landed)
        calendar.grid().select(toDate(*landed));
    else
        calendar.grid().select(calendar.facts().dayToShow());
    m_window.catalogPage().showList();
    m_window.showPage(MainWindow::Page(page));
}

bool Screenshots::isSettled() const
{
    const DayPage& day = m_window.dayPage();
    if (const SourceWizard* open = wizard(); open && open->isAsking())
        return false;
    return !m_window.previewPage().isBusy() && !m_window.catalogPage().isBusy() &&
           (!day.isVisible() || day.isLoaded());
}

void Screenshots::save(const QString& name) { save(name, m_window); }

void Screenshots::save(const QString& name, QWidget& from)
{
    const QString path = m_folder.filePath(name + QStringLiteral(".png"));
    if (!from.grab().save(path))
        fail(tr("The picture %1 could not be written.").arg(path));
    m_saved << path;
}

void Screenshots::fail(const QString& sentence)
{
    m_patience.stop();
    m_shooting = false;
    m_steps.clear();
    std::fputs(qPrintable(QStringLiteral("error: %1\n").arg(sentence)), stderr);
    Q_EMIT finished(1);
}

} // namespace daymark::ui
