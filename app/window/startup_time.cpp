// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/startup_time.h"

#include "ui/calendar/calendar_page.h"
#include "ui/overview/overview_page.h"

#include <QEvent>
#include <QFile>
#include <QTimer>

#include <cstdio>
#include <ctime>
#include <unistd.h>

namespace daymark {

namespace {

/// When the process began, in milliseconds since the machine did: field 22 of its stat file,
/// counted after the closing parenthesis of the program's name.
qint64 processBegin()
{
    QFile file(QStringLiteral("/proc/self/stat"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray stat = file.readAll();
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    constexpr int kAfterName = 19;
    return fields.value(kAfterName).toLongLong() * 1000 / ::sysconf(_SC_CLK_TCK);
}

/// Milliseconds since the process began.
qint64 age()
{
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return qint64(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000 - processBegin();
}

/// Lives until it has said when the window could be used.
class Teller : public QObject
{
public:
    explicit Teller(ui::MainWindow& window) : QObject(&window)
    {
        window.installEventFilter(this);
        watch(window.calendarPage(), &ui::CalendarPage::loaded);
        watch(window.overviewPage(), &ui::OverviewPage::loaded);
    }

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Paint && m_painted == 0)
            m_painted = age();
        return QObject::eventFilter(watched, event);
    }

private:
    /// A page that is there, but not on show, does not make the window usable.
    template <class Page>
    void watch(Page& page, void (Page::*loaded)())
    {
        connect(&page, loaded, this, [this, &page] {
            if (page.isVisible())
                QTimer::singleShot(0, this, [this] { tellUsable(); });
        });
    }

    void tellUsable()
    {
        std::fprintf(stderr, "startup: painted after %lld ms, usable after %lld ms\n",
                     static_cast<long long>(m_painted), static_cast<long long>(age()));
        delete this;
    }

    qint64 m_painted = 0;
};

} // namespace

void tellStartupTime(ui::MainWindow& window)
{
    if (qEnvironmentVariableIsSet("DAYMARK_STARTUP_TIME"))
        new Teller(window);
}

} // namespace daymark
