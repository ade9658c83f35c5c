#!/usr/bin/env python3
# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Damages what lies on the disk. A bit flipped in a landed file, or a file cut, is found by
`check --full`, and no command shows a row of that day. A ledger with a zeroed page, garbage in its
header, without its log, cut or put back from an older day is noticed: reading commands work or
refuse with a reason, writing ones refuse, and after `repair` all is as it was before (O1 to O3)."""
import collections
import random
import shutil
import signal
import sqlite3
import sys
import time

import oracle
import traced
import trials
from world import Source, Violation, World, day, need, rows_of

DAYS = (12, 13, 14, 15)
PAGE = 4096
AGAIN, SKIPPED, LATER = day(13), day(16), day(17)

READING = (("source", "list"), ("calendar", "shop"), ("explain", "shop", day(14)), ("runs",),
           ("catalog",), ("rows", "shop", "--day", day(14)), ("check", "--full"))
WRITING = (("poll",), ("import",), ("reimport", "shop", day(14)), ("signal", "shop", LATER),
           ("watch", "--once"))

figures = collections.Counter()  # of damaged ledgers
limits = {"seconds": 60.0}  # in which a start answers; P13 says 5, which a sample beside others cannot


def landed_world(folder):
    """Four landed days of very different sizes, one with an earlier version, and a skipped one. The
    ledger as it was after two days is put by."""
    world = World(folder)
    world.folder.mkdir(parents=True, exist_ok=True)
    world.expect("init")
    source = Source("shop", "sqlite", world.folder / "source.sqlite", ("--tolerance", "20"))
    for number, count in zip(DAYS, (1, 60, 900, 9000)):
        source.set_day(day(number), rows_of(day(number), count, bad=1 if count > 9 else 0))
    world.add(source)
    world.expect("import", "--day", AGAIN)
    shutil.copyfile(world.workspace / "daymark.sqlite", world.folder / "older.sqlite")
    world.expect("import")
    source.set_day(AGAIN, rows_of(AGAIN, 55, salt="-new"), False)
    world.expect("reimport", "shop", AGAIN)
    world.expect("skip", "shop", SKIPPED, "--reason", "closed")
    return world


def landed_files(world):
    return sorted((world.workspace / "landing").rglob("*.parquet"))


# --- Landed files ---------------------------------------------------------------------------------

def damage_file(path, pick):
    """Flips one bit, or cuts the file; what was done, in words."""
    content = bytearray(path.read_bytes())
    if pick.random() < 0.8:
        at, bit = pick.randrange(len(content)), pick.randrange(8)
        content[at] ^= 1 << bit
        path.write_bytes(content)
        return f"bit {bit} of byte {at}"
    left = pick.choice((0, len(content) - 1, len(content) // 2, pick.randrange(len(content))))
    path.write_bytes(content[:left])
    return f"cut to {left} bytes"


def damaged_landing(template, seed, files):
    """So many damages in one workspace, one after another, each mended again by its bytes."""
    def run(folder):
        world = template.copy_to(folder)
        pick = random.Random(seed)
        for _ in range(files):
            path = pick.choice(landed_files(world))
            whole = path.read_bytes()
            what = f"{path.name}: {damage_file(path, pick)}"
            hold_found(world, path.parent.name.removeprefix("day="), what, pick)
            path.write_bytes(whole)
        world.expect("check", "--full")
        oracle.hold(world)
    return run


def hold_found(world, of_day, what, pick):
    """The day is refused even before a check, and the check names it and no other."""
    shows = pick.choice((("rows", "shop", "--day", of_day),
                         ("export", "shop", "--to-file", str(world.folder / "out.csv"))))
    if pick.random() < 0.5:
        hold_refused(world, shows, of_day, what)
    report = world.expect("check", "--full", code=1)
    found = {fault["day"] for fault in report["faults"]}
    need(found == {of_day} and not report["ok"], "P8:", what, "of", of_day, "found as",
         report["faults"])
    hold_refused(world, shows, of_day, what)


def hold_refused(world, shows, of_day, what):
    error = world.expect(*shows, code=1)["error"]
    need(error["code"] == "storage.damaged" and of_day in error["message"] and error["hint"],
         "P8:", what, "of", of_day, "answered with", error)
    need(not (world.folder / "out.csv").exists(), "P8: rows were written all the same:", what)


# --- The ledger -----------------------------------------------------------------------------------

def zeroed_page(number):
    def damage(world):
        with open(world.workspace / "daymark.sqlite", "r+b") as ledger:
            ledger.seek(number * PAGE)
            ledger.write(bytes(PAGE))
    return damage


def flipped_bytes(seed):
    def damage(world):
        pick = random.Random(seed)
        file = world.workspace / "daymark.sqlite"
        content = bytearray(file.read_bytes())
        for _ in range(20):
            content[pick.randrange(len(content))] = pick.randrange(256)
        file.write_bytes(content)
    return damage


def replaced(make):
    def damage(world):
        file = world.workspace / "daymark.sqlite"
        file.write_bytes(make(file.read_bytes()))
    return damage


def removed(*endings):
    def damage(world):
        for ending in endings:
            (world.workspace / f"daymark.sqlite{ending}").unlink(missing_ok=True)
    return damage


def put_back(world):
    """The ledger as it was two days ago, as from a backup, beside the files of today."""
    removed("-wal", "-shm")(world)
    shutil.copyfile(world.folder / "older.sqlite", world.workspace / "daymark.sqlite")


def changed_figure(statement):
    """A figure that changes inside a page which stays well-formed."""
    def damage(world):
        with sqlite3.connect(world.workspace / "daymark.sqlite") as ledger:
            need(ledger.execute(statement).rowcount == 1, "no figure to change:", statement)
        ledger.close()
    return damage


def log_lost(world):
    """A killed import leaves a log with landed days in it; it is removed."""
    source = world.source("shop")
    source.set_day(LATER, rows_of(LATER, 20))
    checkpoint = traced.Point("pwrite64", "daymark.sqlite", 1)
    done = world.cli("import", before=traced.injecting(checkpoint, world.workspace, "signal=KILL"))
    need(done.code == -signal.SIGKILL and ("shop", LATER) in oracle.Ledger(world.workspace).landed(),
         "the import was not killed between its end and the checkpoint of the log:", done)
    removed("-wal", "-shm")(world)


LEDGERS = {
    "0 bytes": replaced(lambda content: b""),
    "gone": removed("", "-wal", "-shm"),
    "garbage in its header": replaced(lambda content: b"\x5a" * 100 + content[100:]),
    "all garbage": replaced(lambda content: b"\x5a" * len(content)),
    "cut in half": replaced(lambda content: content[:len(content) // 2]),
    "cut in a page": replaced(lambda content: content[:len(content) // 2 + 100]),
    "without -shm": removed("-shm"),
    "put back from before": put_back,
    "a changed sum": changed_figure("UPDATE rollups SET sum = sum + 1 WHERE run = 4 AND "
                                     "id_type = 'user_id' AND metric = (SELECT id FROM metrics "
                                     "WHERE name = 'metric 1')"),
    "changed rows": changed_figure("UPDATE runs SET accepted = accepted + 1 WHERE id = 4"),
}


def damaged_ledger(template, damage, must_notice=False):
    def run(folder):
        world = World(folder, template.sources)
        world.folder.mkdir(parents=True)
        shutil.copytree(template.workspace, world.workspace)
        shutil.copyfile(template.folder / "older.sqlite", world.folder / "older.sqlite")
        damage(world)
        hold_ledger(world, must_notice)
    return run


def hold_ledger(world, must_notice):
    """Without a checksum of its pages SQLite cannot see every changed byte: what is not noticed must
    do no harm to what has landed."""
    before = files_of(world.workspace)
    refused = hold_reading(world)
    noticed = refused or b"daymark-cli repair" in world.cli("poll").out
    need(noticed or not must_notice, "P13: nothing was noticed")
    if noticed:
        hold_writers(world)
        need(files_of(world.workspace) == before, "P13: a refusing command changed a landed file")
        report = world.expect("repair")
        need(report["done"], "P13: not repaired:", report)
        world.repaired = True
    figures["noticed" if noticed else "not noticed"] += 1
    need(files_of(world.workspace) == before, "P12: landed files are others now")
    if not noticed and not must_be_whole(world):
        return
    world.expect("poll")
    oracle.hold(world)
    need(set(oracle.Ledger(world.workspace).landed()) >= {("shop", day(n)) for n in DAYS},
         "O2: days are missing after the repair")
    check = world.expect("check", "--full")
    need(check["ok"] and not check["faults"], "the check finds", check["faults"])


def must_be_whole(world):
    """Whether what nobody noticed is all there, by the oracles alone."""
    try:
        oracle.hold(world, settled=False)
        return True
    except (Violation, sqlite3.Error, OSError, KeyError):
        figures["not noticed, and a fault of the ledger"] += 1
        return False


def files_of(workspace):
    return {path: path.read_bytes() for top in ("landing", "history")
            for path in (workspace / top).rglob("*.parquet")}


def hold_reading(world):
    """Whether a reading command refuses; each ends soon, and with a reason where it refuses."""
    refused = False
    for command in READING:
        began = time.monotonic()
        done = world.cli(*command)
        need(done.code in (0, 1), "P13:", *command, "ended with", done.code, done.err[-500:])
        need(time.monotonic() - began < limits["seconds"], "P13:", *command, "took too long")
        error = (done.document or {}).get("error")
        if error and error["code"] == "workspace.damaged":
            need("repair" in error["hint"] and "daymark.sqlite" in error["message"],
                 "P13: a poor message:", error)
            refused = True
    return refused


def hold_writers(world):
    for command in WRITING:
        done = world.cli(*command)
        error = (done.document or {}).get("error") or {}
        need(done.code == 1 and "repair" in error.get("hint", ""), "P13:", *command, "answered",
             done.code, done.out[-500:], done.err[-500:])


def add_ledgers(runner, template):
    pages = (template.workspace / "daymark.sqlite").stat().st_size // PAGE
    for number in range(pages):
        runner.add(f"ledger: page {number} zeroed", damaged_ledger(template, zeroed_page(number)))
    for seed in range(100):
        runner.add(f"ledger: 20 bytes changed, {seed}",
                   damaged_ledger(template, flipped_bytes(seed)))
    for name, damage in LEDGERS.items():
        runner.add(f"ledger: {name}",
                   damaged_ledger(template, damage, must_notice=name != "without -shm"))
    if traced.is_there():
        runner.add("ledger: its log lost", lose_log)


def lose_log(folder):
    world = landed_world(folder)
    log_lost(world)
    hold_ledger(world, must_notice=True)
    oracle.hold_finished(world, newest=False)


def main():
    parser = trials.arguments(__doc__, 14)
    parser.add_argument("--flips", type=int, default=2000, help="how many damages of landed files")
    options = parser.parse_args()
    runner = trials.Trials(options)
    if options.all:
        limits["seconds"] = 5.0
    template = landed_world(runner.base / "world")
    with sqlite3.connect(template.workspace / "daymark.sqlite") as ledger:
        ledger.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    each = 10
    for number in range(options.flips // each):
        runner.add(f"landed files: {number * each} to {number * each + each - 1}",
                   damaged_landing(template, options.seed * 100_003 + number, each))
    add_ledgers(runner, template)
    code = runner.run(f"damage ({options.flips} of landed files, {each} a trial)")
    print("ledgers: " + ", ".join(f"{count} {name}" for name, count in sorted(figures.items())))
    return code


if __name__ == "__main__":
    sys.exit(main())
