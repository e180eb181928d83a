"""A short code moves a draft to another chat: "换个设备" here, the code there.

The code itself, who may try it and how often, and the other chat are the
shell's (backend/services/talks/moving.py); here is what is said and what becomes of
the two drafts.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.codes import typed
from dialogs.commands import squeeze
from dialogs.conversation import Conversation, Stage, set_aside
from dialogs.draft import drafting
from dialogs.effects import MoveDraft, TakeDraft
from dialogs.messages import Say
from dialogs.resuming import returning
from dialogs.speaking.saying import speak
from dialogs.wording import phrase

if TYPE_CHECKING:
    from dialogs.events import DraftMovable, DraftTaken, Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

NO_NUMBERS = frozenset({"", "what", "when", "where", "who", "contact", "request", "evidence"})
"""Questions that nothing like a code answers; a member's or an order's number may look like one."""

_MOVES = re.compile(
    r"(?:我|想|要|能|可以|怎么|请|帮我|麻烦|把|它|这个|这件事?)*"
    r"(?:(?:换|转|移|挪|切换)(?:一?个|一?下|到|去|成|用|另一?个?|别的|其[他它]的?)*(?:设备|微信|电报|telegram|网页|渠道|聊天|小程序|公众号)"
    r"|(?:换|转|移|挪|切换)(?:到|去)(?:我的?|另一?个?|别的)*(?:手机|电脑|平板)"
    r"|(?:换|用)(?:一?个|到|另一?个?|别的)*(?:手机|电脑|平板)(?:上|里)?(?:接[着著]|继续)(?:说|填|登记|聊|办)?)"
    r"(?:上|里|去|来|吗|呢|接[着著]|继续|说|填|登记|聊|办)*"
    r"|move(?:it|this|device|todevice|toanother\w{0,12})?|switch(?:ing)?devices?|continueonanother(?:device|phone)"
)


def take(institution: Institution, now: Conversation, heard: Heard, _word: str) -> Result | None:
    """Take the wish to go on elsewhere, and a code from there."""
    if heard.choice:
        return None
    if wishes(heard.text):
        return _asked(institution, now)
    code, named = typed(heard.text)
    fits = now.stage is Stage.IDLE or (now.stage in drafting.STAGES and now.asking in NO_NUMBERS)
    return (now, (TakeDraft(code),)) if code and (named or fits) else None


def wishes(text: str) -> bool:
    """The whole message asks to go on in another chat."""
    return bool(_MOVES.fullmatch(squeeze(text)))


def movable(now: Conversation, event: DraftMovable) -> Result:
    """Tell the code; the question here stays open until it is used."""
    text = phrase(now.language, "move.code", code=event.code, minutes=event.minutes)
    return now, (Say(text),)


def taken(institution: Institution, now: Conversation, event: DraftTaken) -> Result:
    """Go on with the draft from the other chat; one that is open here is put by."""
    if event.draft is None:
        key = "move.locked" if event.locked else "move.here" if event.here else "move.wrong"
        said = phrase(now.language, key)
        return drafting.again(institution, now, said) if now.stage in drafting.STAGES else speak(now, said)
    own = set_aside(now, now.heard_at) if returning.is_open(now) else now
    brought = replace(own, draft=event.draft, consented=now.consented or event.consented)
    return returning.resumed(institution, brought, phrase(now.language, "move.taken"))


def moved(now: Conversation) -> Result:
    """The draft goes on in another chat: it ends here."""
    left = replace(set_aside(now, ""), shelf=now.shelf, closes_at="")
    return speak(left, phrase(now.language, "move.left"))


def _asked(institution: Institution, now: Conversation) -> Result:
    if returning.is_open(now) and now.stage in drafting.STAGES:
        return now, (MoveDraft(),)
    if now.shelf and now.stage is Stage.IDLE:
        *others, last = now.shelf
        opened, _ = returning.resumed(institution, replace(now, draft=last.draft, shelf=tuple(others)))
        return opened, (MoveDraft(),)
    return speak(now, phrase(now.language, "move.nothing"))
