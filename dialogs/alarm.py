"""Danger comes before whatever else was going on; nothing in such words steers or answers anything."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs import drafting, sorting
from dialogs.conversation import Conversation, Stage

if TYPE_CHECKING:
    from dialogs.asking import Result
    from dialogs.events import Heard
    from institutions.model import Institution


def take(institution: Institution, now: Conversation, heard: Heard, _word: str) -> Result | None:
    """Take words that tell of danger."""
    if not heard.facts.danger or heard.choice:
        return None
    if now.stage in drafting.STAGES:
        return drafting.take(institution, now, heard, "")
    if now.stage is Stage.SORTING:
        return sorting.take(institution, now, heard, "")
    return drafting.begin(institution, replace(now, stage=Stage.IDLE), heard, greeted=bool(heard.mine))
