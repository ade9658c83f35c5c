# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the command line share: workspaces of their own, sources made for them, and the
real program, which DAYMARK_CLI names."""
import datetime
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile
import time
import unittest
import uuid

PROGRAM = os.environ["DAYMARK_CLI"]
ROOT = pathlib.Path(__file__).resolve().parents[2]
NOW = "2022-06-17T10:00:00Z"
PATIENCE = 60  # seconds; long, since a sanitized program on a busy machine is slow

COLUMNS = ("unit_id", "id_type", "date", "timeuuid", "metric_name", "metric_value", "numerator",
           "denominator")


def day(number):
    """The day of June 2022 as the program writes it."""
    return f"2022-06-{number:02d}"


def run(*arguments, workspace=None, environment=None, now=NOW, program=PROGRAM):
    """Runs the program to its end, with nothing of the caller's settings."""
    return subprocess.run([program, *map(str, arguments)], stdin=subprocess.DEVNULL,
                          env=settings(workspace, environment, now), capture_output=True,
                          timeout=PATIENCE * 5)


def settings(workspace=None, environment=None, now=NOW):
    clean = {key: value for key, value in os.environ.items() if not key.startswith("DAYMARK_")}
    if workspace:
        clean["DAYMARK_WORKSPACE"] = str(workspace)
    if now:
        clean["DAYMARK_NOW"] = now
    return clean | (environment or {})


def metric_row(unit, of_day, metric="revenue", value=1.0, **changes):
    row = {"unit_id": unit, "id_type": "user_id", "date": of_day,
           "timeuuid": uuid_for(of_day, metric, unit), "metric_name": metric, "metric_value": value,
           "numerator": None, "denominator": None}
    return row | changes


def uuid_for(*parts):
    return str(uuid.uuid5(uuid.NAMESPACE_OID, repr(parts)))


def day_rows(of_day, count):
    """Rows of a day as a source should have them: distinct ids, one value metric."""
    return [metric_row(f"unit-{of_day}-{i}", of_day, value=i % 97 + 0.25,
                       timeuuid=f"{i:08x}-0000-4000-8000-{of_day.replace('-', ''):0>12}")
            for i in range(count)]


def write_database(path, rows, signals, declared=None):
    """A SQLite source with the usual table names; `declared` overrides column types."""
    types = dict.fromkeys(COLUMNS, "TEXT") | dict.fromkeys(COLUMNS[5:], "REAL") | (declared or {})
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE statsig_user_metrics (%s)" %
                         ", ".join(f"{name} {types[name]}" for name in COLUMNS))
        database.execute("CREATE TABLE statsig_user_metrics_signal (finished_date TEXT)")
        add_rows(database, rows)
        add_signals(database, signals)
    database.close()


def add_rows(database, rows):
    database.executemany("INSERT INTO statsig_user_metrics VALUES (%s)" %
                         ", ".join("?" * len(COLUMNS)),
                         ([row[name] for name in COLUMNS] for row in rows))


def add_signals(database, days):
    database.executemany("INSERT INTO statsig_user_metrics_signal VALUES (?)",
                         ([one] for one in days))


def wait_until(holds, what):
    """Waits for a condition of another process; the tests never sleep for its own sake."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if holds():
            return
        time.sleep(0.02)
    raise AssertionError(f"waited in vain for {what}")


class WorkspaceTest(unittest.TestCase):
    """A test with a folder and a fresh workspace of its own."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="daymark-cli-"))
        self.addCleanup(shutil.rmtree, self.folder, True)
        self.workspace = self.folder / "workspace"
        self.expect("init")

    def cli(self, *arguments, **options):
        return run(*arguments, workspace=self.workspace, **options)

    def expect(self, *arguments, code=0, **options):
        """Runs a command and holds its exit code."""
        done = self.cli(*arguments, **options)
        self.assertEqual(done.returncode, code,
                         f"{arguments}\n{done.stdout.decode(errors='replace')}"
                         f"\n{done.stderr.decode(errors='replace')}")
        return done

    def json(self, *arguments, code=0, **options):
        """The document that a command prints with --json: one, valid, and nothing beside it."""
        done = self.expect("--json", *arguments, code=code, **options)
        return json.loads(done.stdout.decode("utf-8"))

    def error(self, *arguments, code=1, **options):
        """The error of a command, which must say the same with and without --json."""
        document = self.json(*arguments, code=code, **options)
        self.assertEqual(list(document), ["error"])
        error = document["error"]
        self.assertEqual(list(error), ["code", "message", "hint"])
        self.assertTrue(error["message"].endswith((".", "?")), error)
        plain = self.expect(*arguments, code=code, **options)
        self.assertEqual(plain.stdout, b"")
        words = plain.stderr.decode("utf-8")
        self.assertIn("error: ", words)
        if error["hint"]:
            self.assertIn("hint: ", words)
        return error

    def add_shop(self, days=(13, 14, 15), signals=None, rows=40, name="shop", extra=()):
        """A SQLite source with some rows for each of the days of June 2022."""
        path = self.folder / f"{name}.sqlite"
        write_database(path, [row for number in days for row in day_rows(day(number), rows)],
                       [day(number) for number in (days if signals is None else signals)])
        self.expect("source", "add", name, "--kind", "sqlite", "--dataset", "metrics", "--uri",
                    path,
                    *extra)
        return path

    def states(self, name="shop"):
        """By day: its state."""
        return {one["day"]: one["state"] for one in self.json("calendar", name)["days"]}

    def change(self, path, change):
        with sqlite3.connect(path) as database:
            change(database)
        database.close()


def days_between(first, last):
    first, last = (datetime.date.fromisoformat(text) for text in (first, last))
    return [(first + datetime.timedelta(i)).isoformat() for i in range((last - first).days + 1)]
