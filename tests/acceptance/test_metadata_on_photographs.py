"""Place, owner, serial numbers and their kin on every real photograph, against the manifest and against ExifTool.

The manifest says where each picture was taken and with what. It has no column for
owners and serial numbers: there ExifTool is the judge, tag by tag and value by value.
"""

import re
from pathlib import Path, PurePosixPath

import pytest

from core.card.card import CardFile, FileKind, PictureFacts
from core.identifiability.findings import findings, looks_like_a_phone
from core.photo.facts import TraceKind, untrusted_text
from core.photo.opening import UnreadablePictureError, open_untrusted

from ..support.exiftool import Tags, tags_of
from .manifest import Photograph, photographs

TAGS = {
    TraceKind.OWNER: {"OwnerName", "CameraOwnerName", "CameraOwner"},
    TraceKind.SERIAL: {"SerialNumber", "CameraSerialNumber", "InternalSerialNumber", "BodySerialNumber"},
    TraceKind.LENS_SERIAL: {"LensSerialNumber"},
    TraceKind.AUTHOR: {"Artist", "Creator", "By-line", "Writer-Editor", "CaptionWriter", "XPAuthor", "Author"},
    TraceKind.RIGHTS: {"Copyright", "Rights", "CopyrightNotice", "Credit", "Source", "Contact"},
    TraceKind.PERSON: {"RegionName", "PersonInImage", "RegionPersonDisplayName"},
    TraceKind.COMPUTER: {"HostComputer"},
    TraceKind.PLACE_NAME: {
        "City",
        "Sub-location",
        "Province-State",
        "Country-PrimaryLocationCode",
        "Country-PrimaryLocationName",
        "State",
        "Country",
        "CountryCode",
        "Location",
    },
    TraceKind.WORDS: {
        "ImageDescription",
        "UserComment",
        "XPTitle",
        "XPComment",
        "XPKeywords",
        "XPSubject",
        "Description",
        "Title",
        "Subject",
        "ObjectName",
        "Keywords",
        "Caption-Abstract",
        "Headline",
        "TagsList",
        "HierarchicalSubject",
    },
}
"""ExifTool's names of what each kind is."""

NOBODYS = re.compile(
    r"[\W_0]*|unknown|none|(.* )?digital camera|DSC\d+|(file written|created) (by|with) .*", re.IGNORECASE
)
"""What was never set, and what cameras and programmes write of themselves."""

NOT_OF_A_PERSON = ("ICC_Profile", "ICC-header", "File", "ICC-view")


def normalised(kind: TraceKind, value: str) -> str:
    line = untrusted_text(value).casefold()
    return line.removeprefix("0x").lstrip("0") if kind in (TraceKind.SERIAL, TraceKind.LENS_SERIAL) else line


def seen_by_exiftool(tags: Tags) -> set[tuple[TraceKind, str]]:
    model = {value.casefold() for value in tags.get("IFD0:Model", [])}
    return {
        (kind, normalised(kind, value))
        for name, values in tags.items()
        for kind, names in TAGS.items()
        if name.partition(":")[2] in names and name.partition(":")[0] not in NOT_OF_A_PERSON
        for value in values
        if not NOBODYS.fullmatch(untrusted_text(value)) and value.casefold() not in model
    }


def facts_of(photograph: Photograph) -> PictureFacts | None:
    try:
        return open_untrusted(photograph.content).facts
    except UnreadablePictureError:
        return None


def as_card_file(photograph: Photograph, facts: PictureFacts) -> CardFile:
    return CardFile(PurePosixPath(photograph.name), FileKind.JPEG, 1, 1, 1, "00", facts=facts)


@pytest.mark.acceptance
def test_every_finding_agrees_with_the_manifest_and_with_exiftool(shared: Path) -> None:
    known = photographs(shared)
    tags = tags_of(photograph.path for photograph in known if photograph.format)
    disagreements: list[str] = []
    counts: dict[str, int] = {}
    compared, undecoded = 0, []
    for photograph in known:
        facts = facts_of(photograph)
        if facts is None:
            undecoded.append(photograph.name)
            continue
        compared += 1
        disagreements += place_against_the_manifest(photograph, facts)
        for what, ours, theirs in (("make", facts.make, "make"), ("model", facts.model, "model")):
            said = photograph.said[theirs]
            if not said.startswith("exif-error") and ours != untrusted_text(said):
                disagreements.append(f"{photograph.name}: {what} is “{ours}”, the manifest says “{said}”")
        ours_ = {(t.kind, normalised(t.kind, t.text)) for t in facts.traces if t.kind in TAGS}
        theirs_ = seen_by_exiftool(tags[photograph.path])
        disagreements += [f"{photograph.name}: only ExifTool has {kind.value} “{v}”" for kind, v in theirs_ - ours_]
        disagreements += [f"{photograph.name}: only dermlock has {kind.value} “{v}”" for kind, v in ours_ - theirs_]
        for kind in {trace.kind for trace in facts.traces}:
            counts[kind.value] = counts.get(kind.value, 0) + 1
        file = as_card_file(photograph, facts)
        assert len(findings(file)) >= len({trace.kind for trace in facts.traces})
        counts["phone questions"] = counts.get("phone questions", 0) + looks_like_a_phone(file)
    print(f"{compared} files compared, {len(undecoded)} of formats that are not decoded")
    print(f"files with each kind: {counts}")
    assert disagreements == []
    assert compared > 100
    assert counts[TraceKind.POSITION.value] > 10
    with_place = [name for name in undecoded if "," in next(p for p in known if p.name == name).said["gps"]]
    assert all(name.startswith("heic/") for name in with_place), "what is sealed is asked about"


def place_against_the_manifest(photograph: Photograph, facts: PictureFacts) -> list[str]:
    said = photograph.said["gps"]
    ours = [trace.text for trace in facts.traces if trace.kind is TraceKind.POSITION]
    if "," not in said:
        return [f"{photograph.name}: has {ours}, the manifest says “{said}”"] if ours else []
    if not ours:
        return [f"{photograph.name}: has no place, the manifest says {said}"]
    wanted = [float(part) for part in said.split(",")]
    for text in ours:
        found = [float(part) for part in text.split(",")]
        if any(abs(one - other) > 0.0001 for one, other in zip(found, wanted, strict=True)):
            return [f"{photograph.name}: has {text}, the manifest says {said}"]
    return []
