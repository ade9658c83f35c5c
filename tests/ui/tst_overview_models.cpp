// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "made_up.h"

#include "ui/overview/day_strip.h"
#include "ui/overview/happenings.h"
#include "ui/overview/last_look.h"
#include "ui/overview/overview_model.h"

#include <QAbstractItemModelTester>
#include <QPolygonF>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace daymark;
using namespace daymark::ui;

namespace {

/// `i`: imported, `g`: gap, `f`: failed, `.`: not listed.
StripDays strip(const char* letters)
{
    StripDays days;
    for (const char* letter = letters; *letter; ++letter) {
        days.append(*letter == 'i'   ? std::optional(DayState::Imported)
                    : *letter == 'g' ? std::optional(DayState::Gap)
                    : *letter == 'f' ? std::optional(DayState::Failed)
                                     : std::nullopt);
    }
    return days;
}

SourceOverview glance(const char* name, Lateness lateness, const char* words)
{
    SourceOverview overview;
    overview.source.config.name = name;
    overview.today = day("2026-11-17");
    overview.days = madeUpView().days;
    overview.obstacle = day("2026-11-13");
    overview.obstacleWords = "13 November is a gap, 2 later days wait";
    overview.lateness = lateness;
    overview.latenessWords = words;
    overview.source.poll.last = *parseInstant("2026-11-17T09:00:00Z");
    return overview;
}

Instant at(const char* time) { return *parseInstant(std::string("2026-11-17T") + time + "Z"); }

RunInfo run(std::int64_t id, const char* iso, RunState state, const char* time)
{
    RunInfo made = madeUpRun(id, "shop", iso, state);
    made.finishedAt = at(time);
    return made;
}

QStringList said(const std::vector<Happening>& happenings)
{
    QStringList lines;
    for (const Happening& happening : happenings)
        lines << QStringLiteral("%1: %2").arg(happening.source, happening.words);
    return lines;
}

} // namespace

class TestOverviewModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mergesNeighbours();
    void aBadDayIsAlwaysVisible_data();
    void aBadDayIsAlwaysVisible();
    void listsSources();
    void aFailedDayThatIsLateIsToldByName();
    void summarizes();
    void tellsWhatHappened();
    void tellsOnlyWhatIsNew();
    void listsHappenings();
    void remembersTheLastLook();
};

void TestOverviewModels::mergesNeighbours()
{
    QCOMPARE(
        stripSegments(strip("..iiii"), 60),
        QList<StripSegment>({{0, 1, std::nullopt, 0, 20}, {2, 5, DayState::Imported, 20, 60}}));
    QVERIFY(stripSegments({}, 60).isEmpty());
    SourceOverview overview = glance("shop", Lateness::Overdue, "");
    const StripDays days = stripDaysOf(overview);
    QCOMPARE(days.size(), kOverviewDays);
    QCOMPARE(days.last(), std::optional(DayState::Awaiting));
    QCOMPARE(days.at(kOverviewDays - 5), std::optional(DayState::Gap));
    QCOMPARE(stripWords(days),
             QStringLiteral("2 imported, 1 skipped, 1 gap, 2 blocked, 2 awaiting"));
}

void TestOverviewModels::aBadDayIsAlwaysVisible_data()
{
    QTest::addColumn<QString>("days");
    QTest::addColumn<double>("width");
    QTest::addColumn<double>("least");
    QTest::newRow("one of sixty in little room")
        << QString(30, QLatin1Char('i')) + QLatin1Char('g') + QString(29, QLatin1Char('i')) << 60.0
        << 5.0;
    QTest::newRow("with room it is as wide as a day")
        << QString(30, QLatin1Char('i')) + QLatin1Char('g') + QString(29, QLatin1Char('i')) << 600.0
        << 10.0;
    QTest::newRow("every other day") << QString(QLatin1String("gi")).repeated(30) << 120.0 << 3.0;
    QTest::newRow("nothing but gaps") << QString(60, QLatin1Char('g')) << 60.0 << 60.0;
    QTest::newRow("gaps and failures only")
        << QString(QLatin1String("gf")).repeated(30) << 60.0 << 1.0;
}

void TestOverviewModels::aBadDayIsAlwaysVisible()
{
    QFETCH(QString, days);
    QFETCH(double, width);
    QFETCH(double, least);
    const auto segments = stripSegments(strip(days.toLatin1().constData()), width);
    double place = 0;
    for (const StripSegment& segment : segments) {
        QVERIFY(qAbs(segment.left - place) < 1e-9);
        QVERIFY(segment.right > segment.left);
        if (isBad(segment.state))
            QVERIFY2(segment.right - segment.left > least - 1e-6,
                     qPrintable(QString::number(segment.right - segment.left)));
        place = segment.right;
    }
    QVERIFY(qAbs(place - width) < 1e-6);
}

void TestOverviewModels::listsSources()
{
    OverviewModel model;
    const QAbstractItemModelTester tester(&model);
    SourceOverview broken;
    broken.source.config.name = "<b>broken</b>";
    broken.error = Error{ErrorCode::Internal, "There is no time zone Mars.", ""};
    model.reset(
        {glance("shop", Lateness::Overdue, "overdue: 3 days behind, 13 November is not signalled"),
         broken},
        at("10:00:00"));
    const auto cell = [&model](int row, int column) {
        return model.index(row, column).data().toString();
    };
    QCOMPARE(cell(0, OverviewModel::Obstacle),
             QStringLiteral("13 November is a gap, 2 later days wait"));
    QCOMPARE(cell(0, OverviewModel::Punctuality), QStringLiteral("overdue: 3 days behind"));
    QCOMPARE(cell(0, OverviewModel::NextPoll), QStringLiteral("not scheduled"));
    QCOMPARE(cell(0, OverviewModel::RowsADay), QStringLiteral("0 to 4,120 a day, the latest 0"));
    QCOMPARE(model.index(0, 0).data(OverviewModel::RowsRole).value<QPolygonF>().size(), 2);
    QCOMPARE(model.index(0, 0).data(OverviewModel::StripRole).value<StripDays>().size(), 60);
    QCOMPARE(cell(1, OverviewModel::Source), QStringLiteral("<b>broken</b>"));
    QCOMPARE(cell(1, OverviewModel::Punctuality), QStringLiteral("cannot be planned"));
    QCOMPARE(cell(1, OverviewModel::LastPoll), QStringLiteral("not polled yet"));
    QCOMPARE(cell(1, OverviewModel::Strip), QStringLiteral("no days yet"));
}

/// As grave as an overdue source, and it looks like one.
void TestOverviewModels::aFailedDayThatIsLateIsToldByName()
{
    SourceOverview late = glance("shop", Lateness::Late, "late: 3 days behind, 13 November failed");
    for (CalendarDay& day : late.days) {
        if (day.planned.day == late.obstacle)
            day.planned.state = DayState::Failed;
    }
    const SourceOverview overdue =
        glance("b", Lateness::Overdue, "overdue: 1 day behind, 13 November is not signalled");
    const SourceOverview ready = glance("c", Lateness::Late, "late: 3 days behind, 13 November is");
    OverviewModel model;
    model.reset({late, overdue, ready}, at("10:00:00"));
    const auto words = [&model](int row) {
        return model.index(row, OverviewModel::Punctuality).data().toString();
    };
    const auto sign = [&model](int row) {
        return model.index(row, OverviewModel::Punctuality)
            .data(Qt::DecorationRole)
            .value<QIcon>()
            .pixmap(16)
            .toImage();
    };
    QCOMPARE(words(0), QStringLiteral("late: 3 days behind, failed"));
    QCOMPARE(words(2), QStringLiteral("late: 3 days behind"));
    QCOMPARE(sign(0), sign(1));
    QVERIFY(sign(0) != sign(2));
    QVERIFY(model.headerData(OverviewModel::Punctuality, Qt::Horizontal, Qt::ToolTipRole)
                .toString()
                .contains(QStringLiteral("Overdue:")));
}

void TestOverviewModels::summarizes()
{
    QCOMPARE(overviewSentence({glance("a", Lateness::OnTime, "")}),
             QStringLiteral("1 source: 1 on time"));
    QCOMPARE(
        overviewSentence({glance("a", Lateness::OnTime, ""), glance("b", Lateness::Late, ""),
                          glance("c", Lateness::Overdue, ""), glance("d", Lateness::OnTime, "")}),
        QStringLiteral("4 sources: 1 overdue, 1 late, 2 on time"));
    SourceOverview resting = glance("e", Lateness::Overdue, "overdue: 3 days behind");
    resting.source.enabled = false;
    QCOMPARE(overviewSentence({resting}), QStringLiteral("1 source: 1 disabled"));
    OverviewModel model;
    model.reset({resting}, at("10:00:00"));
    QCOMPARE(model.index(0, OverviewModel::Punctuality).data().toString(),
             QStringLiteral("disabled"));
}

void TestOverviewModels::tellsWhatHappened()
{
    RunInfo failed = run(3, "2026-11-12", RunState::Failed, "09:03:00");
    failed.error = Error{ErrorCode::DayTolerance, "Too many rows were rejected.", ""};
    RunInfo replacing = run(4, "2026-11-09", RunState::Cancelled, "09:03:30");
    replacing.replaces = RunId{1};
    const std::vector<RunInfo> runs = {run(6, "2026-11-13", RunState::Imported, "09:06:00"),
                                       run(5, "2026-11-12", RunState::Imported, "09:05:00"),
                                       run(4, "2026-11-12", RunState::Cancelled, "09:04:00"),
                                       replacing,
                                       failed,
                                       run(2, "2026-11-11", RunState::Imported, "09:02:00")};
    const std::vector<JournalEntry> journal = {
        {at("09:06:00"), "anna", "shop", day("2026-11-13"), "run.import", "run 6"},
        {at("09:01:00"), "anna", "shop", day("2026-11-10"), "day.skip", "closed\non Tuesdays"},
        {at("09:00:30"), "anna", "", {}, "id_type.add", "device_id"},
        {at("09:00:00"), "anna", "shop", {}, "source.add", "file:///secret"}};
    QCOMPARE(said(happenings(runs, journal, {})),
             QStringList({
                 QStringLiteral("shop: 2 days landed, 12 November 2026 to 13 November 2026: "
                                "10,980 rows, 16 rejected"),
                 QStringLiteral("shop: the import of 12 November 2026 was cancelled"),
                 QStringLiteral("shop: the re-import of 9 November 2026 was cancelled"),
                 QStringLiteral("shop: 12 November 2026 failed: Too many rows were rejected."),
                 QStringLiteral("shop: 11 November 2026 landed: 1,990 rows, 8 rejected"),
                 QStringLiteral("shop: 10 November 2026 skipped by anna: closed\\x0Aon Tuesdays"),
                 QStringLiteral(": id type device_id added by anna"),
                 QStringLiteral("shop: added by anna"),
             }));
}

void TestOverviewModels::tellsOnlyWhatIsNew()
{
    const std::vector<RunInfo> runs = {run(2, "2026-11-12", RunState::Imported, "09:05:00"),
                                       run(1, "2026-11-11", RunState::Imported, "09:02:00")};
    const std::vector<JournalEntry> journal = {
        {at("09:03:00"), "anna", "shop", day("2026-11-10"), "day.reopen", ""},
        {at("09:02:00"), "anna", "shop", {}, "source.edit", ""}};
    QCOMPARE(said(happenings(runs, journal, at("09:02:00"))),
             QStringList({QStringLiteral("shop: 12 November 2026 landed: 1,990 rows, 8 rejected"),
                          QStringLiteral("shop: 10 November 2026 reopened by anna")}));
    QVERIFY(happenings(runs, journal, at("10:00:00")).empty());
}

void TestOverviewModels::listsHappenings()
{
    HappeningsModel model;
    const QAbstractItemModelTester tester(&model);
    model.reset({{at("09:00:00"), QStringLiteral("shop"), QDate(2026, 11, 12),
                  HappeningKind::Failed, QStringLiteral("<i>failed</i>")}},
                at("10:00:00"));
    QCOMPARE(model.index(0, HappeningsModel::What).data().toString(),
             QStringLiteral("<i>failed</i>"));
    QCOMPARE(model.index(0, 0).data(HappeningsModel::DayRole).toDate(), QDate(2026, 11, 12));
    QVERIFY(!model.index(0, HappeningsModel::What).data(Qt::DecorationRole).isNull());
}

void TestOverviewModels::remembersTheLastLook()
{
    const QTemporaryDir folder;
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder.path());
    QVERIFY(!lastLook("/tmp/one"));
    rememberLook("/tmp/one", at("09:00:00") + std::chrono::microseconds(1));
    QCOMPARE(lastLook("/tmp/one").value(), at("09:00:00") + std::chrono::milliseconds(1));
    QVERIFY(!lastLook("/tmp/two"));
}

QTEST_MAIN(TestOverviewModels)
#include "tst_overview_models.moc"
