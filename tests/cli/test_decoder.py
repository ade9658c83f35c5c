#!/usr/bin/env python3
# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Parquet files through the program: decoded in a process of its own, whose end fails the day with
a reason, and nothing else."""
import os
import pathlib
import shutil
import signal
import subprocess
import time
import unittest

from support import PROGRAM, WorkspaceTest, day, settings

COPIES = 40  # of a file, so that a day takes its time


def children(pid):
    try:
        return [int(one) for task in pathlib.Path(f"/proc/{pid}/task").iterdir()
                for one in (task / "children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


class Decoder(WorkspaceTest):
    def add_lake(self, rows, copies):
        """A folder of Parquet files, from a shop's own landed rows."""
        self.add_shop(days=(13,), rows=rows)
        self.json("import")
        folder = self.folder / "lake" / "metrics" / day(13)
        folder.mkdir(parents=True)
        first = folder / "part-00.parquet"
        self.expect("export", "shop", "--to-file", first)
        for number in range(1, copies):
            shutil.copy(first, folder / f"part-{number:02d}.parquet")
        (self.folder / "lake" / "signals").mkdir()
        (self.folder / "lake" / "signals" / day(13)).touch()
        self.expect("source", "add", "lake", "--kind", "files", "--dataset", "metrics", "--uri",
                    self.folder / "lake", "--unit-day", "first")
        self.json("poll")

    def start_import(self):
        process = subprocess.Popen([PROGRAM, "--json", "import", "lake"],
                                   env=settings(self.workspace), stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def decoder_of(self, process):
        """The child once it is at work on the day: the look at the columns has one of its own."""
        while process.poll() is None:
            for child in children(process.pid):
                try:
                    files = [os.readlink(f"/proc/{child}/fd/{one}")
                             for one in os.listdir(f"/proc/{child}/fd")]
                    maps = pathlib.Path(f"/proc/{child}/maps").read_text()
                except (FileNotFoundError, ProcessLookupError, PermissionError):
                    continue
                if "daymark-rows" in maps and any(one.endswith(".parquet") for one in files):
                    return child
        self.fail("no decoder was seen")

    def test_a_day_of_many_files(self):
        self.add_lake(rows=50, copies=3)
        run = self.json("import", "lake")["runs"][0]
        self.assertEqual((run["accepted"], run["duplicates"]), (50, 100))

    def test_a_crash_fails_the_day_with_a_reason(self):
        self.add_lake(rows=20_000, copies=COPIES)
        for number, words in ((signal.SIGSEGV, "crashed by signal 11 (SIGSEGV)"),
                              (signal.SIGKILL, "from outside by signal 9 (SIGKILL)")):
            with self.subTest(signal=number):
                process = self.start_import()
                os.kill(self.decoder_of(process), number)
                output, _ = process.communicate(timeout=60)
                self.assertEqual(process.returncode, 1)
                self.assertIn(words, output.decode())
                self.assertEqual(self.states("lake")[day(13)], "failed")
                self.assertTrue(self.json("check", "--full")["ok"])
        self.expect("import", "lake")
        self.assertEqual(self.states("lake")[day(13)], "imported")

    def test_a_killed_program_leaves_no_decoder(self):
        self.add_lake(rows=20_000, copies=COPIES)
        process = self.start_import()
        child = self.decoder_of(process)
        process.kill()
        process.wait()
        end = time.monotonic() + 30
        while pathlib.Path(f"/proc/{child}").exists():
            state = pathlib.Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0]
            if state == "Z":
                break
            self.assertLess(time.monotonic(), end)
            time.sleep(0.02)


if __name__ == "__main__":
    unittest.main()
