"""Short codes that a citizen types: to go on in another chat, or to prove that a case is theirs."""

from __future__ import annotations

import re
import unicodedata

LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ"
DIGITS = "23456789"
ALPHABET = LETTERS + DIGITS
"""What codes are made of: nothing that looks like something else (0 O, 1 I L, U V)."""
LENGTH = 8

_CODE = re.compile(
    rf"(?P<named>代码|换机码|口令|code|接[着著]|继续|move)?[:\s]*(?P<code>[{ALPHABET}]{{4}}[-\s–—]?[{ALPHABET}]{{4}})[\s。.!]*",
    re.IGNORECASE,
)


def typed(text: str) -> tuple[str, bool]:
    """The code that the whole message is, or "", and whether the message calls it one."""
    found = _CODE.fullmatch(unicodedata.normalize("NFKC", text[:40]).strip()) if len(text) <= 40 else None
    code = "".join(c for c in found["code"].upper() if c in ALPHABET) if found else ""
    mixed = any(c in LETTERS for c in code) and any(c in DIGITS for c in code)
    return (code, bool(found and found["named"])) if mixed else ("", False)
