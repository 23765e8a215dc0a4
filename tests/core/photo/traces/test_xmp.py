"""XMP with its names as elements, as attributes, in lists, under other prefixes, and broken."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.photo.facts import Trace, TraceKind
from core.photo.traces.xmp import DEPTH_LIMIT, xmp_traces

from ....support.metadata import xmp_packet


def told(inside: str) -> list[tuple[TraceKind, str]]:
    return [(trace.kind, trace.text) for trace in xmp_traces(xmp_packet(inside))]


def test_names_are_found_as_attributes_elements_and_in_lists() -> None:
    assert told(
        """<rdf:Description aux:OwnerName="P. Rowan" aux:SerialNumber="77" photoshop:City="Gloucester">
             <dc:creator><rdf:Seq><rdf:li>A. Doctor</rdf:li><rdf:li>B. Nurse</rdf:li></rdf:Seq></dc:creator>
             <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">The Practice</rdf:li></rdf:Alt></dc:rights>
             <dc:description><rdf:Alt><rdf:li>Mrs Yew &amp; daughter</rdf:li></rdf:Alt></dc:description>
           </rdf:Description>"""
    ) == [
        (TraceKind.OWNER, "P. Rowan"),
        (TraceKind.SERIAL, "77"),
        (TraceKind.PLACE_NAME, "Gloucester"),
        (TraceKind.AUTHOR, "A. Doctor"),
        (TraceKind.AUTHOR, "B. Nurse"),
        (TraceKind.RIGHTS, "The Practice"),
        (TraceKind.WORDS, "Mrs Yew & daughter"),
    ]


def test_people_who_were_marked_are_named() -> None:
    assert told(
        """<mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:RegionList><rdf:Bag>
             <rdf:li><rdf:Description mwg-rs:Name="Ann Yew" mwg-rs:Type="Face"/></rdf:li>
             <rdf:li><mwg-rs:Name>Tom Yew</mwg-rs:Name></rdf:li></rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>
           <rdf:Description MPReg:PersonDisplayName="Pat Yew"/>
           <Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Sam Yew</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage>"""
    ) == [(TraceKind.PERSON, f"{name} Yew") for name in ("Ann", "Tom", "Pat", "Sam")]


def test_another_prefix_hides_nothing_and_another_namespace_is_another_name() -> None:
    assert told('<rdf:Description xmlns:q="http://ns.adobe.com/exif/1.0/aux/" q:OwnerName="P. Rowan"/>') == [
        (TraceKind.OWNER, "P. Rowan")
    ]
    assert told('<rdf:Description xmlns:aux="http://example.org/" aux:OwnerName="P. Rowan"/>') == []


@pytest.mark.parametrize(
    ("latitude", "longitude", "text"),
    [
        ("51,51.852N", "2,14.292W", "51.86420,-2.23820"),
        ("51,51,51.12N", "2,14,17.52W", "51.86420,-2.23820"),
        ("33,30.0S", "151,15.0E", "-33.50000,151.25000"),
        ("0,0.0N", "0,0.0E", ""),
        ("somewhere", "2,14.292W", ""),
    ],
)
def test_a_position(latitude: str, longitude: str, text: str) -> None:
    found = told(f'<rdf:Description exif:GPSLatitude="{latitude}" exif:GPSLongitude="{longitude}"/>')
    assert found == ([(TraceKind.POSITION, text)] if text else [])


def test_of_a_broken_packet_what_came_before_is_told() -> None:
    whole = xmp_packet('<rdf:Description aux:OwnerName="P. Rowan" exif:GPSLatitude="1,1N" exif:GPSLongitude="1,1E"/>')
    owner = Trace(TraceKind.OWNER, "P. Rowan")
    assert tuple(xmp_traces(whole[: whole.index(b"</rdf")])) == (
        owner,
        Trace(TraceKind.POSITION, "1.01667,1.01667"),
        Trace(TraceKind.POSITION, "named in XMP that is broken"),
    )
    unbound = b"<x:xmpmeta><exif:GPSLatitude>51,51N</exif:GPSLatitude><exif:GPSLongitude/></x:xmpmeta>"
    assert tuple(xmp_traces(unbound)) == (Trace(TraceKind.POSITION, "named in XMP that is broken"),)


def test_padding_around_a_packet_is_none_of_it() -> None:
    packet = xmp_packet('<rdf:Description aux:OwnerName="P. Rowan"/>')
    assert tuple(xmp_traces(b"\n \0" + packet + b" " * 2000 + b"\0\0")) == (Trace(TraceKind.OWNER, "P. Rowan"),)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_other_encodings_are_read(encoding: str) -> None:
    packet = xmp_packet('<rdf:Description aux:OwnerName="Zoë"/>').decode()
    assert tuple(xmp_traces(("\ufeff" + packet).encode(encoding))) == (Trace(TraceKind.OWNER, "Zoë"),)


def test_what_would_explode_is_refused_before_it_does() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    assert tuple(xmp_traces(bomb)) == ()
    external = b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'
    assert tuple(xmp_traces(external)) == ()


def test_nesting_has_an_end() -> None:
    deep = (
        "<rdf:li>" * (DEPTH_LIMIT + 1) + '<rdf:Description aux:OwnerName="too deep"/>' + "</rdf:li>" * (DEPTH_LIMIT + 1)
    )
    assert told(deep) == []


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 100))
def test_any_bytes_are_read_without_an_error(content: bytes, kept: int) -> None:
    packet = xmp_packet('<rdf:Description aux:OwnerName="P. Rowan"/>')
    cut = packet[: len(packet) * kept // 100] + content
    assert all(trace.text.isprintable() for trace in (*xmp_traces(content), *xmp_traces(cut)))
