#!/usr/bin/env python3
# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lives through random histories: sources of all kinds with late rows, changed and withdrawn days,
gaps, bad rows and hostile names; commands in any order; kills, failing system calls, full disks,
flipped bits and damaged ledgers; clocks that jump. After every step the oracles of tests/faults look
at what is there. It stops at the first violation and says how to repeat it.

    ./dev soak [SECONDS] [--seed N]"""
import argparse
import atexit
import collections
import os
import pathlib
import random
import shutil
import sqlite3
import sys
import time
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "faults"))
import oracle  # noqa: E402
import traced  # noqa: E402
from world import Source, Violation, World, need, rows_of, scratch_folder  # noqa: E402

KINDS = ("sqlite", "csv", "gzip", "json", "parquet")
NAMES = ("shop", "a'b", "drop table days;--", "näme ☃", "with space", "source=x", "day=2022-06-13",
         "%2e%2e", "CON", "a.b", "<img src=x>", "$(touch x)", "-dash", "UPPER lower", "x" * 60)
ZONES = ("UTC", "Asia/Kolkata", "Pacific/Chatham", "America/New_York", "Australia/Lord_Howe")
FIRST_DAY = "2022-06-01"
STEPS = 60  # in one life

CALLS = ("write", "pwrite64", "fsync", "fdatasync", "renameat2", "rename", "mkdir", "unlink",
         "ftruncate", "link")
FILES = ("daymark.sqlite-wal", "daymark.sqlite", "logs/daymark.log", "landing", "staging")


class Life:
    """One workspace from its creation to its end, all of it chosen by one seed."""

    def __init__(self, folder, seed, figures):
        self.pick = random.Random(seed)
        self.figures = figures
        self.world = World(folder)
        self.world.folder.mkdir(parents=True)
        self.today = 10  # days after the first
        self.steps = []
        self.told = set()
        self.older = None  # the highest run that an earlier ledger knew, and its bytes
        self.world.expect("init", now=self.now())

    # --- The clock --------------------------------------------------------------------------------

    def now(self):
        hours = self.pick.randrange(24)
        return f"{oracle.next_day(FIRST_DAY, self.today)}T{hours:02d}:30:00Z"

    def day(self, number):
        return oracle.next_day(FIRST_DAY, number)

    def cli(self, *arguments, **options):
        self.figures["commands"] += 1
        return self.world.cli(*arguments, now=self.now(), **options)

    def check(self, *arguments, **options):
        self.figures["commands"] += 1
        return self.world.expect(*arguments, now=self.now(), **options)

    def step_clock(self):
        self.today = max(8, self.today + self.pick.choice((1, 1, 1, 2, 3, -1, -3)))
        return f"today is {self.day(self.today)}"

    # --- The sources ------------------------------------------------------------------------------

    def step_add_source(self):
        taken = {source.name for source in self.world.sources}
        name = self.pick.choice([one for one in NAMES if one.lower() not in
                                 {other.lower() for other in taken}] or [None])
        if name is None or len(taken) > 3:
            return self.step_new_day()
        kind = self.pick.choice(KINDS)
        place = self.world.folder / f"source-{len(taken)}"
        if kind != "sqlite":
            place.mkdir()
        source = Source(name, kind, place, ("--tolerance", "30", "--time-zone", "UTC",
                                            "--first-day", self.day(self.today - 5)))
        source.next = self.today - 5
        source.bad = set()
        self.fill(source)
        self.world.sources.append(source)
        command = ("source", "add", "--", name) if name.startswith("-") else ("source", "add", name)
        done = self.cli(*command[:2], *source.adding()[3:], *command[2:])
        if done.code != 0:
            self.world.sources.pop()
            need(done.document and done.document["error"]["hint"], "a source was refused without a "
                 "hint:", done.out, done.err)
            return f"the source {name!r} ({kind}) was refused: {done.document['error']['message']}"
        return f"added {name!r} ({kind})"

    def fill(self, source, of_day=None, signal=True, salt=None):
        """A further day, or another version of one."""
        number = of_day if of_day is not None else source.next
        if of_day is None:
            source.next += 1
        count = self.pick.choice((0, 1, 7, 40, 200, 2500))
        too_bad = signal and self.pick.random() < 0.04 and count > 1
        bad = count if too_bad else self.pick.randrange(count // 10 + 1)
        twice = self.pick.randrange(count // 8 + 1)
        salt = self.pick.choice(("", "'", "\n", "é", '"')) if salt is None else salt
        source.set_day(self.day(number), rows_of(self.day(number), count, bad, twice, salt), signal)
        (source.bad.add if too_bad else source.bad.discard)(self.day(number))
        return f"{self.day(number)} of {source.name!r}: {count} rows, {bad} bad, {twice} twice"

    def any_source(self):
        return self.pick.choice(self.world.sources)

    def step_new_day(self):
        return self.fill(self.any_source())

    def step_gap(self):
        """The next day stays away for now; the one after it is there."""
        source = self.any_source()
        source.next += 1
        return self.fill(source)

    def step_fill_gaps(self):
        for source in self.world.sources:
            for number in range(source.next):
                of_day = self.day(number)
                if of_day not in source.signals and of_day >= min(source.signals):
                    self.fill(source, number)
        return "every gap is filled"

    def step_late_rows(self):
        source = self.any_source()
        known = sorted(source.versions)
        number = known.index(self.pick.choice(known))
        days = [one for one in range(source.next) if self.day(one) == known[number]]
        return "late: " + self.fill(source, days[0], False, f"-late{len(self.steps)}")

    def step_mend_source(self):
        for source in self.world.sources:
            for of_day in sorted(source.bad):
                source.set_day(of_day, rows_of(of_day, 20), False)
            source.bad.clear()
        return "days with too many bad rows were mended"

    # --- Commands ---------------------------------------------------------------------------------

    def command(self):
        """A command that writes."""
        source = self.any_source()
        of_day = self.day(self.pick.randrange(max(1, source.next)))
        name = self.name(source)
        return self.pick.choice((
            ("import",), ("import",), ("import",), ("poll",), ("watch", "--once"),
            ("reimport", "--yes", *name, of_day), ("reimport", "--yes", *name, of_day),
            ("rollback", *name, of_day), ("rollback", "--forward", *name, of_day),
            ("recheck", *name), ("skip", "--reason", "soak", *name, of_day),
            ("reopen", *name, of_day)))

    @staticmethod
    def name(source):
        return ("--", source.name) if source.name.startswith("-") else (source.name,)

    def remember(self, command, done):
        self.told |= oracle.told_by(done)
        return f"{' '.join(command)}: {done.code}"

    def step_command(self):
        command = self.command()
        done = self.cli(*command, environment={"TZ": self.pick.choice(ZONES)})
        need(done.code in (0, 1), *command, "ended with", done.code, done.out[-800:],
             done.err[-800:])
        if done.code:
            need(done.document is not None, *command, "said nothing:", done.err[-800:])
        return self.remember(command, done)

    def step_look(self):
        source = self.any_source()
        of_day = self.day(self.pick.randrange(max(1, source.next)))
        command = self.pick.choice((("calendar", *self.name(source)), ("runs",), ("catalog",),
                                    ("explain", *self.name(source), of_day), ("source", "list"),
                                    ("versions", *self.name(source), of_day),
                                    ("rows", "--day", of_day, *self.name(source))))
        done = self.cli(*command)
        need(done.code in (0, 1) and done.document is not None, *command, "ended with", done.code,
             done.out[-800:], done.err[-800:])
        return f"{' '.join(command)}: {done.code}"

    # --- Faults -----------------------------------------------------------------------------------

    def step_killed(self):
        """A kill at some system call, and one in the recovery from it now and then."""
        command, words = self.command(), []
        for one in (command, ("poll",))[:1 + (self.pick.random() < 0.3)]:
            point = traced.Point(self.pick.choice(CALLS), self.pick.choice(FILES),
                                 self.pick.choice((1, 2, 3, 5, 9, 17, 40)))
            done = self.cli(*one, before=traced.injecting(point, self.world.workspace,
                                                          "signal=KILL"))
            words.append(f"{' '.join(one)} killed at {traced.label(point)}: {done.code}")
            if done.code >= 0:
                self.remember(one, done)
        self.figures["kills"] += 1
        return "; ".join(words)

    def step_failing(self):
        command = self.command()
        error = self.pick.choice(("EIO", "ENOSPC")) + self.pick.choice(("", "+"))
        point = traced.Point(self.pick.choice(CALLS), self.pick.choice(FILES),
                             self.pick.choice((1, 2, 3, 5, 9, 17)))
        done = self.cli(*command, before=traced.injecting(point, self.world.workspace,
                                                          "error=" + error))
        need(done.code in (0, 1), *command, "with", error, "at", traced.label(point), "ended with",
             done.code, done.out[-800:], done.err[-800:])
        self.figures["failing calls"] += 1
        self.told |= oracle.told_by(done)
        return f"{' '.join(command)} with {error} at {traced.label(point)}: {done.code}"

    def step_small_files(self):
        command, limit = self.command(), self.pick.choice((2, 8, 64, 256))
        done = self.cli(*command, before=("prlimit", f"--fsize={limit * 1024}"))
        need(done.code in (0, 1), *command, "with files of", limit, "KB ended with", done.code)
        self.figures["full disks"] += 1
        self.told |= oracle.told_by(done)
        return f"{' '.join(command)} with files of at most {limit} KB: {done.code}"

    def step_flip(self):
        """A landed file is damaged, found, refused and mended: by its bytes or by its source."""
        files = sorted((self.world.workspace / "landing").rglob("*.parquet"))
        self.cli("poll")
        if not files:
            return "nothing to damage yet"
        path = self.pick.choice(files)
        whole = bytearray(path.read_bytes())
        at = self.pick.randrange(len(whole))
        broken = bytearray(whole)
        broken[at] ^= 1 << self.pick.randrange(8)
        path.write_bytes(broken if self.pick.random() < 0.7 else whole[:at])
        found = self.check("check", "--full", code=1)["faults"]
        need({fault["path"] for fault in found} ==
             {path.relative_to(self.world.workspace).as_posix()},
             "P8: a changed file is told as", found)
        path.write_bytes(whole)
        self.check("check", "--full")
        self.figures["flips"] += 1
        return f"byte {at} of {path.parent.name} was changed, found, and put back"

    def step_ledger(self):
        """A page of the ledger is lost; where that is noticed, it is made anew."""
        self.cli("poll")
        file = self.world.workspace / "daymark.sqlite"
        with sqlite3.connect(file) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
        whole = file.read_bytes()
        page = self.pick.randrange(len(whole) // 4096)
        before = oracle.Ledger(self.world.workspace).landed()
        file.write_bytes(whole[:page * 4096] + bytes(4096) + whole[page * 4096 + 4096:])
        refused = self.cli("calendar", self.world.sources[0].name).document.get("error")
        self.figures["ledger pages"] += 1
        if not refused or refused["code"] != "workspace.damaged" or self.pick.random() < 0.5:
            file.write_bytes(whole)
            return f"page {page} of the ledger was zeroed and put back"
        need("repair" in refused["hint"], "P13: a poor hint:", refused)
        report = self.check("repair")
        need(report["done"], "P13: not repaired:", report)
        oracle.hold_told(before, oracle.Ledger(self.world.workspace).landed(), "before the repair")
        self.put_sources_back(whole)
        return f"page {page} of the ledger was zeroed; the ledger was made anew"

    def step_older_ledger(self):
        """The ledger of an earlier step is put back: noticed where runs have landed since."""
        self.cli("poll")
        file = self.world.workspace / "daymark.sqlite"
        with sqlite3.connect(file) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            given = database.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = 'runs'"
                                     ).fetchone()[0] or 0
        database.close()
        whole = file.read_bytes()
        if self.older is None or self.pick.random() < 0.2:
            self.older = (given, whole)
            return "the ledger was put by"
        highest = max([int(path.stem[4:10]) for path in
                       (self.world.workspace / "landing").rglob("run-*.parquet")], default=0)
        before = oracle.Ledger(self.world.workspace).landed()
        for ending in ("-wal", "-shm"):
            (self.world.workspace / f"daymark.sqlite{ending}").unlink(missing_ok=True)
        file.write_bytes(self.older[1])
        done = self.cli("id-type", "add", "company_id")
        refused = ((done.document or {}).get("error") or {}).get("code") == "workspace.damaged"
        need(refused or highest <= self.older[0], "P13: an older ledger was not noticed: run",
             highest, "has landed and it knows", self.older[0])
        if refused:
            need(self.check("repair")["done"], "P13: an older ledger was not repaired")
            oracle.hold_told(before, oracle.Ledger(self.world.workspace).landed(),
                             "before the repair")
        self.put_sources_back(whole)
        self.figures["older ledgers"] += 1
        return "an older ledger was " + ("noticed and repaired" if refused else "put back")

    def put_sources_back(self, whole):
        """What only the ledger held may be lost with it: this life goes on with the old one."""
        for ending in ("", "-wal", "-shm"):
            (self.world.workspace / f"daymark.sqlite{ending}").unlink(missing_ok=True)
        (self.world.workspace / "daymark.sqlite").write_bytes(whole)
        for folder in self.world.workspace.glob("damaged *"):
            shutil.rmtree(folder)

    # --- The walk ---------------------------------------------------------------------------------

    WEIGHTS = {"command": 12, "new_day": 8, "killed": 10, "failing": 6, "clock": 5, "late_rows": 4,
               "look": 4, "flip": 3, "gap": 1, "fill_gaps": 2, "mend_source": 2, "small_files": 2,
               "ledger": 2, "older_ledger": 3, "add_source": 2}

    def step(self):
        name = "add_source" if not self.world.sources else self.pick.choices(
            list(self.WEIGHTS), list(self.WEIGHTS.values()))[0]
        self.steps.append(name)
        self.steps[-1] = f"{name}: {getattr(self, 'step_' + name)()}"
        self.figures["steps"] += 1
        self.hold()

    def hold(self):
        """The oracles; first beside what was left behind, then after a start has settled it."""
        landed = oracle.hold(self.world, settled=False)
        oracle.hold_told(self.told, landed)
        self.cli("poll")
        landed = oracle.hold(self.world)
        oracle.hold_told(self.told, landed)
        self.told = set(landed)
        self.figures["days held"] += len(landed)

    def end(self):
        """With every fault gone, all that is announced and may land does so by itself."""
        if not self.world.sources:
            return
        self.today = max(self.today, max(source.next for source in self.world.sources))
        self.step_mend_source()
        self.step_fill_gaps()
        self.step_mend_source()
        self.cli("import")
        landed = oracle.hold(self.world)
        oracle.hold_told(self.told, landed)
        ledger = oracle.Ledger(self.world.workspace)
        for source in self.world.sources:
            if source.kind == "json" and not any(days[-1] for days in source.versions.values()):
                continue  # it waits for a row that names its columns, and says so
            here = {of_day for name, of_day in landed if name == source.name}
            left = {one for one in source.signals - here - ledger.skipped(source.name)
                    if not here or one > min(here)}
            need(not left, "O7: not imported by itself:", source.name, sorted(left))
        report = self.check("check", "--full")
        need(report["ok"] and not report["faults"], "the check finds", report["faults"])


def live(folder, seed, steps, end, figures):
    """The violation of one life, in words; None where there was none."""
    life = Life(folder, seed, figures)
    try:
        for _ in range(steps):
            if time.monotonic() > end:
                break
            life.step()
        life.end()
        figures["lives"] += 1
        return None
    except Exception as error:  # whatever it is, it is a fault of the program or of the soak
        words = str(error) if isinstance(error, Violation) else traceback.format_exc()
        return (f"VIOLATION in the life of seed {seed}, step {len(life.steps)}:\n    {words}\n" +
                "\n".join(f"  {number}. {step[:300]!s}"
                          for number, step in enumerate(life.steps, 1)))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seconds", nargs="?", type=float, default=60)
    parser.add_argument("--seed", type=int, help="of the first life; the next ones count on")
    parser.add_argument("--seeds", help="these lives only: 1,2,3")
    parser.add_argument("--steps", type=int, default=STEPS, help="in one life")
    parser.add_argument("--keep", action="store_true", help="keep the folder of a violation")
    parser.add_argument("--jobs", type=int, default=1, help=argparse.SUPPRESS)
    options = parser.parse_args()
    base = pathlib.Path(scratch_folder())
    atexit.register(lambda: options.keep or shutil.rmtree(base, True))
    first = options.seed if options.seed is not None else random.SystemRandom().randrange(10**6)
    seeds = ([int(one) for one in options.seeds.split(",")] if options.seeds
             else iter(range(first, first + 10**9)))
    print(f"soak: seed {options.seeds or first}, {options.seconds:.0f} s", flush=True)
    figures, began = collections.Counter(), time.monotonic()
    violation = None
    for seed in seeds:
        if time.monotonic() - began >= options.seconds or violation:
            break
        folder = base / f"life-{seed}"
        violation = live(folder, seed, options.steps, began + options.seconds, figures)
        if violation:
            print(violation + f"\n    repeat with: ./dev soak 600 --seed {seed}" +
                  (f"\n    its folder: {folder}" if options.keep else ""))
        else:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"soak: {time.monotonic() - began:.0f} s; " +
          ", ".join(f"{count} {name}" for name, count in sorted(figures.items())) +
          f"; {1 if violation else 0} violations")
    return 1 if violation else 0


if __name__ == "__main__":
    sys.exit(main())
