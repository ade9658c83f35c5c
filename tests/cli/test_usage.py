#!/usr/bin/env python3
# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What needs no workspace: help, versions, wrong usage, the manual and the completion."""
import json
import re
import subprocess
import unittest

import support
from support import ROOT, run

MANUAL = ROOT / "packaging/man/daymark-cli.1"
COMPLETION = ROOT / "packaging/completion/daymark-cli.bash"
COMMON = {"--workspace", "--now", "--json", "--quiet", "--help"}

CONTRACT = """init; upgrade; demo; source add; source list; source show; source edit; source enable; source disable; source remove;
    source test; source accept; source backfill; source start-over; source secret; source ddl; id-type list; id-type add; preview; poll; calendar; explain; import; signal; skip;
    reopen; reimport; rollback; versions; recheck; notice show;
    notice webhook; notice command; notice mute; notice test; runs; run show; run export; run proof; catalog; metric show; rows; export; check; repair; support-bundle; watch"""


def help_of(*words):
    done = run(*words, "--help")
    assert done.returncode == 0, done
    return done.stdout.decode("utf-8")


def commands():
    """The commands that the program's own help names."""
    return [match.group(1) for match in
            re.finditer(r"^  ([a-z-]+(?: [a-z-]+)?)  +\S", help_of(), re.MULTILINE)
            if not match.group(1).startswith("-")]


def options_of(command):
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", help_of(*command.split())))


class Help(unittest.TestCase):
    def test_every_command_of_the_contract_is_there_and_no_other(self):
        self.assertEqual(sorted(commands()), sorted(" ".join(one.split())
                                                    for one in CONTRACT.split(";")))

    def test_every_command_has_help_with_an_example_that_it_understands(self):
        for command in commands():
            with self.subTest(command=command):
                text = help_of(*command.split())
                self.assertIn("Usage: daymark-cli " + command, text)
                example = text.split("Example:\n")[1].strip()
                self.assertRegex(example, rf"^daymark-cli .*\b{command}\b")
                words = subprocess.run(["bash", "-c", f"printf '%s\\0' {example}"],
                                       capture_output=True, check=True).stdout.decode().split("\0")
                done = run("--workspace", "/nonexistent/daymark", *words[1:-1], "--help")
                self.assertEqual(done.returncode, 0, done.stderr)

    def test_groups_of_commands_have_help_too(self):
        for word in ("source", "id-type", "run", "metric"):
            self.assertIn("COMMAND", help_of(word))

    def test_versions_of_program_and_libraries(self):
        words = run("--version").stdout.decode()
        self.assertRegex(words, r"^daymark-cli \d+\.\d+\.\d+\n")
        document = json.loads(run("--version", "--json").stdout)
        self.assertRegex(document["libraries"]["DuckDB"], r"\d+\.\d+")
        self.assertRegex(document["libraries"]["SQLite"], r"^3\.")
        for library in ("libpq", "OpenSSL", "zlib", "zstd", "fmt", "Qt", "QtKeychain", "CLI11",
                        "nlohmann/json", "date", "xxHash", "SQLiteCpp", "tl::expected"):
            with self.subTest(library=library):
                self.assertRegex(document["libraries"][library], r"^\d+\.\d+")
                self.assertIn(f"  {library} {document['libraries'][library]}\n", words)


class WrongUsage(unittest.TestCase):
    CASES = [
        [], ["nothing"], ["source"], ["source", "nothing"], ["calendar"], ["calendar", "a", "b"],
        ["calendar", "a", "--from", "2022-6-1"], ["calendar", "a", "--from", "2022-02-30"],
        ["calendar", "a", "--nothing"], ["explain", "a", "yesterday"], ["explain", "a"],
        ["preview", "a", "--rows", "0"], ["preview", "a", "--rows", "5", "--all"],
        ["preview", "a", "--rows", "1e3"], ["skip", "a", "2022-06-14"], ["rows", "a"],
        ["rows", "a", "--day", "2022-06-13", "--limit", "0"], ["export", "a"], ["run", "show", "x"],
        ["run", "show", "0"], ["runs", "--limit", "-1"], ["--now", "2022-06-17", "runs"],
        ["runs", "--now", "2022-06-17T10:00:00"], ["runs", "--workspace"], ["source", "add", "a"],
        ["source", "add", "a", "--kind", "oracle", "--dataset", "metrics", "--uri", "x"],
        ["source", "add", "a", "--kind", "sqlite", "--dataset", "events", "--uri", "x"],
        ["source", "edit", "a", "--table", "t", "--query", "SELECT 1"],
        ["source", "edit", "a", "--tolerance", "101"], ["source", "edit", "a", "--tolerance",
                                                        "nan"],
        ["source", "edit", "a", "--horizon-days", "-1"],
        ["source", "edit", "a", "--poll-minutes", "0"],
        ["source", "edit", "a", "--order", "loose"], ["source", "edit", "a", "--unit-day", "last"],
        ["source", "edit", "a", "--first-day", "today"], ["source", "edit", "a", "--map",
                                                          "revenue"],
        ["source", "edit", "a", "--time-zone", "Europa/London"],
        ["calendar", "a", "--as-of", "yesterday"], ["calendar", "a", "--as-of", "2022-06-17"],
        ["run", "export", "1"], ["run", "export", "x", "--to-file", "f"], ["run", "proof"],
        ["source", "backfill", "a"], ["source", "start-over", "a", "--from", "soon"],
        ["support-bundle"], ["repair", "x"], ["source", "accept"], ["source", "edit", "a", "--schema-changes", "gone"],
        ["source", "edit", "a", "--schema-changes", "gone=perhaps"],
        ["source", "edit", "a", "--schema-changes", "colour=block"],
        ["source", "edit", "a", "--reimport-automatically-above", "101"],
        ["source", "edit", "a", "--reimport-automatically-above", "on"],
    ]

    def test_wrong_usage_ends_with_2_and_says_what_is_wrong(self):
        for case in self.CASES:
            with self.subTest(case=case):
                done = run(*case, workspace="/nonexistent/daymark")
                self.assertEqual(done.returncode, 2, done)
                self.assertEqual(done.stdout, b"")
                self.assertRegex(done.stderr.decode(), r"^error: .+[.?]\nhint: .+\n$")

    def test_wrong_usage_with_json_is_one_document(self):
        for case in self.CASES:
            with self.subTest(case=case):
                done = run("--json", *case, workspace="/nonexistent/daymark")
                self.assertEqual(done.returncode, 2, done)
                error = json.loads(done.stdout)["error"]
                self.assertEqual(error["code"], "usage.invalid")
                self.assertEqual(done.stderr, b"")

    def test_a_wrong_clock_in_the_environment_is_named(self):
        done = run("runs", workspace="/nonexistent/daymark", now="noon")
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"DAYMARK_NOW", done.stderr)

    def test_a_slip_of_the_pen_is_recognised(self):
        self.assertIn(b'"import"', run("impot").stderr)
        self.assertIn(b"Europe/London",
                      run("source", "edit", "a", "--time-zone", "Europa/London").stderr)


class Papers(unittest.TestCase):
    def test_the_manual_names_every_command_option_and_exit_code(self):
        text = re.sub(r"\\f[BIRP]", "", MANUAL.read_text(encoding="utf-8")).replace("\\-", "-")
        for command in commands():
            with self.subTest(command=command):
                self.assertRegex(text, rf'(?m)^\.B[IR]? "?{command}\b')
                for option in options_of(command):
                    self.assertIn(option, text)
        for code in (0, 1, 2, 3, 130):
            self.assertRegex(text, rf"(?m)^\.B {code}$")

    def complete(self, *words):
        """What the completion offers for the last word."""
        script = ('source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _daymark_cli; '
                  'printf "%s\\n" "${COMPREPLY[@]}"')
        done = subprocess.run(["bash", "-c", script, "bash", COMPLETION, support.PROGRAM, *words],
                              capture_output=True, check=True, env=support.settings())
        return set(done.stdout.decode().split("\n")) - {""}

    def test_the_completion_offers_every_command_and_its_options(self):
        first = self.complete("")
        for command in commands():
            words = command.split()
            with self.subTest(command=command):
                self.assertIn(words[0], first)
                if len(words) > 1:
                    self.assertIn(words[1], self.complete(words[0], ""))
                self.assertEqual(self.complete(*words, "--"), options_of(command) | COMMON)


if __name__ == "__main__":
    unittest.main()
