"""The hazard log holds: risks, modules and tests, and its pages are those that are made of it."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from tui.commands.main import COMMANDS, dermlock

ROOT = Path(__file__).parents[2]
SAFETY = ROOT / "docs" / "safety"


def loaded(file: Path) -> ModuleType:
    """docs/ is no package, and another installed one may be called so."""
    spec = importlib.util.spec_from_file_location("hazard_log_of_this_checkout", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


hazard_log = loaded(SAFETY / "hazard_log.py")
LOG = hazard_log.read_log()
PAGES = sorted(SAFETY.rglob("*.md"))

MUST_BE_THERE = (
    "wrong patient", "wrong place or side", "is lost", "left on a card", "half-overwritten", "route is lowered",
    "criteria are not asked", "delays a referral", "without valid consent", "withdrawn", "child's", "under 18",
    "identifies the patient", "metadata", "cloud", "cover box", "dermoscopy is used alone", "colour is judged",
    "too poor", "not pigmented", "out of date", "own pathway", "awaits a clinician", "reply is overdue",
    "patient is not told", "in the patient's record", "destroyed before", "two stations", "clock is wrong",
    "answers are lost", "damaged, shortened", "cannot be reached", "somebody who left", "seen by somebody else",
    "warnings come so often", "not a clinician", "cannot see", "in the clear", "test number", "taken for real",
)  # fmt: skip
"""Words of the hazards that this program is answerable for."""


def test_nothing_in_it_is_wrong() -> None:
    assert list(hazard_log.faults(LOG)) == []
    assert len(LOG.hazards) >= 30


@pytest.mark.parametrize("words", MUST_BE_THERE)
def test_what_may_go_wrong_is_in_it(words: str) -> None:
    assert [hazard.id for hazard in LOG.hazards if words in hazard.hazard.lower()]


def test_its_pages_are_made_of_it() -> None:
    pages = hazard_log.rendered(LOG)
    for path, text in pages.items():
        assert (SAFETY / path).read_text(encoding="utf-8") == text, f"{path}: make hazard-log"
    assert set((SAFETY / "hazards").glob("*.md")) == {SAFETY / path for path in pages if len(path.parts) > 1}
    assert {file.stem for file in (SAFETY / "hazards").glob("*.toml")} == set(LOG.head.areas)


def test_the_matrix_is_that_of_the_standards_guidance() -> None:
    """A second time by hand, from the worst likelihood down: NHS England, UK Core hazard log."""
    assert [*map(list, hazard_log.MATRIX.values())] == [
        [3, 4, 4, 5, 5], [2, 3, 3, 4, 5], [2, 2, 3, 3, 4], [1, 2, 2, 3, 4], [1, 1, 2, 2, 3],
    ]  # fmt: skip
    for risks in (*hazard_log.MATRIX.values(), *zip(*reversed(hazard_log.MATRIX.values()), strict=True)):
        assert list(risks) == sorted(risks), "worse is never a lower risk"


# ---- what would be found ----

CHECKED = """
import pytest


def test_holds() -> None: ...


@pytest.mark.parametrize("number", [1])
async def test_of_several(number: int) -> None: ...


@pytest.mark.skip
def test_skipped() -> None: ...


@pytest.mark.xfail(reason="later")
def test_failing() -> None: ...


def test_skips_itself() -> None:
    pytest.skip("not here")


@pytest.mark.slow
def test_slow() -> None: ...


def not_a_test() -> None: ...
"""

ONE = """
title = "One"

[[hazards]]
id = "H01"
hazard = "Something happens."
causes = ["Of a cause."]
effect = "Somebody is hurt."
before = { severity = "major", likelihood = "medium", risk = 3 }
residual = { severity = "major", likelihood = "very low", risk = 2 }
practice = ["Look."]
status = "transferred"

[[hazards.controls]]
what = "It is kept from happening."
where = ["core/kept.py"]
tests = ["tests/test_kept.py::test_holds", "tests/test_kept.py::test_of_several", "tests/test_kept.py::test_slow"]
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for path, text in (("core/kept.py", ""), ("tests/test_kept.py", CHECKED), ("tests/kept.py", CHECKED)):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    file = tmp_path / "tests" / "test_all_slow.py"
    file.write_text("import pytest\n\npytestmark = [pytest.mark.root]\n\n\ndef test_here() -> None: ...\n")
    return tmp_path


def log_of(text: str, reviewed_by: str = "") -> object:
    head = hazard_log.Head("1", "0", "today", reviewed_by, "", ("one",))
    return hazard_log.Log(head, {"one": msgspec.toml.decode(text, type=hazard_log.Area)})


def test_a_log_that_holds_has_no_faults(checkout: Path) -> None:
    assert list(hazard_log.faults(log_of(ONE), checkout)) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('id = "H01"', 'id = "H02"', "H02: stands where H01 should"),
        ('"medium", risk = 3', '"medium", risk = 4', "H01: before is 4, by the matrix 3"),
        ('"very low", risk = 2', '"very low", risk = 1', "H01: residual is 1, by the matrix 2"),
        ('"very low", risk = 2', '"high", risk = 4', "H01: the controls make it worse"),
        ('"transferred"', '"closed"', "H01: closed, and no clinical safety officer has looked at it"),
        ('"transferred"', '"open"', "H01: is open, and no gap says why"),
        ('status = "transferred"', 'status = "transferred"\ngaps = ["This."]', "H01: has gaps and is transferred"),
        ("core/kept.py", "core/lost.py", "H01: there is no core/lost.py"),
        ("test_holds", "test_lost", "H01: there is no test tests/test_kept.py::test_lost"),
        ("test_holds", "not_a_test", "H01: there is no test tests/test_kept.py::not_a_test"),
        ("test_holds", "test_of_several[1]", "H01: there is no test tests/test_kept.py::test_of_several[1]"),
        ("test_kept.py::test_holds", "kept.py::test_holds", "H01: there is no test tests/kept.py::test_holds"),
        ("test_kept.py::test_holds", "test_gone.py::test_a", "H01: there is no test tests/test_gone.py::test_a"),
        ("test_holds", "test_skipped", "H01: nobody runs tests/test_kept.py::test_skipped"),
        ("test_holds", "test_failing", "H01: nobody runs tests/test_kept.py::test_failing"),
        ("test_holds", "test_skips_itself", "H01: nobody runs tests/test_kept.py::test_skips_itself"),
        ("test_holds", "test_slow", "H01: a test stands twice: It is kept from happening."),
    ],
)
def test_one_mistake_is_named(checkout: Path, old: str, new: str, fault: str) -> None:
    assert old in ONE
    assert list(hazard_log.faults(log_of(ONE.replace(old, new, 1)), checkout)) == [fault]


@pytest.mark.parametrize("left", ["test_kept.py::test_slow", "test_all_slow.py::test_here"])
def test_a_hazard_needs_a_test_that_runs_everywhere(checkout: Path, left: str) -> None:
    text = re.sub(r"tests = .*", f'tests = ["tests/{left}"]', ONE)
    assert list(hazard_log.faults(log_of(text), checkout)) == ["H01: no test of it is run by make test"]


def test_an_officer_may_close_one(checkout: Path) -> None:
    text = ONE.replace('"transferred"', '"closed"\ngaps = ["This was accepted."]')
    assert list(hazard_log.faults(log_of(text, "Dr Jo Elm, 1 May 2027"), checkout)) == []


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('severity = "major"', 'severity = "moderate"', "severity"),
        ('likelihood = "medium"', 'likelihood = "rare"', "likelihood"),
        ('status = "transferred"', 'status = "done"', "status"),
        ('id = "H01"', 'id = "1"', "id"),
        ('"Somebody is hurt."', '"somebody is hurt"', "effect"),
        ("where = ", "places = ", "places"),
        ('["core/kept.py"]', "[]", "where"),
        (re.search(r"tests = .*", ONE)[0], "tests = []", "tests"),  # type: ignore[index]  # it is there
        ('practice = ["Look."]', "practice = []", "practice"),
    ],
)
def test_what_is_on_no_scale_or_left_out_is_refused(old: str, new: str, named: str) -> None:
    assert old in ONE
    with pytest.raises(msgspec.ValidationError, match=named):
        log_of(ONE.replace(old, new, 1))


# ---- what the pages say of the program ----


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(SAFETY)) for page in PAGES])
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        path, _, anchor = target.partition("#")
        if path.startswith("https:"):
            continue
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), target
        assert not anchor or anchor in anchors_of(there), target


def anchors_of(page: Path) -> set[str]:
    """As GitHub makes them of headings, and those that are written out."""
    text = page.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    made = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    return made | set(re.findall(r'<a id="([^"]+)">', text))


WRITTEN = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


def test_commands_that_the_pages_name_are_there() -> None:
    named = set(re.findall(r"`dermlock ([a-z]+)(?: ([a-z]+))?", WRITTEN))
    assert len(named) >= 10
    for name, second in named:
        assert name in COMMANDS, name
        command = dermlock.get_command(None, name)  # type: ignore[arg-type]  # it does not look at it
        subcommands = getattr(command, "commands", {})
        assert not subcommands or not second or second in subcommands, f"{name} {second}"


def test_targets_of_make_that_the_pages_name_are_there() -> None:
    there = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)", WRITTEN))
    assert {"test", "hazard-log"} <= named <= there


def test_hazards_that_the_pages_name_are_there() -> None:
    ids = {hazard.id for hazard in LOG.hazards}
    assert set(re.findall(r"\bH\d\d\b", WRITTEN)) == ids


def test_no_page_says_that_it_is_a_device_or_none_or_that_its_safety_is_settled() -> None:
    said = " ".join(WRITTEN.split())
    assert "is an opinion that somebody qualified still has to give" in said
    assert not re.search(r"(?<!whether )(dermlock|it) is (not )?a medical device", said, re.IGNORECASE)
    assert not re.search(r"is (clinically )?safe\b|is compliant|has been approved", said)
