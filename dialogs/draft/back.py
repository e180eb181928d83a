"""The way back to the question that was open, after an aside, or words that only say what is under way already."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dialogs.commands import squeeze
from dialogs.conversation import Conversation, Stage
from dialogs.draft import drafting, whereabouts
from dialogs.wording import phrase

if TYPE_CHECKING:
    from dialogs.effects import Effect
    from dialogs.events import Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

TELLING = frozenset({Stage.CONSENT, Stage.ASKING, Stage.PLACING, Stage.CONFIRMING, Stage.CHANGING, Stage.JOINING})
WISH = re.compile(
    r"(?:我|就|是|来|要|想|请|麻烦|帮我)*(?:投诉|举报|反映(?:问题|情况)?)(?:一下|吧|呀|啊|的)*"
    r"|(?:iwantto|iwouldliketo|idliketo)?(?:complain|(?:(?:file|make)?a)?complaint)"
)
"""Words, or a tap on the menu under the chat, that only say what for somebody is here."""


def take(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result | None:
    """Take "投诉" from somebody who is telling a matter: it is no answer, and no other matter."""
    beside = heard.evidence or heard.location or heard.contact or heard.remarks
    if word or beside or now.stage not in TELLING or not WISH.fullmatch(squeeze(heard.text)):
        return None
    told = "what" in now.draft.values
    return drafting.again(institution, now, *([phrase(now.language, "resume")] if told else []))


def back_to_it(institution: Institution, now: Conversation, effects: tuple[Effect, ...]) -> Result:
    """After an aside, go back to the question that was open."""
    if now.stage is Stage.ALARM:
        again, question = whereabouts.again(now)
        return again, (*effects, *question)
    if now.stage not in drafting.STAGES:
        return now, effects
    again, question = drafting.again(institution, now, phrase(now.language, "resume"))
    return again, (*effects, *question)
