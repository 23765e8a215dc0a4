import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.card.mounts import MountTableWatch, mount_holding, read_mounts

TABLE = r"""22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
40 27 8:17 / /media/nurse/EOS_DIGITAL rw,nosuid,nodev,relatime shared:1 master:2 - vfat /dev/sdb1 rw,flush
41 27 8:33 / /media/nurse/Anna\040M\303\274ller\134x\012 ro,relatime propagate_from:3 - exfat /dev/sdc1 rw
42 27 0:60 / /media/nurse/redirected rw - fuse.xrdp-chansrv xrdp-chansrv rw,user_id=0
43 27 8:49 /DCIM /srv/card rw,relatime - fuseblk /dev/sdd1 ro,user_id=0
44 27 0:61 / /mnt/share rw - cifs //server/a\040share rw
45 27 0:62 / /mnt/odd rw - tmpfs  rw
"""


def test_the_table_is_read_as_the_kernel_writes_it() -> None:
    mounts = {str(mount.mount_point): mount for mount in read_mounts(TABLE)}
    card = mounts["/media/nurse/EOS_DIGITAL"]
    assert (card.id, card.device_number, card.source) == (40, os.makedev(8, 17), "/dev/sdb1")
    assert (card.file_system, card.root, card.read_only, card.fuse) == ("vfat", "/", False, False)
    bound = mounts["/srv/card"]
    assert (bound.root, bound.fuse, bound.file_system) == ("/DCIM", True, "fuseblk")


def test_octal_escapes_are_undone() -> None:
    mounts = read_mounts(TABLE)
    assert str(mounts[3].mount_point) == "/media/nurse/Anna Müller\\x\n"
    assert mounts[6].source == "//server/a share"


def test_read_only_by_the_mount_or_by_the_file_system_below_it() -> None:
    read_only = {str(mount.mount_point) for mount in read_mounts(TABLE) if mount.read_only}
    assert {path[:18] for path in read_only} == {"/media/nurse/Anna ", "/srv/card"}


def test_far_changes_are_unseen_on_fuse_and_network_mounts() -> None:
    unseen = {mount.file_system for mount in read_mounts(TABLE) if mount.far_changes_unseen}
    assert unseen == {"fuse.xrdp-chansrv", "fuseblk", "cifs"}


@given(
    st.text(st.characters(blacklist_characters="\0/", blacklist_categories=["Cs"]), min_size=1, max_size=20).filter(
        lambda name: name != "."
    )
)
def test_any_name_survives(name: str) -> None:
    escaped = "".join(f"\\{ord(char):03o}" if char in " \t\n\\#" else char for char in name)
    (mount,) = read_mounts(f"36 35 98:0 / /media/{escaped} rw shared:1 - vfat /dev/x rw\n")
    assert str(mount.mount_point) == f"/media/{name}"


def test_a_line_that_is_none_of_the_kernels_is_a_bug() -> None:
    with pytest.raises(ValueError, match="not a line"):
        read_mounts("36 35 98:0 / /media rw\n")


def test_the_kernels_own_table_knows_where_a_folder_lies(tmp_path: Path) -> None:
    mounts = read_mounts()
    proc = mount_holding(Path("/proc/self"), mounts)
    assert proc is not None
    assert proc.file_system == "proc"
    here = mount_holding(tmp_path, mounts)
    assert here is not None
    assert tmp_path.is_relative_to(here.mount_point)
    assert mount_holding(tmp_path, ()) is None


def test_a_folder_that_is_gone_lies_nowhere(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        mount_holding(tmp_path / "gone", read_mounts())


def test_waking_ends_the_wait_at_once_also_when_it_comes_first() -> None:
    with MountTableWatch() as table:
        table.wake()
        assert table.wait(3600) is False
        waker = threading.Thread(target=table.wake)
        waker.start()
        assert table.wait(3600) is False
        waker.join()
        assert table.wait(0) is False


def open_descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_no_descriptor_is_left() -> None:
    before = open_descriptors()
    with MountTableWatch():
        assert open_descriptors() == before + 2
    assert open_descriptors() == before
