"""A citizen wants a copy of what is kept of them (PIPL art. 45): a link to it, which counts once and not for long.

Only a whole message counts: "他们导出我的资料拿去卖" is a complaint. What stands
in the copy, the shell gathers when the link is followed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dialogs.effects import AskCopy
from dialogs.privacy.asked import answered, heard_alone, says
from dialogs.wording import phrase

if TYPE_CHECKING:
    from dialogs.conversation import Conversation
    from dialogs.events import CopyReady, Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

_BEGIN = (
    r"(?:请|请问|麻烦|帮我|我想要?|我要|我要求|我希望|要求|能不能|可不可以|可以|能|怎么|如何|怎样|你们?|您|把|给我)*"
)
_END = r"(?:一下|一份|下来|出来|给我|发我|了|吧|吗|嘛|呢|啊|呀|好吗|可以吗|行吗|谢谢你?)*"
_TAKE = r"(?:导出|下载|复制|拷贝|备份|提供|索取|查阅|打包|和|与|、)+(?:一份)?"
_MINE = r"(?:一份)?(?:关于)?(?:我们?|本人)的?(?:在你们?这里?的?)?(?:所有|全部|一切|个人)*的?"
_DATA = r"(?:(?:个人)?(?:信息|资料|数据|档案)|聊天记录|投诉记录|记录)(?:副本|复印件)?"
WISH = re.compile(
    rf"{_BEGIN}(?:{_TAKE}{_MINE}{_DATA}|{_MINE}{_DATA}(?:能不能|可不可以|可以|能|怎么|如何)*{_TAKE}|(?:要|发)?一份{_MINE}{_DATA}){_END}"
    r"|(?:please|can you|could you|can i|could i|i want (?:you )?to|i want|i'?d like (?:you )?to|i would like|how (?:do|can) i)*".replace(
        " ", ""
    )
    + r"(?:(?:export|download|get|have|send me|give me|request)*(?:me)?(?:all)?(?:of)?(?:a|the)?copyof(?:all)?(?:my|the)(?:personal)?".replace(
        " ", ""
    )
    + r"(?:data|information|info|details|records?|chat)(?:youhave)?(?:about|of|on)?(?:me)?"
    r"|(?:export|download|sendme|giveme)(?:all)?(?:of)?my(?:own)?(?:personal)?(?:data|information|info|details|records?|chat(?:history)?))"
    r"(?:please|now)*"
)


def take(_institution: Institution, now: Conversation, heard: Heard, _word: str) -> Result | None:
    """The wish, whatever was asked; while somebody may be in danger it waits."""
    return (now, (AskCopy(),)) if heard_alone(WISH, now, heard) else None


def wants(text: str) -> bool:
    """Whether the message is that wish and nothing else."""
    return says(WISH, text)


def ready(institution: Institution, now: Conversation, event: CopyReady) -> Result:
    """Where it is, for how long; then what was asked before, again."""
    link = f"{institution.address}{event.path}"
    return answered(institution, now, phrase(now.language, "copy.ready", link=link, minutes=event.minutes))
