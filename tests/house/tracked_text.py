#!/usr/bin/env python3
# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds what every tracked file owes: a licence header, nothing left open, no customers' data.

Usage: tracked_text.py ROOT [DATA]. DATA is a folder whose files must not be tracked. Prints one line
for each violation and ends with 1 if there is any.
"""
import hashlib
import pathlib
import re
import subprocess
import sys

NEEDS_HEADER = re.compile(r"(\.(cpp|h|py|cmake|sh)|/CMakeLists\.txt|^CMakeLists\.txt|^dev|/run)$")
HEADER = ("SPDX-FileCopyrightText: ", "SPDX-License-Identifier: GPL-3.0-or-later")

# The words are put together here so that this file doesn't hold them.
LEFT_OPEN = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK|not imple" r"mented)\b")
HOSTS = re.compile(r"\b(npm" r"js\.(org|com)|registry\.[a-z]+\.(org|com|io)|py" r"pi\.org|"
                   r"crates\." r"io|deb\.deb" r"ian\.org|proxy\.gol" r"ang\.org)\b")


def tracked_files(root):
    """Paths below the root as git lists them; everything outside build/ where it is no work tree."""
    git = ["git", "-c", "safe.directory=*", "-C", str(root), "ls-files", "-z"]
    try:
        listed = subprocess.run(git, capture_output=True, check=True).stdout.decode().split("\0")
        return sorted(path for path in listed if path and (root / path).is_file())
    except (OSError, subprocess.CalledProcessError):
        paths = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
        return sorted(path.as_posix() for path in paths if path.parts[0] not in ("build", ".git"))


def text_violations(path, text):
    found = []
    if NEEDS_HEADER.search(path):
        top = "\n".join(text.splitlines()[:4])
        found += [f"{path}:1: the line “{line.strip()}” is missing"
                  for line in HEADER if line not in top]
    for number, line in enumerate(text.splitlines(), start=1):
        for pattern, meaning in ((LEFT_OPEN, "work left open"), (HOSTS, "a registry's host")):
            match = pattern.search(line)
            if match:
                found.append(f"{path}:{number}: {meaning}: {match.group(0)}")
    return found


def digests(folder):
    """SHA-256 to name of every file below a folder of data, its descriptions aside."""
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path.name
            for path in pathlib.Path(folder).rglob("*")
            if path.is_file() and path.suffix != ".md"}


def violations(root, data=None):
    root = pathlib.Path(root)
    forbidden = digests(data) if data and pathlib.Path(data).is_dir() else {}
    found = []
    for path in tracked_files(root):
        content = (root / path).read_bytes()
        name = forbidden.get(hashlib.sha256(content).hexdigest())
        if name:
            found.append(f"{path}: the data file {name} must not be tracked")
        if b"\0" not in content:
            found += text_violations(path, content.decode("utf-8", errors="replace"))
    return found


def main():
    found = violations(*sys.argv[1:3])
    for line in found:
        print(line)
    print(f"{len(found)} violations in tracked files" if found else "tracked files are in order")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
