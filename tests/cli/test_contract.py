#!/usr/bin/env python3
# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each command's JSON keys, exit code and effect, on small sources."""
import csv
import datetime
import os
import re
import sqlite3
import unittest

from support import (NOW, WorkspaceTest, add_rows, add_signals, day, day_rows, days_between,
                     metric_row)

CALENDAR = {"source", "dataset", "order", "today", "time_zone", "first_day", "frontier", "next_day",
            "days"}
DAY = {"day", "state", "signalled", "implied", "blocked_by", "empty", "changed", "overdue",
       "reason",
       "rows", "rejected", "run"}
RUN = {"id", "source", "day", "state", "rows_read", "accepted", "rejected", "duplicates",
       "started_at",
       "finished_at", "seconds", "files", "rejects_file", "error"}
SOURCE = {"name", "kind", "dataset", "uri", "table", "query", "signal_table", "map", "format",
          "order",
          "unit_day", "horizon_days", "first_day", "time_zone", "tolerance", "poll_minutes",
          "staleness_days", "last_poll", "next_poll", "poll_error", "created_at"}
METRIC = {"name", "kind", "id_types", "sources", "first_day", "last_day", "days", "stale",
          "clock", "latest"}
NUMBERS = {"day", "rows", "units", "sum", "numerator_sum", "denominator_sum", "mean"}
EVIDENCE = {"source_rows", "probed_at", "verdict", "first_seen", "signalled_by", "rows", "rejected",
            "run", "reason", "last_poll", "next_poll", "poll_error"}


class Contract(WorkspaceTest):
    def has(self, document, keys):
        self.assertLessEqual(keys, set(document), document)

    def test_init_creates_one_workspace_and_refuses_a_second(self):
        self.assertEqual(self.error("init")["code"], "workspace.exists")
        other = self.folder / "other"
        self.assertEqual(self.json("--workspace", other, "init"), {"workspace": str(other)})
        self.assertTrue((other / "daymark.sqlite").is_file())

    def test_without_a_workspace_every_other_command_fails_with_a_hint(self):
        nowhere = self.folder / "nowhere"
        for command in ("demo", "source list", "runs", "check", "import", "catalog",
                        "watch --once"):
            with self.subTest(command=command):
                error = self.error("--workspace", nowhere, *command.split())
                self.assertEqual(error["code"], "workspace.missing")
                self.assertIn("init", error["hint"])
        self.assertFalse(nowhere.exists())

    def test_life_of_a_source(self):
        path = self.add_shop(extra=["--tolerance", "0.5", "--time-zone", "Europe/London",
                                    "--horizon-days", "10", "--unit-day", "sum", "--poll-minutes",
                                    "5",
                                    "--staleness-days", "7", "--first-day", day(13)])
        listed = self.json("source", "list")["sources"]
        self.assertEqual([one["name"] for one in listed], ["shop"])
        shown = self.json("source", "show", "shop")
        self.has(shown, SOURCE)
        self.assertEqual(shown, listed[0])
        wanted = {"kind": "sqlite", "dataset": "metrics", "uri": str(path), "order": "strict",
                  "unit_day": "sum", "horizon_days": 10, "first_day": day(13), "tolerance": 0.5,
                  "time_zone": "Europe/London", "poll_minutes": 5, "staleness_days": 7}
        self.assertEqual({key: shown[key] for key in wanted}, wanted)
        edited = self.json("source", "edit", "shop", "--order", "high-water", "--tolerance", "0")
        self.has(edited, {"source", "findings", "unreachable"})
        self.assertEqual(edited["source"]["order"], "high-water")
        self.assertEqual(edited["source"]["horizon_days"], 10)
        self.assertEqual(self.error("source", "add", "shop", "--kind", "sqlite", "--dataset",
                                    "metrics",
                                    "--uri", path)["code"], "source.exists")
        self.assertEqual(self.expect("source", "list", "--names").stdout, b"shop\n")
        self.assertEqual(self.json("source", "remove", "shop"), {"removed": "shop",
                                                                 "kept_data": False})
        self.assertEqual(self.json("source", "list"), {"sources": []})

    def test_an_unknown_source_is_named(self):
        for command in ("source show x", "source test x", "source edit x", "source remove x",
                        "calendar x", "explain x 2022-06-13", "preview x", "poll x", "import x",
                        "signal x 2022-06-13", "skip x 2022-06-13 --reason r",
                        "reopen x 2022-06-13",
                        "runs x", "rows x --day 2022-06-13", "export x --to-file /tmp/x.csv"):
            with self.subTest(command=command):
                self.assertEqual(self.error(*command.split())["code"], "source.unknown")

    def test_a_source_test_says_what_it_saw_or_what_is_wrong(self):
        path = self.add_shop()
        test = self.json("source", "test", "shop")
        self.has(test, {"ok", "steps", "findings", "mapping", "columns", "signals", "first_signal",
                        "last_signal"})
        self.assertTrue(test["ok"])
        self.assertEqual((test["signals"], test["first_signal"], test["last_signal"]),
                         (3, day(13), day(15)))
        self.assertEqual(test["mapping"]["unit_id"], "unit_id")
        for step in test["steps"]:
            self.has(step, {"name", "ok", "message"})
        self.change(path, lambda db: db.execute(
            "ALTER TABLE statsig_user_metrics RENAME COLUMN unit_id TO unit_identifier"))
        broken = self.json("source", "test", "shop", code=1)
        self.assertFalse(broken["ok"])
        self.assertIn("schema.column_missing", [one["code"] for one in broken["findings"]])
        os.remove(path)
        self.assertFalse(self.json("source", "test", "shop", code=1)["ok"])
        self.expect("source", "test", "shop", code=1)

    def test_columns_can_be_mapped(self):
        path = self.add_shop()
        self.change(path, lambda db: db.execute(
            "ALTER TABLE statsig_user_metrics RENAME COLUMN unit_id TO customer"))
        self.expect("source", "edit", "shop", "--map", "unit_id=customer")
        self.assertEqual(self.json("source", "show", "shop")["map"], {"unit_id": "customer"})
        self.assertEqual(self.json("source", "test", "shop")["mapping"]["unit_id"], "customer")
        self.assertEqual(self.json("import")["failed"], 0)

    def test_id_types(self):
        self.assertEqual(sorted(self.json("id-type", "list")["id_types"]), ["stable_id", "user_id"])
        self.assertIn("company_id", self.json("id-type", "add", "company_id")["id_types"])
        self.assertEqual(self.error("id-type", "add", "company_id")["code"], "id_type.exists")

    def test_the_worked_example_of_the_calendar(self):
        path = self.add_shop(days=(13, 14, 15), signals=(13, 15))
        calendar = self.json("calendar", "shop")
        self.has(calendar, CALENDAR)
        for one in calendar["days"]:
            self.has(one, DAY)
        self.assertEqual((calendar["today"], calendar["first_day"], calendar["frontier"],
                          calendar["next_day"], calendar["order"]),
                         (day(17), day(13), None, day(13), "strict"))
        self.assertEqual(self.states(), {day(13): "ready", day(14): "gap", day(15): "blocked",
                                         day(16): "awaiting", day(17): "awaiting"})
        self.assertEqual(calendar["days"][2]["blocked_by"], day(14))
        report = self.json("import")
        self.assertEqual([run["day"] for run in report["runs"]], [day(13)])
        self.assertEqual(report["failed"], 0)
        self.assertEqual([one["source"] for one in report["waiting"]], ["shop"])
        self.assertIn(day(14), report["waiting"][0]["sentence"])
        self.change(path, lambda db: add_signals(db, [day(14)]))
        report = self.json("import", "shop")
        self.assertEqual([run["day"] for run in report["runs"]], [day(14), day(15)])
        self.assertEqual(self.json("calendar", "shop")["frontier"], day(15))
        part = self.json("calendar", "shop", "--from", day(14), "--to", day(15))
        self.assertEqual([one["day"] for one in part["days"]], [day(14), day(15)])

    def test_an_import_with_nothing_to_do_says_why(self):
        self.assertEqual(self.json("import")["runs"], [])
        self.add_shop(signals=())
        report = self.json("import")
        self.assertEqual((report["runs"], report["failed"]), ([], 0))
        self.assertTrue(report["waiting"])
        self.assertIn(report["waiting"][0]["sentence"], self.expect("import").stdout.decode())

    def test_import_can_be_limited_and_go_by_known_signals(self):
        path = self.add_shop(days=(13, 14, 15))
        self.json("poll")
        self.change(path, lambda db: add_signals(db, [day(16)]))
        report = self.json("import", "--no-poll", "--day", day(14))
        self.assertEqual([run["day"] for run in report["runs"]], [day(13), day(14)])
        report = self.json("import", "--no-poll", "shop")
        self.assertEqual([run["day"] for run in report["runs"]], [day(15)])
        self.assertEqual(self.states()[day(16)], "awaiting")

    def test_runs(self):
        self.add_shop(days=(13, 14))
        report = self.json("import")
        self.has(report, {"runs", "failed", "polls", "waiting"})
        for run in report["runs"]:
            self.has(run, RUN)
            self.assertEqual((run["state"], run["rows_read"], run["accepted"], run["rejected"],
                              run["error"], run["rejects_file"]),
                             ("imported", 40, 40, 0, None, None))
            self.assertRegex(run["started_at"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$")
            for file in run["files"]:
                self.assertRegex(file,
                                 r"^landing/metrics/source=shop/day=\d{4}-\d\d-\d\d/.+\.parquet$")
                self.assertTrue((self.workspace / file).is_file())
        history = self.json("runs", "shop")["runs"]
        self.assertEqual(sorted(run["id"] for run in history),
                         sorted(run["id"] for run in report["runs"]))
        self.assertEqual(len(self.json("runs", "--limit", "1")["runs"]), 1)
        shown = self.json("run", "show", str(history[0]["id"]))
        self.has(shown, RUN | {"rules", "timings", "note"})
        self.assertEqual({key: shown[key] for key in RUN}, {key: history[0][key] for key in RUN})
        self.assertEqual(self.error("run", "show", "999")["code"], "run.unknown")

    def test_polls(self):
        path = self.add_shop(signals=(13,))
        polls = self.json("poll", "shop")
        self.has(polls, {"polls", "failed"})
        self.has(polls["polls"][0], {"source", "ok", "signals", "added", "withdrawn", "findings",
                                     "error"})
        self.assertEqual((polls["failed"], polls["polls"][0]["signals"]), (0, 1))
        os.remove(path)
        failed = self.json("poll", code=1)
        self.assertEqual((failed["failed"], failed["polls"][0]["ok"]), (1, False))
        self.has(failed["polls"][0]["error"], {"code", "message", "hint"})
        report = self.json("import", code=1)
        self.assertEqual(report["failed"], 1)

    def test_signal_skip_and_reopen(self):
        self.add_shop(days=(13, 14, 15), signals=(13, 15))
        self.json("import")
        skipped = self.json("skip", "shop", day(14), "--reason", "closed on Tuesdays")
        self.assertEqual((skipped["day"], skipped["state"]), (day(14), "skipped"))
        one = self.json("calendar", "shop")["days"][1]
        self.assertEqual((one["state"], one["reason"]), ("skipped", "closed on Tuesdays"))
        self.assertEqual(self.json("reopen", "shop", day(14))["state"], "gap")
        self.assertEqual(self.json("signal", "shop", day(14))["state"], "ready")
        self.assertEqual(len(self.json("import")["runs"]), 2)
        self.assertEqual(self.error("reopen", "shop", day(14))["code"], "day.state")
        self.assertEqual(self.error("skip", "shop", day(13), "--reason", "late")["code"],
                         "day.state")

    def test_explain(self):
        self.add_shop(days=(13, 14, 15), signals=(13, 15))
        self.json("import")
        explained = self.json("explain", "shop", day(15))
        self.has(explained, {"source", "day", "state", "sentence", "root_day", "evidence",
                             "actions"})
        self.has(explained["evidence"], EVIDENCE)
        self.assertEqual((explained["state"], explained["root_day"]), ("blocked", day(14)))
        self.assertIn(day(14), explained["sentence"])
        self.assertTrue(explained["actions"])
        for action in explained["actions"]:
            self.assertEqual(list(action), ["command", "label"])
        probed = self.json("explain", "shop", day(14), "--probe")
        self.assertEqual(probed["evidence"]["source_rows"], 40)
        self.assertEqual(probed["evidence"]["verdict"], "rows complete but not signalled")
        self.assertIn("40 rows", probed["sentence"])
        self.assertIn(probed["sentence"],
                      self.expect("explain", "shop", day(14), "--probe").stdout.decode())
        landed = self.json("explain", "shop", day(13))
        self.assertEqual((landed["state"], landed["evidence"]["rows"]), ("imported", 40))

    def test_preview(self):
        path = self.add_shop(days=(13,), rows=30)
        self.change(path, lambda db: add_rows(db, [metric_row("", day(13)),
                                                           metric_row(None, day(13))]))
        self.json("poll")
        preview = self.json("preview", "shop")
        self.has(preview, {"source", "day", "schema", "rows_read", "accepted", "rejected",
                           "duplicates",
                           "rules"})
        self.assertEqual((preview["day"], preview["rows_read"], preview["accepted"],
                          preview["rejected"], preview["duplicates"]), (day(13), 32, 30, 2, 0))
        rule = next(one for one in preview["rules"] if one["code"] == "unit_id.missing")
        self.has(rule, {"code", "severity", "count", "examples"})
        self.assertEqual((rule["severity"], rule["count"]), ("error", 2))
        for example in rule["examples"]:
            self.has(example, {"row", "column", "value"})
        self.assertEqual([example["value"] for example in rule["examples"]], ["", None])
        self.assertEqual(self.json("preview", "shop", "--rows", "10")["rows_read"], 10)
        self.assertEqual(self.json("preview", "shop", "--day", day(13), "--all")["rows_read"], 32)
        self.assertEqual(self.json("runs")["runs"], [])
        self.change(path,
                    lambda db: db.execute("ALTER TABLE statsig_user_metrics DROP COLUMN date"))
        done = self.cli("--json", "preview", "shop", "--day", day(13))
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"schema.", done.stdout)

    def test_catalog_metric_rows_and_export(self):
        path = self.add_shop(days=(13, 14), rows=10)
        ratio = {"metric_value": None, "numerator": 3.0, "denominator": 4.0}
        self.change(path, lambda db: add_rows(db, [metric_row(f"u{i}", day(14), "share", **ratio)
                                                   for i in range(5)]))
        self.json("import")
        metrics = {one["name"]: one for one in self.json("catalog")["metrics"]}
        for metric in metrics.values():
            self.has(metric, METRIC)
            self.has(metric["latest"], NUMBERS)
        revenue, share = metrics["revenue"], metrics["share"]
        expected = sum(i % 97 + 0.25 for i in range(10))
        self.assertEqual((revenue["kind"], revenue["days"], revenue["first_day"],
                          revenue["last_day"],
                          revenue["id_types"], revenue["sources"]),
                         ("value", 2, day(13), day(14), ["user_id"], ["shop"]))
        self.assertAlmostEqual(revenue["latest"]["sum"], expected)
        self.assertAlmostEqual(revenue["latest"]["mean"], expected / 10)
        self.assertEqual((share["kind"], share["latest"]["sum"], share["latest"]["numerator_sum"],
                          share["latest"]["denominator_sum"], share["latest"]["mean"]),
                         ("ratio", None, 15.0, 20.0, 0.75))
        series = self.json("metric", "show", "revenue")
        self.has(series, METRIC | {"series"})
        self.assertEqual([one["day"] for one in series["series"]], [day(13), day(14)])
        self.assertEqual(self.error("metric", "show", "nothing")["code"], "metric.unknown")
        rows = self.json("rows", "shop", "--day", day(14), "--metric", "revenue", "--limit", "4")
        self.assertEqual((len(rows["rows"]), rows["more"]), (4, True))
        self.assertEqual(list(rows["rows"][0]), ["unit_id", "id_type", "metric_name",
                                                 "metric_value",
                                                 "numerator", "denominator"])
        file = self.folder / "out.csv"
        self.assertEqual(self.json("export", "shop", "--to-file", file),
                         {"file": str(file), "rows": 25})
        with open(file, newline="", encoding="utf-8") as lines:
            self.assertEqual(len(list(csv.DictReader(lines))), 25)
        parquet = self.folder / "out.parquet"
        self.assertEqual(self.json("export", "shop", "--from", day(14), "--to", day(14),
                                   "--to-file",
                                   parquet)["rows"], 15)
        self.assertEqual(parquet.read_bytes()[:4], b"PAR1")
        self.error("export", "shop", "--to-file", self.folder / "out.txt", code=2)

    def test_stale_metrics_are_hidden_unless_asked_for(self):
        path = self.add_shop(days=(), extra=["--staleness-days", "2"])
        days = days_between(day(10), day(14))
        self.change(path, lambda db: (add_signals(db, days),
                                      add_rows(db, [row for one in days for row in day_rows(one,
                                                                                            3)]),
                                      add_rows(db, [metric_row("u", day(10), "old")])))
        self.json("import")
        self.assertEqual([one["name"] for one in self.json("catalog",
                                                           now="2022-06-15T00:00:00Z")["metrics"]],
                         ["revenue"])
        every = {one["name"]: one["stale"]
                 for one in self.json("catalog", "--all", now="2022-06-15T00:00:00Z")["metrics"]}
        self.assertEqual(every, {"revenue": False, "old": True})

    def test_a_day_over_the_tolerance_fails_and_stops_the_later_ones(self):
        path = self.add_shop(days=(13, 14), rows=20)
        self.change(path, lambda db: add_rows(db, [metric_row(None, day(13))] * 5))
        report = self.json("import", code=1)
        self.assertEqual((report["failed"], [run["state"] for run in report["runs"]]),
                         (1, ["failed"]))
        run = report["runs"][0]
        self.assertEqual(run["error"]["code"], "day.tolerance")
        self.assertEqual((run["rows_read"], run["accepted"], run["rejected"]), (25, 20, 5))
        self.assertTrue((self.workspace / run["rejects_file"]).is_file())
        self.assertEqual(self.states()[day(13)], "failed")
        self.assertEqual(self.states()[day(14)], "blocked")
        words = self.expect("import", code=1)
        self.assertIn(b"error: ", words.stdout)
        self.expect("source", "edit", "shop", "--tolerance", "50")
        self.assertEqual([one["state"] for one in self.json("import")["runs"]], ["imported"] * 2)

    def test_check_finds_what_changed_behind_the_ledger(self):
        self.add_shop(days=(13, 14))
        self.json("import")
        clean = self.json("check", "--full")
        self.has(clean, {"ok", "days", "files", "faults"})
        self.assertEqual((clean["ok"], clean["days"], clean["faults"]), (True, 2, []))
        run = self.json("runs")["runs"][0]
        file = self.workspace / run["files"][0]
        content = file.read_bytes()
        file.write_bytes(content[:100] + bytes([content[100] ^ 1]) + content[101:])
        fault = self.json("check", "--full", code=1)["faults"][0]
        self.has(fault, {"code", "path", "source", "day", "message"})
        self.assertEqual((fault["code"], fault["source"], fault["day"]), ("file.hash", "shop",
                                                                          run["day"]))
        file.unlink()
        self.assertEqual(self.json("check", code=1)["faults"][0]["code"], "file.missing")

    def test_watch_once_does_all_that_is_due(self):
        self.add_shop(days=(13, 14))
        report = self.json("watch", "--once")
        self.has(report, {"runs", "failed"})
        self.assertEqual([run["day"] for run in report["runs"]], [day(13), day(14)])
        self.assertEqual(self.json("watch", "--once")["runs"], [])

    def test_customers_bytes_never_break_the_json_nor_reach_the_terminal(self):
        path = self.add_shop(days=(13,), rows=400)
        nasty = b"\x1b[31mred\xff\xfe"
        self.change(path, lambda db: (
            db.execute("INSERT INTO statsig_user_metrics VALUES "
                       "(CAST(? AS TEXT), 'user_id', ?, 'nasty-1', 'revenue', 1, NULL, NULL)",
                       (nasty, day(13))),
            add_rows(db, [metric_row("\x1b[2Junit\u202e", day(13), "evil\x1b]0;name\x07")])))
        report = self.json("import")
        self.assertEqual(report["failed"], 0)
        run = report["runs"][0]["id"]
        self.assertIn("text.not_utf8", [one["code"] for one in self.json("run", "show",
                                                                         run)["rules"]])
        self.json("catalog")
        for command in (["run", "show", run], ["catalog"], ["rows", "shop", "--day", day(13)]):
            words = self.expect(*command).stdout
            self.assertNotIn(b"\x1b", words)
            self.assertNotIn("\u202e", words.decode("utf-8"))

    def test_quiet_leaves_results_and_errors_only(self):
        self.add_shop(days=(13,), signals=(13,))
        done = self.expect("--quiet", "import")
        self.assertEqual(done.stderr, b"")
        self.assertIn(day(13).encode(), done.stdout)
        self.assertIn(b"error: ", self.expect("calendar", "x", "--quiet", code=1).stderr)

    def test_global_options_stand_anywhere(self):
        self.add_shop(days=(13,))
        before = self.expect("--json", "--workspace", self.workspace, "--now", NOW, "calendar",
                             "shop")
        after = self.expect("calendar", "shop", "--now", NOW, "--workspace", self.workspace,
                            "--json")
        self.assertEqual(before.stdout, after.stdout)

    def test_a_source_may_bear_the_name_of_a_command(self):
        self.add_shop(days=(13,), name="runs")
        self.assertEqual(self.json("import", "runs")["failed"], 0)
        self.assertEqual(self.json("calendar", "runs")["source"], "runs")
        self.assertEqual(len(self.json("runs", "runs")["runs"]), 1)

    def test_bad_sources_end_with_a_clear_error_and_a_hint(self):
        not_a_database = self.folder / "text.sqlite"
        not_a_database.write_text("this is no database\n" * 500)
        empty = self.folder / "empty.sqlite"
        sqlite3.connect(empty).close()
        for name, uri in (("missing", self.folder / "no" / "file.sqlite"), ("text", not_a_database),
                          ("empty", empty), ("folder", self.folder)):
            with self.subTest(source=name):
                added = self.cli("source", "add", name, "--kind", "sqlite", "--dataset", "metrics",
                                 "--uri", uri)
                self.assertIn(added.returncode, (0, 1), added)
                if added.returncode == 0:
                    test = self.json("source", "test", name, code=1)
                    failed = [step for step in test["steps"] if not step["ok"]]
                    faults = [one for one in test["findings"] if one["severity"] == "error"]
                    self.assertTrue(faults or all(step["hint"] for step in failed), test)
                    report = self.json("import", name, code=1)
                    self.assertEqual(report["failed"], 1)


class Demo(WorkspaceTest):
    """The walk through the sample source that the README begins with."""

    def test_walk_through(self):
        today = datetime.date.fromisoformat(NOW[:10])
        gap = (today - datetime.timedelta(days=9)).isoformat()
        added = self.json("demo")
        self.assertEqual(added["source"]["name"], "demo")
        self.assertTrue(added["source"]["uri"].startswith(str(self.workspace)))
        report = self.json("import")
        self.assertEqual(report["failed"], 0)
        self.assertGreater(sum(run["rejected"] for run in report["runs"]), 0)
        self.assertEqual(self.states("demo")[gap], "gap")
        explained = self.json("explain", "demo", gap, "--probe")
        self.assertGreater(explained["evidence"]["source_rows"], 0)
        self.assertTrue(any(f"daymark-cli signal demo {gap}" in action["command"]
                            for action in explained["actions"]), explained["actions"])
        self.expect("signal", "demo", gap)
        self.json("import")
        states = self.states("demo")
        self.assertNotIn("gap", states.values())
        self.assertEqual(self.json("calendar", "demo")["frontier"],
                         (today - datetime.timedelta(days=1)).isoformat())
        shown = {one["name"] for one in self.json("catalog")["metrics"]}
        every = {one["name"]: one["stale"] for one in self.json("catalog", "--all")["metrics"]}
        self.assertEqual(shown, {name for name, stale in every.items() if not stale})
        self.assertIn(True, every.values())
        self.assertTrue(self.json("check", "--full")["ok"])
        self.assertRegex(self.expect("calendar", "demo").stdout.decode(), "✓ imported")
        self.assertFalse(re.search(rb"\x1b", self.expect("calendar", "demo").stdout))
        self.assertEqual(self.error("demo")["code"], "source.exists")


if __name__ == "__main__":
    unittest.main()
