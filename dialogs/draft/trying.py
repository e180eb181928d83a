"""Whether it was raised with the other side first: who has not is told that this is often quicker, and goes on."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.draft import asking
from dialogs.draft.noting import gathered
from dialogs.wording import phrase

if TYPE_CHECKING:
    from dialogs.conversation import Conversation
    from dialogs.events import Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

SLOT = "raised_before"
NOT_YET = re.compile(
    r"\W*(?:我们?)?(?:还|都|也|从来|暂时|目前|一直)*(?:没有?|未曾?|不曾)(?:来得及|时间|去|有|先|直接)*"
    r"(?:找|跟|和|与|向|同|联系|协商|沟通|商量|交涉|谈|说|问|反映|他们?|她们?|对方|商家|店家|卖家|老板|店里|商量|过|呢|啊|呀|哦|的)*"
    r"(?:[\W].*)?"
    r"|\W*(?:no|nope|not yet|never|(?:no\W+)?i (?:have not|haven't|did not|didn't)\b.*)\W*",
    re.IGNORECASE | re.DOTALL,
)
"""How somebody says that they have not spoken with the other side."""


def not_yet(text: str) -> bool:
    """Whether this is the answer of somebody who has not tried: "没有", "还没找过商家"."""
    return NOT_YET.fullmatch(text.strip()) is not None


def go_on(institution: Institution, now: Conversation, heard: Heard) -> Result:
    """Keep the answer in their words, say what is quicker, and ask for what is missing."""
    told = gathered(institution, now, heard)
    told = replace(told, draft=told.draft.with_value(SLOT, heard.text.strip()))
    return asking.ask_next(institution, told, phrase(now.language, "raised.not_yet"))
