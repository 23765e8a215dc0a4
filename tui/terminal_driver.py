"""Textual's driver, which also knows when its terminal is gone.

A lost connection or a closed window does not always come as a signal: the kernel
tells only the leader of the session, and where that is a program that waits for
dermlock, as make does, nobody tells dermlock. Then it tells itself: it ends as it
would by that signal. What is still written meanwhile goes nowhere, so that no
thread waits for a terminal that will never take it.
"""

import os
import select
import signal
from io import TextIOBase
from threading import Event, Thread
from typing import Any, TextIO

from textual.drivers.linux_driver import LinuxDriver

LOOK = 250
"""Milliseconds between two looks whether the driver has closed; the terminal's end itself is seen at once."""


class LosableTerminal(TextIOBase):
    """A terminal to write to, also after it is gone."""

    def __init__(self, terminal: TextIO, lost: Event) -> None:
        self._terminal, self._lost = terminal, lost

    def write(self, text: str) -> int:
        if not self._lost.is_set():
            try:
                return self._terminal.write(text)
            except OSError:
                self._lost.set()
        return len(text)

    def flush(self) -> None:
        if not self._lost.is_set():
            try:
                self._terminal.flush()
            except OSError:
                self._lost.set()

    def fileno(self) -> int:
        return self._terminal.fileno()


class TerminalDriver(LinuxDriver):
    """Sends its own program SIGHUP when the terminal is gone, once."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._lost, self._closed = Event(), Event()
        self._file: TextIO = LosableTerminal(self._file, self._lost)  # type: ignore[assignment]

    def start_application_mode(self) -> None:
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual's
        self._closed.clear()
        Thread(target=self._watch_terminal, name="terminal-watch", daemon=True).start()

    def stop_application_mode(self) -> None:
        self._closed.set()
        super().stop_application_mode()

    def run_input_thread(self) -> None:
        """A read that fails is the terminal's end, and nothing to show a traceback for."""
        try:
            super().run_input_thread()
        except OSError:
            self._lost.set()

    def _watch_terminal(self) -> None:
        end = select.poll()
        end.register(self.fileno, 0)  # only what cannot be switched off: hung up, or an error
        while not self._closed.is_set() and not self._lost.is_set():
            if end.poll(LOOK):
                self._lost.set()
        if self._lost.is_set():
            self.exit_event.set()  # the thread that reads would find an end of file for ever
            os.kill(os.getpid(), signal.SIGHUP)
