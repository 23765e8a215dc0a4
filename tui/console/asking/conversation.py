"""The intake as a conversation: core's steps and questions, one after the other, each with a way back.

No rule lives here. Core says what is asked next and what it refuses; this asks,
reads the line, and keeps what was answered, so that going back loses nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from core.card.card import Card, Inventory
from core.errors import DermlockError, InterruptedByPersonError, RuleRefusedError
from core.intake.asking import Asking, interview_for, outcome_without_photography
from core.intake.steps import Answer, Intake, Step
from core.model.question import Interview, Option, Question, QuestionKind, Value
from core.pathway.interview import as_question

from . import wording
from .reading import KEEP, Command, command_of, read_answer
from .talk import Talk

LEAVE = Question(
    "leave",
    "Leave this patient?",
    QuestionKind.CHOICE,
    (Option("yes", "Yes, leave"), Option("no", "No, stay")),
    help="Nothing of this patient was sealed or erased. What was answered is dropped.",
)
CARD_WANTED = Question("card", "Put the card in.", QuestionKind.CHOICE, (Option("in", "It is in"),))


@dataclass(frozen=True)
class WithoutPhotography:
    """Refer without photography, for this reason."""

    reason: str


class AskedIntake:
    """One patient's intake. `card` is the chosen one, `inventory` what was read of it; None while there is none.

    asking: what the interviews need, for the card that is in. cards: those that are
    in now; may raise CardError. read_card: reads every file of one; may raise DermlockError.
    note: said before the question of the review.
    """

    def __init__(
        self,
        talk: Talk,
        asking: Callable[[Inventory | None], Asking],
        cards: Callable[[], tuple[Card, ...]],
        read_card: Callable[[Card], Inventory],
        *,
        note: str = "",
    ) -> None:
        self.intake = Intake()
        self.card: Card | None = None
        self.inventory: Inventory | None = None
        self._talk = talk
        self._asking = asking
        self._cards = cards
        self._read_card = read_card
        self._note = note
        self._step = self.intake.step
        self._kept: dict[tuple[Step, str], tuple[Question, Value]] = {}

    def find_card(self) -> None:
        """At the start: the one that is in. Which of several is asked when pictures are chosen. Raises CardError."""
        cards = self._cards()
        self.card = cards[0] if len(cards) == 1 else None
        self._talk.say(f"Card: {self.card}." if self.card else "The card is asked for when pictures are chosen.")

    def until_the_move(self) -> Intake:
        """Asks what is missing, up to the answered review."""
        back_to: Step | None = None
        without = ""
        over_kept = False
        while (step := back_to or self.intake.step) is not Step.MOVE:
            said = self._ask_step(step, over_kept=over_kept or back_to is not None)
            back_to, over_kept = None, False
            if isinstance(said, Intake):
                self._record(said)
            elif isinstance(said, WithoutPhotography):
                without = said.reason
            elif at := self.intake.steps.index(step):
                back_to = self.intake.steps[at - 1]
            else:
                self._talk.say("This is the first question.", "quit leaves.")
            if without and self.intake.patient is None:
                self._talk.say("Without photography: noted. The referral still needs its patient.")
                over_kept = True
            elif without:
                asking = self._asking(self.inventory)
                self.intake = self.intake.record(outcome_without_photography(self.intake, asking, without))
                without = ""
        self._say_lead(Step.MOVE)
        return self.intake

    def refuse_move(self, error: DermlockError) -> None:
        """Nothing was begun: the review is open again, and every answer stands."""
        self._talk.refuse(error)
        self.intake = self.intake.take_back(Step.REVIEW)

    def _record(self, answered: Intake) -> None:
        before, self.intake = self.intake, answered
        if before.patient not in (None, answered.patient):  # another person's answers are not offered to keep
            self._kept = {key: kept for key, kept in self._kept.items() if key[0] is Step.PATIENT}

    def _ask_step(self, step: Step, *, over_kept: bool) -> Intake | Command | WithoutPhotography:
        """The intake with the step's answer; BACK when the step before is wanted."""
        self._say_lead(step)
        interview = self._begun(step)
        if isinstance(interview, Command | WithoutPhotography):
            return interview
        given = self._given_before(step, interview) if over_kept else {}
        refused = False
        while True:
            try:
                question = interview.next(given)
                if question is None:
                    return self.intake.record(interview.answer(given))
            except DermlockError as error:
                if not given:
                    raise
                refused_id, _ = given.popitem()
                self._kept.pop((step, refused_id), None)  # it is not offered to be kept
                self._talk.refuse(error)
                refused = True
                continue
            said = self._ask(question, self._earlier(step, question), in_full=not refused)
            refused = False
            if isinstance(said, WithoutPhotography) or (said is Command.BACK and not given):
                return said
            if isinstance(said, Command):
                given.popitem()
            else:
                given[question.id] = said
                self._kept[step, question.id] = question, said

    def _begun(self, step: Step) -> Interview[Answer] | Command | WithoutPhotography:
        """The step's interview; for pictures the card is read first, and waited for where it is not in."""
        while True:
            try:
                if step is Step.PICTURES and (instead := self._look_at_card()):
                    return instead
                interview = interview_for(step, self.intake, self._asking(self.inventory))
                interview.next({})
            except InterruptedByPersonError:
                raise
            except DermlockError as error:
                if step is not Step.PICTURES:
                    raise
                self._talk.refuse(error)
            else:
                return interview
            said = self._ask(CARD_WANTED)
            if isinstance(said, Command | WithoutPhotography):
                return said

    def _look_at_card(self) -> Command | WithoutPhotography | None:
        """Read anew whenever pictures are chosen: some may have been taken, or taken again, in the meantime."""
        cards, before = self._cards(), self.card
        same = [card for card in cards if before and _place_of(card) == _place_of(before)]
        if not same and len(cards) > 1:
            options = tuple(Option(str(card.mount_point), f"{card}, {card.mount_point}") for card in cards)
            said = self._ask(Question("card", "Which card?", QuestionKind.CHOICE, options))
            if isinstance(said, Command | WithoutPhotography):
                return said
            same = [card for card in cards if str(card.mount_point) == said]
        self.card = next(iter(same or cards), None)
        self.inventory = self._read_card(self.card) if self.card else None
        return None

    def _given_before(self, step: Step, interview: Interview[Answer]) -> dict[str, Value]:
        """The answers as before, up to the step's last question, which is then asked."""
        given: dict[str, Value] = {}
        try:
            while (question := interview.next(given)) is not None:
                earlier = self._earlier(step, question)
                if earlier is None:
                    return given
                given[question.id] = earlier
        except DermlockError:
            pass  # the last of them runs against a rule now: it is asked again
        given.popitem()
        return given

    def _earlier(self, step: Step, question: Question) -> Value | None:
        """The answer this very question had before: it belongs to the question as it was put, not to its id alone."""
        asked, value = self._kept.get((step, question.id), (None, None))
        return value if asked == question else None

    def _ask(
        self, question: Question, earlier: Value | None = None, *, in_full: bool = True, aside: bool = False
    ) -> Value | Command | WithoutPhotography:
        """Its answer; BACK, or without photography. in_full: else its text alone. aside: asked about a command."""
        lines = wording.question_lines(question, self.inventory)
        was = [] if earlier is None else [wording.earlier_line(question, earlier)]
        self._talk.say(*(lines if in_full else lines[:1]), *was)
        while True:
            try:
                line = self._hear(question)
                command = command_of(line)
                value = self._read(question, line, earlier) if command is None else ""
            except InterruptedByPersonError:
                raise
            except DermlockError as error:
                self._talk.refuse(error)
                self._talk.say(question.text)
                continue
            if command is None:
                if wording.says_back(question, value):
                    self._talk.say(f"Taken: {wording.in_words(question, value)}")
                return value
            if command is Command.BACK:
                return command
            if aside and command in (Command.WITHOUT, Command.QUIT):
                self._talk.say("Answer this first; back takes it away.")
            elif reason := self._obey(command, question):
                return WithoutPhotography(reason)
            self._talk.say(*(lines if command is Command.AGAIN else lines[:1]), *was)

    def _read(self, question: Question, line: str, earlier: Value | None) -> Value:
        if line.strip() != KEEP:
            return read_answer(question, line)
        if earlier is None:
            raise RuleRefusedError("There is no earlier answer to keep.", "Answer the question.")
        return earlier

    def _obey(self, command: Command, question: Question) -> str:
        """A reason when it comes to referring without photography, else nothing."""
        match command:
            case Command.AGAIN:
                self._say_lead(self._step)
            case Command.SOURCE:
                self._talk.say(question.source or "No source is given for this question.")
            case Command.HELP:
                self._talk.say(*wording.COMMANDS)
            case Command.QUIT if self._ask(LEAVE, aside=True) == "yes":
                raise InterruptedByPersonError(
                    f"Left at “{question.text}”; nothing of this patient was sealed or erased.",
                    "The pictures are still on the card; begin again with dermlock intake --ask.",
                )
            case Command.WITHOUT if self.intake.without_photography:
                self._talk.say("This referral is without photography already.")
            case Command.WITHOUT:
                pathway = self._asking(self.inventory).pathway
                said = self._ask(as_question(pathway.question(pathway.reason_question)), aside=True)
                return said if isinstance(said, str) else ""
            case _:
                pass
        return ""

    def _hear(self, question: Question) -> str:
        try:
            return self._talk.hear(wording.prompt(question))
        except EOFError:
            raise InterruptedByPersonError(
                f"The answers ended at “{question.text}”; nothing of this patient was sealed or erased.",
                "The pictures are still on the card; begin again with dermlock intake --ask.",
            ) from None

    def _say_lead(self, step: Step) -> None:
        self._step = step
        self._talk.say("", wording.lead(step, self.intake))
        if step is Step.REVIEW and self._note:
            self._talk.say(self._note)


def _place_of(card: Card) -> tuple[object, str]:
    return card.mount_point, card.identity
