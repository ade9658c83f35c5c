#!/usr/bin/env python3
# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Seeds violations into small trees and holds the checkers to finding each, and nothing else."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import architecture
import tracked_text

HEADER = ("// SPDX-FileCopyrightText: Daymark developers\n"
          "// SPDX-License-Identifier: GPL-3.0-or-later\n")


class Tree(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def write(self, path, text):
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


class Architecture(Tree):
    # file, the include in it, and whether the house allows it
    CASES = [
        ("core/base/text.cpp", '"core/base/text.h"', True),
        ("core/base/text.cpp", "<string>", True),
        ("core/base/text.cpp", "<QString>", False),
        ("core/base/text.cpp", "<QtCore/QString>", False),
        ("core/engine/engine.cpp", "<QtGlobal>", False),
        ("core/base/text.cpp", '"core/schema/rule.h"', False),
        ("core/schema/mapping.cpp", '"core/base/text.h"', True),
        ("core/schema/mapping.cpp", '"core/calendar/plan.h"', False),
        ("core/calendar/plan.cpp", '"core/duckdb/database.h"', False),
        ("core/calendar/plan.cpp", '"../engine/engine.h"', False),
        ("core/calendar/plan.cpp", "<core/engine/engine.h>", False),
        ("core/duckdb/database.cpp", "<duckdb.h>", True),
        ("core/source/files.cpp", '"core/duckdb/database.h"', True),
        ("core/source/files.cpp", "<duckdb.h>", False),
        ("core/source/sqlite.cpp", "<SQLiteCpp/SQLiteCpp.h>", True),
        ("core/landing/folder.cpp", "<sqlite3.h>", False),
        ("core/ingest/stream.cpp", '"core/schema/batch.h"', True),
        ("core/ingest/stream.cpp", '"core/landing/landing.h"', False),
        ("core/ledger/ledger.cpp", '"core/catalog/catalog.h"', False),
        ("core/ledger/ledger.cpp", '"core/engine/engine.h"', False),
        ("core/engine/engine.cpp", '"core/ledger/ledger.h"', True),
        ("core/engine/engine.cpp", '"ui/shell/main_window.h"', False),
        ("ui/runs/run_model.cpp", "<QAbstractTableModel>", True),
        ("ui/runs/run_model.cpp", '"core/engine/engine.h"', True),
        ("ui/runs/run_model.cpp", '"core/calendar/plan.h"', True),
        ("ui/runs/run_model.cpp", '"ui/bridge/engine_bridge.h"', True),
        ("ui/runs/run_model.cpp", '"core/ledger/ledger.h"', False),
        ("ui/runs/run_model.cpp", '"core/source/source.h"', False),
        ("ui/runs/run_model.cpp", "<sqlite3.h>", False),
        ("ui/runs/run_model.cpp", '"app/options.h"', False),
        ("app/main.cpp", '"ui/shell/main_window.h"', True),
        ("app/main.cpp", '"core/engine/engine.h"', True),
        ("app/main.cpp", '"core/landing/landing.h"', False),
    ]

    def test_each_include(self):
        for path, include, allowed in self.CASES:
            with self.subTest(file=path, include=include):
                self.setUp()
                self.write("core/engine/engine.h", "")
                self.write(path, f"\n#include {include}\n")
                found = architecture.violations(self.root)
                self.assertEqual(len(found), 0 if allowed else 1, found)
                if not allowed:
                    self.assertTrue(found[0].startswith(f"{path}:2: "), found)

    def test_an_unknown_room(self):
        self.write("core/attic/box.h", "")
        self.assertEqual(len(architecture.violations(self.root)), 1)

    def test_qt_linked_by_the_core(self):
        self.write("core/base/CMakeLists.txt", "target_link_libraries(daymark_base Qt6::Core)")
        self.assertEqual(len(architecture.violations(self.root)), 1)


class TrackedText(Tree):
    def violations(self, data=None):
        subprocess.run(["git", "init", "-q", self.root], check=True)
        subprocess.run(["git", "-C", self.root, "add", "-A"], check=True)
        return tracked_text.violations(self.root, data)

    def test_a_tree_in_order(self):
        self.write("core/base/day.cpp", HEADER + "int day();\n")
        self.write("README.md", "Daymark brings days in.\n")
        self.assertEqual(self.violations(), [])

    def test_a_missing_header(self):
        for path in ("core/base/day.cpp", "core/base/day.h", "dev", "cmake/FindX.cmake",
                     "CMakeLists.txt", "core/CMakeLists.txt", "tests/house/x.py", ".ci/run"):
            self.write(path, "nothing\n")
        self.assertEqual(len(self.violations()), 2 * 8)

    def test_words_of_work_left_open(self):
        self.write("notes.md", "fine\nTO" "DO: later\nFIX" "ME\nmethodology, XXL\n")
        self.assertEqual([line.split(" ")[0] for line in self.violations()],
                         ["notes.md:2:", "notes.md:3:"])

    def test_hosts_of_registries(self):
        self.write("dev.md", "see registry.npm" "js.org\nand https://deb.deb" "ian.org/debian\n")
        self.assertEqual(len(self.violations()), 2)

    def test_a_tracked_data_file(self):
        with tempfile.TemporaryDirectory() as data:
            pathlib.Path(data, "metrics.csv").write_text("a,b\n1,2\n")
            self.write("tests/data/copy.csv", "a,b\n1,2\n")
            self.assertEqual(self.violations(data),
                             ["tests/data/copy.csv: the data file metrics.csv must not be tracked"])

    def test_untracked_files_are_not_looked_at(self):
        self.write(".gitignore", "/build/\n")
        self.write("build/x.cpp", "FIX" "ME\n")
        self.assertEqual(self.violations(), [])


if __name__ == "__main__":
    unittest.main()
