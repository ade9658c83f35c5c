#!/usr/bin/env python3
# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program among others: one writing process a workspace, interrupts, pipes, terminals."""
import json
import os
import pty
import signal
import subprocess
import time
import unittest

from support import (PROGRAM, WorkspaceTest, add_rows, add_signals, day, day_rows, settings,
                     wait_until)

# A day whose rows come for as long as anybody reads them.
ENDLESS = """CREATE VIEW endless AS
    WITH RECURSIVE counter(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM counter WHERE x < 1000000000)
    SELECT 'u' || x AS unit_id, 'user_id' AS id_type, '2022-06-13' AS date, NULL AS timeuuid,
           'revenue' AS metric_name, x AS metric_value, NULL AS numerator, NULL AS denominator
    FROM counter"""


class ProcessTest(WorkspaceTest):
    def start(self, *arguments, **options):
        process = subprocess.Popen([PROGRAM, *arguments],
                                   env=settings(self.workspace, options.pop("environment", None)),
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, **options)
        self.addCleanup(self.end, process)
        return process

    @staticmethod
    def end(process):
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()

    def start_watch(self, *arguments):
        process = self.start("watch", *arguments)
        self.assertIn(b"Watching", process.stderr.readline())
        return process

    def live(self):
        return [run for run in self.json("runs")["runs"] if run["state"] in ("running",
                                                                             "committing")]


class OneWriter(ProcessTest):
    def test_a_second_writer_ends_with_3_and_readers_go_on(self):
        path = self.add_shop(days=(13, 14), signals=(13, 14))
        self.json("import")
        watch = self.start_watch()
        for command in ("import", "poll", "watch --once", "watch", "signal shop 2022-06-16",
                        "skip shop 2022-06-16 --reason r", "reopen shop 2022-06-16", "demo",
                        "reimport shop 2022-06-13", "rollback shop 2022-06-13", "recheck shop",
                        "source edit shop --tolerance 2", "source remove shop", "id-type add x",
                        f"source add other --kind sqlite --dataset metrics --uri {path}"):
            with self.subTest(command=command):
                self.assertEqual(self.error(*command.split(), code=3)["code"], "workspace.busy")
        for command in ("source list", "source show shop", "source test shop", "calendar shop",
                        "explain shop 2022-06-14", "preview shop --day 2022-06-13", "id-type list",
                        "runs",
                        "run show 1", "catalog", "metric show revenue",
                        "rows shop --day 2022-06-13", "versions shop 2022-06-13",
                        "check --full", f"export shop --to-file {self.folder}/out.csv"):
            with self.subTest(command=command):
                self.json(*command.split())
        self.assertIsNone(watch.poll())
        watch.send_signal(signal.SIGINT)
        self.assertEqual(watch.wait(30), 130)
        self.json("poll")

    def test_a_killed_writer_leaves_no_lock_behind(self):
        watch = self.start_watch()
        watch.kill()
        watch.wait()
        self.json("id-type", "add", "company_id")


class Interrupts(ProcessTest):
    def add_endless(self):
        path = self.add_shop(days=(), signals=(13,), name="endless")
        self.change(path, lambda db: db.execute(ENDLESS))
        self.expect("source", "edit", "endless", "--table", "endless")

    def interrupt_import(self, number, times=1):
        self.add_endless()
        process = self.start("import", "--json")
        wait_until(self.live, "the run to be seen")
        began = time.monotonic()
        for _ in range(times):
            process.send_signal(number)
        output, _ = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        self.assertLess(time.monotonic() - began, 10)
        json.loads(output)
        self.assertEqual(self.states("endless")["2022-06-13"], "ready")
        self.assertEqual([run["state"] for run in self.json("runs")["runs"]], ["cancelled"])
        check = self.json("check", "--full")
        self.assertEqual((check["ok"], check["days"], check["faults"]), (True, 0, []))
        self.assertEqual(list((self.workspace / "landing").rglob("*.parquet")), [])

    @staticmethod
    def reads(process, name):
        """Whether a process has a file of that name open."""
        folder = f"/proc/{process.pid}/fd"
        try:
            return any(os.readlink(f"{folder}/{one}").endswith(name) for one in os.listdir(folder))
        except FileNotFoundError:
            return False

    def test_sigint_leaves_the_day_as_it_was(self):
        self.interrupt_import(signal.SIGINT)

    def test_sigterm_does_the_same(self):
        self.interrupt_import(signal.SIGTERM)

    def test_a_second_sigint_is_still_clean(self):
        self.interrupt_import(signal.SIGINT, times=3)

    def test_a_preview_without_end_can_be_interrupted(self):
        self.add_endless()
        process = self.start("preview", "endless", "--day", "2022-06-13", "--all", "--json")
        wait_until(lambda: self.reads(process, "endless.sqlite"), "the source to be opened")
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        self.assertEqual(json.loads(output)["error"]["code"], "run.cancelled")

    def test_watch_tells_what_it_did_at_its_end(self):
        self.add_shop(days=(13, 14))
        watch = self.start_watch("--json")
        wait_until(lambda: len(self.json("runs")["runs"]) == 2 and not self.live(), "both runs")
        watch.send_signal(signal.SIGINT)
        output, _ = watch.communicate(timeout=60)
        self.assertEqual(watch.returncode, 130)
        report = json.loads(output)
        self.assertEqual([run["day"] for run in report["runs"]], [day(13), day(14)])
        self.assertEqual(report["failed"], 0)


class Surroundings(ProcessTest):
    def test_a_closed_pipe_ends_quietly(self):
        path = self.add_shop(days=(13,), rows=20000)
        self.json("import")
        process = self.start("rows", "shop", "--day", day(13), "--limit", "20000")
        process.stdout.readline()
        process.stdout.close()
        self.assertNotIn(process.wait(60), (-signal.SIGPIPE, 141))
        self.assertNotIn(b"error", process.stderr.read())
        self.assertTrue(path.exists())

    def test_a_full_output_is_told(self):
        self.add_shop()
        with open("/dev/full", "wb") as full:
            done = subprocess.run([PROGRAM, "source", "list"], env=settings(self.workspace),
                                  stdout=full,
                                  stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"error: ", done.stderr)

    def on_a_terminal(self, *arguments, environment=None):
        """What the program writes to a terminal that is both its stdout and its stderr."""
        ours, theirs = pty.openpty()
        process = subprocess.Popen([PROGRAM, *arguments], stdin=subprocess.DEVNULL, stdout=theirs,
                                   stderr=theirs, env=settings(self.workspace) |
                                   {"TERM": "xterm"} | (environment or {}))
        os.close(theirs)
        output = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:
                break
            if not piece:
                break
            output += piece
        os.close(ours)
        self.assertEqual(process.wait(60), 0)
        return output

    def test_colours_on_a_terminal_only_and_never_with_no_color(self):
        self.add_shop()
        self.json("poll")
        self.assertIn(b"\x1b[", self.on_a_terminal("calendar", "shop"))
        self.assertNotIn(b"\x1b[", self.on_a_terminal("calendar", "shop",
                                                      environment={"NO_COLOR": "1"}))
        self.assertNotIn(b"\x1b[", self.on_a_terminal("calendar", "shop", "--json"))
        self.assertNotIn(b"\x1b", self.expect("calendar", "shop").stdout)

    def test_a_progress_bar_on_a_terminal_only(self):
        path = self.add_shop(days=())
        self.change(path, lambda db: (add_rows(db, day_rows(day(13), 5000)),
                                      add_signals(db, [day(13)])))
        self.assertIn(b"\r\x1b[K", self.on_a_terminal("import"))
        self.change(path, lambda db: (add_rows(db, day_rows(day(14), 5000)),
                                      add_signals(db, [day(14)])))
        self.assertEqual(self.expect("import", "--json").stderr, b"")


if __name__ == "__main__":
    unittest.main()
