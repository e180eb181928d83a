"""A code on a wall, scanned in the middle of a draft: it fills in what nobody has told or was asked yet.

Before the first word dialogs/draft/drafting.py does it; beside other words dialogs/draft/noting.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogs.conversation import Stage
from dialogs.draft import asking, drafting, noting
from dialogs.resuming import leaving

if TYPE_CHECKING:
    from dialogs.conversation import Conversation
    from dialogs.events import Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution


def take(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result | None:
    """Take a message that is the code and nothing more, or a greeting with it; None: it tells nothing new."""
    if word or now.stage not in drafting.STAGES or (heard.text.strip() and not leaving.greets(heard)):
        return None
    if noting.brought(now.draft, heard) == now.draft or heard.evidence or heard.location or heard.contact:
        return None
    told = noting.gathered(institution, now, heard)
    lead = noting.lead(now, heard, told.draft)
    if now.stage is Stage.ASKING and now.asking in told.draft.values:
        return asking.ask_next(institution, told, *lead)
    return drafting.again(institution, told, *lead)
