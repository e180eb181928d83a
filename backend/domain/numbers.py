"""Case numbers: ``YYYYMMDD-CC-NNNNNN-K``, made, read back from what people type, and found in a text.

K is the ISO 7064 mod 11,10 check digit over eighteen digits: the day, the two
letters as two digits each (A = 00, B = 01 … Z = 25), the counter; so
20261121-HL-000412 is reckoned over 20261121 0711 000412 and ends in 7.
One wrong digit is always noticed, and so are 44 of 45 swaps of neighbouring
digits (the algorithm's own limit), 14 of 15 wrong letters and 11 of 12 swaps
of the two letters. Whether a number was ever given out, only the store knows.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from string import ascii_uppercase
from typing import TYPE_CHECKING

from stdnum.iso7064 import mod_11_10

if TYPE_CHECKING:
    from collections.abc import Iterator

LAST = 999_999
"""The highest counter of one institution and day."""

# What people and their keyboards put between the parts: spaces, dashes of every kind, dots, invisible characters.
_GAP = r"[\s\-_./·\u00ad\u2010-\u2015\u2212\u30fc\u200b-\u200f\u2060\ufeff]{0,3}"
_DIGIT, _LETTER = rf"[0-9]{_GAP}", rf"[A-Za-z]{_GAP}"
# A look-ahead, so that a false start cannot swallow the beginning of a true number.
_SHAPE = re.compile(rf"(?<![0-9])(?=((?:{_DIGIT}){{8}}(?:{_LETTER}){{2}}(?:{_DIGIT}){{6}}[0-9])(?![0-9]))")
_CODE = re.compile(r"[A-Z]{2}")
_SHOWN = 40  # characters of a wrong text that an error repeats


class NotANumber(Exception):
    """Nothing in the text looks like a case number."""

    def __init__(self, text: str) -> None:
        shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
        super().__init__(f"{shown!r} holds no case number; one looks like 20261121-HL-000412-7")
        self.text = text


class WrongCheckDigit(Exception):
    """It looks like a case number, but a digit or letter of it is wrong."""

    def __init__(self, number: str) -> None:
        super().__init__(f"{number} is mistyped somewhere: its check digit does not fit")
        self.number = number


class NoNumberLeft(Exception):
    """The counter of that institution and day is used up."""

    def __init__(self, day: date, code: str, count: int) -> None:
        super().__init__(f"{code} cannot number case {count} of {day}: counters run from 1 to {LAST}")
        self.day, self.code, self.count = day, code, count


def make(day: date, code: str, count: int) -> str:
    """Return the number of the *count*-th case that the institution *code* received on the local *day*.

    Raises: NoNumberLeft; ValueError: *code* is not two capital letters.
    """
    if not _CODE.fullmatch(code):
        raise ValueError(f"an institution's code is two capital letters, not {code!r}")
    if not 1 <= count <= LAST:
        raise NoNumberLeft(day, code, count)
    return _written(f"{day.year:04}{day.month:02}{day.day:02}", code, f"{count:06}")


def read(text: str) -> str:
    """Return the normal form of the number in *text*: full-width, any case, hyphens, spaces or words around it.

    Raises: NotANumber, WrongCheckDigit.
    """
    candidates = list(_candidates(text))
    if not candidates:
        raise NotANumber(text)
    for number in candidates:
        if _fits(number):
            return number
    raise WrongCheckDigit(candidates[0])


def find(text: str) -> str | None:
    """Return the first valid number anywhere in *text*, in normal form."""
    return next((number for number in _candidates(text) if _fits(number)), None)


def told(text: str) -> tuple[str, bool]:
    """The case number in a text, and whether something like one has a wrong check digit."""
    if found := find(text):
        return found, False
    try:
        read(text)
    except WrongCheckDigit:
        return "", True
    except NotANumber:
        return "", False
    return "", False


def _candidates(text: str) -> Iterator[str]:
    """Whatever has the shape of a number and a day of the calendar, in normal form, its check digit as typed."""
    for match in _SHAPE.finditer(unicodedata.normalize("NFKC", text)):
        plain = "".join(c for c in match[1] if c.isascii() and c.isalnum()).upper()
        if _is_day(plain[:8]):
            yield f"{plain[:8]}-{plain[8:10]}-{plain[10:16]}-{plain[16]}"


def _fits(number: str) -> bool:
    day, code, count, _ = number.split("-")
    return number == _written(day, code, count)


def _written(day: str, code: str, count: str) -> str:
    letters = "".join(f"{ascii_uppercase.index(letter):02}" for letter in code)
    return f"{day}-{code}-{count}-{mod_11_10.calc_check_digit(day + letters + count)}"


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True
