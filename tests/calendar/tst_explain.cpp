// SPDX-FileCopyrightText: Daymark developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/calendar/explain.h"

#include "history.h"

#include <QtTest>

using namespace daymark;
using namespace daymark::test;

Q_DECLARE_METATYPE(History)

namespace {

Instant at(int day, int hour, int minute = 0)
{
    return june(day) + std::chrono::hours{hour} + std::chrono::minutes{minute};
}

/// What is known of a source named shop in UTC, besides its plan.
class Facts
{
public:
    Facts()
    {
        context.source = "shop";
        context.signalPlace = "statsig_user_metrics_signal";
        context.timeZone = "UTC";
    }
    Facts& polled(Instant last, Instant next)
    {
        context.lastPoll = last;
        context.nextPoll = next;
        return *this;
    }
    Facts& probed(std::uint64_t rows, std::optional<std::uint64_t> earlier = {})
    {
        context.probe = Probe{rows, at(17, 10), earlier};
        return *this;
    }
    Facts& with(std::string ExplainContext::*member, const char* text)
    {
        context.*member = text;
        return *this;
    }
    Facts& announcedAgain(Instant instant)
    {
        context.resignalledAt = instant;
        return *this;
    }
    Facts& seen(Instant instant)
    {
        context.firstSeen = instant;
        return *this;
    }
    Facts& run(std::int64_t id, std::optional<std::uint64_t> rows = {},
               std::optional<std::uint64_t> rejected = {})
    {
        context.run = id;
        context.failedRun = id;
        context.rows = rows;
        context.rejected = rejected;
        return *this;
    }

    ExplainContext context;
};

Facts plain() { return {}; }

QString labels(const Explanation& explanation)
{
    QStringList texts;
    for (const SuggestedAction& action : explanation.actions)
        texts += QString::fromStdString(action.label);
    return texts.join(", ");
}

} // namespace

Q_DECLARE_METATYPE(Facts)

class TestExplain : public QObject
{
    Q_OBJECT

private slots:
    void sentences_data();
    void sentences();
    void unlistedDays_data();
    void unlistedDays();
    void emptyPlans_data();
    void emptyPlans();
    void signalsThatWereNotRead();
    void whatStaysOfALandedDay();
    void actionsAreWholeCommands_data();
    void actionsAreWholeCommands();
    void descriptions_data();
    void descriptions();
    void probesAreJudged();
    void valuesOfCustomersAreTamed();
};

void TestExplain::sentences_data()
{
    QTest::addColumn<History>("history");
    QTest::addColumn<Facts>("facts");
    QTest::addColumn<int>("day");
    QTest::addColumn<int>("root");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<QString>("actions");

    const History gap = signalled({13, 15}).landed({13});
    QTest::newRow("blocked by a gap whose rows are there")
        << gap << plain().probed(41'902).polled(at(17, 10), at(17, 11)) << 15 << 14
        << "2022-06-15 waits for 2022-06-14, which has 41,902 rows but no row in "
           "statsig_user_metrics_signal. Last checked 10:00, next check 11:00."
        << "Mark finished, Poll now, Probe source, Skip day…";
    QTest::newRow("blocked by a gap that nobody looked at")
        << gap << plain() << 15 << 14
        << "2022-06-15 waits for 2022-06-14, which has no row in statsig_user_metrics_signal."
        << "Probe source, Mark finished, Skip day…, Poll now";
    QTest::newRow("blocked by a failed day")
        << signalled({12, 13, 14}).landed({12}).failed(13)
        << plain()
               .run(7)
               .with(&ExplainContext::failure, "3 % of its rows were rejected, 1 % may be")
               .with(&ExplainContext::failureHint, "Mend the rows or raise the tolerance.")
        << 14 << 13
        << "2022-06-14 waits for 2022-06-13, whose last run (run 7) failed: 3 % of its rows were "
           "rejected, 1 % may be. Mend the rows or raise the tolerance."
        << "Retry, Skip day…";
    QTest::newRow("blocked by a failed day, cause unknown")
        << signalled({12, 13, 14}).landed({12}).failed(13) << plain() << 14 << 13
        << "2022-06-14 waits for 2022-06-13, whose last run failed."
        << "Retry, Skip day…";

    QTest::newRow("gap with rows")
        << gap << plain().probed(41'902) << 14 << 14
        << "2022-06-14 has 41,902 rows but no row in statsig_user_metrics_signal, while 2022-06-15 "
           "is signalled. 1 later day waits for it."
        << "Mark finished, Poll now, Probe source, Skip day…";
    QTest::newRow("gap without rows")
        << gap << plain().probed(0) << 14 << 14
        << "2022-06-14 has no rows in the source and no row in statsig_user_metrics_signal, while "
           "2022-06-15 is signalled. 1 later day waits for it."
        << "Skip day…, Poll now, Probe source";
    QTest::newRow("gap with rows still arriving")
        << gap << plain().probed(41'902, 40'000) << 14 << 14
        << "2022-06-14 has 41,902 rows and no row in statsig_user_metrics_signal, and its rows are "
           "still changing (40,000 at the look before), while 2022-06-15 is signalled. 1 later day "
           "waits for it."
        << "Poll now, Probe source, Skip day…";
    QTest::newRow("gap in a folder of signals")
        << gap << plain().with(&ExplainContext::signalPlace, "signals/") << 14 << 14
        << "2022-06-14 has no entry in signals/, while 2022-06-15 is signalled. 1 later day waits "
           "for it."
        << "Probe source, Mark finished, Skip day…, Poll now";
    QTest::newRow("gap behind a gap") << signalled({12, 14, 16, 17}).landed({12})
                                      << plain().with(&ExplainContext::signalPlace, "") << 15 << 15
                                      << "2022-06-15 has no signal, while 2022-06-16 is signalled. "
                                         "2 later days wait for it. Before "
                                         "it, 2022-06-13 must be done too."
                                      << "Probe source, Mark finished, Skip day…, Poll now";
    QTest::newRow("gap while the source doesn't answer")
        << gap
        << plain()
               .with(&ExplainContext::pollError, "The file /srv/shop.db does not exist")
               .polled(at(16, 22, 5), at(17, 11))
        << 14 << 14
        << "2022-06-14 has no row in statsig_user_metrics_signal, while 2022-06-15 is signalled. 1 "
           "later day waits for it. The last check failed: The file /srv/shop.db does not exist. "
           "Last "
           "checked 2022-06-16 22:05, next check 11:00."
        << "Probe source, Mark finished, Skip day…, Poll now";

    QTest::newRow("ready first day") << signalled({13}) << plain().seen(at(14, 2, 30)) << 13 << 13
                                     << "2022-06-13 is signalled (first seen 2022-06-14 02:30) and "
                                        "is the next day to import: it is "
                                        "the first day."
                                     << "Import now, Skip day…";
    QTest::newRow("ready, marked by an operator")
        << signalled({13, 14}).landed({13})
        << plain().with(&ExplainContext::signalledBy, "ann").seen(at(17, 9)) << 14 << 14
        << "2022-06-14 was marked finished by ann (first seen 09:00) and is the next day to "
           "import: "
           "every day before it is done."
        << "Import now, Skip day…";
    QTest::newRow("ready, implied")
        << signalled({15}).landed({13}).highWater() << plain() << 14 << 14
        << "2022-06-14 is finished by the signal of a later day and is the next day to import: "
           "every "
           "day before it is done."
        << "Import now, Skip day…";
    QTest::newRow("queued") << signalled({13, 14, 15}) << plain() << 15 << 13
                            << "2022-06-15 is signalled and lands in this pass, after 2022-06-13."
                            << "Import now";
    QTest::newRow("queued behind a run") << signalled({13, 14}).importing(13) << plain() << 14 << 13
                                         << "2022-06-14 is signalled and lands in this pass, after "
                                            "2022-06-13, which is being imported "
                                            "now."
                                         << "";
    QTest::newRow("importing") << signalled({13}).importing(13) << plain().run(12) << 13 << 13
                               << "2022-06-13 is being imported now (run 12)."
                               << "";
    QTest::newRow("imported")
        << signalled({13}).landed({13}) << plain().run(12, 41'902, 12) << 13 << 13
        << "2022-06-13 is imported (run 12): 41,902 rows landed, 12 rows were rejected."
        << "";
    QTest::newRow("imported, nothing more known")
        << signalled({13}).landed({13}) << plain() << 13 << 13 << "2022-06-13 is imported."
        << "";
    QTest::newRow("imported and one rejected")
        << signalled({13}).landed({13}) << plain().run(12, 1, 1) << 13 << 13
        << "2022-06-13 is imported (run 12): 1 row landed, 1 row was rejected."
        << "";
    QTest::newRow("imported empty")
        << signalled({13}).landedEmpty(13) << plain().run(12, 0, 0) << 13 << 13
        << "2022-06-13 landed empty (run 12): the source had no rows for it."
        << "";
    QTest::newRow("imported, changed since")
        << signalled({13}).landedChanged(13) << plain().run(12, 5, 0) << 13 << 13
        << "2022-06-13 is imported (run 12): 5 rows landed. The source holds other rows for it now "
           "than those that landed."
        << "Re-import…, Probe source";
    QTest::newRow("imported, and it is known what changed")
        << signalled({13}).landedChanged(13)
        << plain().run(12, 5, 0).with(&ExplainContext::difference, "2 rows added") << 13 << 13
        << "2022-06-13 is imported (run 12): 5 rows landed. The source holds other rows for it now "
           "than those that landed: 2 rows added."
        << "Re-import…, Probe source";
    QTest::newRow("imported, and announced again")
        << signalled({13}).landed({13}) << plain().run(12, 5, 0).announcedAgain(at(17, 10)) << 13
        << 13
        << "2022-06-13 is imported (run 12): 5 rows landed. It was announced again since it landed "
           "(10:00): its rows may have changed."
        << "Re-import…";

    QTest::newRow("failed") << signalled({12, 13, 14, 15}).landed({12}).failed(13)
                            << plain().run(7).with(&ExplainContext::failure, "The disk is full.")
                            << 13 << 13
                            << "2022-06-13 is not imported: its last run (run 7) failed: The disk "
                               "is full. 2 later days "
                               "wait for it."
                            << "Retry, Skip day…";
    QTest::newRow("failed behind a gap")
        << signalled({12, 14}).landed({12}).failed(14) << plain() << 14 << 13
        << "2022-06-14 is not imported: its last run failed. It cannot be tried again before "
           "2022-06-13 "
           "is done."
        << "Skip day…";

    QTest::newRow("skipped, reopened at will")
        << signalled({13, 15}).landed({13}).skipped({14})
        << plain()
               .with(&ExplainContext::skippedBy, "ann")
               .with(&ExplainContext::skipReason, "closed on Saturdays")
        << 14 << 14
        << "2022-06-14 was closed by ann with the reason 'closed on Saturdays' and counts as done."
        << "Reopen";
    QTest::newRow("skipped and signalled since")
        << signalled({13, 14}).landed({13}).skipped({14}) << plain() << 14 << 14
        << "2022-06-14 was closed and counts as done. It is signalled: once reopened, it can be "
           "imported."
        << "Reopen";
    QTest::newRow("skipped before a landed day")
        << signalled({13, 15}).landed({13, 15}).skipped({14}) << plain() << 14 << 14
        << "2022-06-14 was closed and counts as done. A later day has landed, so it can no longer "
           "be "
           "reopened."
        << "";

    QTest::newRow("awaiting today")
        << signalled({16}).landed({16}) << plain().polled(at(17, 10), at(17, 11)) << 17 << 17
        << "2022-06-17 is today and not signalled yet. Last checked 10:00, next check 11:00."
        << "Poll now";
    QTest::newRow("awaiting yesterday")
        << signalled({15}).landed({15}) << plain() << 16 << 16
        << "2022-06-16 is not signalled yet, and neither is any later day up to today."
        << "Poll now, Probe source, Mark finished, Skip day…";
    QTest::newRow("overdue")
        << signalled({14}).landed({14}) << plain().probed(0) << 15 << 15
        << "2022-06-15 is overdue: it ended more than 24 hours ago and is not signalled, and "
           "neither "
           "is any later day up to today. It has no rows in the source and no row in "
           "statsig_user_metrics_signal."
        << "Poll now, Probe source, Mark finished, Skip day…";
    QTest::newRow("awaiting behind a gap")
        << signalled({13, 15}).landed({13}) << plain() << 16 << 16
        << "2022-06-16 is not signalled yet, and neither is any later day up to today. Before it, "
           "2022-06-14 must be done too."
        << "Poll now, Probe source, Mark finished, Skip day…";

    QTest::newRow("future, signalled")
        << signalled({17, 19}) << plain().with(&ExplainContext::timeZone, "Europe/London") << 19
        << 19
        << "2022-06-19 lies after today, 2022-06-17 in the time zone Europe/London; it is "
           "signalled "
           "already, and the signal waits until then."
        << "";
    QTest::newRow("future, not signalled")
        << signalled({17, 19}) << plain().with(&ExplainContext::timeZone, "") << 18 << 18
        << "2022-06-18 lies after today, 2022-06-17; there is nothing to do yet."
        << "";

    QTest::newRow("ignored, before the first landed day")
        << signalled({11, 13}).landed({13}) << plain() << 11 << 11
        << "2022-06-11 is signalled, but lies before the first day, 2022-06-13; it is not "
           "imported. The "
           "first day is fixed, since days have landed."
        << "";
    QTest::newRow("ignored, too old") << signalled({-29, 13}) << plain() << -29 << -29
                                      << "2022-05-19 is signalled, but lies more than 28 days "
                                         "before today and before the first day, "
                                         "2022-06-13; it is not imported. To begin with it, set "
                                         "the first day of the source to it."
                                      << "Set first day…";
    QTest::newRow("ignored, not even signalled")
        << signalled({11, 13}).landed({13}) << plain() << 12 << 12
        << "2022-06-12 lies before the first day, 2022-06-13; it is not imported. The first day is "
           "fixed, since days have landed."
        << "";

    QTest::newRow("times in the source's zone")
        << gap
        << plain()
               .with(&ExplainContext::timeZone, "America/Los_Angeles")
               .polled(at(17, 17), at(18, 6, 59))
        << 15 << 14
        << "2022-06-15 waits for 2022-06-14, which has no row in statsig_user_metrics_signal. Last "
           "checked 10:00, next check 23:59."
        << "Probe source, Mark finished, Skip day…, Poll now";
    QTest::newRow("times where no zone is known")
        << gap << plain().with(&ExplainContext::timeZone, "").polled(at(17, 10), at(17, 11)) << 15
        << 14
        << "2022-06-15 waits for 2022-06-14, which has no row in statsig_user_metrics_signal. Last "
           "checked 10:00 UTC, next check 11:00 UTC."
        << "Probe source, Mark finished, Skip day…, Poll now";
}

void TestExplain::sentences()
{
    QFETCH(History, history);
    QFETCH(Facts, facts);
    QFETCH(int, day);
    QFETCH(int, root);
    const Plan plan = history.plan();
    const Explanation explanation = explain(plan, history.at(day), facts.context);
    QTEST(QString::fromStdString(explanation.sentence), "sentence");
    QTEST(labels(explanation), "actions");
    QCOMPARE(explanation.day, history.at(day));
    QCOMPARE(explanation.state, plan.find(history.at(day))->state);
    QCOMPARE(explanation.rootDay, std::optional<Day>(history.at(root)));
}

void TestExplain::unlistedDays_data()
{
    QTest::addColumn<History>("history");
    QTest::addColumn<int>("day");
    QTest::addColumn<QString>("stateAndSentence");

    QTest::newRow("before the first day") << signalled({13}).landed({13}) << 9
                                          << "ignored: 2022-06-09 lies before the first day, "
                                             "2022-06-13; it is not imported. The first day "
                                             "is fixed, since days have landed.";
    QTest::newRow("after the last day") << signalled({13}) << 25
                                        << "future: 2022-06-25 lies after today, 2022-06-17 in the "
                                           "time zone UTC; there is nothing to do "
                                           "yet.";
    QTest::newRow("no signals at all")
        << nothing() << 13
        << "awaiting: 2022-06-13 is not planned yet. Nothing is signalled in "
           "statsig_user_metrics_signal.";
    QTest::newRow("older than the horizon, with old signals only")
        << signalled({-30}) << -29
        << "ignored: 2022-05-19 lies more than 28 days before today; it is not imported. To begin "
           "with "
           "it, set the first day of the source to it. The only signals up to today are older than "
           "28 "
           "days.";
    QTest::newRow("before a set first day without signals")
        << nothing().startingOn(13) << 12
        << "ignored: 2022-06-12 lies before the first day, 2022-06-13; it is not imported. To "
           "begin with "
           "it, set the first day of the source to it. Nothing is signalled in "
           "statsig_user_metrics_signal.";
}

void TestExplain::unlistedDays()
{
    QFETCH(History, history);
    QFETCH(int, day);
    const Explanation explanation = explain(history.plan(), history.at(day), plain().context);
    const std::string text =
        std::string(stateName(explanation.state)) + ": " + explanation.sentence;
    QTEST(QString::fromStdString(text), "stateAndSentence");
}

void TestExplain::emptyPlans_data()
{
    QTest::addColumn<History>("history");
    QTest::addColumn<QString>("sentence");

    QTest::newRow("not empty") << signalled({13}) << "";
    QTest::newRow("no signals") << nothing()
                                << "Nothing is signalled in statsig_user_metrics_signal.";
    QTest::newRow("only old ones")
        << signalled({-29}) << "The only signals up to today are older than 28 days.";
    QTest::newRow("only ones before a set first day")
        << signalled({12}).startingOn(13)
        << "The only signals up to today are before the first day, 2022-06-13.";
    QTest::newRow("only future ones")
        << signalled({18}) << "The only signals are after today, 2022-06-17.";
}

void TestExplain::signalsThatWereNotRead()
{
    ExplainContext context = plain().context;
    const auto words = [&](const History& history) {
        return QString::fromStdString(explainEmpty(history.plan(), context));
    };
    context.pollError = "shop.sqlite is not there";
    context.pollHint = "Put it back.";
    QCOMPARE(words(nothing()),
             QStringLiteral("Nothing was signalled in statsig_user_metrics_signal when its signals "
                            "were last read. They could not be read again since: shop.sqlite is "
                            "not there. Put it back."));
    context.signalsRead = false;
    QCOMPARE(words(nothing()), QStringLiteral("The signals of shop could not be read yet: "
                                              "shop.sqlite is not there. Put it back."));
    QVERIFY(words(signalled({-29})).startsWith("The only signals up to today are older"));
    QVERIFY(words(signalled({-29})).endsWith("Put it back."));
    QVERIFY(words(signalled({13})).isEmpty());
    context.pollError.clear();
    context.pollHint.clear();
    QCOMPARE(words(nothing()), QStringLiteral("The signals of shop have not been read yet: "
                                              "daymark-cli poll shop reads them."));
}

void TestExplain::whatStaysOfALandedDay()
{
    ExplainContext context = plain().run(3, 40).context;
    const Plan plan = on(15).signalled({13}).landed({13}).plan();
    const auto words = [&] {
        return QString::fromStdString(explain(plan, june(13), context).sentence);
    };
    context.damage = "The landed file landing/x of 2022-06-13 of shop is missing.";
    QCOMPARE(words(), QStringLiteral("2022-06-13 is imported (run 3): 40 rows landed. The landed "
                                     "file landing/x of 2022-06-13 of shop is missing. Its rows "
                                     "are not shown until it has been imported again."));
    QCOMPARE(explain(plan, june(13), context).actions.front().command,
             std::string("daymark-cli reimport shop 2022-06-13"));
    context.damage.clear();
    context.reimport = "failed";
    context.reimportReason = "The source is gone";
    context.reimportAt = at(15, 10);
    context.reimportRun = 7;
    QCOMPARE(words(), QStringLiteral("2022-06-13 is imported (run 3): 40 rows landed. A re-import "
                                     "failed (10:00, run 7): The source is gone. The landed "
                                     "version stays."));
}

void TestExplain::emptyPlans()
{
    QFETCH(History, history);
    QTEST(QString::fromStdString(explainEmpty(history.plan(), plain().context)), "sentence");
}

void TestExplain::actionsAreWholeCommands_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("commands");

    QTest::newRow("a plain name") << "shop"
                                  << "daymark-cli explain shop 2022-06-14 --probe\n"
                                     "daymark-cli signal shop 2022-06-14\n"
                                     "daymark-cli skip shop 2022-06-14 --reason \"…\"\n"
                                     "daymark-cli poll shop";
    QTest::newRow("a name for quotes")
        << "Ann's shop; $(reboot)"
        << "daymark-cli explain 'Ann'\\''s shop; $(reboot)' 2022-06-14 --probe\n"
           "daymark-cli signal 'Ann'\\''s shop; $(reboot)' 2022-06-14\n"
           "daymark-cli skip 'Ann'\\''s shop; $(reboot)' 2022-06-14 --reason \"…\"\n"
           "daymark-cli poll 'Ann'\\''s shop; $(reboot)'";
}

void TestExplain::actionsAreWholeCommands()
{
    QFETCH(QString, source);
    Facts facts;
    facts.context.source = source.toStdString();
    const Explanation explanation =
        explain(signalled({13, 15}).landed({13}).plan(), june(14), facts.context);
    QStringList commands;
    for (const SuggestedAction& action : explanation.actions)
        commands += QString::fromStdString(action.command);
    QTEST(commands.join('\n'), "commands");
}

void TestExplain::descriptions_data()
{
    QTest::addColumn<History>("history");
    QTest::addColumn<int>("day");
    QTest::addColumn<QString>("description");

    const History shop = signalled({12, 14, 15, 19, 11}).landed({12});
    QTest::newRow("imported") << shop << 12 << "imported";
    QTest::newRow("gap") << shop << 13 << "gap: not signalled, 2 later days wait";
    QTest::newRow("blocked") << shop << 14 << "blocked: signalled, waits for 2022-06-13";
    QTest::newRow("awaiting") << shop << 16 << "awaiting: not signalled yet";
    QTest::newRow("future") << shop << 18 << "future: after today";
    QTest::newRow("future signal") << shop << 19 << "future: after today, signalled already";
    QTest::newRow("ignored") << shop << 11 << "ignored: before the first day";
    QTest::newRow("unlisted before") << shop << 9 << "ignored: before the first day";
    QTest::newRow("unlisted after") << shop << 25 << "future: after today";
    QTest::newRow("too old") << signalled({-29, 13}) << -29 << "ignored: before the horizon";
    QTest::newRow("overdue") << signalled({14}).landed({14}) << 15
                             << "awaiting: overdue, not signalled";
    QTest::newRow("ready") << signalled({13, 14}) << 13
                           << "ready: signalled, the next day to import";
    QTest::newRow("queued") << signalled({13, 14}) << 14
                            << "queued: signalled, lands after 2022-06-13";
    QTest::newRow("importing") << signalled({13}).importing(13) << 13
                               << "importing: a run is on it";
    QTest::newRow("failed") << signalled({13, 14}).failed(13) << 13
                            << "failed: the last run failed, 1 later day waits";
    QTest::newRow("skipped") << signalled({13}).skipped({13}) << 13
                             << "skipped: closed by an operator";
    QTest::newRow("empty") << nothing().landedEmpty(13) << 13 << "imported: no rows";
    QTest::newRow("changed") << nothing().landedChanged(13) << 13
                             << "imported: changed in the source since";
    QTest::newRow("an empty plan") << nothing() << 13 << "awaiting: nothing is planned yet";
}

void TestExplain::descriptions()
{
    QFETCH(History, history);
    QFETCH(int, day);
    QTEST(QString::fromStdString(describeDay(history.plan(), history.at(day))), "description");
}

void TestExplain::probesAreJudged()
{
    QCOMPARE(verdictOf(std::nullopt), ProbeVerdict::NotProbed);
    QCOMPARE(verdictOf(Probe{0, at(17, 10), {}}), ProbeVerdict::NoRows);
    QCOMPARE(verdictOf(Probe{0, at(17, 10), 0}), ProbeVerdict::NoRows);
    QCOMPARE(verdictOf(Probe{5, at(17, 10), {}}), ProbeVerdict::CompleteNotSignalled);
    QCOMPARE(verdictOf(Probe{5, at(17, 10), 5}), ProbeVerdict::CompleteNotSignalled);
    QCOMPARE(verdictOf(Probe{5, at(17, 10), 4}), ProbeVerdict::RowsStillArriving);
    QCOMPARE(verdictOf(Probe{0, at(17, 10), 4}), ProbeVerdict::RowsStillArriving);
}

void TestExplain::valuesOfCustomersAreTamed()
{
    Facts facts;
    facts.context.skipReason = "a\nb\x1B[31m" + std::string(500, 'x');
    const Plan plan = signalled({13, 15}).landed({13}).skipped({14}).plan();
    const std::string sentence = explain(plan, june(14), facts.context).sentence;
    QVERIFY(sentence.find('\n') == std::string::npos);
    QVERIFY(sentence.find('\x1B') == std::string::npos);
    QVERIFY(sentence.size() < 600);
}

QTEST_APPLESS_MAIN(TestExplain)
#include "tst_explain.moc"
