#!/usr/bin/env python3
# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A database with rows that break every rule of the import formats: each is counted with its code,
the counts balance, and every rejected row is in the rejects file."""
import collections
import csv
import unittest

from support import WorkspaceTest, day, day_rows, metric_row, uuid_for, write_database

BEFORE, DAY = day(13), day(14)
GOOD = 50

NONE = {"metric_value": None}

# By code: the rows that break it, and nothing else in them does.
REJECTED = {
    "unit_id.missing": [metric_row("", DAY), metric_row(None, DAY)],
    "unit_id.too_long": [metric_row("u" * 1025, DAY)],
    "id_type.missing": [metric_row("i1", DAY, id_type=None), metric_row("i2", DAY, id_type="")],
    "id_type.unknown": [metric_row("i3", DAY, id_type="userID")],
    "metric_name.missing": [metric_row("n1", DAY, ""), metric_row("n2", DAY, None)],
    "metric_name.too_long": [metric_row("n3", DAY, "m" * 128)],
    "value.missing": [metric_row("v1", DAY, **NONE)],
    "value.not_a_number": [metric_row("v2", DAY, value="N/A"),
                           metric_row("v3", DAY, value="1_000")],
    "value.not_finite": [metric_row("v4", DAY, value=float("inf")),
                         metric_row("v5", DAY, numerator=1.0, denominator=float("-inf"), **NONE)],
    "ratio.incomplete": [metric_row("r1", DAY, numerator=1.0, **NONE),
                         metric_row("r2", DAY, denominator=2.0, **NONE)],
    "text.nul": [metric_row("a\0b", DAY)],
    "unit_day.duplicate": [metric_row(f"unit-{DAY}-0", DAY, timeuuid=uuid_for("again"))],
    "date.missing": [metric_row("d1", None)],
    "date.invalid": [metric_row("d2", "2022-13-45"), metric_row("d3", "soon")],
}
NOT_UTF8 = "text.not_utf8"  # written as bytes, see below

FIRST_ID = day_rows(DAY, 1)[0]["timeuuid"]
DROPPED = {"duplicate.timeuuid": [metric_row("again", DAY, timeuuid=FIRST_ID)]}

RATIO = {"numerator": 1.0, "denominator": 2.0, "metric_value": None}
WARNED = {
    "ratio.partial_ignored": [metric_row("w1", DAY, numerator=3.0)],
    "ratio.value_ignored": [metric_row("w2", DAY, "all_three", numerator=3.0, denominator=4.0)],
    "ratio.zero_denominator": [metric_row("w3", DAY, "zero", **RATIO | {"denominator": 0.0})],
    "metric.mixed_kind": [metric_row("w4", DAY, "mixed", **RATIO), metric_row("w5", DAY, "mixed")],
    "metric.kind_changed": [metric_row("w6", DAY, "was_value", **RATIO)],
    "metric.near_duplicate": [metric_row("w7", DAY, "REVENUE")],
    "timeuuid.missing": [metric_row("w8", DAY, timeuuid=None)],
    "timeuuid.not_uuid": [metric_row("w9", DAY, timeuuid="order 66")],
}
# How often a warning counts where that is not once a row.
WARNED_COUNT = {"metric.mixed_kind": 1}


def flat(by_code):
    return [row for rows in by_code.values() for row in rows]


class Codes(WorkspaceTest):
    def import_all(self, *settings):
        path = self.folder / "codes.sqlite"
        edges = [metric_row("u" * 1024, DAY), metric_row("edge", DAY, "m" * 127)]
        write_database(path, day_rows(BEFORE, GOOD) + [metric_row("w0", BEFORE, "was_value")] +
                       day_rows(DAY, GOOD) + edges + flat(WARNED) + flat(DROPPED) + flat(REJECTED),
                       [BEFORE, DAY])
        self.change(path, lambda db: db.execute(
            "INSERT INTO statsig_user_metrics VALUES "
            "(CAST(? AS TEXT), 'user_id', ?, ?, 'revenue', 1, NULL, NULL)",
            (b"caf\xe9", DAY, uuid_for("latin1"))))
        self.accepted = 2 * GOOD + 1 + len(edges) + len(flat(WARNED))
        self.rejected = len(flat(REJECTED)) + 1
        self.expect("source", "add", "codes", "--kind", "sqlite", "--dataset", "metrics", "--uri",
                    path,
                    "--tolerance", "100", *settings)
        self.runs = [self.json("run", "show", run["id"]) for run in self.json("import")["runs"]]
        self.assertEqual([run["state"] for run in self.runs], ["imported", "imported"])

    def counts(self, key="count"):
        """By code: the sum over all runs of the counts, or the severities."""
        counts = collections.Counter()
        for run in self.runs:
            for rule in run["rules"]:
                if key == "count":
                    counts[rule["code"]] += rule["count"]
                else:
                    counts[rule["code"]] = rule[key]
        return counts

    def rejects(self):
        """All rejected rows as the files keep them."""
        rows = []
        for run in self.runs:
            if run["rejects_file"]:
                with open(self.workspace / run["rejects_file"], newline="",
                          encoding="utf-8") as lines:
                    found = list(csv.DictReader(lines))
                self.assertEqual(len(found), run["rejected"])
                rows += found
        return rows

    def test_every_code_is_counted_and_nothing_is_lost(self):
        self.import_all()
        expected = {code: len(rows) for code, rows in (REJECTED | DROPPED | WARNED).items()}
        expected |= WARNED_COUNT | {NOT_UTF8: 1}
        self.assertEqual(self.counts(), expected)
        severities = dict.fromkeys([*REJECTED, NOT_UTF8], "error")
        severities |= dict.fromkeys(DROPPED, "dropped") | dict.fromkeys(WARNED, "warning")
        self.assertEqual(self.counts("severity"), severities)

        for run in self.runs:
            self.assertEqual(run["rows_read"],
                             run["accepted"] + run["rejected"] + run["duplicates"])
        self.assertEqual(sum(run["accepted"] for run in self.runs), self.accepted)
        self.assertEqual(sum(run["rejected"] for run in self.runs), self.rejected)
        self.assertEqual(sum(run["duplicates"] for run in self.runs), 1)
        self.assertEqual(self.json("export", "codes", "--to-file", self.folder / "all.csv")["rows"],
                         self.accepted)

    def test_every_rejected_row_is_kept_with_its_codes_and_values(self):
        self.import_all()
        rejects = self.rejects()
        kept = collections.Counter(code for row in rejects for code in row["codes"].split())
        self.assertEqual(kept, {code: len(rows) for code, rows in REJECTED.items()} | {NOT_UTF8: 1})
        units = {row["unit_id"] for row in rejects}
        for row in flat(REJECTED):
            unit = row["unit_id"] or ""
            self.assertIn("\\x" + unit.encode().hex() if "\0" in unit else unit, units)
        self.assertIn("\\x" + b"caf\xe9".hex(), units)

    def test_messages_and_examples_lead_to_the_rows(self):
        self.import_all()
        rules = {rule["code"]: rule for run in self.runs for rule in run["rules"]}
        self.assertIn("user_id", rules["id_type.unknown"]["message"])
        for code in REJECTED:
            with self.subTest(code=code):
                self.assertEqual(len(rules[code]["examples"]), len(REJECTED[code]))
        self.assertEqual([one["value"] for one in rules["value.not_a_number"]["examples"]],
                         ["N/A", "1_000"])

    def test_the_preview_finds_the_same(self):
        self.import_all()
        preview = self.json("preview", "codes", "--day", DAY, "--all")
        run = self.runs[1]
        figures = ("rows_read", "accepted", "rejected", "duplicates")
        self.assertEqual([preview[key] for key in figures], [run[key] for key in figures])
        found = {rule["code"]: rule["count"] for rule in preview["rules"]}
        for code in (*REJECTED, *DROPPED):
            if not code.startswith("date."):
                self.assertEqual(found.get(code), len((REJECTED | DROPPED)[code]), code)

    def test_further_rows_of_a_unit_follow_the_setting(self):
        for setting, severity, accepted, duplicates in (("first", "dropped", 0, 2),
                                                        ("sum", "warning", 1, 1)):
            with self.subTest(setting=setting):
                self.setUp()
                self.import_all("--unit-day", setting)
                self.assertEqual(self.counts("severity")["unit_day.duplicate"], severity)
                self.assertEqual(sum(run["accepted"] for run in self.runs),
                                 self.accepted + accepted)
                self.assertEqual(sum(run["duplicates"] for run in self.runs), duplicates)


class Files(WorkspaceTest):
    def test_broken_lines_and_strange_days_of_a_folder(self):
        folder = self.folder / "shop"
        (folder / "metrics" / DAY).mkdir(parents=True)
        (folder / "signals").mkdir()
        (folder / "signals" / DAY).touch()
        header = "unit_id,id_type,date,timeuuid,metric_name,metric_value,numerator,denominator\n"
        good = "".join(f"u{i},user_id,{DAY},{uuid_for(i)},revenue,{i},,\n" for i in range(20))
        (folder / "metrics" / DAY / "part.csv").write_text(
            header + good + f"u1,user_id,{BEFORE},{uuid_for('x')},revenue,1,,\nonly,three,cells\n",
            encoding="utf-8")
        self.expect("source", "add", "folder", "--kind", "files", "--dataset", "metrics", "--uri",
                    folder,
                    "--tolerance", "50")
        report = self.json("import")
        run = self.json("run", "show", report["runs"][0]["id"])
        self.assertEqual((run["state"], run["rows_read"], run["accepted"], run["rejected"]),
                         ("imported", 22, 20, 2))
        rules = {rule["code"]: rule for rule in run["rules"]}
        self.assertEqual({code: rule["count"] for code, rule in rules.items()},
                         {"date.mismatch": 1, "row.malformed": 1})
        self.assertEqual([one["row"] for one in rules["row.malformed"]["examples"]], [23])
        with open(self.workspace / run["rejects_file"], newline="", encoding="utf-8") as lines:
            rows = {row["codes"]: row for row in csv.DictReader(lines)}
        self.assertEqual(rows["row.malformed"]["raw"], "only,three,cells")
        self.assertEqual(rows["date.mismatch"]["date"], BEFORE)


if __name__ == "__main__":
    unittest.main()
