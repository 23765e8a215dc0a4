"""What was measured of a picture's quality. Says nothing yet about whether that is enough."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """Taken from a small copy of the picture; docs/quality.md says how and why.

    width, height: pixels of the picture itself.
    focus: how much fine detail its middle has for the coarse detail that is there: about 1 when it is
    blurred and 2 to 5 when it is sharp. 0 when there is nothing in the middle to judge by, None when
    the picture is too small to judge.
    levels: how many different levels a colour takes, 1 to 256, as entropy counts them.
    lit: the grey level, 0 to 255, that 10 % of its middle is brighter than: about that of the skin in the light.
    washed_out: the share of its middle in which a colour is at its upper end, 0 to 1.
    damaged: a part of it may be missing although it decodes.
    """

    width: int
    height: int
    focus: float | None
    levels: float
    lit: int
    washed_out: float
    damaged: bool = False

    @property
    def worth(self) -> float:
        """To compare pictures of the same thing: blur, darkness and clipped light all make it less."""
        return (self.focus or 0.0) * self.levels * (1 - self.washed_out)
