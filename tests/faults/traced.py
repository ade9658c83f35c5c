# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults at system calls, by strace. A point is a call of one name on one path of the workspace, and
how many of its kind came before: strace counts them for each thread and, with a path, just those on
it, so that a point is the same one from run to run. Child processes are followed."""
import collections
import re
import shutil

# What changes files. Opening counts where it creates.
CHANGING = ("openat", "write", "writev", "pwrite64", "pwritev", "fsync", "fdatasync", "ftruncate",
            "fallocate", "rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat",
            "mkdir", "mkdirat", "rmdir", "chmod", "fchmod", "copy_file_range", "sync_file_range")

Point = collections.namedtuple("Point", "call path number")

_CALL = re.compile(r"^(\d+)\s+(\w+)\((.*)$")
_DESCRIPTOR = re.compile(r"^(?:AT_FDCWD|-?\d+)(?:<([^>]*)>)?")
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')


def is_there():
    return shutil.which("strace") is not None


def label(point):
    return f"{point.call} {point.path} #{point.number}"


def recording(log):
    return ["strace", "-f", "-y", "-qq", "-s", "0", "-o", str(log), "-e", "signal=none",
            "-e", "trace=" + ",".join(CHANGING)]


def injecting(point, workspace, fault, log="/dev/null", more=()):
    """The command to run the program by: `fault` is `signal=KILL`, `error=EIO` …; with `+` at its
    end it lasts."""
    lasting = "+" if fault.endswith("+") else ""
    trace = ",".join(dict.fromkeys((point.call, *more)))
    return ["strace", "-f", "-y", "-qq", "-s", "0", "-o", str(log), "-e", "signal=none",
            "-P", str(workspace / point.path), "-e", "trace=" + trace,
            "-e", f"inject={point.call}:{fault.rstrip('+')}:when={point.number}{lasting}"]


def points_of(log, workspace):
    """Every call that changes a file below the workspace, in the order in which they came. Two
    threads that reach the same point share it: the first is the one that is hit."""
    counts, met = collections.Counter(), {}
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        found = _CALL.match(line)
        if not found:
            continue
        thread, call, rest = found.groups()
        paths = paths_of(call, rest, workspace)
        for path in paths:
            counts[thread, call, path] += 1
        if paths and (call != "openat" or "O_CREAT" in rest or "O_TRUNC" in rest):
            met.setdefault(Point(call, paths[0], counts[thread, call, paths[0]]))
    return list(met)


def paths_of(call, rest, workspace):
    """The paths below the workspace that a call names, by a descriptor or in words."""
    top = str(workspace) + "/"
    shown = []
    descriptor = _DESCRIPTOR.match(rest)
    base = descriptor.group(1) if descriptor else None
    texts = _TEXT.findall(rest)
    if call in ("unlinkat", "openat", "mkdirat") and base and texts and not texts[0].startswith("/"):
        shown.append(base)  # strace matches the folder that the descriptor stands for
    elif base and not rest.startswith("AT_FDCWD"):
        shown.append(base)
    shown += texts
    return [path[len(top):] for path in shown if path.startswith(top)]
