#!/usr/bin/env python3
# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the command line says of odd histories: damaged files, sources that were never read, signals
too far away, sources that were removed and are back, and columns of other names."""
import os
import signal
import unittest

from support import (WorkspaceTest, add_rows, add_signals, day, day_rows, metric_row,
                     write_database)

needs_faults = unittest.skipUnless(os.environ.get("DAYMARK_TEST_FAULTS") == "1",
                                   "no fault points in this build")


class HistoryTest(WorkspaceTest):
    def listed(self, name="shop", **options):
        return {one["day"]: one for one in self.json("calendar", name, **options)["days"]}

    def explain(self, of_day, name="shop", **options):
        return self.json("explain", name, of_day, **options)


class Damage(HistoryTest):
    def setUp(self):
        super().setUp()
        self.add_shop()
        self.json("import")
        self.file = self.workspace / self.json("run", "show", "2")["files"][0]

    def flip(self):
        content = bytearray(self.file.read_bytes())
        content[len(content) // 2] ^= 1
        self.file.write_bytes(content)

    def test_its_numbers_are_refused_and_the_day_says_so(self):
        self.flip()
        for command in (("rows", "shop", "--day", day(14)),
                        ("export", "shop", "--to-file", self.folder / "out.csv")):
            with self.subTest(command=command):
                error = self.error(*command)
                self.assertEqual(error["code"], "storage.damaged")
                self.assertIn(f"{day(14)} of shop", error["message"])
                self.assertIn(self.file.name, error["message"])
                self.assertIn(f"daymark-cli reimport shop {day(14)}", error["hint"])
        self.assertFalse((self.folder / "out.csv").exists())
        listed = self.listed()
        self.assertEqual([(one["damaged"], one["damage"] is None) for one in listed.values()][:3],
                         [(False, True), (True, False), (False, True)])
        self.assertEqual(listed[day(14)]["state"], "imported")
        explained = self.explain(day(14))
        self.assertEqual(explained["actions"][0]["command"],
                         f"daymark-cli reimport shop {day(14)}")
        self.assertIn("byte for byte", explained["sentence"])
        self.assertIn("damaged", self.expect("calendar", "shop").stdout.decode())

    def test_a_check_marks_and_a_reimport_mends(self):
        self.flip()
        check = self.json("check", "--full", code=1)
        self.assertEqual([fault["code"] for fault in check["faults"]], ["file.hash"])
        self.assertTrue(self.listed()[day(14)]["damaged"])
        document = self.json("reimport", "shop", day(14))
        self.assertEqual(document["failed"], 0)
        self.assertFalse(self.listed()[day(14)]["damaged"])
        check = self.json("check", "--full")
        self.assertEqual((check["faults"], check["notes"], check["versions"]), ([], [], 0))
        self.assertEqual([(one["run"], one["kept"]) for one in
                          self.json("versions", "shop", day(14))["versions"]],
                         [(4, True), (2, False)])
        self.error("rollback", "shop", day(14))
        self.assertEqual(len(self.json("rows", "shop", "--day", day(14))["rows"]), 40)

    def test_a_file_that_is_put_back_is_whole_again(self):
        self.flip()
        self.json("check", "--full", code=1)
        self.flip()
        self.assertTrue(self.listed()[day(14)]["damaged"])
        self.json("check")
        self.assertFalse(self.listed()[day(14)]["damaged"])

    def test_a_dry_run_knows_what_it_cannot_compare(self):
        self.flip()
        self.change(self.folder / "shop.sqlite", lambda source: source.execute(
            "DELETE FROM statsig_user_metrics WHERE date = ? AND unit_id LIKE '%-7'", (day(14),)))
        impact = self.json("reimport", "shop", day(14), "--dry-run")["impacts"][0]
        self.assertEqual([impact[key] for key in ("exact", "added", "removed", "changed")],
                         [False, None, None, None])
        self.assertEqual((impact["rows_before"], impact["rows_after"]), (40, 39))
        self.assertIsNone(impact["metrics"][0]["changed"])
        self.assertIn("could not be compared",
                      self.expect("reimport", "shop", day(14), "--dry-run").stdout.decode())


class Signals(HistoryTest):
    def test_a_source_whose_signals_could_never_be_read(self):
        path = self.folder / "shop.sqlite"
        write_database(path, day_rows(day(13), 5), [])
        self.change(path, lambda source: source.execute(
            "DROP TABLE statsig_user_metrics_signal"))
        self.expect("source", "add", "shop", "--kind", "sqlite", "--dataset", "metrics", "--uri",
                    path)
        note = self.json("calendar", "shop")["note"]
        self.assertIn("could not be read yet", note)
        self.assertIn("statsig_user_metrics_signal", note)
        self.assertNotIn("Nothing is signalled", note)
        self.assertIn("could not be read yet", self.explain(day(13))["sentence"])
        self.change(path, lambda source: source.execute(
            "CREATE TABLE statsig_user_metrics_signal (finished_date TEXT)"))
        self.json("poll")
        self.assertIn("Nothing is signalled", self.json("calendar", "shop")["note"])
        path.unlink()
        self.json("poll", code=1)
        note = self.json("calendar", "shop")["note"]
        self.assertIn("Nothing was signalled", note)
        self.assertIn("could not be read again", note)

    def test_signals_that_are_too_old_or_to_come_are_listed(self):
        self.add_shop(days=(13,), signals=())
        self.change(self.folder / "shop.sqlite",
                    lambda source: add_signals(source, ["2022-05-01", "2022-05-03", day(20)]))
        self.json("poll")
        document = self.json("calendar", "shop")
        self.assertEqual((document["first_day"], document["next_day"], document["frontier"]),
                         (None, None, None))
        days = document["days"]
        self.assertEqual((days[0]["day"], days[-1]["day"], len(days)),
                         ("2022-05-01", day(20), 51))
        listed = {one["day"]: one for one in days}
        self.assertEqual([(listed[one]["state"], listed[one]["signalled"], listed[one]["reason"])
                          for one in ("2022-05-01", "2022-05-02", day(13), day(19), day(20))],
                         [("ignored", True, "signal.too_old"),
                          ("ignored", False, "signal.too_old"), ("awaiting", False, None),
                          ("future", False, None), ("future", True, None)])
        explained = self.explain("2022-05-01")
        self.assertIn("is signalled, but lies more than 28 days before today",
                      explained["sentence"])
        self.assertEqual(explained["actions"][0]["command"],
                         "daymark-cli source edit shop --first-day 2022-05-01")
        self.assertIn("it is signalled already", self.explain(day(20))["sentence"])
        self.assertIsNotNone(self.explain(day(20))["evidence"]["first_seen"])
        self.expect(*explained["actions"][0]["command"].split()[1:])
        self.assertEqual(self.states()["2022-05-01"], "ready")

    def test_a_list_of_days_stays_bounded(self):
        self.add_shop(days=(13,), signals=())
        self.change(self.folder / "shop.sqlite", lambda source: add_signals(
            source, ["0001-01-01", "1999-01-01", "2013-01-01", day(18), "2300-01-01",
                     "9999-12-31"]))
        self.json("poll")
        document = self.json("calendar", "shop")
        self.assertEqual((document["days"][0]["day"], document["days"][-1]["day"]),
                         ("2013-01-01", day(18)))
        self.assertIn("4 signals lie too far away to be listed", document["note"])
        self.assertIn("it is signalled already", self.explain("9999-12-31")["sentence"])
        self.assertIn("is signalled, but lies", self.explain("0001-01-01")["sentence"])
        self.assertEqual(self.error("source", "edit", "shop", "--first-day", "0001-01-01")["code"],
                         "source.invalid")

    def test_a_blocked_day_shows_no_run_of_its_root(self):
        path = self.add_shop(days=(13, 14, 15))
        self.change(path, lambda source: source.execute(
            "UPDATE statsig_user_metrics SET metric_value = NULL WHERE date = ?", (day(14),)))
        self.json("import", code=1)
        self.assertEqual(self.explain(day(15))["evidence"]["run"], None)
        self.assertIn("(run 2)", self.explain(day(15))["sentence"])
        self.assertEqual(self.explain(day(14))["evidence"]["run"], 2)
        self.change(path, lambda source: source.execute(
            "DELETE FROM statsig_user_metrics_signal WHERE finished_date = ?", (day(14),)))
        self.json("poll")
        listed = self.listed()
        self.assertEqual([(listed[day(n)]["state"], listed[day(n)]["run"]) for n in (13, 14, 15)],
                         [("imported", 1), ("gap", None), ("blocked", None)])
        explained = self.explain(day(15))
        self.assertEqual(explained["evidence"]["run"], None)
        self.assertNotIn("run 2", explained["sentence"])


class Removed(HistoryTest):
    def setUp(self):
        super().setUp()
        self.path = self.add_shop()
        self.json("import")
        self.json("source", "remove", "shop", "--keep-data")

    def test_it_is_told_of_and_read(self):
        self.assertEqual(self.json("source", "list"),
                         {"sources": [], "kept": [{"name": "shop", "dataset": "metrics", "days": 3,
                                                   "first_day": day(13), "last_day": day(15)}]})
        self.assertIn(b"source remove shop", self.expect("source", "list").stderr)
        error = self.error("calendar", "shop")
        self.assertEqual(error["code"], "source.unknown")
        self.assertIn("its landed days are kept", error["message"])
        self.assertEqual(len(self.json("rows", "shop", "--day", day(13))["rows"]), 40)
        self.assertEqual(self.json("export", "shop", "--to-file", self.folder / "a.csv")["rows"],
                         120)
        self.assertTrue(self.json("check", "--full")["ok"])

    def test_a_source_of_its_name_takes_it_up(self):
        self.change(self.path, lambda source: (add_signals(source, [day(16)]),
                                               add_rows(source, day_rows(day(16), 5))))
        add = ("source", "add", "SHOP", "--kind", "sqlite", "--uri", self.path)
        self.assertEqual(self.error(*add, "--first-day", day(10))["code"], "day.state")
        document = self.json(*add)
        self.assertEqual((document["taken_up_days"], document["source"]["name"]), (3, "shop"))
        self.assertNotIn("kept", self.json("source", "list"))
        listed = self.listed()
        self.assertEqual([(listed[day(n)]["state"], listed[day(n)]["run"]) for n in (13, 15, 16)],
                         [("imported", 1), ("imported", 3), ("ready", None)])
        self.json("import")
        self.assertEqual(self.json("reimport", "shop", day(13))["failed"], 0)
        self.assertTrue(self.json("check", "--full")["ok"])
        self.assertEqual(len(list((self.workspace / "landing").rglob("*.parquet"))), 4)

    def test_a_second_removal_removes_it(self):
        self.json("source", "remove", "shop")
        self.assertEqual(self.json("source", "list"), {"sources": []})
        self.assertEqual(list((self.workspace / "landing").rglob("*.parquet")), [])
        self.assertIn("There is no source", self.error("rows", "shop", "--day", day(13))["message"])
        self.add_shop(name="shop2")
        self.assertTrue(self.json("check", "--full")["ok"])

    def test_a_damaged_day_of_it_is_refused_too(self):
        file = next((self.workspace / "landing").rglob(f"day={day(13)}/*.parquet"))
        file.write_bytes(b"x" * file.stat().st_size)
        self.assertIn("source add shop", self.error("rows", "shop", "--day", day(13))["hint"])


class Columns(HistoryTest):
    def test_a_column_that_is_not_there_is_named_with_those_that_are(self):
        self.add_shop()
        self.expect("source", "edit", "shop", "--map", "metric_name=nosuch")
        document = self.json("import", code=1)
        message = document["runs"][0]["error"]["message"]
        self.assertIn("no column 'nosuch'", message)
        self.assertIn("'unit_id', 'id_type', 'date'", message)
        self.assertIn("'metric_name'", message)
        findings = self.json("source", "test", "shop", code=1)["findings"]
        self.assertTrue(any("'nosuch'" in one["message"] for one in findings))

    def test_the_column_of_the_signals_may_have_another_name(self):
        path = self.folder / "shop.sqlite"
        write_database(path, day_rows(day(13), 5), [day(13)])
        self.change(path, lambda source: source.execute(
            "ALTER TABLE statsig_user_metrics_signal RENAME COLUMN finished_date TO done_on"))
        add = ("source", "add", "shop", "--kind", "sqlite", "--dataset", "metrics", "--uri", path)
        saved = self.json(*add)
        self.assertIn("--map finished_date=COLUMN", saved["unreachable"]["hint"])
        self.json("source", "edit", "shop", "--map", "finished_date=done_on")
        self.json("poll")
        self.assertEqual(self.states()[day(13)], "ready")
        test = self.json("source", "test", "shop")
        self.assertEqual([one for one in test["findings"] if one["severity"] == "error"], [])
        self.json("import")
        self.assertEqual(self.states()[day(13)], "imported")

    def test_files_may_call_it_otherwise_too(self):
        folder = self.folder / "files"
        (folder / "metrics" / day(13)).mkdir(parents=True)
        (folder / "signals").mkdir()
        (folder / "metrics" / day(13) / "a.csv").write_text(
            "unit_id,id_type,date,metric_name,metric_value\n"
            f"u1,user_id,{day(13)},revenue,1\n", encoding="utf-8")
        (folder / "signals" / "all.csv").write_text(f"done_on\n{day(13)}\n", encoding="utf-8")
        self.json("source", "add", "shop", "--kind", "files", "--dataset", "metrics", "--uri",
                  folder, "--map", "finished_date=done_on")
        self.assertEqual(self.states()[day(13)], "ready")

    def test_whole_numbers_that_are_rounded_are_counted(self):
        path = self.folder / "shop.sqlite"
        rows = day_rows(day(13), 3) + [
            metric_row("big", day(13), value=2**53 + 1), metric_row("held", day(13), value=2**60)]
        write_database(path, rows, [day(13)], declared={"metric_value": "INTEGER"})
        self.expect("source", "add", "shop", "--kind", "sqlite", "--uri", path)
        run = self.json("import")["runs"][0]
        self.assertEqual((run["state"], run["accepted"]), ("imported", 5))
        rules = {one["code"]: one for one in self.json("run", "show", run["id"])["rules"]}
        self.assertEqual((rules["value.rounded"]["count"], rules["value.rounded"]["severity"]),
                         (1, "warning"))
        self.assertEqual(rules["value.rounded"]["examples"][0]["value"], str(2**53 + 1))


class Enabling(HistoryTest):
    def test_a_disabled_source_is_left_alone_until_it_is_named(self):
        self.add_shop()
        self.assertEqual(self.json("source", "disable", "shop"),
                         {"source": "shop", "enabled": False})
        self.assertFalse(self.json("source", "show", "shop")["enabled"])
        self.assertEqual(self.json("import")["runs"], [])
        self.assertIn(b"enabled", self.expect("source", "enable", "shop").stdout)
        self.assertTrue(self.json("source", "show", "shop")["enabled"])
        self.assertEqual(len(self.json("import")["runs"]), 3)
        self.assertEqual(self.error("source", "enable", "nobody")["code"], "source.unknown")


class Watch(HistoryTest):
    def test_a_changed_day_is_told(self):
        path = self.add_shop()
        self.json("import")
        self.change(path, lambda source: source.execute(
            "DELETE FROM statsig_user_metrics WHERE date = ? AND unit_id LIKE '%-7'", (day(14),)))
        words = self.expect("watch", "--once", now="2022-06-18T11:00:00Z").stdout.decode()
        self.assertIn(f"shop: {day(14)} has changed in the source since it landed", words)
        self.assertEqual(words.count("has changed"), 1)


class Reimports(HistoryTest):
    def test_one_that_came_to_nothing_is_told(self):
        path = self.add_shop()
        self.json("import")
        aside = path.rename(str(path) + ".aside")
        self.json("reimport", "shop", day(14), code=1)
        explained = self.explain(day(14))
        self.assertIn("A re-import failed", explained["sentence"])
        self.assertIn("The landed version stays.", explained["sentence"])
        self.assertEqual(explained["evidence"]["lost_reimport"]["run"], 4)
        self.assertEqual((explained["state"], explained["evidence"]["run"]), ("imported", 2))
        # A look is no run, however it ends.
        self.json("reimport", "shop", day(15), "--dry-run", code=1)
        aside.rename(path)
        self.json("reimport", "shop", day(15), "--dry-run")
        self.assertEqual([run["id"] for run in self.json("runs")["runs"]], [4, 3, 2, 1])
        self.assertIsNone(self.explain(day(15))["evidence"]["lost_reimport"])
        self.json("reimport", "shop", day(14))
        self.assertIsNone(self.explain(day(14))["evidence"]["lost_reimport"])

    def test_a_rollback_leaves_the_day_changed(self):
        path = self.add_shop()
        self.json("import")
        self.change(path, lambda source: source.execute(
            "DELETE FROM statsig_user_metrics WHERE unit_id LIKE '%-7'"))
        self.json("reimport", "shop", day(13))
        self.json("rollback", "shop", day(13))
        self.assertTrue(self.listed()[day(13)]["changed"])
        self.assertIn("39 rows where 40 landed", self.listed()[day(13)]["difference"])
        self.json("rollback", "shop", day(13), "--forward")
        self.assertFalse(self.listed()[day(13)]["changed"])


class Undated(HistoryTest):
    def test_a_row_without_a_date_changes_and_fails_nothing(self):
        path = self.add_shop()
        self.json("import")
        self.change(path, lambda source: add_rows(source, [metric_row("lost", None)]))
        for number in (13, 14, 15):
            found = self.json("recheck", "shop", "--day", day(number))["days"][0]
            self.assertEqual((found["changed"], found["error"]), (False, None))
        self.change(path, lambda source: add_signals(source, [day(16)]))
        run = self.json("import")["runs"][0]
        self.assertEqual((run["state"], run["rows_read"], run["accepted"], run["rejected"]),
                         ("imported", 1, 0, 1))
        self.assertTrue(self.listed()[day(16)]["empty"])
        self.assertTrue((self.workspace / run["rejects_file"]).exists())


    def test_a_first_day_without_rows_lands_beside_it(self):
        for number, statement in enumerate(("", "CREATE INDEX i ON statsig_user_metrics (date)")):
            with self.subTest(statement=statement):
                name = f"shop{number}"
                path = self.folder / f"{name}.sqlite"
                write_database(path, day_rows(day(14), 30) + [metric_row("lost", None)],
                               [day(13), day(14)])
                self.change(path, lambda source: source.execute(statement))
                self.expect("source", "add", name, "--kind", "sqlite", "--uri", path)
                self.assertEqual([(run["state"], run["rows_read"], run["rejected"])
                                  for run in self.json("import", name)["runs"]],
                                 [("imported", 1, 1), ("imported", 30, 0)])


class Unfinished(HistoryTest):
    @needs_faults
    def test_a_killed_rollback_is_no_fault(self):
        path = self.add_shop()
        self.json("import")
        self.change(path, lambda source: source.execute(
            "DELETE FROM statsig_user_metrics WHERE unit_id LIKE '%-7'"))
        self.json("reimport", "shop", day(13))
        for step in ("version_kept", "in_rollback", "rollback_begun", "after_rename",
                     "after_publish", "before_rollback_finish", "in_rollback_finish",
                     "after_rollback_finish"):
            with self.subTest(step=step):
                forward = () if self.current(day(13)) == 4 else ("--forward",)
                done = self.cli("rollback", "shop", day(13), *forward,
                                environment={"DAYMARK_FAULT": f"{step}:1:kill"})
                self.assertEqual(done.returncode, -signal.SIGKILL, done)
                for full in ((), ("--full",)):
                    check = self.json("check", *full)
                    self.assertEqual((check["ok"], check["faults"]), (True, []))
                    self.assertTrue(check["notes"], step)
                    self.assertEqual(
                        {note["code"] for note in check["notes"]} - {"unfinished", "leftover"},
                        set())
                self.json("poll")
                self.assertEqual(self.json("check", "--full")["notes"], [])

    def current(self, of_day):
        return next(one["run"] for one in self.json("versions", "shop", of_day)["versions"]
                    if one["current"])


if __name__ == "__main__":
    unittest.main()
