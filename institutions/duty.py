"""Who is there for a citizen: when somebody answers in the chat, how long that takes, and what is said in a danger."""

from __future__ import annotations

from typing import Annotated, Literal

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
