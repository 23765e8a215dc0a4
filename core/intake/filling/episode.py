"""One episode of an answers file, as the answers to each step's questions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ...card.card import CardFile
from ...errors import RuleRefusedError, WrongUseError
from ...identifiability.interview import cover_id, identifiable_id, reason_id, specific_consent_id
from ..interviews import pictures as pictures_step
from ..interviews import review as review_step
from ..interviews import views as views_step
from ..steps import Step
from . import names
from .on_card import OnCard
from .values import Filled, Table

_ABOUT_A_PICTURE = ("view", "identifiable", "cover", "reason", "specific_consent", "lesion")


@dataclass(frozen=True)
class PictureRow:
    """A row of `pictures` with the file it names."""

    table: Table
    file: CardFile


class Episode:
    """An [[episodes]] of the file. Pictures are looked up on the card only when they are asked for."""

    def __init__(self, table: Table, card: OnCard) -> None:
        self.table = table
        self.patient = table.table("patient")
        self._card = card
        self._pictures: tuple[PictureRow, ...] = ()

    def where(self, step: Step) -> str:
        """The place of a step's answers as a whole."""
        tables = {Step.PATIENT: "patient", Step.PATHWAY: "answers", Step.CONSENT: "consent"}
        return self.table.at(tables.get(step, "pictures"))

    def claim_pictures(self) -> None:
        """Looks every row up on the card; rows of copies of one picture must say the same.

        Raises WrongUseError, RuleRefusedError or CardError that names the row.
        """
        rows: dict[str, PictureRow] = {}
        for table in self.table.rows("pictures"):
            file = self._card.claim(table, as_what=f"a picture of {self.table.place}")
            if not file.sealable:
                raise RuleRefusedError(
                    f"{table.at('file')}: {file.shown} cannot be sealed: {file.note or file.kind.value}.",
                    "Take it out of pictures; it stays on the card and is named.",
                )
            first = rows.setdefault(file.sha256, PictureRow(table, file))
            for name in _ABOUT_A_PICTURE:
                if (table.filled(name).value or "") != (first.table.filled(name).value or ""):
                    raise WrongUseError(
                        f"{table.at(name)} contradicts {first.table.at(name)}: both are the same picture.",
                        "Keep one of the two lines; the decision covers every copy.",
                    )
        if not rows:
            raise WrongUseError(
                f"{self.table.at('pictures')} is {'empty' if 'pictures' in self.table.content else 'missing'}.",
                "Name this patient's pictures, or refer without photography.",
            )
        self._pictures = tuple(rows.values())

    def refuse_unasked(self, steps: Collection[Step]) -> None:
        """steps: those the episode has. What is said to any other is a contradiction, not a detail to drop."""
        unasked: list[Filled] = []
        if Step.CONSENT not in steps:
            consent = self.table.table("consent")
            unasked += [consent.filled(name) for name in consent.content]
        if Step.VIEWS not in steps:
            unasked += [row.filled(name) for row in self.table.rows("lesions") for name in names.LESION]
            unasked += [row.filled(name) for row in self.table.rows("pictures") for name in _ABOUT_A_PICTURE]
            unasked += [self.table.table("phone").filled(name) for name in names.PHONE]
            unasked += [self.table.filled(name) for name in names.MISSING.values()]
        for filled in unasked:
            if filled.is_given:
                raise WrongUseError(
                    f"{filled.place} is answered, but this episode is without photography.",
                    "Empty it or take it out, or mend the pathway or the consent.",
                )

    def said(self, step: Step) -> Mapping[str, Filled]:
        """The answers to a step's questions, by question id, each with its place."""
        match step:
            case Step.PATIENT | Step.PATHWAY | Step.CONSENT:
                table = self.table.table({Step.PATIENT: "patient", Step.PATHWAY: "answers"}.get(step, "consent"))
                return {name: table.filled(name) for name in table.content}
            case Step.PICTURES:
                return self._pictures_said()
            case Step.VIEWS:
                return self._views_said()
            case Step.IDENTIFIABILITY:
                return self._identifiability_said()
            case Step.REVIEW | Step.MOVE:  # whoever hands in the file says: move
                return {review_step.REVIEW: Filled(self.table.place, review_step.MOVE, certain=True)}

    def _pictures_said(self) -> dict[str, Filled]:
        place = self.table.at("pictures")
        return {
            pictures_step.WHICH: Filled(place, pictures_step.CHOOSE, certain=True),
            pictures_step.PICTURES: Filled(place, tuple(row.file.sha256 for row in self._pictures), certain=True),
            pictures_step.DISCARDS: Filled(place, (), certain=True),
        }

    def _views_said(self) -> dict[str, Filled]:
        place, lesions = self.table.at("lesions"), self.table.rows("lesions")
        if not lesions:
            what = "empty" if "lesions" in self.table.content else "missing"
            raise WrongUseError(f"{place} is {what}.", "Describe at least one lesion.")
        if len(lesions) > views_step.MOST_LESIONS:
            raise RuleRefusedError(
                f"{place}: an episode has at most {views_step.MOST_LESIONS} lesions.", "Make a second episode."
            )
        several = len(lesions) > 1
        arrangement = views_step.SEVERAL if several else views_step.ONE
        said = {views_step.ARRANGEMENT: Filled(place, arrangement, certain=True)}
        if several:
            said[views_step.LESIONS] = Filled(place, str(len(lesions)), certain=True)
        for number, lesion in enumerate(lesions, 1):
            said |= {views_step.lesion_id(number, name): lesion.filled(name) for name in names.LESION}
        for row in self._pictures:
            lesion_of = row.table.filled("lesion")
            if several or lesion_of.value != "1":
                said[views_step.lesion_of_id(row.file.sha256)] = lesion_of
            said[views_step.view_id(row.file.sha256)] = row.table.filled("view")
        return said | {name: self.table.filled(name) for name in names.MISSING.values()}

    def _identifiability_said(self) -> dict[str, Filled]:
        said = {}
        for row in self._pictures:
            said[identifiable_id(row.file.sha256)] = row.table.filled("identifiable")
            said[cover_id(row.file.sha256)] = row.table.filled("cover")
            said[specific_consent_id(row.file.sha256)] = row.table.filled("specific_consent")
            said[reason_id(row.file.sha256)] = row.table.filled("reason")
        phone = self.table.table("phone")
        return said | {name: phone.filled(name) for name in names.PHONE}
