"""A phone number as it was typed: those from beyond the border without their "+", and what is wrong with one that is none.

``people.phone`` reads the numbers that stand in their usual form; this reads
what is left, as the answer to "what is your phone number". Expects text in
``segment.normal`` form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, is_valid_number, parse

from nlp.who.people import SPOKEN, SPOKEN_RUN

MOBILE, LEAST, MOST = 11, 5, 24
BEYOND = (
    ("HK", re.compile(r"香港|\bHK\b|hong kong", re.IGNORECASE)),
    ("MO", re.compile(r"澳门|macau|macao", re.IGNORECASE)),
    ("TW", re.compile(r"台湾|taiwan", re.IGNORECASE)),
)
"""Regions whose numbers are told with their name."""
CODES = ("852", "853", "886")
"""Regions whose code is mostly told without "+"."""
LOOKS_TAIWANESE = re.compile(r"09\d{8}")
LOOK_ALIKE = str.maketrans("oOlI|", "00111")
"""Letters that are typed for digits."""
DIGITS = re.compile(r"\+?\d[\d\s\-()·.—－]*\d")


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a number: short, long, hidden, unknown; ``digits``: how many it has."""

    kind: str
    digits: int


def beyond(text: str) -> str | None:
    """A number of Hong Kong, Macau, Taiwan or abroad in E.164, though nothing but its digits says so; None: none."""
    told = DIGITS.search(text)
    if told is None:
        return None
    digits = re.sub(r"\D", "", told[0])
    for region, called in BEYOND:
        if called.search(text) and (found := _valid(digits, region)):
            return found
    if LOOKS_TAIWANESE.fullmatch(digits):
        return _valid(digits, "TW")
    if digits.startswith(CODES) or told[0].startswith(("+", "00")):
        return _valid(f"+{digits.removeprefix('00')}", None)
    return None


def mended(text: str) -> str:
    """The text with the letters that stand for digits read as digits: 1380013800O."""
    return re.sub(r"\d[\doOlI|\s\-]{5,}", lambda run: run[0].translate(LOOK_ALIKE), text)


def flaw(text: str) -> Flaw | None:
    """What is wrong with the number in *text* that is none; None: there is nothing like a number."""
    plain = SPOKEN_RUN.sub(lambda run: run[0].translate(SPOKEN), text)
    if re.search(r"\d[*＊xX某#]{2,}", plain):
        return Flaw("hidden", 0)
    told = DIGITS.search(plain)
    digits = re.sub(r"\D", "", told[0]) if told else ""
    if not LEAST <= len(digits) <= MOST:
        return None
    begins_mobile = re.match(r"1[3-9]", digits) is not None
    if begins_mobile and len(digits) != MOBILE:
        return Flaw("short" if len(digits) < MOBILE else "long", len(digits))
    return Flaw("unknown", len(digits))


def _valid(digits: str, region: str | None) -> str | None:
    try:
        number = parse(digits, region)
    except NumberParseException:
        return None
    return format_number(number, PhoneNumberFormat.E164) if is_valid_number(number) else None
