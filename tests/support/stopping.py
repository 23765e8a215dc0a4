"""The program, stopped from within: `stopping.py SIGNAL CALL FOLDER NUMBER LINE...`.

Runs dermlock with that line. At the NUMBER-th call of that name below that folder
the process gets the signal, before the call is made; so a test stops it at a place
and not at a time. A comma between two signals sends both, one after the other.
"""

import os
import signal
import sys
from pathlib import Path

from core.storage.disk import LocalDisk
from tui.commands.main import run


def stop_at(numbers: list[signal.Signals], call: str, folder: Path, count: int) -> None:
    real = getattr(LocalDisk, call)
    seen = 0

    def called(disk: LocalDisk, where: Path | int, *more: object) -> object:
        nonlocal seen
        path = Path(f"/proc/self/fd/{where}").readlink() if isinstance(where, int) else where
        if path.is_relative_to(folder):
            seen += 1
            if seen == count:
                for number in numbers:
                    os.kill(os.getpid(), number)
        return real(disk, where, *more)

    setattr(LocalDisk, call, called)


if __name__ == "__main__":
    names, call, folder, count = sys.argv[1:5]
    stop_at([signal.Signals[name] for name in names.split(",")], call, Path(folder), int(count))
    del sys.argv[1:5]
    run()
