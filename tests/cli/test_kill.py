#!/usr/bin/env python3
# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills imports at every named step of the commit and at random moments. After the restart every
day is as it was or landed whole, the check is clean, and the next import finishes.

DAYMARK_KILLS says how many random moments there are (10), DAYMARK_SEED which ones."""
import collections
import csv
import itertools
import json
import os
import random
import re
import shutil
import signal
import subprocess
import time
import unittest

from support import PROGRAM, ROOT, WorkspaceTest, day, day_rows, settings, write_database

DAYS = [day(number) for number in range(10, 15)]
ROWS = 1500
KILLS = int(os.environ.get("DAYMARK_KILLS", "10"))
SEED = int(os.environ.get("DAYMARK_SEED", "0")) or random.randrange(1, 10**9)

# Steps that every import passes; the others of the sources need a cause of their own.
COMMIT = ["in_signals", "staged", "sealed", "before_committing", "in_committing",
          "after_committing",
          "after_rename", "after_publish", "before_finish", "in_finish", "after_finish"]

needs_faults = unittest.skipUnless(os.environ.get("DAYMARK_TEST_FAULTS") == "1",
                                   "no fault points in this build")


def named_steps():
    """Every fault point of the landing, the ledger, the stream and the engine."""
    return sorted({name for room in ("engine", "ingest", "landing", "ledger")
                   for path in (ROOT / "core" / room).glob("*.cpp")
                   for name in re.findall(r'faultPoint\("(\w+)"\)',
                                          path.read_text(encoding="utf-8"))})


class Kill(WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.rows = {of_day: day_rows(of_day, ROWS) for of_day in DAYS}
        bad = [row | {"unit_id": None, "timeuuid": None} for row in self.rows[DAYS[1]][:5]]
        path = self.folder / "shop.sqlite"
        write_database(path, [row for rows in self.rows.values() for row in rows] + bad, DAYS)
        self.expect("source", "add", "shop", "--kind", "sqlite", "--dataset", "metrics", "--uri",
                    path)
        self.template = self.workspace

    def fresh(self):
        """A new workspace as it was after set-up."""
        if self.workspace != self.template:
            shutil.rmtree(self.workspace)
        self.workspace = self.folder / "trial"
        shutil.copytree(self.template, self.workspace)

    def landed_rows(self, days):
        return collections.Counter((row["unit_id"], float(row["metric_value"]))
                                   for of_day in days for row in self.rows[of_day])

    def exported_rows(self):
        file = self.folder / "export.csv"
        file.unlink(missing_ok=True)
        self.json("export", "shop", "--to-file", file)
        with open(file, newline="", encoding="utf-8") as lines:
            return collections.Counter((row["unit_id"], float(row["metric_value"]))
                                       for row in csv.DictReader(lines))

    def hold_whole(self, what):
        """Restarts; an unbroken run of days landed whole and the others are untouched."""
        self.json("poll")
        calendar = self.json("calendar", "shop")
        listed = [(one["day"], one["state"]) for one in calendar["days"] if one["day"] in DAYS]
        landed = [of_day for of_day, state in listed if state == "imported"]
        self.assertEqual(landed, DAYS[:len(landed)], what)
        self.assertLessEqual({state for _, state in listed[len(landed):]}, {"ready", "queued"},
                             what)
        self.hold_check(landed, what)
        if landed:
            self.assertEqual(self.exported_rows(), self.landed_rows(landed), what)
        return landed

    def hold_check(self, landed, what):
        check = self.json("check", "--full")
        self.assertEqual((check["ok"], check["faults"], check["notes"], check["days"]),
                         (True, [], [], len(landed)), what)
        on_disk = {path.parent.name for path in (self.workspace / "landing").rglob("*.parquet")}
        self.assertEqual(sorted(on_disk), [f"day={of_day}" for of_day in landed], what)

    def hold_finish(self, landed, what, ends=frozenset({"imported", "interrupted"})):
        """The next import takes up what is left, and each day has just one run that landed it."""
        report = self.json("import")
        self.assertEqual([run["day"] for run in report["runs"]], DAYS[len(landed):], what)
        runs = self.json("runs")["runs"]
        self.assertEqual(sorted(run["day"] for run in runs if run["state"] == "imported"), DAYS,
                         what)
        self.assertLessEqual({run["state"] for run in runs}, ends, what)
        self.hold_check(DAYS, what)
        self.assertEqual(self.exported_rows(), self.landed_rows(DAYS), what)

    @needs_faults
    def test_killed_at_every_step_of_the_commit(self):
        steps = named_steps()
        self.assertLessEqual(set(COMMIT), set(steps))
        for step, passes in zip(steps, itertools.cycle((1, 2))):
            passes = 1 if step == "in_signals" else passes
            what = f"DAYMARK_FAULT={step}:{passes}:kill"
            with self.subTest(what=what):
                self.fresh()
                done = self.cli("import", environment={"DAYMARK_FAULT": f"{step}:{passes}:kill"})
                if step not in COMMIT and done.returncode == 0:
                    continue
                self.assertEqual(done.returncode, -signal.SIGKILL, done)
                landed = self.hold_whole(what)
                self.assertIn(len(landed), (passes - 1, passes), what)
                self.hold_finish(landed, what)

    @needs_faults
    def test_killed_while_it_repairs(self):
        for step in ("after_committing", "after_rename", "after_publish"):
            with self.subTest(step=step):
                self.fresh()
                self.cli("import", environment={"DAYMARK_FAULT": f"{step}:2:kill"})
                for again in COMMIT:
                    self.cli("poll", environment={"DAYMARK_FAULT": f"{again}:1:kill"})
                self.hold_finish(self.hold_whole(step), step)

    @needs_faults
    def test_a_step_that_fails_is_told_and_the_next_import_finishes(self):
        for step, kind in zip(COMMIT, itertools.cycle(("enospc", "eio"))):
            what = f"DAYMARK_FAULT={step}:2:{kind}"
            with self.subTest(what=what):
                self.fresh()
                done = self.cli("--json", "import",
                                environment={"DAYMARK_FAULT": f"{step}:2:{kind}"})
                report = json.loads(done.stdout)
                self.assertEqual(done.returncode, 1 if report["failed"] else 0, what)
                errors = [run["error"]["code"] for run in report["runs"] if run["error"]]
                self.assertLessEqual(set(errors), {"storage.full", "storage.failed"}, what)
                told = [run["day"] for run in report["runs"] if run["state"] == "imported"]
                self.json("poll")
                landed = [of_day for of_day, state in self.states().items() if state == "imported"]
                self.assertEqual(landed, DAYS[:len(landed)], what)
                self.assertEqual(told, landed[:len(told)], what)
                self.hold_finish(landed, what, {"imported", "failed", "interrupted"})

    def import_killed_after(self, seconds):
        """Whether the import had ended by itself before."""
        process = subprocess.Popen([PROGRAM, "import"], env=settings(self.workspace),
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
        return process.wait() == 0

    def test_killed_at_random_moments(self):
        self.fresh()
        began = time.monotonic()
        self.json("import")
        whole = time.monotonic() - began
        moments = random.Random(SEED)
        self.fresh()
        landed = []
        for trial in range(KILLS):
            what = f"trial {trial} of DAYMARK_SEED={SEED}"
            self.import_killed_after(moments.uniform(0, whole))
            before, landed = landed, self.hold_whole(what)
            self.assertGreaterEqual(len(landed), len(before), what)
            if len(landed) == len(DAYS):
                self.hold_finish(landed, what)
                self.fresh()
                landed = []
        self.hold_finish(landed, f"DAYMARK_SEED={SEED}")


if __name__ == "__main__":
    unittest.main()
