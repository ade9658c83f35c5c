// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shop.h"

#include <sqlite3.h>

#include <QtGlobal>

namespace daymark::test {

namespace {

std::string quotedDay(int dayOfJune) { return "'" + formatDay(june(dayOfJune)) + "'"; }

} // namespace

Day june(int dayOfMonth)
{
    return Day{std::chrono::year{2022} / 6 / 1} + std::chrono::days(dayOfMonth - 1);
}

Shop::Shop(const std::string& now) : m_clock(Clock::startingAt(parseInstant(now).value()))
{
    execute("CREATE TABLE statsig_user_metrics (unit_id, id_type, date, timeuuid, metric_name, "
            "metric_value, numerator, denominator)");
    execute("CREATE TABLE statsig_user_metrics_signal (finished_date)");
    const Status created = Engine::create(folder(), m_clock);
    if (!created)
        qFatal("%s", created.error().message.c_str());
}

std::string Shop::database() const { return m_folder.filePath("shop.sqlite").toStdString(); }

std::filesystem::path Shop::folder() const { return m_folder.filePath("workspace").toStdString(); }

void Shop::execute(const std::string& sql) const
{
    sqlite3* handle = nullptr;
    char* message = nullptr;
    if (sqlite3_open(database().c_str(), &handle) != SQLITE_OK ||
        sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, &message) != SQLITE_OK)
        qFatal("%s: %s", sql.c_str(), message ? message : sqlite3_errmsg(handle));
    sqlite3_close(handle);
}

void Shop::addRows(int dayOfJune, int good, int bad) const
{
    const std::string numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                                "WHERE i < " +
                                std::to_string(good + bad) + ") ";
    const std::string day = quotedDay(dayOfJune);
    execute("INSERT INTO statsig_user_metrics " + numbers + "SELECT 'u' || i, 'user_id', " + day +
            ", " + day +
            " || '-' || i, 'revenue', "
            "CASE WHEN i <= " +
            std::to_string(good) + " THEN i END, NULL, NULL FROM n");
}

void Shop::signal(int dayOfJune) const
{
    execute("INSERT INTO statsig_user_metrics_signal VALUES (" + quotedDay(dayOfJune) + ")");
}

Result<std::unique_ptr<Engine>> Shop::open(OpenMode mode) const
{
    EngineOptions options;
    options.workspace = folder();
    options.clock = m_clock;
    options.mode = mode;
    options.actor = "tester";
    return Engine::open(options);
}

std::unique_ptr<Engine> Shop::openAt(const std::string& now) const
{
    EngineOptions options;
    options.workspace = folder();
    options.clock = Clock::startingAt(parseInstant(now).value());
    options.actor = "tester";
    auto engine = Engine::open(std::move(options));
    if (!engine)
        qFatal("%s", engine.error().message.c_str());
    return std::move(*engine);
}

std::unique_ptr<Engine> Shop::openWithSource(const SourceSettings& given) const
{
    SourceSettings settings = given;
    auto engine = open();
    if (!engine)
        qFatal("%s", engine.error().message.c_str());
    settings.uri = database();
    const auto added = (*engine)->addSource("shop", "sqlite", "metrics", settings, {});
    if (!added)
        qFatal("%s", added.error().message.c_str());
    return std::move(*engine);
}

std::string states(Engine& engine, const std::string& source)
{
    const auto calendar = engine.calendar(source);
    return calendar ? states(*calendar) : calendar.error().message;
}

std::string states(const CalendarView& calendar)
{
    std::string text;
    for (const CalendarDay& day : calendar.days) {
        text += text.empty() ? "" : " ";
        text += stateName(day.planned.state);
        if (day.planned.blockedBy)
            text += ":" + formatDay(*day.planned.blockedBy).substr(8);
    }
    return text;
}

} // namespace daymark::test
