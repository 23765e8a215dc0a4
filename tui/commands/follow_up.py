"""What becomes of an episode after the move: `due`, and one command for each act.

Every act is asked by the same interview as on the screens; the options of a
command are its answers, so that the same rules hold and refuse in the same words.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import click

from ..console.ending import DONE
from ..console.invocation import Invocation, given_invocation
from ..console.options import DermlockCommand
from ..console.output import Json

if TYPE_CHECKING:
    from core.follow_up.acts import What
    from core.model.question import Value
    from core.records.due import Due
    from core.records.episode import Episode

    from ..signed_in import SignedIn

ADVICE = ("manage-here", "refer-urgently", "refer", "minor-surgery", "converted", "more-pictures", "other")
"""core.follow_up.acts.Advice, without loading it for --help; a test holds them equal."""

TIERS = ("care", "teaching", "publication")
"""core.consent.withdrawal.Tier; the same."""

REASONS = ("typing-error", "changed", "other")
"""The answers to core.follow_up.correction.WHY; the same."""

DAY = click.DateTime(formats=["%Y-%m-%d"])
ON = click.option("--on", type=DAY, metavar="YYYY-MM-DD", help="The day, when it was not today.")


@click.command(cls=DermlockCommand)
@given_invocation
def due(given: Invocation) -> int:
    """List what episodes wait for: a clinician, sending, a reply, the patient, the record.

    In each list what is overdue comes first.

    Example:
      dermlock due --staff a.jones
    """
    from ..widgets.due_words import due_in_short

    lines = given.sign_in().due()
    given.output.result(
        {"due": [_due_document(line) for line in lines]},
        "\n".join([*_due_lines(lines), due_in_short(lines)]) if lines else "Nothing is due.",
    )
    return DONE


@click.command(cls=DermlockCommand)
@click.argument("episode")
@click.option(
    "--answer",
    "answers",
    multiple=True,
    metavar="QUESTION=ANSWER",
    help="One for each question of the pathway, by their ids; several answers with commas between.",
)
@given_invocation
def decide(given: Invocation, episode: str, answers: tuple[str, ...]) -> int:
    """Decide the route of EPISODE: what an assistant left open, or anew. An answer that is missing is named.

    Example:
      dermlock decide 4f2a --answer concern=urgent --answer criteria=scc --answer history=none --staff a.jones
    """
    from core.errors import RuleRefusedError, WrongUseError
    from core.follow_up.interviews import interview_of
    from core.follow_up.offering import ActKind
    from core.model.question import QuestionKind

    said = dict(_answer(answer) for answer in answers)
    signed_in = given.sign_in()
    found = signed_in.vault.episode(episode)
    interview = interview_of(ActKind.DECIDE, signed_in.about(found))
    walked: dict[str, Value] = {}
    while (question := interview.next(walked)) is not None:
        if question.id not in said:
            ids = ", ".join(option.id for option in question.options)
            raise RuleRefusedError(
                f"“{question.text}” is not answered.",
                f"Add --answer {question.id}={f'… with one of {ids}' if ids else '…'}.",
            )
        value = said.pop(question.id)
        walked[question.id] = tuple(value.split(",")) if question.kind is QuestionKind.CHECKLIST else value
    if said:
        raise WrongUseError(f"These are not asked: {', '.join(said)}.", "Take them away.")
    return _keep(given, signed_in, found, interview.answer(walked))


@click.command(cls=DermlockCommand)
@click.argument("episode")
@ON
@given_invocation
def sent(given: Invocation, episode: str, on: datetime | None) -> int:
    """Write down that the referral or request of EPISODE was sent.

    Example:
      dermlock sent 4f2a --staff a.jones
    """
    return _write_down(given, episode, "sent", _day("sent_on", on))


@click.command(cls=DermlockCommand)
@click.argument("episode")
@click.option("--advice", required=True, type=click.Choice(ADVICE), metavar="WHAT", help=f"One of {', '.join(ADVICE)}.")
@click.option("--words", default="", metavar="TEXT", help="What is to be done, in a sentence.")
@ON
@given_invocation
def replied(given: Invocation, episode: str, advice: str, words: str, on: datetime | None) -> int:
    """Write down the reply to EPISODE and what it asks for.

    Example:
      dermlock replied 4f2a --advice manage-here --words "review in 3 months" --staff a.jones
    """
    answers = _day("replied_on", on) | {"advice": advice, "advice_words": words}
    return _write_down(given, episode, "replied", answers)


@click.command(cls=DermlockCommand)
@click.argument("episode")
@ON
@given_invocation
def told(given: Invocation, episode: str, on: datetime | None) -> int:
    """Write down that the patient of EPISODE was told what the reply says.

    Example:
      dermlock told 4f2a --staff a.jones
    """
    return _write_down(given, episode, "told", _day("told_on", on))


@click.command(cls=DermlockCommand)
@click.argument("episode")
@given_invocation
def confirm(given: Invocation, episode: str) -> int:
    """Confirm that you saw every picture of EPISODE in the patient's record.

    Example:
      dermlock confirm 4f2a --staff a.jones
    """
    return _write_down(given, episode, "confirm", {"in_record": "seen"})


@click.command(cls=DermlockCommand)
@click.argument("episode")
@click.option("--reason", required=True, metavar="TEXT", help="Why the pictures are kept here.")
@click.option("--review", required=True, type=DAY, metavar="YYYY-MM-DD", help="When that is looked at again.")
@given_invocation
def retain(given: Invocation, episode: str, reason: str, review: datetime) -> int:
    """Keep the pictures of EPISODE in the vault, for a reason and until a day.

    Example:
      dermlock retain 4f2a --reason "to compare in 3 months" --review 2027-03-01 --staff a.jones
    """
    return _write_down(given, episode, "retain", {"retain_reason": reason, "review_on": f"{review:%Y-%m-%d}"})


@click.command(cls=DermlockCommand)
@click.argument("episode")
@click.option(
    "--for", "tiers", required=True, multiple=True, type=click.Choice(TIERS), help="May be given several times."
)
@click.option("--said-by", required=True, metavar="WHO", help="Who withdraws it, such as: the patient.")
@click.option("--reason", default="", metavar="TEXT", help="Where one was given; none is needed.")
@given_invocation
def withdraw(given: Invocation, episode: str, tiers: tuple[str, ...], said_by: str, reason: str) -> int:
    """Write down that consent to the pictures of EPISODE is withdrawn.

    Example:
      dermlock withdraw 4f2a --for teaching --said-by "the patient" --staff a.jones
    """
    answers: dict[str, Value] = {"withdrawn": tiers, "withdrawn_by": said_by, "withdrawn_reason": reason}
    return _write_down(given, episode, "withdraw", answers)


@click.command(cls=DermlockCommand)
@click.argument("episode")
@click.option("--family-name", metavar="NAME", help="As it should be.")
@click.option("--given-name", metavar="NAME", help="As it should be.")
@click.option("--birth-date", type=DAY, metavar="YYYY-MM-DD", help="As it should be.")
@click.option("--why", required=True, type=click.Choice(REASONS), help="What was the matter.")
@click.option("--compared-with", required=True, metavar="TEXT", help="Such as: the patient's record.")
@given_invocation
def correct(
    given: Invocation,
    episode: str,
    family_name: str | None,
    given_name: str | None,
    birth_date: datetime | None,
    why: str,
    compared_with: str,
) -> int:
    """Correct the names or the birth date of the patient of EPISODE, in all of their episodes.

    What was written down before stays in the vault beside it. The number is not corrected here.

    Example:
      dermlock correct 4f2a --family-name Hill --why changed --compared-with "the record" --staff a.jones
    """
    fields: dict[str, Value] = {
        name: value
        for name, value in (
            ("family_name", family_name),
            ("given_name", given_name),
            ("birth_date", f"{birth_date:%Y-%m-%d}" if birth_date else None),
        )
        if value is not None
    }
    signed_in = given.sign_in()
    found = signed_in.vault.episode(episode)
    answers = {"corrected": tuple(fields), **fields, "correction_why": why, "correction_seen": compared_with}
    patient = signed_in.correct(found, signed_in.correction(found).answer(answers))
    given.output.result({"id": found.id, "patient": str(patient)}, f"From now on: {patient}")
    return DONE


def _write_down(given: Invocation, episode: str, kind: str, answers: "Mapping[str, Value]") -> int:
    from core.follow_up.interviews import interview_of
    from core.follow_up.offering import ActKind

    signed_in = given.sign_in()
    found = signed_in.vault.episode(episode)
    return _keep(given, signed_in, found, interview_of(ActKind(kind), signed_in.about(found)).answer(answers))


def _keep(given: Invocation, signed_in: "SignedIn", episode: "Episode", what: "What") -> int:
    from core.follow_up.in_words import act_in_words

    act = signed_in.record_act(episode, what)
    words = act_in_words(what)
    given.output.result(
        {"id": episode.id, "at": act.at.isoformat(), "done": words}, f"{episode.id[:8]}  {episode.patient}: {words}."
    )
    return DONE


def _day(question: str, on: datetime | None) -> "dict[str, Value]":
    return {question: "another-day", f"{question}_date": f"{on:%Y-%m-%d}"} if on else {question: "today"}


def _answer(written: str) -> tuple[str, str]:
    question, separator, answer = written.partition("=")
    if not separator or not question:
        raise click.UsageError(f"--answer {written} is not written as QUESTION=ANSWER.")
    return question, answer


def _due_lines(lines: "tuple[Due, ...]") -> list[str]:
    from ..widgets.due_words import waited_for, when_due

    said: list[str] = []
    for number, line in enumerate(lines):
        if number == 0 or line.waiting.what is not lines[number - 1].waiting.what:
            said.append(f"{waited_for(line.waiting)}:")
        said.append(f"  {line.entry.id[:8]}  {when_due(line.waiting, overdue=line.overdue)}  {line.entry.patient}")
        said.append(f"            {line.entry.route_name}")
    return said


def _due_document(line: "Due") -> dict[str, Json]:
    waiting = line.waiting
    return {
        "id": line.entry.id,
        "waits_for": waiting.what.value,
        "since": waiting.since.isoformat(),
        "due_on": waiting.due_on.isoformat() if waiting.due_on else None,
        "overdue": line.overdue,
        "patient": str(line.entry.patient),
        "route": line.entry.route.value,
    }
