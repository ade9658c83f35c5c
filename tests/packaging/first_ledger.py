#!/usr/bin/env python3
# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a ledger as the first version of the program left it: a source and a landed day of it.

Usage: first_ledger.py FOLDER, which is to become an older workspace.
"""
import pathlib
import re
import sqlite3
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = ROOT / "core/ledger"
DAY = 19156  # 2022-06-13


def first_schema():
    text = (SOURCES / "migrations.cpp").read_text(encoding="utf-8")
    return re.search(r'kFirstSchema = R"sql\((.*?)\)sql"', text, re.DOTALL).group(1)


def application_id():
    text = (SOURCES / "migrations.h").read_text(encoding="utf-8")
    return int(re.search(r"kApplicationId = (\w+);", text).group(1), 0)


def main():
    database = sqlite3.connect(pathlib.Path(sys.argv[1]) / "daymark.sqlite")
    database.executescript(f"PRAGMA journal_mode = WAL; {first_schema()}"
                           f"PRAGMA application_id = {application_id()}; PRAGMA user_version = 1;")
    database.execute("INSERT INTO sources VALUES (1, 'shop', 'sqlite', 'metrics', '/data', '', '', '',"
                     " 'reject', 'UTC', 'strict', 28, ?, 60, 1.0, 14, '', '', 1, 1, 0, 0, 0, NULL,"
                     " NULL, NULL, 0, NULL, NULL, NULL, NULL)", [DAY])
    database.execute("INSERT INTO runs (id, source, day, state, first_day, actor, accepted, started_at,"
                     " heartbeat, pid, host, process_start)"
                     " VALUES (7, 1, ?, 'imported', ?, 'ann', 10, 0, 0, 1, '', '')", [DAY, DAY])
    database.execute("INSERT INTO run_files VALUES (7, 0, 'landing/x.parquet', 1, 'aa', 10)")
    database.execute("INSERT INTO days (source, day, standing, current_run, actor, at)"
                     " VALUES (1, ?, 'imported', 7, 'ann', 5)", [DAY])
    database.commit()
    database.close()


if __name__ == "__main__":
    main()
