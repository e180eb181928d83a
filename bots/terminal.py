"""The terminal as a channel: a typed line becomes an Inbound, a bubble becomes lines of text.

Reading the keyboard, the files that a line names and the store for bubbles
that came meanwhile is the command line's work (backend/cli/terminal.py).
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bots import Way, plainly
from dialogs.messages import Inbound, Location, Media, Receipt

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bots import Shown
    from dialogs.messages import Choice, Outbound, Peer, Say

NAME = "terminal"

HELP = """\
Type what you want to say, or the number of a choice. Also:
  /photo PATH   /video PATH   /voice PATH   /document PATH   send a file; words after the path are its caption
  /location LAT LON [NAME]    send a place, in degrees
  /phone NUMBER               share a phone number
  /quit                       leave (or Ctrl-D)"""

FILES = ("photo", "video", "voice", "document")
WORD = re.compile(r'"([^"]*)"|(\S+)')


class NotUnderstood(Exception):
    """A line that begins with a slash and is no command of ours; the message says what would be."""


@dataclass(frozen=True, slots=True)
class Typed:
    """One line, told apart. ``quits``: the citizen wants to leave; ``asks_help``: which commands are there?"""

    message: Inbound | None = None
    quits: bool = False
    asks_help: bool = False


class Terminal:
    """Bubbles for the terminal wait in the chat's record, where it looks for them; ``show`` hears of each at once."""

    name = NAME
    window = None  # whoever talks there is there
    ways = (Way("terminal"),)

    def __init__(self, show: Callable[[Outbound], None] | None = None) -> None:
        self._show = show

    def preview(self, message: Outbound) -> Shown:
        """Its words; the choices are printed below them."""
        return plainly(message, "terminal")

    async def send(self, message: Outbound) -> Receipt:
        """Never fails: what is recorded as accepted is read from the record."""
        if self._show is not None:
            self._show(message)
        return Receipt(NAME)


def read(line: str, choices: Sequence[Choice], *, peer: Peer, message_id: str) -> Typed:
    """Understand a typed line; a number stands for a choice that is shown. Raises: NotUnderstood."""
    text = line.strip()
    if not text.startswith("/"):
        return Typed(_said(text, choices, peer, message_id))
    command, _, rest = text[1:].partition(" ")
    match command:
        case "quit" | "exit":
            return Typed(quits=True)
        case "help" | "":
            return Typed(asks_help=True)
        case "phone" if rest.strip():
            return Typed(Inbound(peer, message_id, contact=rest.strip()))
        case "location":
            return Typed(Inbound(peer, message_id, location=_location(rest)))
        case _ if command in FILES:
            path, caption = _path(command, rest)
            return Typed(Inbound(peer, message_id, text=caption, media=(Media(command, path),)))
    raise NotUnderstood(f"/{command} is not understood. {HELP}")


def render(say: Say) -> str:
    """A bubble as lines, its choices numbered."""
    lines = say.text.splitlines() or [""]
    numbered = [f"  [{n}] {choice.label}" for n, choice in enumerate(say.choices, start=1)]
    return "\n".join([f"< {lines[0]}", *(f"  {line}" for line in lines[1:]), *numbered])


def _said(text: str, choices: Sequence[Choice], peer: Peer, message_id: str) -> Inbound:
    if text.isascii() and text.isdigit() and len(text) <= 3 and 0 < int(text) <= len(choices):
        return Inbound(peer, message_id, choice=choices[int(text) - 1].id)
    return Inbound(peer, message_id, text=text)


def _path(command: str, rest: str) -> tuple[str, str]:
    found = WORD.match(rest.strip())
    if found is None:
        raise NotUnderstood(f'/{command} needs the path of a file: /{command} PATH, or /{command} "PATH WITH BLANKS"')
    return found.group(1) or found.group(2) or "", rest.strip()[found.end() :].strip()


def _location(rest: str) -> Location:
    words = rest.replace(",", " ").split(maxsplit=2)
    try:
        lat, lon = (float(word) for word in words[:2])
    except ValueError:
        lat = lon = math.nan
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        raise NotUnderstood("/location needs two numbers: /location 28.2282 112.9388 五一广场")
    return Location(lat, lon, words[2] if len(words) > 2 else "")
