// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/places_model.h"
#include "ui/sources/plan_panel.h"
#include "ui/sources/source_input.h"
#include "ui/sources/source_words.h"
#include "ui/sources/sources_model.h"
#include "ui/style/text.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace daymark;
using namespace daymark::ui;

namespace {

Instant now() { return *parseInstant("2022-06-17T10:00:00Z"); }

SourceInfo shop()
{
    SourceInfo source;
    source.id = SourceId{1};
    source.config.name = "shop";
    source.config.kind = "sqlite";
    source.config.uri = "/data/shop.sqlite";
    source.config.columnMap = {{"unit_id", "user"}};
    source.config.format = {
        {"given", "date_format"}, {"date_format", "iso"}, {"delimiter", "comma"}};
    source.policy.firstDay = *parseDay("2022-06-13");
    source.firstDayFixed = true;
    return source;
}

QString row(const QAbstractItemModel& model, int at)
{
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column)
        cells << model.index(at, column).data().toString();
    return cells.join(QLatin1Char('|'));
}

} // namespace

class TestSourceModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsSources();
    void listsPlacesAndRows();
    void listsPlannedDays();
    void anUnchangedEditChangesNothing();
    void anEditHoldsOnlyItsChanges();
    void aCopyHasACalendarOfItsOwn();
    void saysWhatChanges();
    void namesDays();
};

void TestSourceModels::listsSources()
{
    SourcesModel model;
    const QAbstractItemModelTester tester(&model);
    SourceInfo polled = shop();
    polled.poll.last = now();
    polled.poll.error = Error{ErrorCode::SourceMissing, "There is no <b>file</b>.", "Look."};
    SourceInfo off = shop();
    off.config.name = "other";
    off.enabled = false;
    model.reset({polled, off}, now());
    QVERIFY(row(model, 0).startsWith(
        QStringLiteral("shop|SQLite database|/data/shop.sqlite|UTC|strict|")));
    QVERIFY(row(model, 0).endsWith(QStringLiteral(": There is no <b>file</b>.|not by itself")));
    QVERIFY(row(model, 1).endsWith(QStringLiteral("|not polled yet|disabled")));
    QCOMPARE(model.indexOf(QStringLiteral("other")).row(), 1);
    QVERIFY(!model.find(QStringLiteral("nothing")));
    const QString tip = model.index(0, SourcesModel::LastPoll).data(Qt::ToolTipRole).toString();
    QVERIFY(tip.contains(QStringLiteral("&lt;b&gt;")));
}

void TestSourceModels::listsPlacesAndRows()
{
    PlacesModel places;
    const QAbstractItemModelTester tester(&places);
    places.reset({{"", "metrics/*/", "folder a day", {}}, {"t", "t", "table", 41902}});
    QCOMPARE(row(places, 0), QStringLiteral("metrics/*/|folder a day|"));
    QCOMPARE(row(places, 1), QStringLiteral("t|table|about 41,902"));
    QCOMPARE(places.find("t"), 1);
    QCOMPARE(places.find("u"), -1);

    PlaceRowsModel rows;
    const QAbstractItemModelTester rowsTester(&rows);
    PlaceSample sample;
    sample.columns.resize(2);
    sample.columns[0].name = "unit";
    sample.columns[0].typeName = "TEXT";
    sample.columns[1].name = "n";
    sample.rows = {{"u1", std::nullopt}, {"u2"}};
    rows.reset(sample);
    QCOMPARE(row(rows, 0), QStringLiteral("u1|null"));
    QCOMPARE(row(rows, 1), QStringLiteral("u2|null"));
    QCOMPARE(rows.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(),
             QStringLiteral("unit (TEXT)"));
    QCOMPARE(rows.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("n"));
}

void TestSourceModels::listsPlannedDays()
{
    PlanModel model;
    const QAbstractItemModelTester tester(&model);
    DraftPlan plan;
    plan.calendar.plan.today = *parseDay("2022-06-14");
    for (const char* day : {"2022-06-13", "2022-06-14", "2022-06-15"}) {
        CalendarDay entry;
        entry.planned.day = *parseDay(day);
        entry.planned.state = DayState::Ready;
        entry.description = "ready";
        plan.calendar.days.push_back(entry);
    }
    model.reset(plan);
    QCOMPARE(model.rowCount(), 2); // what lies ahead and isn't signalled says nothing
    QCOMPARE(row(model, 0), QStringLiteral("2022-06-13|ready|ready"));
    QCOMPARE(model.rowOf(*parseDay("2022-06-14")), 1);
    QCOMPARE(model.rowOf(*parseDay("2022-06-15")), -1);
}

void TestSourceModels::anUnchangedEditChangesNothing()
{
    const SourceInfo saved = shop();
    const SourceDraft draft = draftOf(inputOf(saved), &saved);
    QVERIFY(draft.isEdit);
    QCOMPARE(draft.name, std::string("shop"));
    QVERIFY(!draft.secret);
    const SourceSettings& settings = draft.settings;
    QVERIFY(!settings.uri && !settings.table && !settings.query && !settings.signalTable);
    QVERIFY(settings.columnMap.empty() && settings.format.empty());
    QVERIFY(!settings.order && !settings.firstDay && !settings.timeZone && !settings.pollMinutes);
    QVERIFY(settingChanges(saved, saved.config, saved.policy).isEmpty());
}

void TestSourceModels::anEditHoldsOnlyItsChanges()
{
    const SourceInfo saved = shop();
    SourceInput input = inputOf(saved);
    input.config.columnMap = {{"date", "day"}};
    input.config.format.clear();
    input.policy.tolerancePercent = 2;
    input.secret = "s3cret";
    const SourceDraft draft = draftOf(input, &saved);
    QCOMPARE(draft.settings.columnMap.at("date"), std::string("day"));
    QCOMPARE(draft.settings.columnMap.at("unit_id"), std::string()); // goes
    QCOMPARE(draft.settings.format.at("date_format"), std::string());
    QCOMPARE(draft.settings.tolerancePercent.value(), 2.0);
    QVERIFY(!draft.settings.uri);
    QCOMPARE(draft.secret.value(), std::string("s3cret"));
}

void TestSourceModels::aCopyHasACalendarOfItsOwn()
{
    const SourceInput copy = copyOf(shop(), {"shop", "shop copy"});
    QCOMPARE(copy.config.name, std::string("shop copy 2"));
    QVERIFY(!copy.policy.firstDay);
    QVERIFY(!copy.config.format.contains("delimiter")); // found anew
    const SourceDraft draft = draftOf(copy, nullptr);
    QVERIFY(!draft.isEdit);
    QCOMPARE(draft.settings.uri.value(), std::string("/data/shop.sqlite"));
    QCOMPARE(draft.settings.columnMap.at("unit_id"), std::string("user"));
}

void TestSourceModels::saysWhatChanges()
{
    const SourceInfo saved = shop();
    SourceInput input = inputOf(saved);
    input.policy.order = DayOrder::HighWater;
    input.policy.tolerancePercent = 2.5;
    input.config.columnMap.clear();
    input.policy.recheckDays = 0;
    input.policy.keepVersions = 2;
    input.policy.reimportAbovePercent = 5;
    input.policy.columnNew = SchemaAction::Accept;
    const QStringList lines = settingChanges(saved, input.config, input.policy);
    QCOMPARE(lines.join(QLatin1Char('\n')),
             QStringLiteral("Columns: unit_id from user → by name\nOrder: strict → high-water\n"
                            "Tolerance: 1 % → 2.5 %\nLanded days are compared daily: for 3 days "
                            "after it landed → never\nA day that changed: is only marked → is "
                            "imported again by itself above 5 %\nEarlier versions kept: 5, each "
                            "for 30 days at most → 2, each for 30 days at most\nA new column: is "
                            "told, and days are imported → is not told"));
    const SourceDraft draft = draftOf(input, &saved);
    QCOMPARE(draft.settings.recheckDays.value(), 0);
    QCOMPARE(draft.settings.reimportAbovePercent.value().value(), 5.0);
    QVERIFY(draft.settings.columnNew == SchemaAction::Accept);
    QVERIFY(!draft.settings.columnGone && !draft.settings.keepDays);
}

void TestSourceModels::namesDays()
{
    std::vector<Day> days;
    QCOMPARE(dayList(days), QString());
    for (int i = 13; i < 16; ++i)
        days.push_back(*parseDay("2022-06-" + std::to_string(i)));
    QCOMPARE(dayList(days), QStringLiteral("13 June 2022, 14 June 2022 and 15 June 2022"));
    for (int i = 16; i < 20; ++i)
        days.push_back(*parseDay("2022-06-" + std::to_string(i)));
    QCOMPARE(dayList(days), QStringLiteral("13 June 2022 to 19 June 2022"));
}

QTEST_MAIN(TestSourceModels)
#include "tst_source_models.moc"
