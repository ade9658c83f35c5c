#!/usr/bin/env python3
# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stops a writing process at a system call, takes the workspace away from it as a lost lock does,
lets another process import other rows, and resumes the first one: it cannot commit over the newer
attempt. While it holds the lock, others are refused."""
import os
import signal
import subprocess
import sys
import time

import oracle
import traced
import trials
from world import PROGRAM, day, need, rows_of, settings, three_days

STOPPED = "--- stopped by SIGSTOP ---"
DAYS = (13, 14, 15)


class Writer:
    """An import that stops itself at a point; strace holds it there."""

    def __init__(self, world, point, log):
        self.log = log
        command = traced.injecting(point, world.workspace, "signal=STOP", log)
        command[command.index("signal=none")] = "signal=STOP"
        self.process = subprocess.Popen([*command, PROGRAM, "--json", "import"],
                                        env=settings(world.workspace), stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def wait_stopped(self):
        """False where it came to its end without passing the point."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if self.log.exists() and STOPPED in self.log.read_text(errors="replace"):
                return True
            if self.process.poll() is not None:
                return False
            time.sleep(0.01)
        raise AssertionError("the writer neither stopped nor ended")

    def children(self):
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children",
                  encoding="ascii") as pids:
            return [int(pid) for pid in pids.read().split()]

    def resume(self):
        """To its end: a second thread may stop it at the same point once more."""
        end = time.monotonic() + 60
        while self.process.poll() is None and time.monotonic() < end:
            for pid in self.children():
                os.kill(pid, signal.SIGCONT)
            time.sleep(0.05)
        need(self.process.poll() is not None, "the resumed writer does not end")

    def end(self):
        if self.process.poll() is None:
            for pid in self.children():
                os.kill(pid, signal.SIGKILL)
            self.process.kill()
            self.process.wait()


def stopped_and_resumed(point):
    def run(folder):
        world = three_days(folder, "csv")
        writer = Writer(world, point, folder / "writer.log")
        try:
            if writer.wait_stopped():
                take_over(world, writer)
            else:
                oracle.hold_recovered(world)
        finally:
            writer.end()
    return run


def take_over(world, writer):
    if point_is_locked(world):
        need(world.cli("import").code == 3, "P9: a second writer was let in")
    (world.workspace / "daymark.lock").unlink(missing_ok=True)
    source = world.source("shop")
    for number in DAYS:
        source.set_day(day(number), rows_of(day(number), 50, salt="-newer"), False)
    done = world.cli("import")
    if done.document and "error" in done.document:
        # It was stopped while it held the ledger's own lock: nobody gets past it, and it goes on.
        writer.resume()
        world.expect("poll")
        oracle.hold(world, settled=False)
        return
    need(done.code == 0, "the newer attempt failed:", done.out[-1000:])
    landed = oracle.hold(world)
    need({of_day for _, of_day in landed} == {day(number) for number in DAYS},
         "the newer attempt did not land", landed)
    files = {path: path.read_bytes() for path in (world.workspace / "landing").rglob("*.parquet")}
    writer.resume()
    need(oracle.Ledger(world.workspace).landed() == landed, "P9: another run is current now")
    now = {path: path.read_bytes() for path in (world.workspace / "landing").rglob("*.parquet")}
    need(now == files, "P9: the landed files are others now")
    oracle.hold_recovered(world, landed)
    oracle.hold_finished(world, newest=False)


def point_is_locked(world):
    """Whether the writer came as far as its lock."""
    lock = world.workspace / "daymark.lock"
    held = subprocess.run(["cat", "/proc/locks"], capture_output=True, check=False).stdout.decode()
    return lock.exists() and f":{lock.stat().st_ino} " in held


def main():
    options = trials.arguments(__doc__, 8).parse_args()
    if not traced.is_there():
        trials.skip("strace is not installed.")
    runner = trials.Trials(options)
    world = three_days(runner.base / "world", "csv")
    log = runner.base / "dry.log"
    world.expect("import", before=traced.recording(log))
    for point in traced.points_of(log, world.workspace):
        runner.add(f"stopped at {traced.label(point)}", stopped_and_resumed(point))
    return runner.run("stopped and resumed writers")


if __name__ == "__main__":
    sys.exit(main())
