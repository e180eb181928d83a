"""What others than those who may see personal data read instead: names, phone and identity numbers with stars.

One place for the desk, the API and exports. Who may see them whole, the caller knows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SHORT = 6  # characters: of a shorter text nothing is shown
STARS = "****"

GAP = r"[ \-.·－—]?"
SPOKEN = "[零〇一二三四五六七八九幺]"
NUMBERS = re.compile(
    rf"""
    (?<!\d)(?<!\d-)
    (?:
        (?:(?:\+|00)?86{GAP})?
        (?: (?P<mobile>[1１][3-9３-９]\d) {GAP}\d{{4}}{GAP} (?P<ending>\d{{4}})
          | (?P<mobile_2>[1１][3-9３-９]\d) {GAP}\d{{3}}{GAP}\d (?P<ending_2>\d{{4}}) )
      | (?P<area>[(（]?[0０]\d{{2,3}}[)）]?) {GAP}\d{{3,4}}{GAP} (?P<local>\d{{4}})
      | (?P<identity>\d{{4}}) \d\d{GAP}\d{{4}}{GAP}\d{{4}}{GAP} (?P<last>\d{{3}}[\dXxＸ])
    )
    (?!\d)(?!-\d)
  | (?<!{SPOKEN}) (?P<spoken>[一幺][三四五六七八九]{SPOKEN}) {SPOKEN}{{4}} (?P<rest>{SPOKEN}{{4}}) (?!{SPOKEN})
    """,
    re.VERBOSE,
)
"""Mobile and landline numbers, as people write and say them, and identity numbers. Longer numbers are no such thing."""


def masked_phone(phone: str | None) -> str | None:
    """``138****8000``; a short number shows its last two digits only."""
    if not phone:
        return None
    digits = phone.partition(";")[0].removeprefix("+86")  # without an extension
    return f"{digits[:3]}{STARS}{digits[-4:]}" if len(digits) >= 8 else f"{STARS}{digits[-2:]}"


def masked_name(name: str | None) -> str | None:
    """``李**``."""
    return name[0] + "*" * (len(name) - 1) if name else None


def masked_text(text: str, secrets: Iterable[str] = ()) -> str:
    """Running text, the phone and identity numbers in it masked, and *secrets* wherever they stand."""
    for secret in secrets:
        text = text.replace(secret, f"{secret[0]}{'*' * (len(secret) - 1)}")
    return NUMBERS.sub(_masked, text)


def secrets(who: Mapping[str, Any]) -> tuple[str, ...]:
    """What tells, in whatever is written about a case, who wants to stay unknown; of others nothing is hidden so."""
    if not who.get("confidential"):
        return ()
    phone = str(who.get("contact") or "").partition(";")[0].removeprefix("+86")
    return tuple(told for told in (str(who.get("name") or ""), phone) if len(told) > 1)


def masked(value: Any, secrets: Iterable[str] = ()) -> Any:
    """A JSON value, every text in it masked as running text."""
    match value:
        case str():
            return masked_text(value, secrets)
        case dict():
            return {key: masked(each, secrets) for key, each in value.items()}
        case list():
            return [masked(each, secrets) for each in value]
    return value


def starred(value: object) -> str:
    """The first and last two characters."""
    text = str(value)
    return f"{text[:2]}{'*' * max(4, len(text) - 4)}{text[-2:]}" if len(text) > SHORT else STARS


def _masked(match: re.Match[str]) -> str:
    found = {key: part for key, part in match.groupdict().items() if part is not None}
    if "identity" in found:
        return f"{found['identity']}{'*' * 10}{found['last']}"
    first, last = found.values()
    return f"{first}{STARS}{last}"
