"""What the wishes about one's own data share: a whole short message, heard in every state, and the question kept open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogs.commands import squeeze
from dialogs.conversation import Stage
from dialogs.draft import drafting
from dialogs.speaking.saying import speak

if TYPE_CHECKING:
    import re

    from dialogs.conversation import Conversation
    from dialogs.events import Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

LONGEST = 60  # characters; what is longer is a story


def says(pattern: re.Pattern[str], text: str) -> bool:
    """Whether the message is that wish and nothing else."""
    return len(text) <= LONGEST and pattern.fullmatch(squeeze(text)) is not None


def heard_alone(pattern: re.Pattern[str], now: Conversation, heard: Heard) -> bool:
    """Whether the wish is to be met now: it came by itself, and nobody may be in danger."""
    beside = heard.choice or heard.evidence or heard.facts.danger
    return not (now.stage is Stage.ALARM or beside) and says(pattern, heard.text)


def answered(institution: Institution, now: Conversation, text: str) -> Result:
    """The answer; then what was asked before, again."""
    if now.stage in drafting.STAGES:
        return drafting.again(institution, now, text)
    return speak(now, text, choices=now.offered)
