#!/usr/bin/env python3
# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills the program at every system call that changes a file of its workspace: while it imports
three days, imports one again, goes back to a version, and repairs a damaged ledger; and a second
time while the next process recovers. After that a process settles, and the next import finishes."""
import random
import signal
import sys

import oracle
import traced
import trials
from trials import AGAIN, landed_world
from world import need, three_days

KILL = "signal=KILL"


def versioned_world(folder):
    world = landed_world(folder)
    world.expect("reimport", "shop", AGAIN)
    return world


def damaged_world(folder):
    world = versioned_world(folder)
    with open(world.workspace / "daymark.sqlite", "r+b") as ledger:
        ledger.seek(4096 * 3)
        ledger.write(bytes(4096))
    need(world.cli("calendar", "shop").document["error"]["code"] == "workspace.damaged",
         "a zeroed page was not noticed")
    return world


# By name: the world, the command that is killed, and what brings everything to its end.
SCENES = {
    "import": (three_days, ("import",), ()),
    "import csv": (lambda folder: three_days(folder, "csv"), ("import",), ()),
    "import json": (lambda folder: three_days(folder, "json"), ("import",), ()),
    "import parquet": (lambda folder: three_days(folder, "parquet"), ("import",), ()),
    "reimport": (landed_world, ("reimport", "shop", AGAIN), ("reimport", "shop", AGAIN)),
    "rollback": (versioned_world, ("rollback", "shop", AGAIN), None),
    "repair": (damaged_world, ("repair",), None),
}


class Scene(trials.Scene):
    """The points at which the program may be killed."""

    def __init__(self, name, folder):
        super().__init__(name, folder, SCENES[name])

    def trial(self, point, second=None):
        return lambda folder: self.run(self.world.copy_to(folder), point, second)

    def run(self, world, point, second):
        done = world.cli(*self.command, before=traced.injecting(point, world.workspace, KILL))
        told = set(self.told) | oracle.told_by(done)
        if done.code != -signal.SIGKILL:  # a child was hit, or the point was not reached this time
            oracle.hold_honest(world, done, ())
        if second:
            world.cli(*self.recovery(), before=traced.injecting(second, world.workspace, KILL))
        if self.name == "repair":
            self.repair(world)
        oracle.hold_recovered(world, told)
        if self.finish:
            world.expect(*self.finish)
        oracle.hold_finished(world, newest=self.finish is not None)

    def recovery(self):
        return ("repair",) if self.name == "repair" else ("poll",)

    def repair(self, world):
        """A ledger is in its place, or the next repair puts one there; nothing else is left."""
        world.expect("repair")
        world.repaired = True
        need(not (world.workspace / ".repair").exists(), "O3: a repair left its folder behind")

    def recovery_points(self, folder, point):
        """What the process after a kill passes: where a second kill may come."""
        world = self.world.copy_to(folder)
        world.cli(*self.command, before=traced.injecting(point, world.workspace, KILL))
        log = folder / "recovery.log"
        world.cli(*self.recovery(), before=traced.recording(log))
        return traced.points_of(log, world.workspace)


def add_double_kill(runner, scene, number, pick):
    """A kill in the recovery from a kill, at a point that this recovery passes."""
    first, seed = pick.choice(scene.points), pick.random()

    def trial(folder):
        points = scene.recovery_points(folder / "probe", first)
        second = random.Random(seed).choice(points) if points else None
        scene.run(scene.world.copy_to(folder / "trial"), first, second)

    runner.add(f"double kill {number}: {scene.name}: {traced.label(first)}", trial)


def main():
    parser = trials.arguments(__doc__, 14)
    parser.add_argument("--scenes", default=",".join(SCENES), help="which, by their names")
    parser.add_argument("--double", type=int, default=500, help="how many double kills there are")
    options = parser.parse_args()
    if not traced.is_there():
        trials.skip("strace is not installed.")
    runner = trials.Trials(options)
    scenes = [Scene(name, runner.base / name.replace(" ", "-"))
              for name in options.scenes.split(",")]
    for scene in scenes:
        print(f"{scene.name}: {len(scene.points)} points", flush=True)
        for point in scene.points:
            runner.add(f"{scene.name}: {traced.label(point)}", scene.trial(point))
    pick = random.Random(options.seed)
    for number in range(options.double):
        add_double_kill(runner, scenes[number % len(scenes)], number, pick)
    return runner.run("kill points")


if __name__ == "__main__":
    sys.exit(main())
