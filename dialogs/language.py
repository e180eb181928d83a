"""In which language to answer: the citizen's own, as far as the first words show it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.conversation import Conversation, Stage

if TYPE_CHECKING:
    from dialogs.events import Heard

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_ENGLISH = re.compile(r"[A-Za-z]{2,}")
WORDS = 3  # of English: fewer may be a plate, a product or "ok"


def in_language(now: Conversation, heard: Heard) -> Conversation:
    """The conversation, in the language that a message beginning a matter is written in."""
    if now.stage is not Stage.IDLE or heard.choice:
        return now
    if _CHINESE.search(heard.text):
        return replace(now, language="zh")
    if len(_ENGLISH.findall(heard.text)) >= WORDS:
        return replace(now, language="en")
    return now
