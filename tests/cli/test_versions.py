#!/usr/bin/env python3
# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Days that change: imported again, gone back from, held against their source. Killed at every
named step, a landed day is as it was or as it was to be, and nothing else is left behind."""
import csv
import itertools
import os
import pty
import select
import shutil
import signal
import unittest

from support import PROGRAM, WorkspaceTest, day, settings

OLD, NEW = 40, 39

# The steps that a re-import and a rollback pass, in order.
REIMPORT = ["staged", "sealed", "version_kept", "before_committing", "in_committing",
            "after_committing", "after_rename", "after_publish", "before_finish", "in_finish",
            "after_finish"]
ROLLBACK = ["version_kept", "in_rollback", "rollback_begun", "after_rename", "after_publish",
            "before_rollback_finish", "in_rollback_finish", "after_rollback_finish"]

needs_faults = unittest.skipUnless(os.environ.get("DAYMARK_TEST_FAULTS") == "1",
                                   "no fault points in this build")


class VersionsTest(WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.database = self.add_shop()
        self.json("import")

    def drop_one_row(self, of_day=13):
        self.change(self.database, lambda source: source.execute(
            "DELETE FROM statsig_user_metrics WHERE date = ? AND unit_id = ?",
            (day(of_day), f"unit-{day(of_day)}-7")))

    def rows(self, of_day=13):
        return len(self.json("rows", "shop", "--day", day(of_day))["rows"])

    def versions(self, of_day=13):
        return [(one["run"], one["state"])
                for one in self.json("versions", "shop", day(of_day))["versions"]]

    def hold_check(self, what=None, versions=None):
        check = self.json("check", "--full")
        self.assertEqual((check["ok"], check["faults"], check["notes"], check["days"]),
                         (True, [], [], 3), what)
        if versions is not None:
            self.assertEqual(check["versions"], versions, what)


class Commands(VersionsTest):
    def test_a_day_is_imported_again(self):
        self.drop_one_row()
        document = self.json("reimport", "shop", day(13), "--reason", "finance asked")
        self.assertEqual((document["failed"], document["refused"], document["dry_run"]),
                         (0, 0, False))
        run = document["runs"][0]
        self.assertEqual((run["day"], run["state"], run["accepted"], run["replaces"],
                          run["reason"]),
                         (day(13), "imported", NEW, 1, "finance asked"))
        impact = document["impacts"][0]
        self.assertEqual((impact["rows_before"], impact["rows_after"], impact["removed"],
                          impact["added"], impact["changed"], impact["exact"], impact["same"]),
                         (OLD, NEW, 1, 0, 0, True, False))
        self.assertEqual([(one["metric"], one["sum_before"] - one["sum_after"],
                           one["kind_before"], one["kind_flips"]) for one in impact["metrics"]],
                         [("revenue", 7.25, "value", False)])
        self.assertEqual(self.rows(), NEW)
        states = {one["id"]: one["state"] for one in self.json("runs")["runs"]}
        self.assertEqual(states, {1: "superseded", 2: "imported", 3: "imported", 4: "imported"})
        self.assertTrue(self.json("run", "show", "1")["files"][0].startswith("history/"))
        self.hold_check(versions=1)
        series = self.json("metric", "show", "revenue")["series"]
        self.assertEqual([one["rows"] for one in series], [NEW, OLD, OLD])

    def test_ranges_and_what_is_not_landed(self):
        document = self.json("reimport", "shop", f"{day(14)}..{day(20)}", day(13))
        self.assertEqual([run["day"] for run in document["runs"]], [day(13), day(14), day(15)])
        self.assertTrue(all(impact["same"] for impact in document["impacts"]))
        self.assertEqual(self.error("reimport", "shop", day(17))["code"], "day.state")
        self.assertEqual(self.error("reimport", "nobody", day(13))["code"], "source.unknown")
        self.assertEqual(self.error("rollback", "shop", day(17))["code"], "day.state")

    def test_a_dry_run_commits_nothing(self):
        self.drop_one_row()
        document = self.json("reimport", "shop", day(13), "--dry-run")
        self.assertEqual((document["dry_run"], document["impacts"][0]["removed"]), (True, 1))
        words = self.expect("reimport", "shop", day(13), "--dry-run").stdout.decode()
        self.assertIn("1 removed", words)
        self.assertEqual((self.rows(), self.versions()), (OLD, [(1, "imported")]))
        self.hold_check(versions=0)

    def test_days_of_a_range_that_have_not_landed_are_named(self):
        document = self.json("reimport", "shop", f"{day(13)}..{day(17)}", "--dry-run")
        self.assertEqual([one["day"] for one in document["not_landed"]], [day(16), day(17)])
        self.assertTrue(all(one["reason"] for one in document["not_landed"]))
        words = self.expect("reimport", "shop", f"{day(15)}..{day(16)}", "--dry-run").stderr.decode()
        self.assertIn(f"{day(16)} was not imported again, as it has not landed: awaiting", words)
        self.assertNotIn(day(15), words)
        self.assertEqual(self.json("reimport", "shop", day(13), "--dry-run")["not_landed"], [])

    def test_a_look_at_a_damaged_day_tells_of_its_files_too(self):
        self.assertIsNone(self.json("recheck", "shop", "--day", day(13))["days"][0]["damage"])
        landed = next((self.workspace / "landing").rglob(f"day={day(13)}/*.parquet"))
        landed.write_bytes(landed.read_bytes()[:-1])
        self.json("check", code=1)
        look = self.json("recheck", "shop", "--day", day(13))["days"][0]
        self.assertEqual((look["changed"], bool(look["damage"])), (False, True))
        words = self.expect("recheck", "shop", "--day", day(13)).stdout.decode()
        self.assertIn(f"The landed files of {day(13)} are damaged", words)

    def test_a_day_is_not_emptied_unasked(self):
        self.change(self.database, lambda source: source.execute(
            "DELETE FROM statsig_user_metrics WHERE date = ?", (day(13),)))
        document = self.json("reimport", "shop", day(13), code=1)
        self.assertEqual((document["refused"], self.rows()), (1, OLD))
        self.json("reimport", "shop", day(13), "--yes")
        self.assertEqual(self.rows(), 0)
        self.json("rollback", "shop", day(13))
        self.assertEqual(self.rows(), OLD)

    def test_a_reimport_that_fails_leaves_the_day(self):
        self.change(self.database, lambda source: source.execute(
            "UPDATE statsig_user_metrics SET metric_value = NULL WHERE date = ?", (day(13),)))
        document = self.json("reimport", "shop", day(13), code=1)
        self.assertEqual(document["runs"][0]["error"]["code"], "day.tolerance")
        self.assertEqual((self.rows(), self.states()[day(13)]), (OLD, "imported"))
        self.hold_check(versions=0)

    def test_rollback_both_ways(self):
        self.drop_one_row()
        self.json("reimport", "shop", day(13))
        self.assertEqual(self.json("rollback", "shop", day(13), "--dry-run")["done"], False)
        document = self.json("rollback", "shop", day(13), "--reason", "wrong rows")
        self.assertEqual((document["run"], document["rolled_back"], document["done"]),
                         (1, 4, True))
        self.assertEqual((document["impact"]["added"], self.rows()), (1, OLD))
        self.assertEqual(self.versions(), [(4, "rolled_back"), (1, "imported")])
        self.assertEqual(self.error("rollback", "shop", day(13))["code"], "day.state")
        self.json("rollback", "shop", day(13), "--forward")
        self.assertEqual((self.rows(), self.versions()),
                         (NEW, [(4, "imported"), (1, "superseded")]))
        self.assertIn("run 1", self.expect("rollback", "shop", day(13), "--run", "1")
                      .stdout.decode())
        self.assertEqual(self.rows(), OLD)
        self.hold_check(versions=1)
        file = self.folder / "out.csv"
        self.json("export", "shop", "--from", day(13), "--to", day(13), "--to-file", file)
        with open(file, newline="", encoding="utf-8") as lines:
            self.assertEqual({row["date"] for row in csv.DictReader(lines)}, {day(13)})

    def test_a_changed_day_is_marked_and_offered(self):
        self.assertEqual(self.json("recheck", "shop")["days"], [])
        self.drop_one_row()
        found = self.json("recheck", "shop", "--day", day(13))["days"][0]
        self.assertEqual((found["changed"], found["error"]), (True, None))
        listed = {one["day"]: one for one in self.json("calendar", "shop")["days"]}
        self.assertEqual((listed[day(13)]["state"], listed[day(13)]["changed"]),
                         ("imported", True))
        self.assertFalse(listed[day(14)]["changed"])
        explained = self.json("explain", "shop", day(13))
        self.assertEqual(explained["actions"][0]["command"],
                         f"daymark-cli reimport shop {day(13)}")
        self.assertIn("39 rows where 40 landed", explained["sentence"])
        self.assertEqual(explained["evidence"]["difference"], found["difference"])

    def test_watch_looks_again_when_due(self):
        self.drop_one_row(14)
        self.json("watch", "--once", now="2022-06-18T09:00:00Z")
        self.assertTrue(all(not one["changed"] for one in self.json("calendar", "shop")["days"]))
        later = "2022-06-19T10:00:00Z"
        self.json("watch", "--once", now=later)
        self.assertEqual([one["day"] for one in self.json("calendar", "shop", now=later)["days"]
                          if one["changed"]], [day(14)])

    def test_a_person_is_asked(self):
        self.drop_one_row()
        for answer, code, rows in ((b"n\n", 1, OLD), (b"\n", 1, OLD), (b"\x04", 1, OLD),
                                   (b"\x03", 130, OLD), (b"yes\n", 0, NEW)):
            with self.subTest(answer=answer):
                process, words = self.answer(answer, "reimport", "shop", day(13))
                self.assertEqual(process, code, words)
                self.assertIn(b"1 removed", words.split(b"[y/N]")[0])
                self.assertEqual(self.rows(), rows)

    def answer(self, answer, *arguments):
        """Runs a command on a terminal of its own: the exit code, and all that was shown."""
        child, terminal = pty.fork()
        if child == 0:
            os.execve(PROGRAM, [PROGRAM, *arguments], settings(self.workspace))
        shown, asked = b"", False
        while select.select([terminal], [], [], 60)[0]:
            try:
                shown += os.read(terminal, 4096)
            except OSError:  # its end is closed
                break
            if b"[y/N]" in shown and not asked:
                asked = True
                os.write(terminal, answer)
        os.close(terminal)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown

    def test_settings_of_versions(self):
        self.json("source", "edit", "shop", "--keep-versions", "1", "--keep-days", "7",
                  "--recheck", "count", "--recheck-days", "0")
        source = self.json("source", "show", "shop")
        self.assertEqual((source["keep_versions"], source["keep_days"], source["recheck"],
                          source["recheck_days"]), (1, 7, "count", 0))
        for _ in range(3):
            self.json("reimport", "shop", day(13))
        self.assertEqual([one["kept"] for one in
                          self.json("versions", "shop", day(13))["versions"]],
                         [True, True, False, False])
        self.hold_check(versions=1)
        self.json("source", "remove", "shop")
        self.assertEqual(list((self.workspace / "history").rglob("*.parquet")), [])


class Kill(VersionsTest):
    """Each trial begins with the same workspace: day 13 landed, and its source changed since."""

    def setUp(self):
        super().setUp()
        self.drop_one_row()
        self.template = self.workspace

    def fresh(self):
        self.workspace = self.folder / "trial"
        shutil.rmtree(self.workspace, ignore_errors=True)
        shutil.copytree(self.template, self.workspace)

    def hold_one_of_both(self, what):
        """After the restart the day is as it was or as it was to be; the other one is a version
        where it is the older."""
        before = self.rows()  # beside a ledger that nobody has mended yet
        self.json("poll")
        rows = self.rows()
        self.assertIn(rows, (OLD, NEW), what)
        self.assertIn(before, (OLD, NEW), what)
        self.assertEqual(self.states()[day(13)], "imported", what)
        self.hold_check(what)
        self.assertEqual(len(list((self.workspace / "landing").rglob("*.parquet"))), 3, what)
        self.assertEqual(list((self.workspace / "staging").iterdir()), [], what)
        return rows

    @needs_faults
    def test_a_reimport_killed_at_every_step(self):
        for step in REIMPORT:
            with self.subTest(step=step):
                self.fresh()
                done = self.cli("reimport", "shop", day(13),
                                environment={"DAYMARK_FAULT": f"{step}:1:kill"})
                self.assertEqual(done.returncode, -signal.SIGKILL, done)
                rows = self.hold_one_of_both(step)
                reached = REIMPORT.index(step) >= REIMPORT.index("after_rename")
                self.assertEqual(rows, NEW if reached else OLD, step)
                self.json("reimport", "shop", day(13))
                self.assertEqual(self.rows(), NEW, step)
                self.json("rollback", "shop", day(13), "--run", "1")
                self.assertEqual(self.rows(), OLD, step)
                self.hold_check(step)

    @needs_faults
    def test_a_rollback_killed_at_every_step(self):
        self.json("reimport", "shop", day(13))
        for step in ROLLBACK:
            with self.subTest(step=step):
                self.fresh()
                done = self.cli("rollback", "shop", day(13),
                                environment={"DAYMARK_FAULT": f"{step}:1:kill"})
                self.assertEqual(done.returncode, -signal.SIGKILL, done)
                rows = self.hold_one_of_both(step)
                reached = ROLLBACK.index(step) >= ROLLBACK.index("after_rename")
                self.assertEqual(rows, OLD if reached else NEW, step)
                self.json("rollback", "shop", day(13), *(("--forward",) if reached else ()))
                self.assertEqual(self.rows(), NEW if reached else OLD, step)
                self.hold_check(step, 1)

    @needs_faults
    def test_killed_while_it_repairs(self):
        for step in ("version_kept", "after_committing", "after_rename", "in_finish"):
            with self.subTest(step=step):
                self.fresh()
                self.cli("reimport", "shop", day(13),
                         environment={"DAYMARK_FAULT": f"{step}:1:kill"})
                for again in ("in_finish", "after_finish", "in_signals"):
                    self.cli("poll", environment={"DAYMARK_FAULT": f"{again}:1:kill"})
                self.hold_one_of_both(step)

    @needs_faults
    def test_a_step_that_fails_is_told_and_leaves_the_day(self):
        for step, kind in zip(REIMPORT[:-1], itertools.cycle(("enospc", "eio"))):
            with self.subTest(step=step, kind=kind):
                self.fresh()
                self.json("reimport", "shop", day(13), code=1,
                          environment={"DAYMARK_FAULT": f"{step}:1:{kind}"})
                self.hold_one_of_both(step)
                self.json("reimport", "shop", day(13))
                self.assertEqual(self.rows(), NEW, step)
                self.hold_check(step, None)
        self.workspace = self.template
        self.json("reimport", "shop", day(13))
        for step, kind in zip(ROLLBACK[:-1], itertools.cycle(("eio", "enospc"))):
            with self.subTest(step=step, kind=kind):
                self.fresh()
                self.error_of_fault("rollback", f"{step}:1:{kind}")
                self.hold_one_of_both(step)

    def error_of_fault(self, command, fault):
        document = self.json(command, "shop", day(13), code=1,
                             environment={"DAYMARK_FAULT": fault})
        self.assertIn(document["error"]["code"], ("storage.full", "storage.failed"))


if __name__ == "__main__":
    unittest.main()
