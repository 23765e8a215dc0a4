"""A traced run: whatever the whole program hands to a disk, at any moment, holds nothing of a picture."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from ..support.cards import fill_card

WHOLE_INTAKE = Path(__file__).with_name("whole_intake.py")

WRITING = "write,pwrite64,writev,pwritev,pwritev2,sendfile,copy_file_range,splice,vmsplice,io_submit,io_uring_setup"
"""Every call that puts bytes into a file, as far as Linux 6 has them; files mapped for writing are looked for too."""

SAMPLE = 24
"""Bytes. A run of that length from a picture is found by chance in nothing."""


def samples_of(pictures: list[bytes]) -> set[bytes]:
    """Runs of every picture, 4 KiB apart, without those that any file may hold (zeros and the like)."""
    runs = {picture[at : at + SAMPLE] for picture in pictures for at in range(0, len(picture) - SAMPLE, 4096)}
    return {run for run in runs if len(set(run)) > 4}


@pytest.mark.root
def test_no_plaintext_picture_is_written_but_by_the_export_that_was_asked_for(tmp_path: Path) -> None:
    card, workplace, trace = tmp_path / "card", tmp_path / "workplace", tmp_path / "trace"
    pictures = [path.read_bytes() for path in fill_card(card, 3)]
    wanted = samples_of(pictures)
    done = subprocess.run(
        [
            *("strace", "-f", "-y", "-qq", "-xx", "-s", "100000000", "-e", f"trace={WRITING},mmap", "-o", trace),
            *(sys.executable, WHOLE_INTAKE, card, workplace),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr

    plain: set[str] = set()
    sealed = 0
    for line in trace.read_text(encoding="ascii").splitlines():
        call = line.split(maxsplit=1)[1]
        if call.startswith("mmap("):
            writable_file = "PROT_WRITE" in call and "MAP_SHARED" in call and "MAP_ANONYMOUS" not in call
            assert not writable_file, "a file was mapped for writing: its bytes pass no call"
            continue
        written = re.match(r'write\(\d+<((?:\\x..)*)>, "((?:\\x..)*)", \d+', call)
        if written is None:
            assert re.match(r"write\(\d+<", call) is None, f"not understood: {call[:80]}"
            assert call.startswith(("<...", "+++", "---")), f"a way of writing that is not looked into: {call[:80]}"
            continue
        path, content = (bytes.fromhex(part.replace("\\x", "")) for part in written.groups())
        if any(run in content for run in wanted):
            plain.add(path.decode())
        sealed += b"/vault/incoming/" in path

    assert sealed > 10  # the trace saw the vault being written
    out = workplace / "out"
    assert {Path(path) for path in plain} == set(out.iterdir())  # and the search finds a picture where one is
    assert sorted(path.read_bytes() for path in out.iterdir()) == sorted(pictures)
