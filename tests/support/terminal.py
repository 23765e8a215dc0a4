"""A program in a terminal of its own: keys go in, and what a person would see comes out."""

import fcntl
import os
import pty
import selectors
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyte
from pyte.screens import Char

PATIENCE = 30.0
"""Seconds until a test gives up waiting; on an idle machine nothing takes two."""

AT_REST = 0.05
"""Seconds without a byte after which a frame is taken for drawn to its end."""

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "backspace": "\x7f",
    "tab": "\t",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "f10": "\x1b[21~",
    "f12": "\x1b[24~",
    "ctrl+c": "\x03",
    "ctrl+l": "\x0c",
    "ctrl+q": "\x11",
}

Cells = tuple[tuple[Char, ...], ...]
"""Every character of the screen with its colours, row by row."""


class Terminal:
    """80 x 24 unless it is resized; its text as pyte, a terminal emulator, has it."""

    def __init__(self, program: subprocess.Popen[bytes], fd: int, width: int, height: int) -> None:
        self._program = program
        self._fd = fd
        self._screen = pyte.Screen(width, height)
        self._stream = pyte.ByteStream(self._screen)
        self._selector = selectors.DefaultSelector()
        self._selector.register(fd, selectors.EVENT_READ)
        self.printed = bytearray()

    @property
    def shows(self) -> str:
        return "\n".join(line.rstrip() for line in self._screen.display)

    def press(self, *keys: str) -> None:
        """By name, or a single character."""
        for key in keys:
            os.write(self._fd, (KEYS[key] if len(key) > 1 else key).encode())

    def type(self, text: str, *then: str) -> None:
        self.press(*text, *then)

    def resize(self, width: int, height: int) -> None:
        _set_size(self._fd, width, height)
        self._screen.resize(height, width)
        self._program.send_signal(signal.SIGWINCH)

    def send(self, number: signal.Signals) -> None:
        self._program.send_signal(number)

    def wait_for(self, *texts: str, without: str = "") -> str:
        """Until all of these are shown, `without` is not, and the drawing has come to rest; the screen then."""
        deadline = time.monotonic() + PATIENCE
        while not (self._has(texts, without) and self._is_at_rest()):
            if not self._read(deadline):
                raise AssertionError(f"waited in vain for {texts} without “{without}”; the screen shows:\n{self.shows}")
        return self.shows

    def wait_for_first(self, text: str) -> None:
        """Until that is shown, at once."""
        deadline = time.monotonic() + PATIENCE
        while text not in self.shows:
            if not self._read(deadline):
                raise AssertionError(f"waited in vain for {text}; the screen shows:\n{self.shows}")

    @property
    def cells(self) -> Cells:
        rows, columns = range(self._screen.lines), range(self._screen.columns)
        return tuple(tuple(self._screen.buffer[y][x] for x in columns) for y in rows)

    def come_to_rest(self, at_most: float) -> None:
        """Until nothing more is drawn, or until so many seconds are over: a busy screen never rests."""
        deadline = time.monotonic() + at_most
        while time.monotonic() < deadline and not self._is_at_rest():
            self._read(deadline)

    def listen(self, first_within: float, rest: float, at_most: float) -> list[tuple[float, Cells]]:
        """The screen after each piece that is printed from now on, and when (time.monotonic) the piece came.

        Ends `rest` seconds after a piece, or after at_most in all, or when nothing comes within the first
        first_within. Everything is read first and drawn afterwards: this terminal draws more slowly than most.
        """
        pieces: list[tuple[float, bytes]] = []
        began = time.monotonic()
        wait = first_within
        while time.monotonic() - began < at_most and self._selector.select(wait):
            piece = self._take()
            pieces.append((time.monotonic(), piece))
            wait = rest
            if not piece:
                break
        frames = []
        for at, piece in pieces:
            self._stream.feed(piece)
            frames.append((at, self.cells))
        return frames

    def hang_up(self) -> int:
        """Closes the terminal under the program, as a lost connection does; its exit code."""
        self.close()
        return self._program.wait(timeout=PATIENCE)

    def close(self) -> None:
        if self._fd >= 0:
            self._selector.close()
            os.close(self._fd)
            self._fd = -1

    @property
    def peak_memory(self) -> float:
        """MiB of resident memory at most by now."""
        status = Path(f"/proc/{self._program.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024

    def wait_for_end(self) -> int:
        """Until the program has ended; its exit code."""
        deadline = time.monotonic() + PATIENCE
        while self._read(deadline):
            pass
        return self._program.wait(timeout=PATIENCE)

    def _is_at_rest(self) -> bool:
        return not self._selector.select(AT_REST)

    def _has(self, texts: Sequence[str], without: str) -> bool:
        shown = self.shows
        return all(text in shown for text in texts) and not (without and without in shown)

    def _read(self, deadline: float) -> bool:
        """One piece of what the program prints; False at its end or when the time is over."""
        if not self._selector.select(max(0.0, deadline - time.monotonic())):
            return False
        piece = self._take()
        self._stream.feed(piece)
        return bool(piece)

    def _take(self) -> bytes:
        """What waits to be read, not drawn yet; nothing at the program's end."""
        try:
            piece = os.read(self._fd, 65536)
        except OSError:  # Linux's way to say that the other side is closed
            return b""
        self.printed += piece
        return piece


@contextmanager
def in_a_terminal(
    program: Sequence[str | Path], environment: Mapping[str, str], *, width: int = 80, height: int = 24
) -> Iterator[Terminal]:
    """Runs it there; what still runs at the end is killed."""
    ours, theirs = pty.openpty()
    try:
        _set_size(theirs, width, height)
        running = subprocess.Popen(
            [str(part) for part in program],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=dict(environment),
            start_new_session=True,
        )
    finally:
        os.close(theirs)
    terminal = Terminal(running, ours, width, height)
    try:
        yield terminal
    finally:
        if running.poll() is None:
            running.kill()
            running.wait()
        terminal.close()


def _set_size(fd: int, width: int, height: int) -> None:
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
