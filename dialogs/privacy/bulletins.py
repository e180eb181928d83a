"""A citizen wants to be told each month how it went in a place or a department, or wants that no more.

Only a whole message counts: "你们的月报都是假的" is a complaint. Of what there is
one to choose, the shell knows; when and how it comes, the job.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.conversation import Stage
from dialogs.effects import StopBulletins, WantBulletin
from dialogs.privacy.asked import answered, heard_alone, says
from dialogs.speaking.saying import speak
from dialogs.wording import named, phrase

if TYPE_CHECKING:
    from dialogs.conversation import Conversation
    from dialogs.events import Bulletined, Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

PREFIX = "bulletin:"
BUTTON = re.compile(r"bulletin:(?P<about>all|place|department|draft):(?P<number>[0-9A-Za-z-]{0,32})")
"""``bulletin:ABOUT:CASE``: of the place or department of that case, of the place in the draft, or of everything."""
PLACES = ("compound", "community")
"""The pieces of a place that there is a bulletin of, the closer one first."""
_BEGIN = r"(?:请|麻烦|帮我|给我|能不能|可不可以|可以|能|怎么|如何|我想要?|我要|想要?|以后|你们?|您)*"
_END = r"(?:给我|一下|一份|了|吧|吗|嘛|呢|啊|呀|我|好吗|可以吗|行吗|谢谢你?)*"
_WHICH = r"(?:(?:一份|这份|那份|我的|每个?月的?|的)*)(?:(?:办理|投诉|情况|数据)*月报|月度(?:简报|通报|报告))"
_POLITE = r"(?:please|canyou|couldyou|cani|iwantto|iwant|idliketo|idlike|iwouldlike|howdoi)*"
_IN_ENGLISH = r"(?:(?:me|a|the|my|to|get|getting|receive|sending|ing)*)monthly(?:bulletins?|newsletter)(?:please)?"
WISH = re.compile(
    rf"{_BEGIN}(?:订阅?|订一份|订个|开通|恢复){_WHICH}{_END}|{_BEGIN}(?:每个?月)?(?:发|推送){_WHICH}{_END}"
    rf"|{_POLITE}(?:subscribe|send|start|signup(?:for)?|get)?{_IN_ENGLISH}"
)
STOP = re.compile(
    rf"{_BEGIN}(?:退订|取消(?:订阅)?|停止?(?:订阅|发送?|推送)?|不订|不再订阅?|别再?发|不要再?发|不用再?发|不想(?:再)?(?:收|要|看)){_WHICH}{_END}"
    rf"|{_BEGIN}{_WHICH}(?:不要|不用|别)再?(?:发|推送|订){_END}"
    rf"|{_POLITE}(?:stop|cancel|unsubscribe(?:from)?|nomore)(?:sending)?(?:me)?(?:the|my)?(?:monthly)?(?:bulletins?|newsletter)(?:please)?"
)


def take(_institution: Institution, now: Conversation, heard: Heard, word: str) -> Result | None:
    """Take the wish or the choice, whatever was asked; while somebody may be in danger it waits."""
    if now.stage is Stage.ALARM:
        return None
    if (found := BUTTON.fullmatch(word)) is not None:
        return now, (WantBulletin(found["about"], found["number"], _place(now)),)
    if heard_alone(STOP, now, heard):
        return now, (StopBulletins(),)
    return (now, (WantBulletin(place=_place(now)),)) if heard_alone(WISH, now, heard) else None


def wants(text: str) -> bool:
    """Whether the message is the wish for one and nothing else."""
    return says(WISH, text) and not stops(text)


def stops(text: str) -> bool:
    """Whether the message says that they want no more, and nothing else."""
    return says(STOP, text)


def told(institution: Institution, now: Conversation, event: Bulletined) -> Result:
    """What came of it, then what was asked before, again; or which of several they want."""
    said = phrase(now.language, f"bulletin.{event.said}", name=named(now.language, event.name, event.name_en))
    if not event.options:
        left = tuple(choice for choice in now.offered if not choice[0].startswith(PREFIX))
        return answered(institution, replace(now, offered=left), said)
    choices = [
        (f"{PREFIX}{one.about}:{one.number}", named(now.language, one.name, one.name_en)) for one in event.options
    ]
    return speak(now, said, choices=choices)


def _place(now: Conversation) -> str:
    """What the draft tells of; empty: nothing that there is one of."""
    pieces = (now.draft.values.get("where") or {}).get("pieces") or {}
    return next((str(pieces[kind]) for kind in PLACES if pieces.get(kind)), "")
