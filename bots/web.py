"""Our own web chat: JSON in, nothing out.

What citizens and the bot said stands in the chat's record, which the page
reads. So there is nobody to call: ``send`` only agrees, and the delivery job,
which writes every bubble it got rid of to that record, does the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bots import BadMessage, Way, plainly
from dialogs.messages import Inbound, Location, Receipt

if TYPE_CHECKING:
    from bots import Shown
    from dialogs.messages import Outbound, Peer

LONGEST_TEXT = 200_000
"""Characters of one message; a 100,000-character letter is taken whole."""
LONGEST_WORD = 200
"""Characters of an id, a choice, a label or a phone number."""

CONTENTS = ("text", "choice", "location", "contact")
KEYS = frozenset({"id", *CONTENTS})


class Web:
    """The chat page of one institution."""

    window = None  # the page is ours
    ways = (Way("web"),)

    def __init__(self, name: str) -> None:
        self.name = name  # in the settings and in the page's address

    def parse(self, peer: Peer, payload: object) -> Inbound:
        """A message from the page's JSON: ``id`` and one of text, choice, location, contact. Raises: BadMessage."""
        told = _told(payload)
        given = [key for key in CONTENTS if key in told]
        if len(given) != 1:
            raise BadMessage(
                "一条消息要有且只能有一项：text、choice、location 或 contact。",
                "A message has exactly one of text, choice, location and contact.",
            )
        return Inbound(
            peer,
            _word(told, "id"),
            text=_text(told.get("text", "")),
            choice=_word(told, "choice") if "choice" in told else "",
            location=_location(told["location"]) if "location" in told else None,
            contact=_word(told, "contact") if "contact" in told else "",
        )

    def preview(self, message: Outbound) -> Shown:
        """As the chat page draws it."""
        return plainly(message, "web")

    async def send(self, message: Outbound) -> Receipt:
        """The bubble is on its way as soon as the record has it; see above."""
        return Receipt(way="web")


def _told(payload: object) -> dict[str, Any]:
    """The keys that say something; null says nothing."""
    if not isinstance(payload, dict):
        raise BadMessage("消息要是一个 JSON 对象。", "A message is a JSON object.")
    if strange := sorted(str(key) for key in payload.keys() - KEYS):
        names = ", ".join(name[:40] for name in strange[:5])
        raise BadMessage(f"不认识这些字段：{names}。", f"There are no such fields: {names}.")
    return {key: value for key, value in payload.items() if value is not None}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise BadMessage("text 要是文字。", "text must be a string.")
    if len(value) > LONGEST_TEXT:
        raise BadMessage(
            f"这段话有 {len(value)} 个字，一次最多 {LONGEST_TEXT} 个字，请分几次发。",
            f"This text has {len(value)} characters; send at most {LONGEST_TEXT} at a time.",
            long=True,
        )
    return value


def _word(told: dict[str, Any], key: str) -> str:
    """A short string that is not empty."""
    value = told.get(key)
    if not isinstance(value, str) or not value.strip() or not value.isprintable() or len(value) > LONGEST_WORD:
        raise BadMessage(
            f"{key} 要是 1 到 {LONGEST_WORD} 个字的文字。",
            f"{key} must be a string of 1 to {LONGEST_WORD} printable characters.",
        )
    return value


def _location(value: object) -> Location:
    wrong = BadMessage(
        "location 要有 lat（-90 到 90）和 lon（-180 到 180），label 可有可无。",
        "location needs lat (-90 to 90) and lon (-180 to 180); label may be left out.",
    )
    if not isinstance(value, dict) or not value.keys() <= {"lat", "lon", "label"}:
        raise wrong
    lat, lon = _degrees(value.get("lat"), 90), _degrees(value.get("lon"), 180)
    if lat is None or lon is None:
        raise wrong
    return Location(lat, lon, _word(value, "label") if value.get("label") else "")


def _degrees(value: object, most: int) -> float | None:
    """None: no such angle. A bool is no number, and NaN is in no range."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not -most <= value <= most:
        return None
    return float(value)
