# SPDX-FileCopyrightText: Daymark developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""File systems of a test's own, in a mount namespace of its own: nothing outside sees them, and they
are gone with the test."""
import os
import pathlib
import shutil
import subprocess
import sys
import time

_INSIDE = "DAYMARK_FAULTS_OWN_MOUNTS"


def own_mounts():
    """Runs this script anew in a mount namespace of its own; says why where that isn't permitted."""
    if os.environ.get(_INSIDE) == "1":
        return None
    inside = ["unshare", "--mount", "--propagation", "private"]
    if shutil.which("unshare") is None or os.geteuid() != 0:
        return "a mount namespace needs unshare and the rights of root."
    tried = subprocess.run([*inside, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True,
                           check=False)
    if tried.returncode != 0:
        return ("a mount namespace is not permitted here: " +
                tried.stderr.decode(errors="replace").strip())
    os.environ[_INSIDE] = "1"
    os.execvp(inside[0], [*inside, sys.executable, "-B", *sys.argv])


def mount(*arguments):
    subprocess.run(["mount", *map(str, arguments)], check=True, capture_output=True)


def unmount(folder):
    """Waits for processes that were just killed to let go of it."""
    for _ in range(100):
        if subprocess.run(["umount", str(folder)], check=False, capture_output=True).returncode == 0:
            return
        time.sleep(0.1)
    raise OSError(f"{folder} stays in use")


class SmallDisk:
    """A disk of so many bytes."""

    def __init__(self, folder, size):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True)
        mount("-t", "tmpfs", "-o", f"size={size}", "none", self.folder)

    def resize(self, size):
        mount("-o", f"remount,size={size}", self.folder)

    def remove(self):
        unmount(self.folder)


class Disk:
    """An ext4 image on a loop device that writes nothing down unless it is told to."""

    OPTIONS = "loop,commit=300,noatime,nodelalloc"

    def __init__(self, folder, megabytes):
        self.folder = pathlib.Path(folder) / "mounted"
        self.image = pathlib.Path(folder) / "disk.img"
        self.folder.mkdir(parents=True)
        with open(self.image, "wb") as image:
            image.truncate(megabytes * 2**20)
        subprocess.run(["mkfs.ext4", "-q", "-E", "lazy_itable_init=0,lazy_journal_init=0", "-O",
                        "^metadata_csum_seed", str(self.image)], check=True, capture_output=True)

    def attach(self):
        mount("-o", self.OPTIONS, self.image, self.folder)

    def detach(self):
        unmount(self.folder)

    def snapshot(self, folder):
        """What a power cut at this moment leaves, mounted elsewhere."""
        copy = Disk.__new__(Disk)
        copy.folder, copy.image = pathlib.Path(folder) / "mounted", pathlib.Path(folder) / "disk.img"
        copy.folder.mkdir(parents=True)
        subprocess.run(["cp", "--sparse=always", str(self.image), str(copy.image)], check=True)
        copy.attach()
        return copy


def loop_devices():
    """Why no image can be mounted; None where it can."""
    if shutil.which("mkfs.ext4") is None or shutil.which("losetup") is None:
        return "mkfs.ext4 and losetup are needed."
    found = subprocess.run(["losetup", "--find"], capture_output=True, check=False)
    if found.returncode != 0 or not os.path.exists(found.stdout.decode().strip()):
        return "there is no free loop device here: " + found.stderr.decode(errors="replace").strip()
    return None
