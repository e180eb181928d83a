"""What somebody wants to be told of their cases: everything, results alone, or nothing they did not ask for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dialogs.commands import squeeze
from dialogs.conversation import Stage
from dialogs.effects import WantNews
from dialogs.speaking.saying import speak
from dialogs.wording import phrase

if TYPE_CHECKING:
    from dialogs.conversation import Conversation
    from dialogs.events import Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

_END = r"(?:了|吧|啊|呀|就行|就好|就可以|谢谢)*"
WISHES = {
    "results": re.compile(
        rf"(?:请|以后|你们?|您|就)*(?:只|光)(?:要|用|需|需要)?(?:告诉|通知|跟|给|发)?(?:我)?(?:说|发)?(?:最后|最终|处理|办理)?的?结果{_END}"
        rf"|(?:请|以后|你们?|您)*(?:进度|进展|过程)(?:就|都)?(?:不用|不要|别|不必)(?:再)?(?:告诉|通知|发给?)我?{_END}"
        rf"|(?:请|以后|你们?|您|等)*有(?:了)?结果(?:了)?(?:再|才)(?:告诉|通知|跟|找)我(?:说)?{_END}"
        r"|(?:please)?(?:only|just)tellme(?:about)?(?:the)?results?(?:please)?|resultsonly"
    ),
    "none": re.compile(
        rf"(?:请|以后|你们?|您)*(?:不要|不用|别|不必)(?:再)?(?:给我|向我)?(?:发|推送?)?(?:通知|消息|提醒)(?:我|给我)?{_END}"
        r"|(?:please)?(?:stopnotifyingme|nomorenotices|nonotices|dontnotifyme)(?:anymore)?(?:please)?"
    ),
    "all": re.compile(
        rf"(?:请|以后|你们?|您)*(?:恢复|重新打开|继续|打开)(?:给我|向我)?(?:发|推送)?(?:进度|所有|全部)?的?通知(?:我)?{_END}"
        rf"|(?:请|以后|你们?|您)*(?:进度|进展)(?:也|都|还是)+(?:要)?(?:告诉|通知)我{_END}"
        r"|(?:please)?(?:notifyme(?:again|ofeverything)|tellmeeverything|resumenotices)(?:please)?"
    ),
}
"""Only a whole message counts, and only while nothing else is told."""
LONGEST = 30  # characters


def take(_institution: Institution, now: Conversation, heard: Heard, word: str) -> Result | None:
    """Take the wish."""
    told = squeeze(heard.text)
    if now.stage is not Stage.IDLE or word or heard.evidence or len(told) > 2 * LONGEST:
        return None
    wish = next((key for key, shape in WISHES.items() if shape.fullmatch(told)), None)
    if wish is None:
        return None
    talk, effects = speak(now, phrase(now.language, f"news.{wish}"))
    return talk, (WantNews("" if wish == "all" else wish), *effects)
