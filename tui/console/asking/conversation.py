"""The intake as a conversation: core's steps and questions, one after the other, each with a way back.

No rule lives here. Core says what is asked next and what it refuses, and keeps what
was answered, so that going back loses nothing; this asks and reads the line.
"""

from collections.abc import Callable

from core.card.card import Card, Inventory
from core.errors import DermlockError, InterruptedByPersonError, RuleRefusedError
from core.intake.asking import Asking, interview_for, outcome_without_photography
from core.intake.steps import Answer, Intake, Step
from core.intake.walking.intake_walk import Answered, IntakeWalk, Said, WentBack, WithoutPhotography
from core.intake.walking.interview_walk import InterviewWalk
from core.model.question import Given, Interview, Option, Question, QuestionKind, Value
from core.pathway.interview import as_question
from core.pathway.outcome import Outcome

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


Instead = WentBack | WithoutPhotography
"""What can be said instead of an answer."""


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
        self.card: Card | None = None
        self.inventory: Inventory | None = None
        self._talk = talk
        self._asking = asking
        self._cards = cards
        self._read_card = read_card
        self._note = note
        self._walk = IntakeWalk(Intake())

    def find_card(self) -> None:
        """At the start: the one that is in. Which of several is asked when pictures are chosen. Raises CardError."""
        cards = self._cards()
        self.card = cards[0] if len(cards) == 1 else None
        self._talk.say(f"Card: {self.card}." if self.card else "The card is asked for when pictures are chosen.")

    def until_the_move(self) -> Intake:
        """Asks what is missing, up to the answered review."""
        walk = self._walk
        while walk.step is not Step.MOVE:
            said = self._ask_step(walk.step)
            if isinstance(said, WentBack) and walk.is_at_start:
                self._talk.say("This is the first question.", "quit leaves.")
            walk.take(said, self._refer)
            if walk.note:
                self._talk.say(walk.note)
        self._say_lead(Step.MOVE)
        return walk.intake

    def refuse_move(self, error: DermlockError) -> None:
        """Nothing was begun: the review is open again, and every answer stands."""
        self._talk.refuse(error)
        self._walk.review_again()

    def _refer(self, intake: Intake, reason: str, answers: Given) -> Outcome:
        return outcome_without_photography(intake, self._asking(self.inventory), reason, answers)

    def _ask_step(self, step: Step) -> Said:
        self._say_lead(step)
        interview = self._begun(step)
        if isinstance(interview, Instead):
            return interview
        kept = self._walk.kept[step]
        walk = InterviewWalk(interview, kept, self._walk.intake.record)
        if self._walk.was_here:
            walk.go_over_kept()
        refused = False
        while True:
            try:
                question = walk.open()
                if question is None:
                    return Answered(walk.answer())
            except DermlockError as error:
                if walk.refused() is None:
                    raise
                self._talk.refuse(error)
                refused = True
                continue
            said = self._ask(question, kept.earlier(question), in_full=not refused)
            refused = False
            if isinstance(said, WithoutPhotography):
                return said
            if not isinstance(said, WentBack):
                walk.take(question, said)
            elif walk.back() is None:
                return said

    def _begun(self, step: Step) -> Interview[Answer] | Instead:
        """The step's interview; for pictures the card is read first, and waited for where it is not in."""
        while True:
            try:
                if step is Step.PICTURES and (instead := self._look_at_card()):
                    return instead
                interview = interview_for(step, self._walk.intake, self._asking(self.inventory))
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
            if isinstance(said, Instead):
                return said

    def _look_at_card(self) -> Instead | None:
        """Read anew whenever pictures are chosen: some may have been taken, or taken again, in the meantime."""
        cards, before = self._cards(), self.card
        same = [card for card in cards if before and _place_of(card) == _place_of(before)]
        if not same and len(cards) > 1:
            options = tuple(Option(str(card.mount_point), f"{card}, {card.mount_point}") for card in cards)
            said = self._ask(Question("card", "Which card?", QuestionKind.CHOICE, options))
            if isinstance(said, Instead):
                return said
            same = [card for card in cards if str(card.mount_point) == said]
        self.card = next(iter(same or cards), None)
        self.inventory = self._read_card(self.card) if self.card else None
        return None

    def _ask(
        self, question: Question, earlier: Value | None = None, *, in_full: bool = True, aside: bool = False
    ) -> Value | Instead:
        """Its answer, or what was said instead. in_full: else its text alone. aside: asked about a command."""
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
                return WentBack()
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
                self._say_lead(self._walk.step)
            case Command.SOURCE:
                self._talk.say(question.source or "No source is given for this question.")
            case Command.HELP:
                self._talk.say(*wording.COMMANDS)
            case Command.QUIT if self._ask(LEAVE, aside=True) == "yes":
                raise InterruptedByPersonError(
                    f"Left at “{question.text}”; nothing of this patient was sealed or erased.",
                    "The pictures are still on the card; begin again with dermlock intake --ask.",
                )
            case Command.WITHOUT if self._walk.intake.without_photography:
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
        self._talk.say("", wording.lead(step, self._walk.intake))
        if step is Step.REVIEW and self._note:
            self._talk.say(self._note)


def _place_of(card: Card) -> tuple[object, str]:
    return card.mount_point, card.identity
