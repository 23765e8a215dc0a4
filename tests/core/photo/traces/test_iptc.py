"""IPTC as agencies' programmes write it, bare and in Photoshop's block."""

from hypothesis import given, settings
from hypothesis import strategies as st

from core.photo.facts import Trace, TraceKind
from core.photo.traces.iptc import iptc_traces

from ....support.metadata import iptc_stream, photoshop_block

STREAM = iptc_stream(
    (80, "A. Doctor"), (90, "Gloucester"), (25, "Yew"), (25, "arm"), (116, "© The Practice"), (10, "1")
)
SAYS = (
    Trace(TraceKind.AUTHOR, "A. Doctor"),
    Trace(TraceKind.PLACE_NAME, "Gloucester"),
    Trace(TraceKind.WORDS, "Yew"),
    Trace(TraceKind.WORDS, "arm"),
    Trace(TraceKind.RIGHTS, "© The Practice"),
)


def test_bare_and_in_photoshops_block_it_says_the_same() -> None:
    assert tuple(iptc_traces(STREAM)) == tuple(iptc_traces(photoshop_block(STREAM))) == SAYS


def test_a_block_that_is_cut_off_says_what_is_there() -> None:
    block = photoshop_block(STREAM)
    assert tuple(iptc_traces(block[: block.index(b"arm")]))[:3] == SAYS[:3]
    assert tuple(iptc_traces(block[: block.index(b"8BIM\x04\x04") + 6])) == ()


def test_a_longer_length_than_a_line_has_ends_it() -> None:
    assert tuple(iptc_traces(b"\x1c\x02\x50\x80\x04\0\0\0\x03abc" + STREAM)) == ()


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_an_error(content: bytes) -> None:
    for block in (content, b"8BIM\x04\x04" + content, b"\x1c\x02\x50" + content):
        assert all(trace.text.isprintable() for trace in iptc_traces(block))
