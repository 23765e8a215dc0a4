"""Reads the hazard log, says what is wrong with it, and writes its readable pages.

A hazard log that names a test which nobody runs any more is worse than none.
Therefore the log is data: `make hazard-log` refuses it while a risk, a module or a
test in it does not hold, and tests/docs/test_hazard_log.py does the same on every
run of the suite.
"""

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import chain
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
Sentence = Annotated[str, Meta(pattern=r"\A[A-Z“`0-9].*[.?]\Z")]

NEED_MORE_THAN_A_CHECKOUT = frozenset({"root", "slow", "acceptance"})
"""Marks of tests that `make test` leaves out; .ci/run has them."""


class Severity(Enum):
    """The worst that is likely to come of it (DCB0129; definitions on the rendered page)."""

    MINOR = "minor"
    SIGNIFICANT = "significant"
    CONSIDERABLE = "considerable"
    MAJOR = "major"
    CATASTROPHIC = "catastrophic"


class Likelihood(Enum):
    """How likely that harm is, not how likely the mistake is."""

    VERY_LOW = "very low"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very high"


MATRIX = {
    Likelihood.VERY_HIGH: (3, 4, 4, 5, 5),
    Likelihood.HIGH: (2, 3, 3, 4, 5),
    Likelihood.MEDIUM: (2, 2, 3, 3, 4),
    Likelihood.LOW: (1, 2, 2, 3, 4),
    Likelihood.VERY_LOW: (1, 1, 2, 2, 3),
}
"""Risk by likelihood and, in the order of Severity, by severity: as in NHS England's UK Core hazard log."""


class Status(Enum):
    OPEN = "open"  # something remains to be built, tested or decided
    TRANSFERRED = "transferred"  # what remains is the practice's, in its own log (DCB0160)
    CLOSED = "closed"  # a clinical safety officer accepted what remains


class Risk(Struct, frozen=True, forbid_unknown_fields=True):
    severity: Severity
    likelihood: Likelihood
    risk: int

    def __str__(self) -> str:
        return f"{self.severity.value}, {self.likelihood.value}: **{self.risk}**"


class Control(Struct, frozen=True, forbid_unknown_fields=True):
    """what: the design does, in a sentence. where: files or folders of it. tests: path::name, without brackets."""

    what: Sentence
    where: Annotated[tuple[str, ...], Meta(min_length=1)]
    tests: Annotated[tuple[str, ...], Meta(min_length=1)]


class Hazard(Struct, frozen=True, forbid_unknown_fields=True):
    """before: without these controls. residual: with them, an estimate until somebody qualified confirmed it.

    gaps: what no test guards or nothing controls yet. practice: what the design leaves to people.
    """

    id: Annotated[str, Meta(pattern=r"\AH\d\d\Z")]
    hazard: Sentence
    causes: Annotated[tuple[Sentence, ...], Meta(min_length=1)]
    effect: Sentence
    before: Risk
    residual: Risk
    practice: Annotated[tuple[Sentence, ...], Meta(min_length=1)]
    status: Status
    controls: Annotated[tuple[Control, ...], Meta(min_length=1)]
    gaps: tuple[Sentence, ...] = ()


class Area(Struct, frozen=True, forbid_unknown_fields=True):
    """One file of hazards/, which has one page."""

    title: str
    hazards: tuple[Hazard, ...]


class Head(Struct, frozen=True, forbid_unknown_fields=True):
    """hazard-log.toml. reviewed_by: the clinical safety officer, "" for nobody. scale: markdown above the matrix."""

    version: str
    program: str
    written: str
    reviewed_by: str
    scale: str
    areas: tuple[str, ...]


@dataclass(frozen=True)
class Log:
    """areas: by the name of their file, in the order of the head."""

    head: Head
    areas: dict[str, Area]

    @property
    def hazards(self) -> tuple[Hazard, ...]:
        return tuple(chain.from_iterable(area.hazards for area in self.areas.values()))


def read_log(folder: Path = HERE) -> Log:
    """Raises msgspec.ValidationError with the place in the file, ValueError for what is no TOML."""
    head = msgspec.toml.decode((folder / "hazard-log.toml").read_text(encoding="utf-8"), type=Head)
    files = {name: (folder / "hazards" / f"{name}.toml").read_text(encoding="utf-8") for name in head.areas}
    return Log(head, {name: msgspec.toml.decode(text, type=Area) for name, text in files.items()})


def faults(log: Log, root: Path = ROOT) -> Iterator[str]:
    """Everything in the log that does not hold, each as “hazard: what”."""
    paths = {test.partition("::")[0] for hazard in log.hazards for each in hazard.controls for test in each.tests}
    tests = {path: tests_in(root / path) for path in paths}
    for number, hazard in enumerate(log.hazards, 1):
        if hazard.id != f"H{number:02}":
            yield f"{hazard.id}: stands where H{number:02} should"
        for name, risk in (("before", hazard.before), ("residual", hazard.residual)):
            right = MATRIX[risk.likelihood][list(Severity).index(risk.severity)]
            if risk.risk != right:
                yield f"{hazard.id}: {name} is {risk.risk}, by the matrix {right}"
        if hazard.residual.risk > hazard.before.risk:
            yield f"{hazard.id}: the controls make it worse"
        if hazard.status is Status.CLOSED and not log.head.reviewed_by:
            yield f"{hazard.id}: closed, and no clinical safety officer has looked at it"
        if hazard.gaps and hazard.status is Status.TRANSFERRED:
            yield f"{hazard.id}: has gaps and is transferred"
        if not hazard.gaps and hazard.status is Status.OPEN:
            yield f"{hazard.id}: is open, and no gap says why"
        yield from (f"{hazard.id}: {fault}" for fault in _of_controls(hazard, root, tests))


def _of_controls(hazard: Hazard, root: Path, tests: Mapping[str, Mapping[str, frozenset[str]]]) -> Iterator[str]:
    runs_everywhere = False
    for control in hazard.controls:
        yield from (f"there is no {place}" for place in control.where if not (root / place).exists())
        if len(set(control.tests)) < len(control.tests):
            yield f"a test stands twice: {control.what}"
        for test in control.tests:
            path, _, name = test.partition("::")
            found = tests[path]
            if name not in found:
                yield f"there is no test {test}"
            elif "skip" in found[name]:
                yield f"nobody runs {test}"
            else:
                runs_everywhere |= not found[name] & NEED_MORE_THAN_A_CHECKOUT
    if not runs_everywhere:
        yield "no test of it is run by make test"


def tests_in(file: Path) -> dict[str, frozenset[str]]:
    """The tests of a file by name, each with its marks, “skip” among them for whatever is not run for certain."""
    if not (file.is_file() and file.name.startswith("test_") and file.suffix == ".py"):
        return {}
    tree = ast.parse(file.read_text(encoding="utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    of_file = _marks(
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and any(ast.unparse(target) == "pytestmark" for target in node.targets)
    )
    return {
        each.name: of_file | _marks([*each.decorator_list, *each.body])
        for each in functions
        if each.name.startswith("test_")
    }


def _marks(nodes: Iterator[ast.expr] | list[ast.expr | ast.stmt]) -> frozenset[str]:
    """Of pytest.mark.slow it is “slow”; of every skip, skipif, importorskip and xfail “skip”."""
    found = set()
    for node in chain.from_iterable(map(ast.walk, nodes)):
        if isinstance(node, ast.Attribute):
            whole = ast.unparse(node)
            if whole.startswith("pytest.") and whole.endswith(("skip", "skipif", "xfail")):
                found.add("skip")
            elif whole.startswith("pytest.mark."):
                found.add(node.attr)
    return frozenset(found)


def rendered(log: Log) -> dict[Path, str]:
    """Every page below docs/safety that is made of the log, by its path there."""
    pages = {Path("hazard-log.md"): _overview(log)}
    return pages | {Path(f"hazards/{name}.md"): _page(area) for name, area in log.areas.items()}


_MADE = "<!-- Made of {} by make hazard-log; edit that. -->\n"


def _overview(log: Log) -> str:
    head, hazards = log.head, log.hazards
    tests = {test for hazard in hazards for control in hazard.controls for test in control.tests}
    status = {each: sum(hazard.status is each for hazard in hazards) for each in Status}
    reviewed = (
        head.reviewed_by or "nobody yet. Every risk below is an estimate for a clinical safety officer to confirm"
    )
    lines = [
        _MADE.format("hazard-log.toml and hazards/*.toml"),
        "# Hazard log\n",
        f"Version {head.version} of {head.written}, for dermlock {head.program}. Reviewed by: {reviewed}.\n",
        f"{len(hazards)} hazards, guarded by {len(tests)} tests: "
        f"{', '.join(f'{count} {each.value}' for each, count in status.items())}. "
        "*Open*: something remains to be built, tested or decided. *Transferred*: what remains is the practice's, "
        "in a log of its own. *Closed*: a clinical safety officer accepted what remains.\n",
        head.scale.strip(),
        "",
        _matrix(),
    ]
    for name, area in log.areas.items():
        lines += [
            f"\n## [{area.title}](hazards/{name}.md)\n",
            "| | hazard | before | residual | status |",
            "|---|---|---|---|---|",
        ]
        lines += [
            f"| [{hazard.id}](hazards/{name}.md#{hazard.id.lower()}) | {hazard.hazard} | {hazard.before.risk} "
            f"| {hazard.residual.risk} | {hazard.status.value} |"
            for hazard in area.hazards
        ]
    lines += ["\n## What is open\n"]
    lines += [f"* {hazard.id}: {gap}" for hazard in hazards for gap in hazard.gaps]
    return "\n".join(lines) + "\n"


def _matrix() -> str:
    titles = f"| likelihood | {' | '.join(severity.value for severity in Severity)} |"
    rows = [f"| {likelihood.value} | {' | '.join(map(str, risks))} |" for likelihood, risks in MATRIX.items()]
    return "\n".join((titles, "|---" * (len(Severity) + 1) + "|", *rows))


def _page(area: Area) -> str:
    lines = [
        _MADE.format("the .toml beside it"),
        f"# {area.title}\n",
        "[All hazards, and what the numbers mean](../hazard-log.md)",
    ]
    for hazard in area.hazards:
        lines += [
            f'\n<a id="{hazard.id.lower()}"></a>\n\n## {hazard.id}: {hazard.hazard.rstrip(".")}\n',
            f"Before: {hazard.before}. Residual, estimated: {hazard.residual}. Status: {hazard.status.value}.\n",
            f"**Causes.** {' '.join(hazard.causes)}\n",
            f"**Effect.** {hazard.effect}\n",
            "**Controls**\n",
        ]
        for control in hazard.controls:
            lines.append(f"* {control.what} ({', '.join(f'`{place}`' for place in control.where)})")
            lines += [f"  * `{test}`" for test in control.tests]
        lines.append(f"\n**The practice.** {' '.join(hazard.practice)}")
        if hazard.gaps:
            lines.append(f"\n**Open.** {' '.join(hazard.gaps)}")
    return "\n".join(lines) + "\n"


def main() -> int:
    log = read_log()
    wrong = list(faults(log))
    for fault in wrong:
        sys.stderr.write(f"{fault}\n")
    if wrong:
        return 1
    for path, text in rendered(log).items():
        (HERE / path).write_text(text, encoding="utf-8")
    sys.stdout.write(f"{len(log.hazards)} hazards\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
