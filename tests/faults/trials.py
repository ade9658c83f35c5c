# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs trials side by side: all of them, or as many as fit into some seconds, spread evenly over
all. DAYMARK_FAULTS_ALL=1 asks for all, DAYMARK_FAULTS_SECONDS for another number of seconds. What a
command passes in a world, where trials may break it, is a scene."""
import argparse
import atexit
import concurrent.futures
import os
import pathlib
import random
import shutil
import sys
import threading
import time
import traceback

import oracle
import traced
from world import day, rows_of, scratch_folder, three_days

SKIPPED = 77  # the exit code that ctest takes for "was not run"
AGAIN = day(14)


def landed_world(folder):
    """Three landed days, of which the source has changed one since."""
    world = three_days(folder)
    world.expect("import")
    world.source("shop").set_day(AGAIN, rows_of(AGAIN, 71, bad=2, twice=1, salt="-new"), False)
    return world


class Scene:
    """A world to begin with, the points that a command passes in it, and what brings everything to
    its end. `told` is what had landed before."""

    def __init__(self, name, folder, scene):
        self.name = name
        make, self.command, self.finish = scene
        self.world = make(folder / "world")
        copy = self.world.copy_to(folder / "dry")
        log = folder / "dry.log"
        copy.expect(*self.command, before=traced.recording(log))
        self.points = traced.points_of(log, copy.workspace)
        shutil.rmtree(copy.folder)
        # A ledger that is damaged on purpose tells of nothing.
        self.told = set() if name == "repair" else set(oracle.Ledger(self.world.workspace).landed())


def arguments(words, seconds):
    parser = argparse.ArgumentParser(description=words)
    parser.add_argument("--all", action="store_true",
                        default=os.environ.get("DAYMARK_FAULTS_ALL") == "1",
                        help="every trial, however long it takes")
    parser.add_argument("--seconds", type=float, help="begin no trial after so many seconds",
                        default=float(os.environ.get("DAYMARK_FAULTS_SECONDS", seconds)))
    parser.add_argument("--seed", type=int, default=int(os.environ.get("DAYMARK_SEED", "1")),
                        help="which trials are taken, and what is random in them")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--only", help="just the trials whose name holds this text")
    return parser


class Trials:
    """Named trials, each a function of a folder of its own. A trial that raises is a violation."""

    def __init__(self, options):
        self.options = options
        self.trials = []
        self.base = pathlib.Path(scratch_folder())
        atexit.register(shutil.rmtree, self.base, True)
        self.violations = []
        self.lock = threading.Lock()
        self.began = time.monotonic()

    def add(self, name, trial):
        self.trials.append((name, trial))

    def run(self, what):
        """Runs them and prints the figures; the exit code."""
        chosen = [one for one in self.trials
                  if not self.options.only or self.options.only in one[0]]
        random.Random(self.options.seed).shuffle(chosen)
        began = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(self.options.jobs) as pool:
            done = sum(pool.map(lambda one: self._try(began, *one), enumerate(chosen)))
        print(f"{what}: {done} of {len(chosen)} trials in {time.monotonic() - began:.0f} s, "
              f"{len(self.violations)} violations; seed {self.options.seed}")
        return 1 if self.violations else 0

    def _try(self, began, number, named):
        name, trial = named
        if not self.options.all and time.monotonic() - began > self.options.seconds:
            return 0
        folder = self.base / f"trial-{number}"
        try:
            trial(folder)
        except Exception as error:  # whatever it is, the others go on
            with self.lock:
                self.violations.append(name)
                words = f"{error}" if isinstance(error, AssertionError) else traceback.format_exc()
                print(f"VIOLATION at {name}\n    {words}\n    repeat with: {sys.argv[0]} --all "
                      f"--seed {self.options.seed} --only '{name}'", flush=True)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return 1


def skip(words):
    print("SKIPPED: " + words)
    sys.exit(SKIPPED)
