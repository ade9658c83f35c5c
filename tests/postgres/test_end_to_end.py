#!/usr/bin/env python3
# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole days from a real server through the real program: a role that may only read, a server that
dies in the middle, a signal that is taken back, and secrets that are found nowhere."""
import contextlib
import datetime
import glob
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
from support import PROGRAM, WorkspaceTest, day, settings, wait_until  # noqa: E402

PROGRAMS = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1:]
SECRET = "correct horse battery staple"
ROWS = 3000
DAYS = (13, 14, 15)
UNASKED = {"DAYMARK_SECRET_SHOP": "unused"}  # so that nobody's keychain is asked
LATER = "2022-06-17T12:00:00Z"
NOON = datetime.datetime.fromisoformat(LATER.replace("Z", "+00:00"))


class Cluster:
    """A private server on a socket in its folder; it dies with the test, however that ends."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="daymark-pg-"))
        self.prefix = ["setpriv", "--pdeathsig=QUIT"]
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
            self.folder.chmod(0o755)
            self.prefix += ["--reuid=postgres", "--regid=postgres", "--init-groups"]
        self.data = self.folder / "data"
        self.server = None
        self.as_owner("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
                      "--locale=C", "--no-sync")
        (self.data / "pg_hba.conf").write_text(
            "local all guarded scram-sha-256\nlocal all all trust\n")

    def as_owner(self, name, *arguments):
        subprocess.run([*self.prefix, f"{PROGRAMS[0]}/{name}", *map(str, arguments)], check=True,
                       stdout=subprocess.DEVNULL, cwd="/")

    def start(self):
        options = {"listen_addresses": "", "unix_socket_directories": self.folder, "fsync": "off",
                   "unix_socket_permissions": "0777", "autovacuum": "off",
                   "shared_buffers": "16MB", "max_connections": "20"}
        with open(self.folder / "log", "ab") as log:
            self.server = subprocess.Popen(
                [*self.prefix, f"{PROGRAMS[0]}/postgres", "-D", self.data,
                 *(f"--{name}={value}" for name, value in options.items())],
                stdout=log, stderr=log, cwd="/")
        wait_until(lambda: subprocess.run([f"{PROGRAMS[0]}/pg_isready", "-q", "-h", self.folder],
                                          check=False).returncode == 0, "the server")

    def stop(self, at_once=False):
        """In order, or as if the power was cut: what pg_ctl -m immediate does."""
        if self.server:
            self.server.send_signal(signal.SIGQUIT if at_once else signal.SIGINT)
            self.server.wait(60)
        self.server = None

    def remove(self):
        self.stop(at_once=True)
        shutil.rmtree(self.folder, True)

    def sql(self, *statements):
        """Runs statements as the superuser, one after another; the last one's rows."""
        each = [word for one in statements for word in ("-c", one)]
        done = subprocess.run([f"{PROGRAMS[0]}/psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1",
                               "-d", self.uri("postgres"), *each], check=True, capture_output=True)
        return done.stdout.decode().strip()

    def uri(self, user="reader"):
        return f"postgresql://{user}@/postgres?host={self.folder}"


@unittest.skipUnless(PROGRAMS, "no PostgreSQL server is installed")
class EndToEnd(WorkspaceTest):
    @classmethod
    def setUpClass(cls):
        cls.cluster = Cluster()
        cls.addClassCleanup(cls.cluster.remove)
        cls.cluster.start()
        cls.cluster.sql(
            "CREATE ROLE reader LOGIN",
            f"CREATE ROLE guarded LOGIN PASSWORD '{SECRET}'",
            "CREATE TABLE statsig_user_metrics (unit_id text, id_type text, date date, metric_name "
            "text, metric_value numeric, numerator float8, denominator float8, timeuuid uuid)",
            "CREATE TABLE statsig_user_metrics_signal (finished_date date)",
            "GRANT SELECT ON statsig_user_metrics, statsig_user_metrics_signal TO reader, guarded",
            "INSERT INTO statsig_user_metrics SELECT 'u' || i, 'user_id', "
            "date '2022-06-13' + d, 'revenue', (i * 7919 % 100003) / 64.0, NULL, NULL, "
            f"gen_random_uuid() FROM generate_series(0, {len(DAYS) - 1}) d, "
            f"generate_series(1, {ROWS}) i",
            "ANALYZE")

    def setUp(self):
        super().setUp()
        if not self.cluster.server:
            self.cluster.start()
        self.cluster.sql("DELETE FROM statsig_user_metrics_signal")

    def cli(self, *arguments, environment=None, **options):
        return super().cli(*arguments, environment=environment or UNASKED, **options)

    def signal(self, *numbers):
        for number in numbers:
            self.cluster.sql(f"INSERT INTO statsig_user_metrics_signal VALUES ('{day(number)}')")

    def add(self, *more, user="reader", **options):
        self.expect("source", "add", "shop", "--kind", "postgres", "--dataset", "metrics", "--uri",
                    self.cluster.uri(user), *more, **options)

    def add_slow(self):
        """A source whose day 14 is sent over a long time: its rows wait in the middle."""
        self.add("--query", "SELECT m.* FROM statsig_user_metrics m, LATERAL (SELECT CASE WHEN "
                 f"m.unit_id = 'u{ROWS // 2}' AND m.date = '{day(14)}' THEN pg_sleep(600) END "
                 "OFFSET 0) AS wait(a) WHERE wait.a IS NULL OR true")

    def test_numbers_are_those_of_the_source(self):
        self.signal(*DAYS)
        self.add()
        for one in self.json("import", "shop")["runs"]:
            self.assertEqual([one["state"], one["accepted"], one["rejected"], one["duplicates"]],
                             ["imported", ROWS, 0, 0])
        for series in self.json("metric", "show", "revenue")["series"]:
            rows, units, total = self.cluster.sql(
                "SELECT count(*), count(DISTINCT unit_id), sum(metric_value)::float8 FROM "
                f"statsig_user_metrics WHERE date = '{series['day']}'").split("|")
            self.assertEqual([series["rows"], series["units"]], [int(rows), int(units)])
            self.assertEqual(series["sum"], float(total))  # sixty-fourths: exact in a double
        self.assertEqual(self.states()[day(15)], "imported")
        self.assertTrue(self.json("check", "--full")["ok"])

    def interrupted_import(self):
        """Day 13 landed, and the server gone while day 14 was being read."""
        self.signal(13, 14)
        self.add_slow()
        importing = subprocess.Popen([PROGRAM, "--json", "import", "shop"],
                                     env=settings(self.workspace, UNASKED),
                                     stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            wait_until(lambda: self.cluster.sql(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'daymark' AND "
                "wait_event = 'PgSleep'") == "1", "the day to be read")
            self.cluster.stop(at_once=True)
            out, errors = importing.communicate(timeout=60)
        finally:
            importing.kill()
            importing.wait()
        self.assertEqual(importing.returncode, 1, errors.decode())
        return json.loads(out)

    def test_server_that_dies_in_the_middle(self):
        report = self.interrupted_import()
        self.assertEqual([one["state"] for one in report["runs"]], ["imported", "failed"])
        error = report["runs"][1]["error"]
        self.assertTrue(error["code"].startswith("source."), error)
        self.assertTrue(error["message"].endswith("."), error)
        self.assertTrue(error["hint"].endswith("."), error)
        self.assertEqual([self.states()[day(number)] for number in (13, 14)],
                         ["imported", "failed"])
        self.assertTrue(self.json("check", "--full")["ok"])
        self.assertEqual(list(self.workspace.glob("landing/**/day=2022-06-14/*.parquet")), [])

        # Nobody answers: a pass fails at the poll, and leaves everything as it is.
        self.expect("import", "shop", code=1)
        self.assertEqual(self.states()[day(14)], "failed")

        self.cluster.start()
        self.expect("source", "edit", "shop", "--query", "SELECT * FROM statsig_user_metrics")
        run = self.json("import", "shop")["runs"]
        self.assertEqual([(one["day"], one["state"], one["accepted"]) for one in run],
                         [(day(14), "imported", ROWS)])
        self.assertEqual(self.states()[day(14)], "imported")

    def test_failed_day_is_tried_again_with_growing_pauses(self):
        self.signal(13)
        self.add("--poll-minutes", "600")
        self.expect("poll", "shop")
        self.cluster.stop(at_once=True)
        pauses = []
        for _ in range(4):
            run = self.json("import", "shop", "--no-poll", code=1, now=LATER)["runs"]
            self.assertEqual([one["state"] for one in run], ["failed"])
            pauses.append(round((self.next_look() - NOON).total_seconds() / 60))
        self.assertEqual(pauses, [1, 2, 4, 8])

        self.cluster.start()
        self.expect("watch", "--once", now=LATER)
        self.assertEqual(self.states()[day(13)], "imported")

    def next_look(self):
        """When the scheduler means to look at the source again."""
        with contextlib.closing(sqlite3.connect(self.workspace / "daymark.sqlite")) as ledger:
            microseconds, = ledger.execute("SELECT poll_next FROM sources").fetchone()
        return datetime.datetime.fromtimestamp(microseconds / 1e6, datetime.timezone.utc)

    def test_signal_taken_back_between_poll_and_import(self):
        self.signal(13, 14)
        self.add()
        self.expect("poll", "shop")
        self.cluster.sql(f"DELETE FROM statsig_user_metrics_signal WHERE finished_date = "
                         f"'{day(14)}'")
        report = self.json("import", "shop", "--no-poll", code=1)
        self.assertEqual([one["state"] for one in report["runs"]], ["imported", "failed"])
        self.assertIn("signal", report["runs"][1]["error"]["message"])
        self.assertNotEqual(self.states()[day(14)], "imported")
        self.expect("import", "shop")
        self.assertNotIn(self.states()[day(14)], ("imported", "failed"))
        self.assertEqual(list(self.workspace.glob("landing/**/day=2022-06-14/*.parquet")), [])

    def test_password_in_the_uri_is_refused(self):
        word = "open-sesame"
        for uri in (f"postgresql://guarded:{word}@/postgres?host={self.cluster.folder}",
                    f"postgresql://guarded@/postgres?host={self.cluster.folder}&password={word}",
                    f"host={self.cluster.folder} user=guarded password={word}",
                    f"host={self.cluster.folder} dbname=postgresql://guarded:{word}@h/shop",
                    f"host={self.cluster.folder} dbname='shop password={word} sslmode=disable'",
                    f"postgresql://guarded%3A{word}@/postgres?host={self.cluster.folder}"):
            done = self.expect("source", "add", "shop", "--kind", "postgres", "--dataset",
                               "metrics", "--uri", uri, code=1)
            said = (done.stdout + done.stderr).decode()
            self.assertNotIn(word, said)
            self.assertIn("hint: ", said)
            self.assertIn("DAYMARK_SECRET_SHOP", said)
        self.expect("source", "add", "shop", "--kind", "postgres", "--uri", self.cluster.uri(),
                    "--set", f"password={word}", code=1)
        self.assertEqual(self.json("source", "list")["sources"], [])
        self.assert_nowhere(word)

    def test_settings_that_there_are_not(self):
        done = self.expect("source", "add", "shop", "--kind", "postgres", "--uri",
                           self.cluster.uri(), "--set", "statment_timeout=5", code=2)
        self.assertIn("Did you mean statement_timeout?", done.stderr.decode())
        self.assertEqual(self.json("source", "list")["sources"], [])
        self.expect("source", "ddl", "--kind", "postgres", "--role", "a\nDROP TABLE b", code=2)

    def test_wrong_password_is_tried_twice_at_most(self):
        wrong = {"DAYMARK_SECRET_SHOP": "a wrong one entirely"}
        self.add(user="guarded", environment=wrong)

        def refusals():
            return (self.cluster.folder / "log").read_text().count("password authentication failed")
        before = refusals()
        self.expect("source", "test", "shop", code=1, environment=wrong)
        self.assertLessEqual(refusals() - before, 2)

    def test_secret_from_the_environment(self):
        self.signal(13)
        self.add(user="guarded", environment={"DAYMARK_SECRET_SHOP": SECRET})
        for wrong, hint in (({"DAYMARK_SECRET_SHOP": ""}, "DAYMARK_SECRET_SHOP"),
                            ({"DAYMARK_SECRET_SHOP": "a wrong one entirely"}, "environment")):
            done = self.expect("import", "shop", code=1, environment=wrong)
            self.assertNotIn("a wrong one entirely", (done.stdout + done.stderr).decode())
            self.assertIn(hint, done.stdout.decode())
        done = self.expect("--json", "import", "shop", environment={"DAYMARK_SECRET_SHOP": SECRET})
        self.assertEqual(json.loads(done.stdout)["runs"][0]["state"], "imported")
        self.assertNotIn(SECRET, (done.stdout + done.stderr).decode())
        self.assert_nowhere(SECRET)
        self.assert_nowhere("a wrong one entirely")

    def assert_nowhere(self, word):
        for path in self.folder.rglob("*"):
            if path.is_file():
                self.assertNotIn(word.encode(), path.read_bytes(), path)


if __name__ == "__main__":
    unittest.main()
