"""Text as Telegram takes it: cut into messages, then escaped.

Cut before escaping, so that no cut falls into a tag or an ``&amp;``; the limit
counts what is read, in UTF-16 units, so escaping does not make it longer.
"""

from __future__ import annotations

import html
import re

LONGEST = 4096
"""UTF-16 units of one message."""
EMPTY = "…"
"""What stands where there is nothing to say but buttons; an empty message is refused."""
BOUNDS = ("\n\n", "\n", "。", "！", "？", ". ", "；", "，", " ")
"""Where a text may be cut, the best first."""
NUMBER = re.compile(r"(?<![\w-])\d{8}-[A-Z]{2}-\d{6}-\d(?![\w-])")
"""A case number: shown so that a tap copies it."""


def units(text: str) -> int:
    """How long Telegram thinks it is."""
    return len(text) + sum(one > "\uffff" for one in text)


def parts(text: str) -> list[str]:
    """The text in as many messages as it needs, at least one, each at most ``LONGEST``."""
    rest = text.encode("utf-8", "replace").decode("utf-8").strip()  # no lone half of a character
    found = []
    while units(rest) > LONGEST:
        whole = _fitting(rest)
        cut = _bound(whole)
        found.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*(one for one in found if one), *([rest] if rest or not found else [])]


def escaped(part: str) -> str:
    """As HTML, as Telegram knows it."""
    return NUMBER.sub(r"<code>\g<0></code>", html.escape(part, quote=False)) or EMPTY


def _fitting(text: str) -> str:
    """As much of the beginning as one message takes."""
    most = LONGEST
    while units(text[:most]) > LONGEST:
        most -= max((units(text[:most]) - LONGEST) // 2, 1)
    return text[:most]


def _bound(whole: str) -> int:
    """Where to cut: after the last bound in the last three quarters, else at the end."""
    for bound in BOUNDS:
        found = whole.rfind(bound)
        if found >= len(whole) // 4:
            return found + len(bound)
    return len(whole)
