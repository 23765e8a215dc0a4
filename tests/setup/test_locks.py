"""The lock files: every package pinned with its hashes, and no word of where it came from."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REQUIREMENT = re.compile(r"([a-z0-9-]+)==([^ ;\\]+)( ; [^\\]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


def lines_of(lock: str) -> list[str]:
    return (ROOT / "setup" / f"{lock}.lock").read_text().splitlines()


def pinned(lock: str) -> dict[str, set[str]]:
    """Versions by name; several where they depend on the Python."""
    found: dict[str, set[str]] = {}
    for line in lines_of(lock):
        if match := REQUIREMENT.fullmatch(line):
            found.setdefault(match[1], set()).add(match[2])
    return found


def wanted(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=~! \[;]", requirement)[0].lower() for requirement in requirements}


@pytest.mark.parametrize("lock", ["run", "dev"])
def test_every_line_is_a_pinned_package_or_one_of_its_hashes(lock: str) -> None:
    lines = lines_of(lock)
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if REQUIREMENT.fullmatch(line):
            assert HASH.fullmatch(following), f"{line} has no hash"
        else:
            assert HASH.fullmatch(line), line
            assert line.endswith("\\") == following.startswith("    --hash"), line
    assert len(pinned(lock)) > 10


@pytest.mark.parametrize("lock", ["run", "dev"])
def test_no_line_says_where_a_package_came_from(lock: str) -> None:
    text = "\n".join(lines_of(lock)).lower()
    for never in ("://", "index", "find-links", " @ ", "#"):
        assert never not in text


def test_every_dependency_of_the_project_is_in_its_lock() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    building = wanted(groups["build"])
    assert wanted(project["project"]["dependencies"]) | building <= set(pinned("run"))
    developing = wanted([each for each in groups["dev"] if isinstance(each, str)])
    assert developing <= set(pinned("dev"))


def test_one_environment_serves_both() -> None:
    dev = pinned("dev")
    assert {name: versions for name, versions in pinned("run").items() if dev.get(name) != versions} == {}
