// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/demo.h"

#include "core/base/file.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <cmath>
#include <system_error>

namespace daymark {

namespace {

constexpr int kUnits = 4000;
constexpr std::uint64_t kSeed = 0x0DA7'3A2B'5EED'0001;

constexpr const char* kTables = R"(
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    CREATE TABLE statsig_user_metrics (
        unit_id TEXT, id_type TEXT, date TEXT, timeuuid TEXT, metric_name TEXT,
        metric_value REAL, numerator REAL, denominator REAL);
    CREATE TABLE statsig_user_metrics_signal (finished_date TEXT);
)";

/// SplitMix64: the same numbers on every machine, other ones for each day and unit.
class Randoms
{
public:
    Randoms(Day day, int unit)
        : m_state(mixed(mixed(kSeed + static_cast<std::uint64_t>(day.time_since_epoch().count())) +
                        static_cast<std::uint64_t>(unit)))
    {}

    std::uint64_t next() { return mixed(m_state += 0x9E37'79B9'7F4A'7C15); }

    /// From 0 up to, not including, 1.
    double fraction() { return static_cast<double>(next() >> 11) * 0x1p-53; }
    bool chance(double probability) { return fraction() < probability; }
    int between(int low, int high) { return low + static_cast<int>(fraction() * (high - low + 1)); }

    std::string uuid()
    {
        const std::uint64_t high = next();
        const std::uint64_t low = next();
        return fmt::format("{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}", high >> 32,
                           (high >> 16) & 0xFFFF, high & 0xFFF, 0x8000 | ((low >> 48) & 0x3FFF),
                           low & 0xFFFF'FFFF'FFFF);
    }

private:
    static std::uint64_t mixed(std::uint64_t z)
    {
        z = (z ^ (z >> 30)) * 0xBF58'476D'1CE4'E5B9;
        z = (z ^ (z >> 27)) * 0x94D0'49BB'1331'11EB;
        return z ^ (z >> 31);
    }

    std::uint64_t m_state;
};

struct Ratio
{
    double numerator = 0;
    double denominator = 0;
};

/// Inserts rows of one day.
class DayWriter
{
public:
    DayWriter(SQLite::Database& database, Day day)
        : m_day(formatDay(day))
        , m_insert(database, "INSERT INTO statsig_user_metrics VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    {}

    /// `value` is a number, a Ratio, a text, or nullptr for a row without any value.
    template <class Value>
    void add(const std::string& unit, const char* idType, const std::string& uuid,
             const std::string& metric, const Value& value)
    {
        m_insert.reset();
        m_insert.clearBindings();
        m_insert.bindNoCopy(1, unit);
        m_insert.bindNoCopy(2, idType);
        m_insert.bindNoCopy(3, m_day);
        m_insert.bindNoCopy(4, uuid);
        m_insert.bindNoCopy(5, metric);
        bind(value);
        m_insert.exec();
    }

private:
    void bind(double value) { m_insert.bind(6, value); }
    void bind(const char* text) { m_insert.bind(6, text); }
    void bind(std::nullptr_t) { m_insert.bind(6); }
    void bind(const Ratio& ratio)
    {
        m_insert.bind(7, ratio.numerator);
        m_insert.bind(8, ratio.denominator);
    }

    std::string m_day;
    SQLite::Statement m_insert;
};

double inCents(double amount) { return std::round(amount * 100) / 100; }

bool isWeekend(Day day)
{
    const std::chrono::weekday weekday{day};
    return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

std::string userName(int unit) { return fmt::format("user-{:05}", unit); }

/// What a shopper who is logged in did on a day.
void writeUser(DayWriter& writer, Randoms& random, int unit, Day day, bool newsletter)
{
    const std::string user = userName(unit);
    const int sessions = 1 + static_cast<int>(6 * std::pow(random.fraction(), 4));
    writer.add(user, "user_id", random.uuid(), "sessions", static_cast<double>(sessions));
    if (newsletter && random.chance(0.06))
        writer.add(user, "user_id", random.uuid(), "newsletter_opens", 1.0);
    if (random.chance(0.012))
        writer.add(user, "user_id", random.uuid(), "refunds", inCents(5 + 60 * random.fraction()));
    if (!random.chance(0.24))
        return;
    const int carts = random.between(1, sessions);
    const int purchases = random.between(0, carts);
    writer.add(user, "user_id", random.uuid(), "checkout_rate",
               Ratio{static_cast<double>(purchases), static_cast<double>(carts)});
    if (purchases == 0)
        return;
    const double spread = random.fraction();
    const double revenue = inCents(purchases * (6 + 40 * spread + 150 * std::pow(spread, 8)) *
                                   (isWeekend(day) ? 1.15 : 1.0));
    writer.add(user, "user_id", random.uuid(), "purchases", static_cast<double>(purchases));
    writer.add(user, "user_id", random.uuid(), "revenue", revenue);
    writer.add(user, "user_id", random.uuid(), "basket_value",
               Ratio{revenue, static_cast<double>(purchases)});
}

/// What a visitor who is known by a device only did on a day.
void writeVisitor(DayWriter& writer, Randoms& random, int unit)
{
    const std::string device = fmt::format("device-{:016x}", Randoms(Day{}, unit).next());
    writer.add(device, "stable_id", random.uuid(), "page_views",
               static_cast<double>(random.between(1, 12)));
}

/// Rows as a broken export would send them: about one in two hundred of the day.
void writeBadRows(DayWriter& writer, Day day)
{
    Randoms random(day, kUnits);
    int unit = kUnits; // nobody of the day's ordinary rows
    for (int i = 0; i < 9; ++i)
        writer.add(userName(unit++), "userID", random.uuid(), "sessions", 1.0);
    for (int i = 0; i < 6; ++i)
        writer.add(userName(unit++), "user_id", random.uuid(), "refunds", nullptr);
    for (int i = 0; i < 5; ++i)
        writer.add(userName(unit++), "user_id", random.uuid(), "refunds", "NaN");
    for (int i = 0; i < 2; ++i)
        writer.add(userName(unit++), "user_id", random.uuid(), std::string(128, 'x'), 1.0);
    for (int i = 0; i < 8; ++i) {
        const std::string user = userName(unit++);
        const std::string uuid = random.uuid();
        writer.add(user, "user_id", uuid, "refunds", 4.5);
        writer.add(user, "user_id", uuid, "refunds", 4.5);
    }
}

/// @param share  how much of the day is over, 0 to 1.
void writeDay(SQLite::Database& database, Day day, int daysAgo, double share)
{
    DayWriter writer(database, day);
    const double activity = (isWeekend(day) ? 0.66 : 0.58) * share;
    for (int unit = 0; unit < kUnits; ++unit) {
        Randoms random(day, unit);
        if (random.chance(activity))
            writeUser(writer, random, unit, day, daysAgo >= kDemoStoppedDay);
        if (unit % 4 == 0 && random.chance(activity))
            writeVisitor(writer, random, unit);
    }
    if (daysAgo == kDemoBadDay)
        writeBadRows(writer, day);
}

void writeSignals(SQLite::Database& database, Day today)
{
    SQLite::Statement insert(database, "INSERT INTO statsig_user_metrics_signal VALUES (?)");
    for (int daysAgo = kDemoDays; daysAgo >= 1; --daysAgo) {
        if (daysAgo == kDemoGap)
            continue;
        insert.bind(1, formatDay(today - std::chrono::days(daysAgo)));
        insert.exec();
        insert.reset();
    }
}

void writeAll(const std::filesystem::path& path, Day today)
{
    SQLite::Database database(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec(kTables);
    SQLite::Transaction transaction(database);
    for (int daysAgo = kDemoDays; daysAgo >= 1; --daysAgo)
        writeDay(database, today - std::chrono::days(daysAgo), daysAgo, 1.0);
    writeDay(database, today, 0, 0.4);
    writeSignals(database, today);
    database.exec("CREATE INDEX statsig_user_metrics_date ON statsig_user_metrics (date)");
    transaction.commit();
}

} // namespace

Status writeDemoDatabase(const std::filesystem::path& path, Day today)
{
    std::filesystem::path unfinished = path;
    unfinished += ".new";
    std::error_code ignored;
    std::filesystem::remove(unfinished, ignored);
    try {
        writeAll(unfinished, today);
        std::filesystem::rename(unfinished, path);
    } catch (const SQLite::Exception& error) {
        std::filesystem::remove(unfinished, ignored);
        const bool full = error.getErrorCode() == SQLITE_FULL;
        return fail(full ? ErrorCode::StorageFull : ErrorCode::StorageFailed,
                    fmt::format("The sample database {} could not be written: {}.", path.string(),
                                error.what()),
                    full ? "Make room on the disk, then try again." : "");
    } catch (const std::filesystem::filesystem_error& error) {
        std::filesystem::remove(unfinished, ignored);
        return fail(fileError(error.code().value(), "write the sample database", path));
    }
    return {};
}

} // namespace daymark
