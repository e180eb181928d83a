"""Who is there for a citizen: when somebody answers in the chat, how long that takes, and what is said in a danger."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from institutions.lengths import Length

Danger = Literal["fire", "gas", "medical", "crime", "traffic", "self_harm", "trapped"]
"""The dangers that are understood: see ``nlp.facts.Facts.danger``."""

LONGEST = 60
"""Characters of a sentence for the citizen."""


class Told(BaseModel):
    """What this institution says besides, in a danger: its own number, what it does at once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    say: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    say_en: str = ""


class Handover(BaseModel):
    """A person instead of the bot."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    staffed: Literal["hours", "always", "never"] = "hours"  # when somebody answers in the chat
    wait: Length = "10m"  # who asked for a person is promised one by then
    idle: Length = "30m"  # a person who has the chat and says nothing for so long has left it to the bot
    danger: Length = "2m"  # a danger is registered by then, even if place and phone were not told


EMERGENCY_GRADE = "emergency"
GRADES = (EMERGENCY_GRADE, "urgent", "ordinary", "complex", "minor")
FIRST_CONTACT = {
    "label": "首次联系",
    "label_en": "First contact",
    "stops": ["assigned", "answered", "withdrawn", "closed"],
    "length": {},
}
EMERGENCY = "30m"


def by_the_minute(clocks: Any) -> Any:
    """An institution's clocks as its file has them, and the minute clock that every emergency starts.

    A file that gives emergencies a first contact of its own keeps it; whatever is no table is left to be refused.
    """
    contact = clocks.get("contact", FIRST_CONTACT) if isinstance(clocks, dict) else None
    if not isinstance(contact, dict):
        return clocks
    length = contact.get("length")
    if isinstance(length, str) and length != EMERGENCY:
        length = dict.fromkeys(GRADES, length)
    elif not isinstance(length, dict) or EMERGENCY_GRADE in length:
        return clocks
    return {**clocks, "contact": {**contact, "length": {**length, EMERGENCY_GRADE: EMERGENCY}}}
