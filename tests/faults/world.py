# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Worlds to break: sources whose every row is known, a workspace, and the program, which
DAYMARK_CLI names (build/debug/daymark-cli). What must have landed of a day follows from its rows here, without the program."""
import collections
import csv
import gzip
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

_ROOT = pathlib.Path(__file__).resolve().parents[2]
os.environ.setdefault("DAYMARK_CLI", str(_ROOT / "build/debug/daymark-cli"))
sys.path.insert(0, str(_ROOT / "tests/cli"))
from support import (COLUMNS, NOW, PROGRAM, day, metric_row, settings,  # noqa: E402
                     write_database)

from duck import Duck, quoted  # noqa: E402

PATIENCE = 120  # seconds for one command; long, since it may be traced on a busy machine

NUMBERS = COLUMNS[5:]

Expected = collections.namedtuple("Expected", "read landed rejected duplicates")


class Violation(AssertionError):
    """Something that must always hold does not."""


def need(holds, *words):
    if not holds:
        raise Violation(" ".join(str(word) for word in words))


def scratch_folder():
    """Where trials lie: in memory where there is room, for they force everything to the disk."""
    memory = pathlib.Path("/dev/shm")
    if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2**30:
        return tempfile.mkdtemp(prefix="daymark-faults-", dir=memory)
    return tempfile.mkdtemp(prefix="daymark-faults-")


def is_bad(row):
    """Whether a row breaks a rule by itself."""
    no_number = row["metric_value"] is None and (row["numerator"] is None or
                                                 row["denominator"] is None)
    return row.get("outside") or not row["unit_id"] or row["id_type"] not in ("user_id", "stable_id") or no_number


def expected_of(rows):
    """What a day's rows come to: landed rows, ids of rejected ones, and how many were dropped as
    duplicates of an id. The makers of rows repeat nothing but whole rows."""
    landed, rejected, seen, duplicates = collections.Counter(), collections.Counter(), set(), 0
    for row in rows:
        if is_bad(row):
            rejected[row["timeuuid"]] += 1
        elif row["timeuuid"] in seen:
            duplicates += 1
        else:
            seen.add(row["timeuuid"])
            landed[tuple(row[name] for name in ("unit_id", "id_type", "metric_name", *NUMBERS))] += 1
    return Expected(len(rows), landed, rejected, duplicates)


def rows_of(of_day, count, bad=0, twice=0, salt=""):
    """Rows of a day: value and ratio metrics, some rows that are rejected, some twice."""
    rows = []
    for i in range(count):
        ratio = i % 5 == 4
        rows.append(metric_row(
            f"unit-{i}{salt}", of_day, metric="clicks" if ratio else f"metric {i % 3}",
            value=None if ratio else i % 97 + 0.25, numerator=float(i) if ratio else None,
            denominator=float(i + 1) if ratio else None,
            timeuuid=f"{i:08x}-0000-4000-8000-{of_day.replace('-', ''):0>12}"))
    for i in range(bad):
        broken = ({"unit_id": None}, {"metric_value": None}, {"id_type": "nobody"})[i % 3]
        rows.append(metric_row(f"bad-{i}", of_day,
                               timeuuid=f"{i:08x}-0000-4000-9000-{of_day.replace('-', ''):0>12}",
                               **broken))
    return rows + [dict(row) for row in rows[:twice]]


class Source:
    """A source of known rows. `versions` holds, by day, what a version of the day may come from: the
    newest last."""

    def __init__(self, name, kind, place, extra=()):
        self.name, self.kind, self.place, self.extra = name, kind, pathlib.Path(place), extra
        self.versions = collections.defaultdict(list)
        self.signals = set()
        self.made = False

    def set_day(self, of_day, rows, signal=True):
        """Makes a day anew at the source, all at once."""
        self.versions[of_day].append(rows)
        getattr(self, "_write_" + self.kind)(of_day, rows)
        if signal:
            self.signal(of_day)

    def signal(self, of_day):
        if self.kind == "sqlite":
            self.change("INSERT INTO statsig_user_metrics_signal VALUES (?)", (of_day,))
        else:
            (self.place / "signals").mkdir(parents=True, exist_ok=True)
            (self.place / "signals" / of_day).touch()
        self.signals.add(of_day)

    def expected(self, of_day):
        return expected_of(self.versions[of_day][-1])

    def allowed(self, of_day):
        return [expected_of(rows) for rows in self.versions[of_day]]

    def adding(self):
        kind = self.kind if self.kind == "sqlite" else "files"
        return ("source", "add", self.name, "--kind", kind, "--dataset", "metrics", "--uri",
                self.place, *self.extra)

    def change(self, statement, values=()):
        with sqlite3.connect(self.place) as database:
            database.execute(statement, values)
        database.close()

    def _write_sqlite(self, of_day, rows):
        if not self.made:
            write_database(self.place, rows, ())
            self.made = True
            return
        with sqlite3.connect(self.place) as database:
            database.execute("DELETE FROM statsig_user_metrics WHERE date = ?", (of_day,))
            database.executemany(
                "INSERT INTO statsig_user_metrics VALUES (%s)" % ", ".join("?" * len(COLUMNS)),
                ([row[name] for name in COLUMNS] for row in rows))
        database.close()

    def _place_of(self, of_day, ending):
        folder = self.place / "metrics" / of_day
        folder.mkdir(parents=True, exist_ok=True)
        return folder / ("part-0." + ending)

    @staticmethod
    def _write_lines(file, rows, opener=open):
        with opener(file, "wt", newline="", encoding="utf-8") as lines:
            writer = csv.writer(lines, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(["" if row[name] is None else row[name] for name in COLUMNS]
                             for row in rows)

    def _write_csv(self, of_day, rows, opener=open, ending="csv"):
        draft = self.place / ("draft." + ending)
        self._write_lines(draft, rows, opener)
        draft.replace(self._place_of(of_day, ending))

    def _write_gzip(self, of_day, rows):
        self._write_csv(of_day, rows, gzip.open, "csv.gz")

    def _write_json(self, of_day, rows):
        draft = self.place / "draft.jsonl"
        draft.write_text("".join(
            json.dumps({name: row[name] for name in COLUMNS if row[name] is not None}) + "\n"
            for row in rows), encoding="utf-8")
        draft.replace(self._place_of(of_day, "jsonl"))

    def _write_parquet(self, of_day, rows):
        lines, draft = self.place / "draft.csv", self.place / "draft.parquet"
        self._write_lines(lines, rows)
        types = ", ".join(f"'{name}': '{'DOUBLE' if name in NUMBERS else 'VARCHAR'}'"
                          for name in COLUMNS)
        Duck().rows(f"COPY (SELECT * FROM read_csv({quoted(lines)}, header = true, columns = "
                    f"{{{types}}}, auto_detect = false, delim = ',', quote = '\"', escape = '\"', "
                    f"new_line = '\\n', parallel = false)) TO {quoted(draft)} (FORMAT parquet)")
        lines.unlink()
        draft.replace(self._place_of(of_day, "parquet"))


Outcome = collections.namedtuple("Outcome", "code out err document")


class World:
    """A folder with sources and a workspace. Copies share the sources, which are only read."""

    def __init__(self, folder, sources=None):
        self.folder = pathlib.Path(folder)
        self.workspace = self.folder / "workspace"
        self.sources = sources if sources is not None else []
        self.repaired = False  # whether its ledger was made anew

    def copy_to(self, folder):
        copy = World(folder, self.sources)
        shutil.rmtree(copy.folder, ignore_errors=True)
        copy.folder.mkdir(parents=True)
        shutil.copytree(self.workspace, copy.workspace, symlinks=True)
        return copy

    def add(self, source):
        self.sources.append(source)
        self.expect(*source.adding())
        return source

    def cli(self, *arguments, before=(), now=NOW, environment=None, patience=PATIENCE, **options):
        """Runs the program with --json; `before` is what it is run by, such as strace."""
        command = [*before, PROGRAM, "--json", *arguments]
        done = subprocess.run([str(part) for part in command], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=patience,
                              env=settings(self.workspace, environment, now), check=False,
                              **options)
        try:
            document = json.loads(done.stdout)
        except ValueError:
            document = None
        return Outcome(done.returncode, done.stdout, done.stderr, document)

    def expect(self, *arguments, code=0, **options):
        done = self.cli(*arguments, **options)
        need(done.code == code, *arguments, "ended with", done.code, "instead of", code,
             done.out.decode(errors="replace")[-2000:], done.err.decode(errors="replace")[-2000:])
        return done.document

    def source(self, name):
        return next(source for source in self.sources if source.name == name)


def three_days(folder, kind="sqlite", count=60):
    """A world with three signalled days of which the second has rejected and repeated rows; nothing
    has been imported."""
    world = World(folder)
    world.folder.mkdir(parents=True, exist_ok=True)
    world.expect("init")
    place = world.folder / ("source.sqlite" if kind == "sqlite" else "source")
    if kind != "sqlite":
        place.mkdir()
    source = Source("shop", kind, place, ("--tolerance", "20"))
    for number in (13, 14, 15):
        odd = number == 14
        source.set_day(day(number), rows_of(day(number), count + number, bad=4 if odd else 0,
                                            twice=3 if odd else 0))
    world.add(source)
    return world
