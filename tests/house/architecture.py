#!/usr/bin/env python3
# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the arrows of the house: which room may include headers of which.

    app -> ui -> core/engine -> { source, ingest, landing, ledger, catalog, experiment }
        -> { schema, calendar, duckdb } -> base

Rooms in one pair of braces don't include each other, and core/ knows no Qt. The window and the
programs use the engine and the plain types that it hands out (base, calendar, schema).

Usage: architecture.py ROOT. Prints one line for each violation and ends with 1 if there is any.
"""
import os
import pathlib
import re
import sys

PLAIN_TYPES = {"core/base", "core/calendar", "core/schema"}
FOUNDATION = {"core/base"}
GROUND = {"core/schema", "core/calendar", "core/duckdb"}
MIDDLE = {"core/" + room
          for room in ("source", "ingest", "landing", "ledger", "catalog", "experiment")}

# What each room may include besides itself.
MAY_INCLUDE = {
    "core/base": set(),
    **{room: FOUNDATION for room in GROUND},
    **{room: GROUND | FOUNDATION for room in MIDDLE},
    "core/engine": MIDDLE | GROUND | FOUNDATION,
    "ui": PLAIN_TYPES | {"core/engine"},
    "app": PLAIN_TYPES | {"core/engine", "ui"},
}

# Headers of libraries, by what they begin with, and the rooms that they stay in.
LIBRARY_ROOMS = [
    (re.compile(r"duckdb(\.h|/)"), {"core/duckdb"}),
    (re.compile(r"(sqlite3|SQLiteCpp)\b"), {"core/source", "core/ledger", "core/engine"}),
    (re.compile(r"Q[A-Z]|Qt"), {"ui", "app"}),
]

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')
SOURCE_ENDINGS = {".h", ".hpp", ".cpp", ".cc", ".c"}


def room_of(path):
    """The room of a path below the root: `core/base`, `ui`, `app`, or None outside of them."""
    parts = path.split("/")
    if parts[0] == "core" and len(parts) > 2:
        return "/".join(parts[:2])
    return parts[0] if parts[0] in ("ui", "app") else None


def included_path(root, folder, name):
    """The path below the root that a quoted include means; None for what is made by the build."""
    beside = os.path.normpath(f"{folder}/{name}")
    if (root / beside).is_file():
        return beside
    return os.path.normpath(name) if "/" in name else None


def complaint(root, path, quoted, angled):
    """What is wrong with one include of the file at `path`, or None."""
    room = room_of(path)
    name = quoted or angled
    for pattern, rooms in LIBRARY_ROOMS:
        if pattern.match(name) and room not in rooms:
            return f"{room} must not include {name}"
    if angled:
        target = room_of(angled) if angled.split("/")[0] in ("core", "ui", "app") else None
    else:
        inside = included_path(root, os.path.dirname(path), quoted)
        target = room_of(inside) if inside else None
    if target is None or target == room:
        return None
    if target not in MAY_INCLUDE[room]:
        return f"{room} must not include {name} of {target}"
    return None


def violations_in(root, path):
    room = room_of(path)
    if room not in MAY_INCLUDE:
        return [f"{path}: {room or 'the file'} is no room of the house; name it in {__file__}"]
    found = []
    text = (root / path).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        match = INCLUDE.match(line)
        wrong = match and complaint(root, path, match.group(1), match.group(2))
        if wrong:
            found.append(f"{path}:{number}: {wrong}")
    return found


def build_violations(root):
    """Qt among the libraries that a CMakeLists.txt of the core links."""
    return [f"{path.relative_to(root)}: core/ must not link Qt"
            for path in sorted((root / "core").rglob("CMakeLists.txt"))
            if re.search(r"\bQt\d?::", path.read_text(encoding="utf-8"))]


def violations(root):
    """Every violation below `root`, as `file:line: sentence`, in the order of the paths."""
    root = pathlib.Path(root)
    files = sorted(path.relative_to(root).as_posix()
                   for top in ("core", "ui", "app")
                   for path in (root / top).rglob("*")
                   if path.suffix in SOURCE_ENDINGS)
    return [line for path in files for line in violations_in(root, path)] + build_violations(root)


def main():
    found = violations(sys.argv[1])
    for line in found:
        print(line)
    print(f"{len(found)} violations of the architecture" if found else "the arrows hold")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
