"""Values of an answers file, each with its place, so that every error names one.

A place reads as the file does: “episode 1, patient.nhs_number”.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches

from ...errors import WrongUseError
from ...model.question import Value, shortened

_BITS = 64
"""Of a TOML integer. Python's own have no end, and longer than some 4,000 digits it does not write them."""

_AS_TEMPLATE = "Compare it with the file that dermlock intake --template prints."


@dataclass(frozen=True)
class Filled:
    """One answer as the file gives it.

    value: "" or () where the file has an empty one, None where the name is not there.
    certain: the file's form says it, not a person; it counts even when it is empty.
    """

    place: str
    value: Value | None
    certain: bool = False

    @property
    def is_given(self) -> bool:
        return self.certain or bool(self.value)


@dataclass(frozen=True)
class Table:
    """A table of the file. separator: between its place and the name of a value in it."""

    place: str
    content: Mapping[str, object]
    separator: str = "."

    def at(self, name: str) -> str:
        """The place of a value in this table."""
        return f"{self.place}{self.separator}{name}" if self.place else name

    def filled(self, name: str) -> Filled:
        """One answer: a text, or a list of texts. A number and a date become text."""
        return Filled(self.at(name), self._value(name) if name in self.content else None)

    def text(self, name: str) -> str:
        """One text, "" when it is empty or not there."""
        value = self.filled(name).value
        if isinstance(value, tuple):
            raise WrongUseError(f"{self.at(name)} is a list, and takes one text.", _AS_TEMPLATE)
        return (value or "").strip()

    def required_text(self, name: str) -> str:
        """One text. Raises WrongUseError when there is none."""
        text = self.text(name)
        if not text:
            raise WrongUseError(f"{self.at(name)} is {'empty' if name in self.content else 'missing'}.", "Fill it in.")
        return text

    def verbatim(self, name: str) -> str:
        """One text with the space around it, which the name of a file may have. Raises as required_text does."""
        text, raw = self.required_text(name), self.content[name]
        return raw if isinstance(raw, str) else text

    def refuse_unknown(self, names: Iterable[str]) -> None:
        """Raises WrongUseError for the first name that is not one of `names`."""
        known = list(names)
        for name in self.content:
            if name not in known:
                near = get_close_matches(str(name), known, 1)
                raise WrongUseError(
                    f"{self.at(shortened(str(name)))} is not a name of an answers file.",
                    f"Did you mean {near[0]}?" if near else f"Names there are: {', '.join(known)}.",
                )

    def table(self, name: str) -> "Table":
        """The table of that name, an empty one when it is not there."""
        return as_table(self.content.get(name, {}), self.at(name))

    def rows(self, name: str) -> tuple["Table", ...]:
        """The tables of the list of that name, each with its number in its place, counted from 1."""
        return tuple(rows(self.content.get(name, ()), self.at(name)))

    def _value(self, name: str) -> Value:
        raw = self.content[name]
        if isinstance(raw, list | tuple):
            texts = tuple(_text(item) for item in raw)
            if None in texts:
                raise WrongUseError(f"{self.at(name)} is to be a list of texts.", _AS_TEMPLATE)
            return tuple(text for text in texts if text is not None)
        text = _text(raw)
        if text is None:
            raise WrongUseError(f"{self.at(name)} is to be a text between quotation marks.", _AS_TEMPLATE)
        return text.strip()


def as_table(raw: object, place: str) -> Table:
    """Raises WrongUseError for what is no table."""
    if not isinstance(raw, Mapping):
        raise WrongUseError(f"{place or 'The answers file'} is to be a table.", _AS_TEMPLATE)
    return Table(place, raw)


def rows(raw: object, place: str) -> Iterator[Table]:
    """The tables of a list, each numbered from 1 in its place: “lesions 2”."""
    if not isinstance(raw, Sequence) or isinstance(raw, str):
        raise WrongUseError(f"{place} is to be a list of tables.", _AS_TEMPLATE)
    for number, row in enumerate(raw, 1):
        yield as_table(row, f"{place} {number}")


def _text(raw: object) -> str | None:
    if isinstance(raw, str):
        return raw
    if isinstance(raw, int) and not isinstance(raw, bool) and raw.bit_length() < _BITS:
        return str(raw)
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw.isoformat()
    return None
