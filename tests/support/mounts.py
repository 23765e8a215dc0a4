"""Real mounts for the tests marked root: a tmpfs, and an exFAT volume in a file through a loop device."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def run(*command: str | Path) -> str:
    """Runs a program, which must succeed; its standard output without the last newline."""
    done = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True)
    return done.stdout.rstrip("\n")


@contextmanager
def tmpfs(mount_point: Path) -> Iterator[Path]:
    """A tmpfs over that folder; unmounted at the end unless the test already did."""
    mount_point.mkdir(parents=True, exist_ok=True)
    run("mount", "-t", "tmpfs", "-o", "size=64m", "test-card", mount_point)
    try:
        yield mount_point
    finally:
        unmount_if_mounted(mount_point)


@contextmanager
def loop_device(image: Path) -> Iterator[str]:
    device = run("losetup", "--find", "--show", image)
    try:
        yield device
    finally:
        run("udevadm", "settle") if Path("/run/udev/control").exists() else None
        run("losetup", "--detach", device)


def make_exfat(image: Path, *, label: str = "EOS_DIGITAL", mib: int = 16) -> Path:
    """An empty exFAT volume in a file."""
    image.parent.mkdir(parents=True, exist_ok=True)
    with image.open("wb") as file:
        file.truncate(mib << 20)
    run("mkfs.exfat", "-L", label, image)
    return image


@contextmanager
def exfat(device: str, mount_point: Path, *options: str) -> Iterator[Path]:
    """The volume of that block device, mounted by exfat-fuse."""
    mount_point.mkdir(parents=True, exist_ok=True)
    run("mount.exfat-fuse", *options, device, mount_point)
    try:
        yield mount_point
    finally:
        unmount_if_mounted(mount_point)


def unmount_if_mounted(mount_point: Path) -> None:
    if subprocess.run(["mountpoint", "-q", str(mount_point)], check=False).returncode == 0:
        run("umount", mount_point)
