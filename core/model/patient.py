"""Who the pictures are of: number rules, names and birth date.

NHS numbers: ten digits, the tenth a modulo-11 check digit over the first nine
weighted 10 to 2 (source: NHS Data Dictionary, NHS NUMBER). Numbers that begin
with 999 are test numbers: never issued, so a real practice must not hold one.
"""

import re
from dataclasses import dataclass
from datetime import date

from ..errors import RuleRefusedError

OLDEST_AGE = 120
"""Whole years. Whoever seems older was mistyped."""

_PUNCTUATION = re.compile(r"[\W_]")


@dataclass(frozen=True)
class NhsNumber:
    """Ten digits that passed the rules. Made by parse_nhs_number."""

    digits: str

    def __str__(self) -> str:
        return f"{self.digits[:3]} {self.digits[3:6]} {self.digits[6:]}"

    @property
    def key(self) -> str:
        """The normalised form that the patient's folder name is made from."""
        return f"nhs:{self.digits}"

    @property
    def is_test_number(self) -> bool:
        return self.digits.startswith("999")


@dataclass(frozen=True)
class LocalNumber:
    """The practice's own number for somebody without an NHS number, such as a visitor."""

    number: str
    reason: str

    def __str__(self) -> str:
        return f"local {self.number}"

    @property
    def key(self) -> str:
        return f"local:{self.number}"


PatientNumber = NhsNumber | LocalNumber


@dataclass(frozen=True)
class Patient:
    """Shown on every screen as the shown line, so that a wrong patient is noticed."""

    number: PatientNumber
    family_name: str
    given_name: str
    birth_date: date

    def __str__(self) -> str:
        return f"{self.family_name.upper()}, {self.given_name}  born {self.birth_date:%d %b %Y}  {self.number}"

    def age_on(self, day: date) -> int:
        """Whole years on that day."""
        return age_on(self.birth_date, day)

    def is_same_as(self, other: "Patient") -> bool:
        """The same number, names and birth date; the reason for a local number is said anew each time."""
        mine, theirs = ((each.number.key, each.family_name, each.given_name, each.birth_date) for each in (self, other))
        return mine == theirs


def age_on(birth_date: date, day: date) -> int:
    """Whole years from the one to the other."""
    before_birthday = (day.month, day.day) < (birth_date.month, birth_date.day)
    return day.year - birth_date.year - before_birthday


def parse_nhs_number(text: str, *, test_numbers: bool) -> NhsNumber:
    """The number in `text`, spaces and hyphens ignored.

    test_numbers: whether 999 numbers are taken (only in the demo and in tests).
    Raises RuleRefusedError for a wrong length, check digit or an unissued number.
    """
    digits = "".join(text.replace("-", " ").split())
    again = "Compare it with the patient's record and type it again."
    if not (digits.isascii() and digits.isdigit() and len(digits) == 10):
        raise RuleRefusedError(f"An NHS number has ten digits; this has {len(digits)} characters.", again)
    if len(set(digits)) == 1:
        raise RuleRefusedError("Ten equal digits are not an NHS number.", again)
    remainder = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    check_digit = (11 - remainder) % 11
    if check_digit == 10 or check_digit != int(digits[9]):
        raise RuleRefusedError("The check digit of this NHS number is wrong.", again)
    number = NhsNumber(digits)
    if number.is_test_number and not test_numbers:
        raise RuleRefusedError(
            "999 numbers are test numbers and belong to nobody.",
            "Use the patient's own number; to practise, use dermlock demo.",
        )
    return number


def refuse_impossible_birth_date(birth_date: date, today: date) -> None:
    """Raises RuleRefusedError for a day to come, and for one that makes somebody older than anybody is."""
    again = "Compare it with the patient's record and type it again."
    if birth_date > today:
        raise RuleRefusedError("This birth date is in the future.", again)
    if age_on(birth_date, today) > OLDEST_AGE:
        raise RuleRefusedError(f"By this birth date the patient would be over {OLDEST_AGE} years old.", again)


def check_local_number(text: str) -> str:
    """The number as it is kept: in capitals, without spaces.

    Raises RuleRefusedError when it is empty or reads as an NHS number, however it is punctuated.
    """
    number = "".join(text.split()).upper()
    if not number:
        raise RuleRefusedError("The local number is empty.", "Type the number that the practice gave this patient.")
    try:
        parse_nhs_number(_PUNCTUATION.sub("", number).removeprefix("NHS"), test_numbers=True)
    except RuleRefusedError:
        return number
    raise RuleRefusedError("This local number is an NHS number.", "Enter it as the NHS number.")


def parse_local_number(text: str, reason: str) -> LocalNumber:
    """A local number with the reason why there is no NHS number.

    Raises RuleRefusedError as check_local_number does, and for an empty reason.
    """
    number = check_local_number(text)
    if not reason.strip():
        raise RuleRefusedError(
            "A local number needs a reason.", "Say why there is no NHS number, for example: visitor."
        )
    return LocalNumber(number, reason.strip())
