#!/usr/bin/env python3
# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings a real shop's year in through the command line and holds every figure against sums made here,
to the last bit.

The shop took no orders on Saturdays: each is a gap that must block until it is skipped. The same data
comes from a SQLite database and from a folder of CSV files, and both must give the same figures.

Usage: online_retail.py DAYMARK_CLI DATA. Ends with 77 (skipped) where the folder DATA is missing.
"""
import collections
import csv
import datetime
import json
import math
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import unittest

SKIPPED = 77
NOW = "2011-12-09T20:00:00Z"
ZONE = "Europe/London"
FIRST, LAST = datetime.date(2011, 11, 11), datetime.date(2011, 12, 9)
DAYS = [FIRST + datetime.timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
SATURDAYS = [str(day) for day in DAYS if day.weekday() == 5]
OPEN_DAYS = [str(day) for day in DAYS if day.weekday() != 5]
REASON = "closed on Saturdays"

CLI = DATA = None


def read_csv(name):
    with open(DATA / name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def make_database(path, metrics, signals):
    """The tables that a customer's database would have."""
    columns = list(metrics[0])
    numbers = {"metric_value", "numerator", "denominator"}
    database = sqlite3.connect(path)
    declared = ", ".join(f"{name} {'REAL' if name in numbers else 'TEXT'}" for name in columns)
    database.execute(f"CREATE TABLE statsig_user_metrics ({declared})")
    database.executemany(
        f"INSERT INTO statsig_user_metrics VALUES ({', '.join('?' * len(columns))})",
        ([row[name] or None for name in columns] for row in metrics))
    database.execute("CREATE TABLE statsig_user_metrics_signal (finished_date TEXT)")
    database.executemany("INSERT INTO statsig_user_metrics_signal VALUES (?)",
                         ([row["finished_date"]] for row in signals))
    database.commit()
    database.close()
    return path


def make_folder(root, metrics, signals):
    """One CSV file a day, and an empty file for each finished day."""
    by_day = collections.defaultdict(list)
    for row in metrics:
        by_day[row["date"]].append(row)
    for day, rows in by_day.items():
        folder = root / "metrics" / day
        folder.mkdir(parents=True)
        with open(folder / "part-0.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, fieldnames=list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    (root / "signals").mkdir()
    for row in signals:
        (root / "signals" / row["finished_date"]).touch()
    return root


def expected_rollups(metrics):
    """(metric, day) to what its rows come to, by Python's own csv and exact sums."""
    groups = collections.defaultdict(list)
    for row in metrics:
        groups[row["metric_name"], row["date"]].append(row)
    return {key: rollup(rows) for key, rows in groups.items()}


def rollup(rows):
    def total(column):
        return math.fsum(float(row[column]) for row in rows)

    found = {"rows": len(rows), "units": len({row["unit_id"] for row in rows}),
             "sum": None, "numerator_sum": None, "denominator_sum": None}
    if rows[0]["numerator"]:
        found["numerator_sum"], found["denominator_sum"] = total("numerator"), total("denominator")
        found["mean"] = found["numerator_sum"] / found["denominator_sum"]
    else:
        found["sum"] = total("metric_value")
        found["mean"] = found["sum"] / found["rows"]
    return found


class Workspace:
    """A workspace with one source, driven through the command line."""

    def __init__(self, folder, kind, uri):
        self.folder = folder
        self.call("init")
        self.call("source", "add", "shop", "--kind", kind, "--dataset", "metrics",
                  "--uri", str(uri), "--time-zone", ZONE)

    def call(self, *arguments):
        """Runs a command that must succeed; what it prints, read as JSON."""
        command = [CLI, "--workspace", str(self.folder), "--now", NOW, "--json", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise AssertionError(f"{' '.join(arguments)} ended with {done.returncode}:\n"
                                 f"{done.stdout}{done.stderr}")
        return json.loads(done.stdout) if done.stdout.strip() else None

    def calendar(self):
        found = self.call("calendar", "shop")
        found["days"] = {entry["day"]: entry for entry in found["days"]}
        return found

    def series(self, metric):
        return {entry["day"]: entry
                for entry in self.call("metric", "show", metric)["series"]}


class Kind:
    """The way of the year through one kind of source; `source` makes the customer's side."""

    kind = None
    series = {}

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="daymark-online-retail-")
        cls.addClassCleanup(folder.cleanup)
        cls.root = pathlib.Path(folder.name)
        cls.metrics, cls.signals = read_csv("metrics.csv"), read_csv("signals.csv")
        cls.expected = expected_rollups(cls.metrics)
        cls.workspace = Workspace(cls.root / "workspace", cls.kind, cls.source())

    def test_1_the_plan_before_anything_landed(self):
        self.workspace.call("poll", "shop")
        calendar = self.workspace.calendar()
        self.assertEqual(calendar["today"], str(LAST))
        self.assertEqual((calendar["first_day"], calendar["next_day"], calendar["frontier"]),
                         (str(FIRST), str(FIRST), None))
        states = {day: calendar["days"][day]["state"] for day in map(str, DAYS)}
        self.assertEqual(states.pop(str(FIRST)), "ready")
        for day, state in states.items():
            self.assertEqual(state, "gap" if day in SATURDAYS else "blocked", day)
        self.assertEqual({calendar["days"][day]["blocked_by"] for day in OPEN_DAYS[1:]},
                         {SATURDAYS[0]})

    def test_2_each_saturday_blocks_until_it_is_skipped(self):
        landed = self.import_all_ready()
        for saturday in SATURDAYS:
            self.assertEqual(landed, [day for day in OPEN_DAYS if day < saturday])
            self.assertEqual(self.import_all_ready(), [], "a pass landed days past a gap")
            waiting = self.workspace.calendar()
            self.assertEqual(waiting["days"][saturday]["state"], "gap")
            self.assertEqual(waiting["next_day"], saturday)
            self.assertIn(saturday, self.workspace.call("explain", "shop", saturday)["sentence"])
            self.workspace.call("skip", "shop", saturday, "--reason", REASON)
            landed += self.import_all_ready()
        self.assertEqual(landed, OPEN_DAYS)
        self.assertEqual(self.import_all_ready(), [], "a day landed twice")

    def import_all_ready(self):
        """One pass; the days that it landed, in the order of its runs."""
        report = self.workspace.call("import", "shop")
        self.assertEqual(report["failed"], 0)
        for run in report["runs"]:
            rows = sum(1 for row in self.metrics if row["date"] == run["day"])
            self.assertEqual((run["state"], run["rows_read"], run["accepted"], run["rejected"],
                              run["duplicates"], run["error"]),
                             ("imported", rows, rows, 0, 0, None), run)
        return [run["day"] for run in sorted(report["runs"], key=lambda run: run["id"])]

    def test_3_the_calendar_at_the_end(self):
        calendar = self.workspace.calendar()
        self.assertEqual(calendar["frontier"], str(LAST))
        for day in OPEN_DAYS:
            self.assertEqual(calendar["days"][day]["state"], "imported")
        for day in SATURDAYS:
            entry = calendar["days"][day]
            self.assertEqual((entry["state"], entry["reason"]), ("skipped", REASON))

    def test_4_every_rollup(self):
        names = {name for name, _ in self.expected}
        self.assertEqual({metric["name"] for metric in self.workspace.call("catalog")["metrics"]},
                         names)
        compared = 0
        for name in sorted(names):
            series = Kind.series.setdefault(self.kind, {})[name] = self.workspace.series(name)
            self.assertEqual(sorted(series),
                             [day for day in OPEN_DAYS if (name, day) in self.expected])
            for day, entry in series.items():
                for key, value in self.expected[name, day].items():
                    self.assertEqual(entry[key], value, f"{key} of {name} on {day}")
                    compared += 1
        self.assertGreaterEqual(compared, 5 * len(OPEN_DAYS) * len(names) // 2)

    def test_5_the_landed_rows_are_the_rows_of_the_source(self):
        target = self.root / "landed.csv"
        self.workspace.call("export", "shop", "--to-file", str(target))
        columns = ("unit_id", "id_type", "metric_name")
        numbers = ("metric_value", "numerator", "denominator")

        def multiset(rows):
            return collections.Counter(
                tuple(row[name] for name in columns) +
                tuple(float(row[name]) if row[name] else None for name in numbers)
                for row in rows)

        with open(target, newline="", encoding="utf-8") as file:
            landed = multiset(csv.DictReader(file))
        self.assertEqual(landed, multiset(row for row in self.metrics if row["date"] in OPEN_DAYS))

    def test_6_the_check_is_clean(self):
        report = self.workspace.call("check", "--full")
        self.assertEqual((report["ok"], report["days"], report["faults"]), (True, 25, []))


class FromDatabase(Kind, unittest.TestCase):
    kind = "sqlite"

    @classmethod
    def source(cls):
        return make_database(cls.root / "shop.sqlite", cls.metrics, cls.signals)


class FromFolder(Kind, unittest.TestCase):
    kind = "files"

    @classmethod
    def source(cls):
        return make_folder(cls.root / "shop", cls.metrics, cls.signals)


class SeenSideBySide(unittest.TestCase):
    """Runs last: unittest takes the classes in the order of their names."""

    def test_both_kinds_give_the_same_figures(self):
        figures = [{name: {day: {key: value for key, value in entry.items() if key != "source"}
                           for day, entry in series.items()}
                    for name, series in Kind.series[kind].items()}
                   for kind in ("sqlite", "files")]
        self.assertEqual(figures[0], figures[1])


def main():
    global CLI, DATA
    CLI, DATA = sys.argv[1], pathlib.Path(sys.argv[2])
    if not (DATA / "metrics.csv").is_file():
        print(f"skipped: {DATA} has no metrics.csv")
        return SKIPPED
    result = unittest.main(argv=sys.argv[:1], exit=False, verbosity=2, failfast=True).result
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
