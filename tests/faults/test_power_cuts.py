#!/usr/bin/env python3
# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cuts the power while days are imported and imported again. The workspace lies on an ext4 image
whose pages nothing but fsync writes down; the program is stopped at a random moment, what the image
holds then is what a power cut would leave. Every day that another process was shown as imported at
that moment is there after it (O4), and O1 to O3 hold.

The control: with fsync switched off (strace answers in its place) days must get lost, or the test
proves nothing."""
import collections
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import mounts
import oracle
import traced
import trials
from world import PROGRAM, Source, Violation, World, day, need, rows_of, settings

DAYS = range(1, 17)
MEGABYTES = 24
NO_SYNC = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "signal=none", "-e",
           "trace=fsync,fdatasync,sync_file_range,sync,syncfs", "-e",
           "inject=fsync,fdatasync,sync_file_range,sync,syncfs:retval=0"]

figures = collections.Counter()


def sixteen_days(folder):
    """A world whose workspace lies on a disk of its own and whose source does not."""
    disk = mounts.Disk(folder / "disk", MEGABYTES)
    disk.attach()
    world = World(folder)
    world.workspace = disk.folder / "workspace"
    world.expect("init")
    source = Source("shop", "sqlite", folder / "source.sqlite", ("--tolerance", "20"))
    for number in DAYS:
        source.set_day(day(number), rows_of(day(number), 40 + number, bad=2, twice=1))
    world.add(source)
    subprocess.run(["sync", "-f", str(disk.folder)], check=True)
    return world, disk


def shown_as_imported(world):
    """What a reader beside the writer sees at this moment."""
    database = sqlite3.connect(f"file:{world.workspace}/daymark.sqlite?mode=ro", uri=True)
    try:
        return {("shop", oracle.day_text(number)): run for number, run in database.execute(
            "SELECT day, current_run FROM days WHERE standing = 'imported'")}
    finally:
        database.close()


class Cuts:
    """Imports, and then imports of landed days again, for as long as power cuts are wanted."""

    def __init__(self, folder, seed, before=()):
        self.folder, self.before, self.pick = folder, list(before), random.Random(seed)
        self.world, self.disk = sixteen_days(folder)
        self.process = None
        self.rounds = 0

    def start(self):
        """The import, and when all has landed another import of every day."""
        again = len(shown_as_imported(self.world)) == len(DAYS)
        source = self.world.source("shop")
        if again:
            self.rounds += 1
            for number in DAYS:
                rows = rows_of(day(number), 40 + number, bad=1, salt=f"-{self.rounds}")
                source.set_day(day(number), rows, signal=False)
        command = ["reimport", "shop", f"{day(DAYS[0])}..{day(DAYS[-1])}"] if again else ["import"]
        self.process = subprocess.Popen(
            [*self.before, PROGRAM, *command], env=settings(self.world.workspace),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True)

    def cut(self, number):
        """One cut: what was shown as imported then, and the world that is left."""
        while True:
            if self.process is None or self.process.poll() is not None:
                self.start()
            time.sleep(self.pick.uniform(0.01, 0.25))
            os.killpg(self.process.pid, signal.SIGSTOP)
            try:
                shown = shown_as_imported(self.world)
            except sqlite3.OperationalError:  # nobody can look while the log is begun or ended
                os.killpg(self.process.pid, signal.SIGCONT)
                continue
            if self.process.poll() is None:
                break
        left = self.disk.snapshot(self.folder / f"cut-{number}")
        os.killpg(self.process.pid, signal.SIGCONT)
        world = World(self.folder / f"cut-{number}", self.world.sources)
        world.workspace = left.folder / "workspace"
        return shown, left, world

    def hold(self, number):
        shown, left, world = self.cut(number)
        figures["cuts"] += 1
        figures["days shown"] += len(shown)
        try:
            landed = oracle.hold_recovered(world, shown)
            for key, run in shown.items():
                need(landed[key] >= run, "O4:", key, "went back from run", run, "to", landed[key])
            world.expect("check", "--full")
        finally:
            left.detach()
            shutil.rmtree(self.folder / f"cut-{number}", ignore_errors=True)

    def end(self):
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.disk.detach()


def run_cuts(folder, seed, count, seconds, before=()):
    """The violations of so many cuts, or of those that fit into some seconds."""
    cuts, found = Cuts(folder, seed, before), []
    began = time.monotonic()
    try:
        for number in range(count):
            if seconds and time.monotonic() - began > seconds:
                break
            try:
                cuts.hold(number)
            except (Violation, sqlite3.Error, KeyError) as error:
                found.append(f"cut {number}: {error}")
    finally:
        cuts.end()
    return found


def main():
    parser = trials.arguments(__doc__, 12)
    parser.add_argument("--cuts", type=int, default=1000, help="how many at most")
    options = parser.parse_args()
    if not traced.is_there():
        trials.skip("strace is not installed.")
    for reason in (mounts.own_mounts(), mounts.loop_devices()):
        if reason:
            trials.skip(reason)
    runner = trials.Trials(options)
    try:
        seconds = None if options.all else options.seconds
        found = run_cuts(runner.base / "power", options.seed, options.cuts, seconds)
        print(f"power cuts: {figures['cuts']} cuts, {figures['days shown']} times a day that was "
              f"shown as imported, {len(found)} violations; seed {options.seed}")
        for violation in found:
            print("VIOLATION at " + violation)
        lost = run_cuts(runner.base / "control", options.seed, 4, None, NO_SYNC)
        print(f"control without fsync: {len(lost)} of 4 cuts lost something, as they must")
        if not lost:
            print("VIOLATION: without fsync nothing was lost, so this test proves nothing")
    finally:
        shutil.rmtree(runner.base, ignore_errors=True)
    return 1 if found or not lost else 0


if __name__ == "__main__":
    sys.exit(main())
