"""Lines that are typed, or come through a pipe, one at a time."""

import sys

from core.errors import WrongUseError

from .output import Output

LONGEST = 16 * 1024
"""Bytes of one line; no answer is that long."""


class TypedLines:
    """A Reader: shows the prompt on standard error and takes one line of standard input."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def __call__(self, prompt: str) -> str:
        """Raises EOFError at the end of the input, WrongUseError for what is no line of text."""
        typed_by_hand = sys.stdin.isatty()
        self._output.prompt(prompt, on_its_line=not typed_by_hand)
        try:
            raw = sys.stdin.buffer.readline(LONGEST)
            too_long = len(raw) == LONGEST and not raw.endswith(b"\n")
            while too_long and (more := sys.stdin.buffer.readline(LONGEST)) and not more.endswith(b"\n"):
                pass
        except KeyboardInterrupt:
            self._end_line(typed_by_hand)
            raise
        if not raw.endswith(b"\n"):
            self._end_line(typed_by_hand)
        if not raw:
            raise EOFError
        if too_long:
            raise WrongUseError("This line is too long.", "Write it shorter.")
        try:
            return raw.decode(sys.stdin.encoding or "utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            raise WrongUseError("This line holds what is no text.", "Write it as plain text.") from None

    def _end_line(self, typed_by_hand: bool) -> None:
        if typed_by_hand:
            self._output.prompt("", on_its_line=True)
