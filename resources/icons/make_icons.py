#!/usr/bin/env python3
# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws daymark.svg in every size that desktops ask for, and packs the sizes for Windows and macOS.

Needs rsvg-convert (Debian: librsvg2-bin). Writes beside itself: daymark-SIZE.png, daymark.ico,
daymark.icns. Run it after a change to the drawing, and commit what it makes.
"""
import pathlib
import struct
import subprocess

FOLDER = pathlib.Path(__file__).resolve().parent
SIZES = [16, 22, 24, 32, 48, 64, 128, 256, 512]
ICO_SIZES = [16, 24, 32, 48, 64, 128, 256]
ICNS_KINDS = {b"icp4": 16, b"icp5": 32, b"ic07": 128, b"ic08": 256, b"ic09": 512}


def drawn(size):
    return subprocess.run(["rsvg-convert", "-w", str(size), "-h", str(size),
                           str(FOLDER / "daymark.svg")], capture_output=True, check=True).stdout


def ico(pictures):
    """An .ico whose pictures are PNG files: a directory, then the files one after another."""
    place = 6 + 16 * len(ICO_SIZES)
    directory = struct.pack("<HHH", 0, 1, len(ICO_SIZES))
    for size in ICO_SIZES:
        side = size % 256
        directory += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(pictures[size]), place)
        place += len(pictures[size])
    return directory + b"".join(pictures[size] for size in ICO_SIZES)


def icns(pictures):
    """An .icns whose pictures are PNG files: each with its kind and length before it."""
    body = b"".join(kind + struct.pack(">I", 8 + len(pictures[size])) + pictures[size]
                    for kind, size in ICNS_KINDS.items())
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


def main():
    pictures = {size: drawn(size) for size in SIZES}
    for size, picture in pictures.items():
        (FOLDER / f"daymark-{size}.png").write_bytes(picture)
    (FOLDER / "daymark.ico").write_bytes(ico(pictures))
    (FOLDER / "daymark.icns").write_bytes(icns(pictures))


if __name__ == "__main__":
    main()
