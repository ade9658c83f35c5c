#!/usr/bin/env python3
# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Imports on disks that are too small, and under limits on the size of files and on how many are
open: what does not fit is told, what landed stays, and once there is room the next import does the
rest. Small disks need a mount namespace; without one, the limits are tried alone."""
import resource
import signal
import subprocess
import sys

import mounts
import oracle
import trials
from world import Source, World, day, need, rows_of

DAYS = range(10, 16)
KILOBYTES = (192, 256, 320, 512, 1024, 2048, 4096, 8192, 16384, 65536)


def wide_world(folder, rows):
    """A world of six days with so many rows each, of which one in a hundred is rejected."""
    world = World(folder)
    world.folder.mkdir(parents=True, exist_ok=True)
    world.expect("init")
    source = Source("shop", "sqlite", world.folder / "source.sqlite", ("--tolerance", "20"))
    for number in DAYS:
        source.set_day(day(number), rows_of(day(number), rows, bad=rows // 100))
    world.add(source)
    return world


def all_days():
    return {("shop", day(number)) for number in DAYS}


def import_in(world, told, **options):
    """An import that may fail, and what has been told as imported by now."""
    done = world.cli("import", **options)
    need(done.code >= 0, "ended by signal", -done.code, done.err[-500:])
    oracle.hold_honest(world, done, all_days())
    told = told | oracle.told_by(done)
    oracle.hold_told(told, oracle.Ledger(world.workspace).landed())
    return done, told


def on_a_small_disk(template, kilobytes):
    def run(folder):
        world = template.copy_to(folder)
        disk = mounts.SmallDisk(folder / "disk", f"{kilobytes}k")
        try:
            world.workspace = disk.folder / "workspace"
            copied = subprocess.run(["cp", "-r", template.workspace, world.workspace],
                                    capture_output=True, check=False)
            if copied.returncode != 0:
                return  # not even what is there already fits
            _, told = import_in(world, set())
            _, told = import_in(world, told)  # no worse the second time
            for size in (kilobytes * 2, 262144):
                disk.resize(f"{size}k")
                done, told = import_in(world, told)
            need(done.code == 0, "O7: with room again:", done.out[-1000:])
            oracle.hold_finished(world)
        finally:
            disk.remove()
    return run


def under_a_limit(template, which, value):
    def run(folder):
        world = template.copy_to(folder)

        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            resource.setrlimit(which, (value, value))
        done = world.cli("import", preexec_fn=limit)
        need(done.code in (0, 1, 127), "ended with", done.code, done.err[-500:])
        if done.code != 127:  # 127: not even the libraries could be loaded
            oracle.hold_honest(world, done, all_days())
        oracle.hold_recovered(world, oracle.told_by(done))
        oracle.hold_finished(world)
    return run


def main():
    options = trials.arguments(__doc__, 9).parse_args()
    reason = mounts.own_mounts()
    if reason:
        print("No small disks: " + reason)
    runner = trials.Trials(options)
    for rows in (60, 4000):
        template = wide_world(runner.base / f"world-{rows}", rows)
        for kilobytes in () if reason else KILOBYTES:
            runner.add(f"{rows} rows a day on {kilobytes} KB", on_a_small_disk(template, kilobytes))
        for kilobytes in (1, 4, 16, 64, 100, 128, 256, 1024):
            runner.add(f"{rows} rows a day, ulimit -f {kilobytes}",
                       under_a_limit(template, resource.RLIMIT_FSIZE, kilobytes * 1024))
        for files in (*range(4, 32), 40, 64):
            runner.add(f"{rows} rows a day, ulimit -n {files}",
                       under_a_limit(template, resource.RLIMIT_NOFILE, files))
    return runner.run("small disks and limits")


if __name__ == "__main__":
    sys.exit(main())
