#!/usr/bin/env python3
# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fails every system call that changes a file of the workspace, once or from then on, with an I/O
error or a full disk. The program never says that something landed that did not; what went wrong is
told; no file is forced to the disk again after that failed; the next import does what is left."""
import signal
import sys

import oracle
import traced
import trials
from trials import AGAIN, landed_world
from world import day, need, three_days

# What may fail: closing and removing are not among it.
FAILING = ("openat", "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "renameat",
           "renameat2", "mkdir", "mkdirat", "link", "linkat")
FORCING = ("fsync", "fdatasync")
ERRORS = ("EIO", "ENOSPC", "EIO+", "ENOSPC+")

SCENES = {
    "import": (three_days, ("import",), ()),
    "import parquet": (lambda folder: three_days(folder, "parquet"), ("import",), ()),
    "reimport": (landed_world, ("reimport", "shop", AGAIN), ("reimport", "shop", AGAIN)),
}


class Scene(trials.Scene):
    """The points that may fail."""

    def __init__(self, name, folder):
        super().__init__(name, folder, SCENES[name])
        self.points = [point for point in self.points if point.call in FAILING]
        self.days = {("shop", day(number)) for number in (13, 14, 15)}

    def trial(self, point, error):
        def run(folder):
            world = self.world.copy_to(folder)
            log = folder / "calls.log"
            more = ("write", "pwrite64", *FORCING) if point.call in FORCING else ()
            done = world.cli(*self.command, before=traced.injecting(
                point, world.workspace, "error=" + error, log, more))
            need(done.code != -signal.SIGSEGV and done.code != -signal.SIGABRT,
                 "the program crashed", done.err[-1000:])
            oracle.hold_honest(world, done, self.days)
            if more:
                hold_forced_once(log, point.path)
            self.hold_after(world, done)
        return run

    def hold_after(self, world, done):
        told = self.told | oracle.told_by(done)
        oracle.hold_told(told, oracle.Ledger(world.workspace).landed())
        oracle.hold_recovered(world, told)
        if self.finish and (done.document or {}).get("failed", 1):
            world.expect(*self.finish)
        oracle.hold_finished(world)


def hold_forced_once(log, path):
    """After a failed fsync the kernel calls pages clean that never reached the disk: a further fsync
    of them proves nothing. The ledger's log must begin anew, from its first byte."""
    failed = False
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        call = next((call for call in (*FORCING, "pwrite64", "write") if f" {call}(" in line), None)
        if path.endswith(".sqlite-wal"):
            need(call != "pwrite64" or not failed or ", 0)" in line,
                 "P11: the log goes on after it could not be forced to the disk:", line)
            failed = "INJECTED" in line or (failed and call != "pwrite64")
        elif call in FORCING and path.endswith((".parquet", ".csv", ".sqlite")):
            need(not failed, "P11: forced again after that failed:", line)
            failed = "INJECTED" in line
        elif call:
            failed = False


def main():
    parser = trials.arguments(__doc__, 12)
    parser.add_argument("--scenes", default=",".join(SCENES), help="which, by their names")
    options = parser.parse_args()
    if not traced.is_there():
        trials.skip("strace is not installed.")
    runner = trials.Trials(options)
    for name in options.scenes.split(","):
        scene = Scene(name, runner.base / name.replace(" ", "-"))
        print(f"{scene.name}: {len(scene.points)} points, {len(ERRORS)} errors each", flush=True)
        for point in scene.points:
            for error in ERRORS:
                runner.add(f"{name}: {error} at {traced.label(point)}", scene.trial(point, error))
    return runner.run("I/O errors")


if __name__ == "__main__":
    sys.exit(main())
