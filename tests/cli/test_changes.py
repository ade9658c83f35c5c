#!/usr/bin/env python3
# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Past calendars, proofs of runs, columns that were agreed on, and days imported again by
themselves, as the command line tells them."""
import hashlib
import json
import unittest

from support import WorkspaceTest, day, metric_row, run

CANARY = "canary-secret-7"


class AsOf(WorkspaceTest):
    def test_the_calendar_of_a_past_moment(self):
        self.add_shop(signals=(13, 15))
        self.expect("import", now="2022-06-17T11:00:00Z")
        self.expect("skip", "shop", day(14), "--reason", "closed", now="2022-06-17T12:00:00Z")
        self.expect("import", now="2022-06-17T13:00:00Z")
        now = "2022-06-19T10:00:00Z"
        seen = {}
        for moment in ("10:30", "11:30", "12:30", "13:30"):
            past = self.json("calendar", "shop", "--as-of", f"2022-06-17T{moment}:00Z", now=now)
            self.assertEqual((past["as_of"], past["unknown"], past["today"]),
                             (f"2022-06-17T{moment}:00Z", [], day(17)))
            seen[moment] = " ".join(one["state"] for one in past["days"][:3])
        self.assertEqual(seen, {"10:30": "ready gap blocked", "11:30": "imported gap blocked",
                                "12:30": "imported skipped ready",
                                "13:30": "imported skipped imported"})
        words = self.expect("calendar", "shop", "--as-of", "2022-06-17T12:30:00Z",
                            now=now).stdout.decode()
        self.assertIn("As it was known on", words)
        self.assertIn("skipped", words)

    def test_moments_that_nothing_was_known_of(self):
        self.add_shop()
        for moment in ("2022-06-17T09:59:59Z", "2022-06-18T00:00:00Z"):
            error = self.error("calendar", "shop", "--as-of", moment, code=2)
            self.assertEqual(error["code"], "usage.invalid")


class Proofs(WorkspaceTest):
    def setUp(self):
        super().setUp()
        self.add_shop()
        self.environment = {"DAYMARK_SECRET_SHOP": CANARY}
        self.expect("import", environment=self.environment)
        self.file = self.folder / "run.daymark-run"
        self.expect("run", "export", "1", "--to-file", self.file, environment=self.environment)

    def test_it_says_what_the_run_was(self):
        proof = self.json("run", "proof", self.file)
        shown = self.json("run", "show", "1")
        for key in ("source", "day", "state", "rows_read", "accepted", "rejected", "duplicates",
                    "started_at", "finished_at"):
            self.assertEqual(proof[key], shown[key], key)
        self.assertEqual([one["path"] for one in proof["files"]], shown["files"])
        landed = self.workspace / proof["files"][0]["path"]
        self.assertEqual(hashlib.sha256(landed.read_bytes()).hexdigest(),
                         proof["files"][0]["sha256"])
        self.assertEqual(proof["settings"]["kind"], "sqlite")
        self.assertEqual(proof["plan"]["next_day"], proof["day"])
        words = self.expect("run", "proof", self.file).stdout.decode()
        self.assertIn("The file is whole", words)

    def test_it_needs_no_workspace_and_other_tools_can_check_it(self):
        done = run("--json", "run", "proof", self.file, workspace=self.folder / "nowhere")
        self.assertEqual(done.returncode, 0, done)
        head, body = self.file.read_bytes().split(b"\n", 1)
        self.assertEqual(json.loads(head)["sha256"], hashlib.sha256(body).hexdigest())
        self.assertEqual(json.loads(body)["run"], 1)
        self.assertNotIn(CANARY.encode(), self.file.read_bytes())

    def test_a_changed_file_is_refused(self):
        self.file.write_bytes(self.file.read_bytes().replace(b"imported", b"exported"))
        error = self.error("run", "proof", self.file)
        self.assertEqual(error["code"], "storage.damaged")
        self.assertIn("run.daymark-run", error["message"])
        self.file.write_bytes(b'{"daymark_run": 99}\n')
        self.assertEqual(self.error("run", "proof", self.file)["code"], "workspace.newer")
        self.file.write_bytes(b"[" * 1000)
        self.assertEqual(self.error("run", "proof", self.file, code=2)["code"], "usage.invalid")


class Columns(WorkspaceTest):
    def test_a_column_that_is_gone_blocks_until_it_is_accepted(self):
        database = self.add_shop()
        self.expect("import")
        self.change(database, lambda source: source.execute(
            "ALTER TABLE statsig_user_metrics DROP COLUMN timeuuid"))
        self.change(database, lambda source: source.execute(
            "INSERT INTO statsig_user_metrics_signal VALUES (?)", (day(16),)))
        self.change(database, lambda source: source.execute(
            "INSERT INTO statsig_user_metrics VALUES ('u', 'user_id', ?, 'revenue', 1, NULL, "
            "NULL)", (day(16),)))
        poll = self.json("poll", "shop")["polls"][0]
        self.assertIn(("schema.contract_gone", "error", "timeuuid"),
                      [(one["code"], one["severity"], one["column"])
                       for one in poll["findings"]])
        self.assertIn("timeuuid", self.json("source", "show", "shop")["schema_break"])
        self.assertEqual(self.json("import", code=1)["runs"], [])
        explained = self.json("explain", "shop", day(16))
        self.assertIn("timeuuid", explained["sentence"])
        self.assertIn("daymark-cli source accept shop",
                      [one["command"] for one in explained["actions"]])
        columns = self.json("source", "accept", "shop")["columns"]
        self.assertNotIn("timeuuid", [one["name"] for one in columns])
        self.assertEqual(self.json("import")["runs"][0]["state"], "imported")

    def test_columns_that_an_import_needs_are_not_given_up(self):
        database = self.add_shop()
        self.expect("import")
        self.change(database, lambda source: source.execute(
            "ALTER TABLE statsig_user_metrics RENAME COLUMN unit_id TO customer"))
        error = self.error("source", "accept", "shop")
        self.assertEqual(error["code"], "schema.mismatch")
        self.assertIn("unit_id", error["message"])
        self.assertIn("--map", error["hint"])

    def test_a_day_that_the_columns_hold_is_blocked(self):
        database = self.add_shop()
        self.expect("import")
        self.change(database, lambda source: source.execute(
            "ALTER TABLE statsig_user_metrics DROP COLUMN timeuuid"))
        self.change(database, lambda source: source.execute(
            "INSERT INTO statsig_user_metrics_signal VALUES (?)", (day(16),)))
        self.expect("poll", "shop")
        last = [one for one in self.json("calendar", "shop")["days"] if one["day"] == day(16)][0]
        self.assertEqual((last["state"], last["blocked_by"], last["reason"]),
                         ("blocked", None, "columns"))

    def write_files(self, of_day, *further):
        folder = self.folder / "files" / "metrics" / day(of_day)
        folder.mkdir(parents=True)
        row = metric_row("u", day(of_day)) | dict.fromkeys(further, "x")
        with open(folder / "a.csv", "w", encoding="utf-8") as lines:
            print(",".join(row), file=lines)
            print(",".join("" if cell is None else str(cell) for cell in row.values()), file=lines)
        (self.folder / "files" / "signals").mkdir(exist_ok=True)
        (self.folder / "files" / "signals" / day(of_day)).touch()

    def test_files_are_held_against_what_was_accepted(self):
        self.write_files(13, "color", "size")
        self.expect("source", "add", "shop", "--kind", "files", "--dataset", "metrics", "--uri",
                    self.folder / "files")
        self.expect("import")
        self.write_files(14, "color", "shape")
        self.expect("poll", "shop")
        warnings = lambda: {(one["code"], one["column"]) for one in self.json("preview", "shop")[
            "schema"] if one["severity"] == "warning"}
        self.assertIn(("schema.contract_gone", "size"), warnings())
        self.expect("source", "accept", "shop")
        self.assertEqual(warnings(), set())

    def test_another_time_zone_leaves_what_has_landed(self):
        self.add_shop()
        edited = self.json("source", "edit", "shop", "--time-zone", "Asia/Tokyo")
        self.assertEqual(edited["findings"], [])
        self.expect("import")
        edited = self.json("source", "edit", "shop", "--time-zone", "Europe/London")
        self.assertEqual([one["code"] for one in edited["findings"]], ["source.time_zone"])
        self.assertIn("Asia/Tokyo", edited["findings"][0]["message"])
        self.assertEqual(self.json("source", "edit", "shop", "--tolerance", "2")["findings"], [])

    def test_a_poll_tells_of_rows_that_cannot_be_read(self):
        database = self.add_shop()
        self.expect("import")
        self.assertIn("answered", self.expect("poll", "shop").stdout.decode())
        self.change(database, lambda source: source.execute("DROP TABLE statsig_user_metrics"))
        words = self.expect("poll", "shop").stdout.decode()
        self.assertIn("! signals only", words)
        self.assertNotIn("answered", words)

    def test_the_settings(self):
        self.add_shop()
        shown = self.json("source", "show", "shop")
        self.assertEqual((shown["schema_changes"], shown["reimport_automatically_above"]),
                         ({"gone": "block", "new": "warn", "type": "warn"}, None))
        self.expect("source", "edit", "shop", "--schema-changes", "gone=warn",
                    "--schema-changes", "type=accept", "--reimport-automatically-above", "2.5")
        shown = self.json("source", "show", "shop")
        self.assertEqual((shown["schema_changes"], shown["reimport_automatically_above"]),
                         ({"gone": "warn", "new": "warn", "type": "accept"}, 2.5))
        self.expect("source", "edit", "shop", "--reimport-automatically-above", "off")
        self.assertIsNone(self.json("source", "show", "shop")["reimport_automatically_above"])


class FirstDay(WorkspaceTest):
    def test_nothing_is_moved_unasked(self):
        self.add_shop()
        self.expect("import")
        for command, to in (("backfill", day(1)), ("start-over", day(25))):
            error = self.error("source", command, "shop", "--from", to, code=2)
            self.assertEqual(error["code"], "usage.invalid")
            self.assertIn("--yes", error["hint"])
            self.assertFalse(self.json("source", command, "shop", "--from", to,
                                       "--dry-run")["done"])
        self.assertTrue(self.json("source", "backfill", "shop", "--from", day(1), "--yes")["done"])


class Repair(WorkspaceTest):
    def test_the_base_is_chosen_and_a_busy_workspace_is_named(self):
        self.add_shop()
        self.expect("import")
        (self.workspace / "daymark.sqlite").write_bytes(b"no ledger")
        look = self.json("repair", "--dry-run", "--from", "files")
        self.assertEqual((look["base"], look["needed"]), ("nothing but the landed files", True))
        self.assertTrue(look["copy"].startswith("backups/daymark-"))
        self.assertEqual(self.json("repair", "--from", "copy")["base"],
                         "the copy " + look["copy"])
        self.assertFalse(self.json("repair")["needed"])


class ByItself(WorkspaceTest):
    def test_watch_imports_a_day_again_that_changed_by_too_much(self):
        database = self.add_shop(extra=("--reimport-automatically-above", "10"))
        self.expect("import")
        self.change(database, lambda source: source.execute(
            "DELETE FROM statsig_user_metrics WHERE date = ? AND rowid % 2 = 0", (day(13),)))
        report = self.json("watch", "--once", now="2022-06-18T12:00:00Z")
        self.assertEqual([one["day"] for one in report["runs"]], [day(13)])
        self.assertIn("by itself: changed by", report["runs"][0]["reason"])


if __name__ == "__main__":
    unittest.main()
