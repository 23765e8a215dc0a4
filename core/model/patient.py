"""Who the pictures are of: number rules, names and birth date.

NHS numbers: ten digits, the tenth a modulo-11 check digit over the first nine
weighted 10 to 2 (source: NHS Data Dictionary, NHS NUMBER). Numbers that begin
with 999 are test numbers: never issued, so a real practice must not hold one.
"""

from dataclasses import dataclass
from datetime import date

from ..errors import RuleRefusedError


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
        before_birthday = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - before_birthday


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


def parse_local_number(text: str, reason: str) -> LocalNumber:
    """A local number with the reason why there is no NHS number.

    Raises RuleRefusedError when either is empty or the number reads as an NHS number.
    """
    number = "".join(text.split()).upper()
    if not number or not reason.strip():
        raise RuleRefusedError(
            "A local number needs the number and a reason.", "Say why there is no NHS number, for example: visitor."
        )
    try:
        parse_nhs_number(number, test_numbers=True)
    except RuleRefusedError:
        return LocalNumber(number, reason.strip())
    raise RuleRefusedError("This local number is an NHS number.", "Enter it as the NHS number.")
