"""Who has looked at my name and phone? How often, when and for which department is told; by whom and why is the office's.

Only a whole message counts: "他们看过我的信息还到处说" is a complaint.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dialogs.effects import AskLooks
from dialogs.privacy.asked import answered, heard_alone, says
from dialogs.values.times import say_time
from dialogs.wording import named, phrase

if TYPE_CHECKING:
    from dialogs.conversation import Conversation
    from dialogs.events import Heard, LooksTold
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

SHOWN = 10
"""Looks in one answer, the newest ones."""
_BEGIN = r"(?:请问|我想(?:知道|问问?)|想知道|问一下|查一下|帮我查|告诉我|能不能|你们?|那|到底|现在|都)*"
_END = r"(?:了|过|的|呢|吗|啊|呀|嘛|吧|没有|没)*"
_DATA = r"(?:(?:个人|真实)?(?:信息|资料|数据|隐私|姓名|名字|电话|手机号?|号码|身份|联系方式)(?:和|与|、)?)+"
_LOOKS = r"(?:查看|查询|查阅|翻看|打开|访问|调取|看|查|翻)(?:到|过|了)*"
QUESTION = re.compile(
    rf"{_BEGIN}(?:(?:都有|都|有|是)*(?:谁|哪些人|哪个人|什么人|哪个部门|哪些部门|多少人|几个人)(?:都|曾)*{_LOOKS}(?:我|本人)的?{_DATA}"
    rf"|有(?:没有)?人{_LOOKS}(?:我|本人)的?{_DATA}"
    rf"|(?:我|本人)的?{_DATA}(?:都|有|被|给|让)*(?:谁|哪些人|什么人|多少人|人|哪个部门)(?:都)?{_LOOKS}){_END}"
    r"|(?:please|can you|could you|tell me|i want to know|do you know)*".replace(" ", "")
    + r"(?:whohas|who|hasanyone|hasanybody|didanyone|howmanypeople(?:have)?)"
    r"(?:lookedat|lookat|seen|saw|see|viewed|view|accessed|access|read)my(?:personal)?"
    r"(?:(?:data|information|info|details|name|phone(?:number)?|identity|contact)(?:and|or)?(?:my)?)+"
)


def take(_institution: Institution, now: Conversation, heard: Heard, _word: str) -> Result | None:
    """The question, whatever was asked; while somebody may be in danger it waits."""
    return (now, (AskLooks(),)) if heard_alone(QUESTION, now, heard) else None


def asks(text: str) -> bool:
    """Whether the message is that question and nothing else."""
    return says(QUESTION, text)


def told(institution: Institution, now: Conversation, event: LooksTold) -> Result:
    """The answer; then what was asked before, again."""
    return answered(institution, now, _answer(institution, now.language, event))


def _answer(institution: Institution, language: str, event: LooksTold) -> str:
    if not event.cases:
        return phrase(language, "looks.nothing")
    if not event.looks:
        return phrase(language, "looks.none")
    zone, shown = ZoneInfo(institution.timezone), event.looks[-SHOWN:]
    lines = [phrase(language, "looks.some", n=len(event.looks))]
    for look in reversed(shown):
        name = named(language, look.department, look.department_en or look.department)
        who = phrase(language, "looks.program", name=name) if look.program else name
        lines.append(phrase(language, "looks.line", at=say_time(look.at, zone, language), who=who))
    if len(event.looks) > len(shown):
        lines.append(phrase(language, "looks.more", n=len(event.looks) - len(shown)))
    return "\n".join([*lines, phrase(language, "looks.why")])
