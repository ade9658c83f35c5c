#!/usr/bin/env python3
# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Harms the process that decodes files while days are imported: killed, crashed, out of memory or of
processor time at any moment; stopped for good, and the import cancelled. A day that was hit fails
with a reason that names its file, no process is left, and the next import lands all days."""
import collections
import json
import os
import pathlib
import random
import resource
import signal
import subprocess
import sys
import time

import oracle
import trials
from world import NOW, PATIENCE, PROGRAM, Outcome, need, settings, three_days

KINDS = ("csv", "gzip", "json", "parquet")
ROWS = 3000
LATEST = 0.12  # seconds from a decoder's start to the last moment at which it is harmed
CANCELLED = 130

figures = collections.Counter()
slowest = {"cancel": 0.0}


def killed_by(number):
    return lambda child: os.kill(child, number)


def without_memory(child):
    """Its stack may still grow by a page or two: a program without one can say nothing."""
    pages = int(pathlib.Path(f"/proc/{child}/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + 2**18
    resource.prlimit(child, resource.RLIMIT_AS, (most, most))


# By name: what is done to a decoder, and the errors that a day may then end with.
HARMS = {
    "killed": (killed_by(signal.SIGKILL), ("source.disconnected",)),
    "asked to end": (killed_by(signal.SIGTERM), ("source.disconnected",)),
    "crashed": (killed_by(signal.SIGSEGV), ("source.damaged",)),
    "over its time": (killed_by(signal.SIGXCPU), ("source.limit",)),
    "out of memory": (without_memory, ("source.limit", "source.busy")),
}


def children_of(process):
    found = []
    for place in pathlib.Path(f"/proc/{process}/task").glob("*/children"):
        try:
            found += [int(child) for child in place.read_text(encoding="ascii").split()]
        except OSError:  # a thread that has ended
            continue
    return found


class Import:
    """A running import, and its decoder as soon as there is one."""

    def __init__(self, world):
        self.process = subprocess.Popen([PROGRAM, "--json", "import"], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        env=settings(world.workspace, None, NOW))
        self.met = set()

    def decoder(self, nap):
        """A child, some time after it was first seen; none where the import ended before."""
        while self.process.poll() is None:
            self.met.update(children_of(self.process.pid))
            if self.met:
                time.sleep(nap)
                now = children_of(self.process.pid)
                self.met.update(now)
                return now[0] if now else None
        return None

    def end(self):
        out, err = self.process.communicate(timeout=PATIENCE)
        try:
            document = json.loads(out)
        except ValueError:
            document = None
        return Outcome(self.process.returncode, out, err, document)

    def hold_gone(self):
        """A decoder goes with its import, at the latest when it sees the end of their socket."""
        late = time.monotonic() + PATIENCE
        while any(is_decoder(child) for child in self.met):
            need(time.monotonic() < late, "the decoders", self.met, "outlive their import")
            time.sleep(0.01)


def is_decoder(process):
    try:
        return "decode" in pathlib.Path(f"/proc/{process}/comm").read_text(encoding="utf-8")
    except OSError:
        return False


def hold_hit(world, done, name, errors):
    """O5, and the reason is that of the harm."""
    oracle.hold_honest(world, done, ())
    found = [error for error, _ in oracle.errors_of(done.document)]
    figures[name if found else "ended before"] += 1
    for error in found:
        need(error["code"] in errors and "part-0" in error["message"], name, "is told as", error)


def harmed(template, name, seed):
    def run(folder):
        pick = random.Random(seed)
        harm, errors = HARMS[name]
        world = template.copy_to(folder)
        running = Import(world)
        child = running.decoder(pick.random() * LATEST)
        try:
            if child:
                harm(child)
        except OSError:  # it was quicker
            pass
        done = running.end()
        hold_hit(world, done, name, errors)
        running.hold_gone()
        oracle.hold_recovered(world, oracle.told_by(done))
        oracle.hold_finished(world)
    return run


def stopped(template, seed):
    def run(folder):
        world = template.copy_to(folder)
        running = Import(world)
        child = running.decoder(random.Random(seed).random() * LATEST)
        try:
            if child:
                os.kill(child, signal.SIGSTOP)
        except OSError:
            child = None
        began = time.monotonic()
        if child:
            running.process.send_signal(signal.SIGINT)
        done = running.end()
        slowest["cancel"] = max(slowest["cancel"], time.monotonic() - began if child else 0)
        need(done.code in ((CANCELLED, 0) if child else (0,)), "cancelled, it ended with", done)
        figures["stopped" if done.code else "ended before"] += 1
        running.hold_gone()
        oracle.hold_recovered(world, oracle.told_by(done))
        oracle.hold_finished(world)
    return run


def main():
    parser = trials.arguments(__doc__, 8)
    parser.add_argument("--trials", type=int, default=400, help="how many there are")
    options = parser.parse_args()
    runner = trials.Trials(options)
    worlds = {kind: three_days(runner.base / kind, kind, ROWS) for kind in KINDS}
    names = (*HARMS, "stopped")
    for number in range(options.trials):
        kind, name = KINDS[number % len(KINDS)], names[number // len(KINDS) % len(names)]
        trial = (stopped(worlds[kind], number) if name == "stopped" else
                 harmed(worlds[kind], name, number))
        runner.add(f"{name} {number}: {kind}", trial)
    code = runner.run("harmed decoders")
    print(f"hit: {dict(figures)}; slowest cancel {slowest['cancel']:.2f} s")
    return code


if __name__ == "__main__":
    sys.exit(main())
