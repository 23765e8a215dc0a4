"""Why a file is not taken apart: its structure is not understood to the last byte."""

from ...errors import DermlockError


class OddStructureError(DermlockError):
    """The file decodes, but something in it is not where the format's standard puts it.

    What is not understood cannot be promised to identify nobody, so nothing is carried
    over from such a file byte by byte. reason: as a clause in plain words.
    """

    exit_code = 5

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"This picture's file is not built as its format's standard says: {reason}.",
            "A copy of its pixels can be made instead.",
        )
        self.reason = reason
