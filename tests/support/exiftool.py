"""What ExifTool sees in files: the judge of what metadata are there."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

Tags = dict[str, list[str]]
"""By "Group:Tag", every value, without what is ExifTool's own, the file system's, or reckoned from others."""

NOT_IN_THE_FILE = {"ExifTool", "System", "Composite"}


def tags_of(files: Iterable[Path]) -> dict[Path, Tags]:
    """Every tag that ExifTool finds in each file, unknown and repeated ones as well."""
    wanted = list(files)
    listed = "\n".join(str(file) for file in wanted)
    done = subprocess.run(
        ["exiftool", "-json", "-a", "-u", "-G1:4", "-api", "struct=0", "-charset", "filename=utf8", "-@", "-"],
        input=listed,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    found: dict[Path, Tags] = {file: {} for file in wanted}
    for document in json.loads(done.stdout):
        tags = found[Path(document.pop("SourceFile"))]
        for name, value in document.items():
            group, _, tag = name.rpartition(":")
            group = group.partition(":")[0]
            if group not in NOT_IN_THE_FILE:
                values = value if isinstance(value, list) else [value]
                tags.setdefault(f"{group}:{tag}", []).extend(str(each) for each in values)
    return found


STRUCTURE = {
    "File": {
        "FileType",
        "FileTypeExtension",
        "MIMEType",
        "ExifByteOrder",
        "ImageWidth",
        "ImageHeight",
        "EncodingProcess",
        "BitsPerSample",
        "ColorComponents",
        "YCbCrSubSampling",
    },
    "JFIF": {"JFIFVersion", "ResolutionUnit", "XResolution", "YResolution"},
    "Adobe": {"DCTEncodeVersion", "APP14Flags0", "APP14Flags1", "ColorTransform"},
    "IFD0": {"Orientation"},
    "PNG": {"ImageWidth", "ImageHeight", "BitDepth", "ColorType", "Compression", "Filter", "Interlace", "Palette"}
    | {"Transparency", "Gamma"},
    "PNG-cHRM": {"WhitePointX", "WhitePointY", "RedX", "RedY", "GreenX", "GreenY", "BlueX", "BlueY"},
    "ICC_Profile": {"MediaWhitePoint", "RedMatrixColumn", "GreenMatrixColumn", "BlueMatrixColumn"}
    | {"RedTRC", "GreenTRC", "BlueTRC", "GrayTRC"},
    "ICC-header": {"ProfileVersion", "ProfileClass", "ColorSpaceData", "ProfileConnectionSpace", "ProfileFileSignature"}
    | {"PrimaryPlatform", "CMMFlags", "RenderingIntent", "ConnectionSpaceIlluminant"},
}
"""What it takes to show pixels: sizes, how they are packed, which side is up, what colours the numbers mean."""

SAYS_NOTHING = {
    "ICC_Profile:ProfileDescription": "colours",
    "ICC_Profile:ProfileDescription-en-GB": "colours",
    "ICC_Profile:ProfileCopyright": "none",
    "ICC_Profile:ProfileCopyright-en-GB": "none",
    "ICC-header:ProfileDateTime": "2000:01:01 00:00:00",
    "ICC-header:ProfileCMMType": "",
    "ICC-header:DeviceManufacturer": "",
    "ICC-header:DeviceModel": "",
    "ICC-header:DeviceAttributes": "Reflective, Glossy, Positive, Color",
    "ICC-header:ProfileCreator": "",
    "ICC-header:ProfileID": "0",
    "PNG:ProfileName": "ICC Profile",
    "JFIF:JFIFVersion": "1.02",
    "JFIF:ResolutionUnit": "None",
    "JFIF:XResolution": "1",
    "JFIF:YResolution": "1",
}
"""Fields that a format demands, with the one value that all copies have in them."""


def more_than_structure(tags: Tags) -> dict[str, list[str]]:
    """The tags of a copy that are not there to show its pixels."""
    return {
        name: values
        for name, values in tags.items()
        if (set(values) != {SAYS_NOTHING[name]} if name in SAYS_NOTHING else not _is_structure(name))
    }


def _is_structure(name: str) -> bool:
    group, _, tag = name.partition(":")
    return tag in STRUCTURE.get(group, ())
