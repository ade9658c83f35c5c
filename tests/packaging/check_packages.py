#!/usr/bin/env python3
# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds packages against what is promised of them, without installing any.

Usage: check_packages.py PACKAGES, the folder that `./dev package` fills. Prints the sizes first.
"""
import functools
import gzip
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGES = pathlib.Path(sys.argv.pop(1) if len(sys.argv) > 1 else ROOT / "build/packages")
ID = "org.daymark.Daymark"
RUNPATH = "$ORIGIN/../lib/daymark"
DEB_LIMIT = 30_000_000
NEWEST_GLIBC = (2, 36)
ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)

DESKTOP_FILES = [f"share/applications/{ID}.desktop", f"share/mime/packages/{ID}.xml",
                 f"share/metainfo/{ID}.metainfo.xml",
                 *(f"share/icons/hicolor/{size}x{size}/apps/{ID}.png" for size in ICON_SIZES),
                 f"share/icons/hicolor/scalable/apps/{ID}.svg", "share/man/man1/daymark.1.gz",
                 "share/man/man1/daymark-cli.1.gz", "share/bash-completion/completions/daymark-cli",
                 "lib/systemd/user/daymark-watch.service"]
PROGRAM_FILES = ["bin/daymark", "bin/daymark-cli", "lib/daymark/libduckdb.so",
                 "share/doc/daymark/copyright", "share/doc/daymark/changelog.gz"]
CARRIED_FILES = ["bin/qt.conf", "lib/daymark/libQt6Core.so.6",
                 *(f"lib/daymark/plugins/platforms/lib{name}.so"
                   for name in ("qxcb", "qoffscreen", "qwayland-egl", "qwayland-generic"))]


def output(*command, **options):
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace", check=False,
                          **options)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))} ended with {done.returncode}:\n"
                             + done.stdout)
    return done.stdout


def only(pattern):
    found = sorted(PACKAGES.glob(pattern))
    assert len(found) == 1, f"one {pattern} is expected in {PACKAGES}, and there are {found}"
    return found[0]


SCRATCH = tempfile.TemporaryDirectory(prefix="daymark-packages-")


@functools.cache
def unpacked(kind):
    """The tree of a package: where bin/, lib/ and share/ are."""
    folder = pathlib.Path(SCRATCH.name) / kind
    folder.mkdir()
    if kind == "deb":
        output("dpkg-deb", "-x", only("*.deb"), folder)
        return folder / "usr"
    if kind == "tgz":
        output("tar", "-xzf", only("*.tar.gz"), "-C", folder)
        return only_child(folder)
    if kind == "rpm":
        cpio = subprocess.run(["rpm2cpio", str(only("*.rpm"))], capture_output=True, check=True)
        subprocess.run(["cpio", "-idm", "--quiet"], input=cpio.stdout, cwd=folder, check=True)
        return folder / "opt/daymark"
    return PACKAGES / "Daymark.AppDir/usr"


def only_child(folder):
    children = list(folder.iterdir())
    assert len(children) == 1, children
    return children[0]


def binaries(tree):
    """Every ELF file of a tree."""
    for path in sorted(tree.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


@functools.cache
def dynamic(path):
    """What the dynamic section says: tag to list of values."""
    tags = {}
    for match in re.finditer(r"\((\w+)\)\s+(?:[\w ]+: )?(.*)", output("readelf", "-dW", path)):
        tags.setdefault(match.group(1), []).append(match.group(2).strip(" []"))
    return tags


def system_library(name):
    lines = (ROOT / "packaging/linux/system_libraries.txt").read_text(encoding="utf-8").splitlines()
    return any(re.fullmatch(line, name) for line in lines if line and not line.startswith("#"))


class Contents(unittest.TestCase):
    def holds(self, tree, names):
        for name in names:
            with self.subTest(tree=str(tree), name=name):
                self.assertTrue((tree / name).is_file())

    def test_every_package_holds_what_belongs_into_it(self):
        for kind in ("deb", "tgz", "appdir"):
            self.holds(unpacked(kind), PROGRAM_FILES + DESKTOP_FILES)
        for kind in ("tgz", "appdir", "rpm"):
            self.holds(unpacked(kind), PROGRAM_FILES + CARRIED_FILES)
        self.holds(unpacked("rpm").parents[1] / "usr", DESKTOP_FILES)
        self.assertEqual([path.name for path in (unpacked("deb") / "lib/daymark").iterdir()],
                         ["libduckdb.so"])

    def test_the_appdir_is_ready_for_its_tools(self):
        folder = PACKAGES / "Daymark.AppDir"
        self.assertEqual((folder / "AppRun").resolve(), (folder / "usr/bin/daymark").resolve())
        self.holds(folder, [f"{ID}.desktop", f"{ID}.svg", ".DirIcon"])

    def test_no_file_tells_where_it_was_built(self):
        for kind in ("deb", "tgz"):
            for path in unpacked(kind).rglob("*"):
                if path.is_file() and not path.is_symlink():
                    self.assertNotIn(os.fsencode(ROOT), path.read_bytes(), path)

    def test_the_changelog_and_the_releases_name_this_version(self):
        version = output("dpkg-deb", "-f", only("*.deb"), "Version").strip()
        changes = gzip.decompress((unpacked("deb") / "share/doc/daymark/changelog.gz").read_bytes())
        self.assertTrue(changes.decode().startswith(f"daymark ({version})"))
        info = xml.etree.ElementTree.parse(
            unpacked("deb") / f"share/metainfo/{ID}.metainfo.xml").getroot()
        self.assertEqual(info.find("releases")[0].get("version"), version)
        self.assertGreaterEqual(len(info.find("screenshots")), 3)


class Debian(unittest.TestCase):
    def test_lintian_finds_no_error(self):
        report = output("lintian", "--allow-root", "--fail-on", "error", "--tag-display-limit", "0",
                        only("*.deb"))
        print("lintian, without errors:\n" + report if report else "lintian: nothing")

    def test_it_depends_on_what_it_links(self):
        depends = output("dpkg-deb", "-f", only("*.deb"), "Depends")
        for package in ("libc6", "libqt6widgets6", "libqt6gui6", "libpq5", "libsqlite3-0",
                        "libfmt9", "libssl3", "tzdata"):
            with self.subTest(package=package):
                self.assertRegex(depends, rf"\b{re.escape(package)}\b")
        self.assertNotIn("duckdb", depends)

    def test_it_is_small(self):
        self.assertLess(only("*.deb").stat().st_size, DEB_LIMIT)


class Rpm(unittest.TestCase):
    def query(self, *words):
        return output("rpm", "--nosignature", "-qp", *words, only("*.rpm"))

    def test_it_says_what_it_is(self):
        self.assertRegex(self.query("--qf", "%{NAME}|%{LICENSE}|%{BUILDHOST}"),
                         r"^daymark\|GPL-3.0-or-later\|daymark$")
        self.assertIn("Daymark brings days", self.query("--qf", "%{DESCRIPTION}"))

    def test_its_digests_are_right(self):
        self.assertIn("digests OK", output("rpm", "-K", "--nosignature", only("*.rpm")))

    def test_all_its_files_have_one_time(self):
        self.assertEqual(len(set(self.query("--qf", "[%{FILEMTIMES}\n]").split())), 1)

    def test_it_runs_no_scripts_and_owns_no_folder_of_the_system(self):
        self.assertEqual(self.query("--scripts").strip(), "")
        listed = self.query("-l").splitlines()
        for folder in ("/opt", "/usr", "/usr/bin", "/usr/share/applications", "/usr/share/man/man1",
                       "/usr/lib/systemd/user", "/usr/share/icons/hicolor/16x16/apps"):
            self.assertNotIn(folder, listed)
        for program in ("daymark", "daymark-cli"):
            self.assertIn(f"/usr/bin/{program}", listed)
            self.assertIn(f"/opt/daymark/bin/{program}", listed)

    def test_it_requires_what_it_leaves_to_the_system(self):
        required = self.query("--requires")
        carried = {path.name for path in binaries(unpacked("rpm"))}
        needed = {name for path in binaries(unpacked("rpm"))
                  for name in dynamic(path).get("NEEDED", []) if name not in carried}
        wanted = {name for name in needed if not re.match(r"ld-linux|lib(c|m|dl|pthread|resolv|rt)\.",
                                                          name)}
        for name in sorted(wanted):
            with self.subTest(name=name):
                self.assertIn(f"{name}()(64bit)", required)
        self.assertIn("libc.so.6(GLIBC_2.36)(64bit)", required)


class Desktop(unittest.TestCase):
    def test_the_desktop_file_is_valid(self):
        path = unpacked("deb") / f"share/applications/{ID}.desktop"
        self.assertEqual(output("desktop-file-validate", path), "")

    def test_the_metainfo_is_valid(self):
        output("appstreamcli", "validate", "--no-net", "--no-color",
               unpacked("deb") / f"share/metainfo/{ID}.metainfo.xml")

    def test_proofs_of_runs_have_a_type(self):
        folder = pathlib.Path(SCRATCH.name) / "mime"
        (folder / "packages").mkdir(parents=True)
        source = unpacked("deb") / f"share/mime/packages/{ID}.xml"
        (folder / "packages" / source.name).write_bytes(source.read_bytes())
        output("update-mime-database", folder)
        self.assertIn("application/vnd.daymark.run-proof:*.daymark-run",
                      (folder / "globs2").read_text(encoding="utf-8"))
        self.assertIn("MimeType=application/vnd.daymark.run-proof;",
                      (unpacked("deb") / f"share/applications/{ID}.desktop").read_text())

    def test_the_manuals_are_readable(self):
        for name in ("daymark", "daymark-cli"):
            page = unpacked("deb") / f"share/man/man1/{name}.1.gz"
            self.assertIn(b".SH NAME", gzip.decompress(page.read_bytes()))
            self.assertEqual(page.read_bytes()[4:8], b"\0\0\0\0", "the archive has a time")

    def test_the_unit_starts_a_program_that_is_there(self):
        unit = (unpacked("deb") / "lib/systemd/user/daymark-watch.service").read_text()
        program = re.search(r"(?m)^ExecStart=/usr/(\S+)", unit).group(1)
        self.assertTrue(os.access(unpacked("deb") / program, os.X_OK))


class Hardening(unittest.TestCase):
    def test_the_programs_are_hardened(self):
        for kind in ("deb", "tgz", "rpm", "appdir"):
            for name in ("daymark", "daymark-cli"):
                path = unpacked(kind) / "bin" / name
                with self.subTest(kind=kind, program=name):
                    tags = dynamic(path)
                    segments = output("readelf", "-lW", path)
                    symbols = output("readelf", "-W", "--dyn-syms", path)
                    self.assertRegex(output("readelf", "-hW", path), r"Type:\s+DYN")
                    self.assertIn("PIE", " ".join(tags["FLAGS_1"]))
                    self.assertIn("GNU_RELRO", segments)
                    self.assertIn("NOW", " ".join(tags["FLAGS_1"]))
                    self.assertRegex(segments, r"GNU_STACK.* RW +0x")
                    self.assertRegex(symbols, r"__\w+_chk@", "_FORTIFY_SOURCE leaves its calls")
                    self.assertIn("__stack_chk_fail", symbols)
                    self.assertEqual(tags["RUNPATH"], [RUNPATH])

    def test_duckdb_is_as_its_makers_hardened_it(self):
        path = unpacked("deb") / "lib/daymark/libduckdb.so"
        segments = output("readelf", "-lW", path)
        self.assertIn("GNU_RELRO", segments)
        self.assertRegex(segments, r"GNU_STACK.* RW +0x")
        self.assertNotIn("RPATH", dynamic(path))


class Carrying(unittest.TestCase):
    def test_what_is_needed_is_carried_or_belongs_to_every_desktop(self):
        for kind in ("tgz", "appdir", "rpm"):
            tree = unpacked(kind)
            carried = {path.name for path in binaries(tree / "lib/daymark")}
            for path in binaries(tree):
                for name in dynamic(path).get("NEEDED", []):
                    with self.subTest(kind=kind, file=path.name, needs=name):
                        self.assertTrue(name in carried or system_library(name))
            self.assertEqual([name for name in carried if system_library(name)], [])

    def test_carried_libraries_find_each_other(self):
        tree = unpacked("tgz")
        for path in binaries(tree / "lib/daymark"):
            if path.name != "libduckdb.so":
                way = os.path.relpath(tree / "lib/daymark", path.parent)
                expected = "$ORIGIN" if way == "." else f"$ORIGIN/{way}"
                self.assertEqual(dynamic(path).get("RUNPATH"), [expected], path)

    def test_nothing_needs_a_newer_c_library(self):
        for path in binaries(unpacked("tgz")):
            versions = {tuple(map(int, number.split("."))) for number in
                        re.findall(r"GLIBC_(\d+\.\d+)", output("readelf", "-VW", path))}
            self.assertLessEqual(max(versions, default=(2, 0)), NEWEST_GLIBC, path)


class Licences(unittest.TestCase):
    def test_one_file_names_everything_that_is_carried(self):
        for kind in ("deb", "tgz", "rpm", "appdir"):
            text = (unpacked(kind) / "share/doc/daymark/copyright").read_text(errors="replace")
            for name in ("Daymark", "DuckDB", "CLI11", "nlohmann/json", "SQLiteCpp", "jemalloc",
                         "ICU", "Zstandard", "PostgreSQL"):
                with self.subTest(kind=kind, name=name):
                    self.assertRegex(text, rf"(?m)^Component: .*{re.escape(name)}")
            for licence in set(re.findall(r"(?m)^License:   (.+)$", text)):
                with self.subTest(kind=kind, licence=licence):
                    self.assertRegex(text, rf"(?m)^License: {re.escape(licence)}$")

    def test_the_debian_packages_of_carried_libraries_are_named(self):
        text = (unpacked("tgz") / "share/doc/daymark/copyright").read_text(errors="replace")
        for package in ("libqt6core6", "libqt6gui6", "libicu72", "libpq5", "libssl3", "qt6-wayland",
                        "libsqlite3-0", "libqcustomplot2.1-qt6", "libqt6keychain1"):
            with self.subTest(package=package):
                self.assertRegex(text, rf"(?m)^==== {re.escape(package)} \(")
        for licence in ("LGPL-3", "GPL-3", "GPL-2"):
            self.assertIn(f"==== /usr/share/common-licenses/{licence}\n", text)


def print_sizes():
    for path in sorted(PACKAGES.iterdir()):
        files = [path] if path.is_file() else \
            [file for file in path.rglob("*") if file.is_file() and not file.is_symlink()]
        print(f"{sum(file.stat().st_size for file in files) / 1e6:8.1f} MB  {path.name}")


if __name__ == "__main__":
    print_sizes()
    unittest.main(verbosity=1)
