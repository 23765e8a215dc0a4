"""A sealed episode in words: the rows that a screen shows of it, its history, and its pictures with their captions."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from core.model.lesion import BODY_SITES

from ..app_services import Session
from ..bridge import counted
from ..widgets.due_words import when_due
from ..widgets.image_table import Row
from ..widgets.picture_view import ShownPicture

if TYPE_CHECKING:
    from core.audit.events import LoggedEvent
    from core.consent.record import Consent
    from core.follow_up.acts import Act
    from core.photo.previews import Preview
    from core.records.episode import Correction, Episode, EpisodeContent, StoredImage

_SITES = dict(BODY_SITES)

CAPACITY = {
    "self": "the patient’s own",
    "child-with-capacity": "under 16 with capacity",
    "parental-responsibility": "parental responsibility",
    "best-interests": "best interests",
}
"""core.consent.record.Capacity in words; a test holds them equal."""


def shown_images(episode: "Episode", session: Session) -> tuple[ShownPicture, ...]:
    """Its pictures to look at; opening one is an event of the audit log."""

    def load(image_id: str, width: int, height: int) -> "Preview":
        return session.sealed_preview(episode, image_id, width, height)

    return tuple(ShownPicture(image.id, caption_of(image), partial(load, image.id)) for image in episode.content.images)


def caption_of(image: "StoredImage") -> str:
    """Which lesion, which view, and whether it is a covered copy."""
    return f"lesion {image.lesion}, {image.view.value}{', covered copy' if image.covered_copy_of else ''}"


def site_of(episode: "Episode", image: "StoredImage") -> str:
    """Where on the body it is, as "left forearm"; "" where the lesion is not known."""
    found = next((lesion for lesion in episode.content.lesions if lesion.number == image.lesion), None)
    return f"{found.laterality.value} {found.site}" if found else ""


def rows_of(episode: "Episode", today: date) -> list[Row]:
    """Everything of the episode but its pictures themselves and its history. today: for what is overdue."""
    content, outcome = episode.content, episode.content.outcome
    rows = [*_now_rows(content, today), *_act_rows(content.acts), *_correction_rows(episode.corrections)]
    rows += [("Opened", f"{_when(content.opened_at)} by {content.staff}"), ("Route", outcome.route_name)]
    if outcome.without_photography_reason:
        rows.append(("", f"without photography, because: {outcome.without_photography_reason}"))
    if outcome.override_reason:
        rows.append(("", f"another route than the rule’s, because: {outcome.override_reason}"))
    rows.append(("", f"rule: {outcome.rule} ({outcome.pathway}, version {outcome.version})"))
    rows += [("", score) for score in outcome.scores]
    rows += [("Answers" if number == 0 else "", each) for number, each in enumerate(outcome.said)]
    course = content.course
    to_do = "To do" if course.sent_on is None else "Was to do"
    rows += [(to_do if number == 0 else "", f"• {each}") for number, each in enumerate(course.outcome.obligations)]
    rows += _consent_rows(content.consent)
    for number, lesion in enumerate(content.lesions):
        said = f"{str(lesion).capitalize()}{f'. {lesion.history}' if lesion.history else ''}"
        rows.append(("Lesions" if number == 0 else "", said))
    rows += [
        ("Not taken" if number == 0 else "", f"{view.value}: {reason}")
        for number, (view, reason) in enumerate(content.missing_views)
    ]
    rows += [
        ("Phone" if number == 0 else "", f"{id_.replace('_', ' ')}: {_said(value)}")
        for number, (id_, value) in enumerate(content.phone_answers)
    ]
    copied = {image.covered_copy_of for image in content.images}
    for number, image in enumerate(content.images):
        rows.append(("Pictures" if number == 0 else "", _picture_words(image, has_copy=image.id in copied)))
    return rows


def _now_rows(content: "EpisodeContent", today: date) -> list[Row]:
    """What it waits for, and what was withdrawn: the reason why somebody looks at it again."""
    from core.follow_up.waiting import IN_WORDS, waiting_in

    opened_on = content.opened_at.astimezone().date()
    waiting = waiting_in(content.course, opened_on, has_pictures=bool(content.images))
    rows = [("", f"{IN_WORDS[each.what]}, {when_due(each, overdue=each.is_overdue(today))}") for each in waiting]
    care = content.consent_now.care.withdrawal
    if care is not None:
        rows.insert(
            0, ("", f"consent withdrawn by {care.said_by} on {care.at.astimezone():%d %b %Y}: nothing more is sent")
        )
    return [(("Now" if number == 0 else lead), said) for number, (lead, said) in enumerate(rows)]


def _act_rows(acts: "Iterable[Act]") -> list[Row]:
    """What was done since, oldest first."""
    from core.follow_up.in_words import act_in_words

    said = (f"{_when(act.at)}  {act_in_words(act.what)}, by {act.staff}" for act in acts)
    return [("Done" if number == 0 else "", words) for number, words in enumerate(said)]


def _correction_rows(corrections: "Iterable[Correction]") -> list[Row]:
    """What was written down of the patient before, and why that changed."""
    said = (f"{_when(each.at)}  before: {each.before.patient}. {each.reason}, by {each.staff}" for each in corrections)
    return [("Corrected" if number == 0 else "", words) for number, words in enumerate(said)]


def _consent_rows(consent: "Consent | None") -> list[Row]:
    if consent is None:
        return [("Consent", "not asked")]
    from core.consent.in_words import conversation_lines

    said: list[Row] = [("", line) for line in conversation_lines(consent)]
    if not consent.allows_photography:
        reason = consent.without_photography_reason or "declined"
        return [("Consent", f"{reason[0].lower()}{reason[1:]}; wording {consent.wording_version}"), *said]
    agreed = [("teaching", consent.teaching), ("publication", consent.publication)]
    tiers = [name for name, yes in agreed if yes]
    without = [name for name, yes in agreed if not yes]
    declined = f", not for {' or '.join(without)}" if without else ""
    how = ["written" if consent.written else "spoken"]
    if consent.capacity is not None:
        how.append(CAPACITY[consent.capacity.value])
    if consent.intimate:
        how.append("intimate area explained and agreed to")
    return [
        ("Consent", f"for {' and '.join(('this care', *tiers))}{declined}; wording {consent.wording_version}"),
        ("", "; ".join(how)),
        *said,
    ]


def _picture_words(image: "StoredImage", *, has_copy: bool) -> str:
    parts = [caption_of(image), image.kind]
    if has_copy:
        parts.append("as it was on the card; a covered copy is there too")
    if image.identifiability.value == "needed":
        parts.append("identifiable, needed for this care")
    if image.specific_consent:
        parts.append("agreed to for this picture")
    return ", ".join(parts) + (f" ({image.reason})" if image.reason else "")


def history_rows(history: "Iterable[LoggedEvent]") -> list[Row]:
    """Who did what and when, newest first; the same again within a minute is one line."""
    rows: list[Row] = []
    before: tuple[str, str, str] | None = None
    times = 0
    for logged in sorted(history, key=lambda each: each.event.at, reverse=True):
        event = logged.event
        this = (_when(datetime.fromisoformat(event.at)), event.kind.value, event.staff)
        times = times + 1 if this == before else 1
        before = this
        counts = ", ".join(f"{number} {name}" for name, number in event.counts)
        words = f"{this[1]} by {event.staff or 'nobody signed in'}{f': {counts}' if counts else ''}"
        row = ("" if len(rows) else "History", f"{this[0]}  {words}{f', {times} times' if times > 1 else ''}")
        if times > 1:
            rows[-1] = (rows[-1][0], row[1])
        else:
            rows.append(row)
    return rows


def in_short(episode: "Episode") -> str:
    """How many pictures, covered copies apart."""
    copies = len(episode.content.images) - len(episode.content.originals)
    also = f" and {counted(copies, 'covered copy', 'covered copies')}" if copies else ""
    return f"{counted(len(episode.content.originals), 'picture')}{also}"


def _when(moment: datetime) -> str:
    return f"{moment.astimezone():%d %b %Y %H:%M}"


def _said(value: "str | tuple[str, ...]") -> str:
    return value if isinstance(value, str) else ", ".join(value)
