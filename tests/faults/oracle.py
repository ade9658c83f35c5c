# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must hold of a workspace after any fault, looked at without the program: the ledger through
Python's own SQLite, the landed files through the DuckDB library.

    O1  imported days are a gap-free row of days, each with one landed run whose files are there with
        the recorded size, hash and rows
    O2  landed, rejected and repeated rows are those of the source
    O3  the files on the disk are those of the ledger
    O4  what was told as imported is imported still
    O5  what failed is told: an exit code, and a message with source, day, cause and next step
    O7  the first command after the fault is gone does all that is left
"""
import collections
import csv
import datetime
import hashlib
import pathlib
import re
import shutil
import sqlite3
import tempfile
import threading

from duck import Duck, DuckError
from world import need

_threads = threading.local()
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")


def duck():
    """This thread's reader."""
    if not hasattr(_threads, "duck"):
        _threads.duck = Duck()
    return _threads.duck


def day_text(number):
    return (datetime.date(1970, 1, 1) + datetime.timedelta(number)).isoformat()


def next_day(text, by=1):
    return (datetime.date.fromisoformat(text) + datetime.timedelta(by)).isoformat()


class Ledger:
    """A copy of a workspace's ledger with its log, read once: nothing of the original is touched."""

    def __init__(self, workspace):
        self.runs, self.files, self.days = {}, collections.defaultdict(list), {}
        folder = pathlib.Path(tempfile.mkdtemp(prefix="daymark-ledger-"))
        try:
            for ending in ("", "-wal", "-journal"):
                file = pathlib.Path(f"{workspace}/daymark.sqlite{ending}")
                if file.exists():
                    shutil.copyfile(file, folder / file.name)
            self._read(sqlite3.connect(folder / "daymark.sqlite"))
        finally:
            shutil.rmtree(folder)

    def _read(self, database):
        database.row_factory = sqlite3.Row
        verdict = database.execute("PRAGMA integrity_check").fetchone()[0]
        need(verdict == "ok", "O1: the ledger's own check says:", verdict)
        for row in database.execute(
                "SELECT r.*, s.name AS source_name, s.removed FROM runs r JOIN sources s "
                "ON s.id = r.source"):
            self.runs[row["id"]] = row
        for row in database.execute("SELECT * FROM run_files ORDER BY run, position"):
            self.files[row["run"]].append(row)
        for row in database.execute("SELECT d.*, s.name AS source_name FROM days d JOIN sources s "
                                    "ON s.id = d.source"):
            self.days[row["source_name"], day_text(row["day"])] = row
        self.journal = database.execute("SELECT count(*) FROM journal").fetchone()[0]
        database.close()

    def landed(self, source=None):
        """{(source, day): run id} of what stands as imported."""
        return {key: row["current_run"] for key, row in self.days.items()
                if row["standing"] == "imported" and source in (None, key[0])}

    def skipped(self, source):
        return {key[1] for key, row in self.days.items()
                if row["standing"] == "skipped" and key[0] == source}


def hold(world, settled=True, newest=False):
    """O1 and O2 for every landed day, and O3 where a start has settled what was left behind. With
    `newest` each day must come from what its source holds now. Returns the landed days."""
    ledger = Ledger(world.workspace)
    for source in world.sources:
        days = {key[1]: run for key, run in ledger.landed(source.name).items()}
        hold_order(source, sorted(days), ledger.skipped(source.name))
        for of_day, run in days.items():
            hold_day(world, ledger, source, of_day, run, newest, settled)
    hold_states(ledger, settled)
    if settled:
        hold_files(world, ledger)
    return ledger.landed()


def hold_order(source, days, skipped):
    for of_day in days:
        need(of_day in source.signals, "O1:", of_day, "of", source.name,
             "is imported without a signal")
    if days:
        one = days[0]
        while one <= days[-1]:
            need(one in days or one in skipped, "O1:", source.name, "landed", days, "without", one)
            one = next_day(one)


def hold_states(ledger, settled):
    current = collections.Counter(ledger.landed().values())
    need(not current or max(current.values()) == 1, "O1: a run is two days' current one")
    imported = {run for run, row in ledger.runs.items() if row["state"] == "imported"}
    need(imported == set(current), "O1: imported runs", sorted(imported), "are not the current ones",
         sorted(current))
    if settled:
        live = [run for run, row in ledger.runs.items() if row["state"] in ("running", "committing")]
        need(not live, "O3: runs", live, "are alive after a start")


def hold_day(world, ledger, source, of_day, run, newest, settled):
    what = f"{of_day} of {source.name} (run {run})"
    record = ledger.runs[run]
    need(day_text(record["day"]) == of_day, "O1:", what, "is a run of", day_text(record["day"]))
    need(ledger.files[run], "O1:", what, "has no files")
    landed = collections.Counter()
    for file in ledger.files[run]:
        path = world.workspace / file["path"]
        if not settled and not path.exists() and is_exchanged(ledger, record):
            path = kept_place(world.workspace, run, path)
        landed.update(rows_of_file(path, file, what))
    allowed = [source.expected(of_day)] if newest else source.allowed(of_day)
    fitting = [one for one in allowed if one.landed == landed]
    need(fitting, "O2:", what, "landed", sum(landed.values()), "rows; missing",
         list((allowed[-1].landed - landed).items())[:3], "too many",
         list((landed - allowed[-1].landed).items())[:3])
    rejected = rejected_ids(world, record)
    need(any(rejected == one.rejected for one in fitting), "O2:", what, "kept other rejected rows")
    if record["note"].startswith("Rebuilt from the landed files"):
        return  # how many were read is not known any more, as it says
    counts = (record["rows_read"], record["accepted"], record["rejected"], record["duplicates"])
    want = [(one.read, sum(one.landed.values()), sum(one.rejected.values()), one.duplicates)
            for one in fitting]
    need(counts in want, "O2:", what, "counts", counts, "instead of", want)


def is_exchanged(ledger, record):
    """Whether another run of the day is on its way to the day's place: what stands until a start
    has settled it lies among the versions."""
    return any(other["state"] == "committing" and other["source"] == record["source"] and
               other["day"] == record["day"] for other in ledger.runs.values())


def kept_place(workspace, run, path):
    below = path.relative_to(workspace / "landing")
    return workspace / "history" / below.parent / f"run-{run:06d}" / below.name


def rows_of_file(path, file, what):
    need(path.is_file() and not path.is_symlink(), "O1:", what, "misses", path)
    content = path.read_bytes()
    need(len(content) == file["bytes"], "O1:", what, "has", len(content), "bytes, not",
         file["bytes"])
    need(hashlib.sha256(content).hexdigest() == file["sha256"], "O1:", what, "has another hash")
    try:
        rows = duck().landed(path)
    except DuckError as error:
        need(False, "O1:", what, "cannot be read:", error)
    need(len(rows) == file["row_count"], "O1:", what, "has", len(rows), "rows, not",
         file["row_count"])
    return rows


def rejected_ids(world, record):
    if not record["rejects_file"]:
        return collections.Counter()
    path = world.workspace / record["rejects_file"]
    need(path.is_file(), "O2: the rejects file", path, "is missing")
    with open(path, newline="", encoding="utf-8") as lines:
        return collections.Counter(row["timeuuid"] for row in csv.DictReader(lines))


def hold_files(world, ledger):
    """O3: landing, history, rejects and staging hold what the ledger names, and nothing else."""
    named = set()
    for run, row in ledger.runs.items():
        if row["state"] == "imported" or (row["state"] in ("superseded", "rolled_back") and
                                          row["dropped_at"] is None):
            named |= {file["path"] for file in ledger.files[run]}
        if row["rejects_file"]:
            named.add(row["rejects_file"])
    there = {path.relative_to(world.workspace).as_posix()
             for top in ("landing", "history", "rejects", "staging")
             for path in (world.workspace / top).rglob("*") if not path.is_dir()}
    if world.repaired:  # of failed runs, and of days that were read anew, it names no rejects
        there = {path for path in there if not path.startswith("rejects/") or path in named}
    need(named == there, "O3: not known to the ledger:", sorted(there - named), "missing:",
         sorted(named - there))
    left = list((world.workspace / "staging").iterdir())
    need(not left, "O3: the staging holds", left)


def hold_told(told, landed, what="before the fault"):
    """O4."""
    lost = sorted(set(told) - set(landed))
    need(not lost, "O4: imported", what, "and not any more:", lost)


def told_by(done):
    """The days that a report of an import calls imported."""
    runs = (done.document or {}).get("runs", [])
    return {(run["source"], run["day"]) for run in runs if run["state"] == "imported"}


def hold_honest(world, done, all_days):
    """O5: success only where every day landed; otherwise a message with what a person needs."""
    if done.code == 0:
        landed = set(Ledger(world.workspace).landed())
        need(set(all_days) <= landed, "O5: exit code 0, but not imported:",
             sorted(set(all_days) - landed), done.out.decode(errors="replace")[-1500:])
        return
    said = done.out.decode(errors="replace")[-1500:] + done.err.decode(errors="replace")[-1500:]
    need(done.code in (1, 3), "O5: exit code", done.code, said)
    need(done.document is not None, "O5: exit code", done.code, "without a document:", said)
    errors, sentences = errors_of(done.document), sentences_of(done.document)
    need(errors or sentences, "O5: exit code", done.code, "without an error:", said)
    for error, run in errors:
        need(error["message"] and error["hint"] and error["code"], "O5: a poor message:", error)
        need(error["code"] != "internal", "O5: an internal error is shown:", error)
        if run:
            need(run["source"] and run["day"], "O5: a run without its day:", run)
    for sentence in () if errors else sentences:
        need(_DAY.search(sentence) or "The ledger " in sentence, "O5: of which day:", sentence)
        need(sentence.count(". ") >= 1, "O5: no next step:", sentence)


def errors_of(document):
    """Every error of a report, with its run where it has one."""
    found = [(run["error"], run) for run in document.get("runs", []) if run.get("error")]
    found += [(poll["error"], None) for poll in document.get("polls", []) if poll.get("error")]
    if document.get("error"):
        found.append((document["error"], None))
    return found


def sentences_of(document):
    """What a report says of sources that are not further, in one text with the next step."""
    return [one["sentence"] for one in document.get("waiting", [])] + document.get("troubles", [])


def hold_recovered(world, told=()):
    """A second process settles what was left behind: O1 to O4."""
    world.expect("poll")
    landed = hold(world)
    hold_told(told, landed)
    return landed


def hold_finished(world, newest=True):
    """O7, then O1 to O3, and the program's own check agrees."""
    world.expect("import")
    landed = hold(world, newest=newest)
    for source in world.sources:
        missing = source.signals - {of_day for name, of_day in landed if name == source.name}
        need(not missing, "O7: not imported by itself:", source.name, sorted(missing))
    check = world.expect("check", "--full")
    need(check["ok"] and not check["faults"] and not check["notes"], "the check finds", check)
    return landed
