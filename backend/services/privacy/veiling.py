"""What people of the very unit complained of read: a citizen's words without anything that tells who said them.

Stricter than ``masking``, which hides numbers and what the citizen has told as
name and phone: here go names that people give themselves, their plates, cards,
addresses to the door, accounts, and what they say they are. What happened,
when and at which building stays, for it is what has to be put right.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from backend.services.privacy.masking import STARS, masked_text
from nlp.who import identifiers, people

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

END = r"[^，。；！？、,;!?\n（）()]"
"""What a clause is made of."""
SELF = re.compile(
    rf"((?:我|俺|本人|我们|咱们?)(?:的)?(?:名字|真名|全名)?(?:是|叫做?|姓|名叫|就是|系)|(?:本人|我)(?=[^，。\n]{{0,3}}系))"
    rf"(?!被|在|说|想|要|怕|不|觉得){END}{{1,24}}"
)
"""我是……, 我叫……: who they say they are."""
LIVES = re.compile(
    rf"((?:我|俺|本人|我们)?(?:家|现)?(?:住在?|住址[是:：]?|家住|租住在?|家庭住址[是:：]?)){END}{{2,30}}"
)
DOOR = re.compile(
    r"(?<![\d])(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:单元|门洞)(?:\d{2,4}(?:室|号|房)?)?"
    r"|(?<![\d])\d{2,4}(?:室|房间|户)|(?<!\d)\d{1,3}[-－—]\d{1,2}[-－—]\d{2,4}(?!\d)"
)
"""Unit and room: 2单元501室, 3-2-501."""
ACCOUNT = re.compile(
    r"((?:微信|QQ|抖音|工号|学号|卡号|账号|户号|编号)号?\s*(?:是|为|:|：)?\s*)[A-Za-z0-9_-]{3,}", re.IGNORECASE
)
ENGLISH = re.compile(r"(\b(?:I am|I'm|my name is|this is|I live (?:at|in))\s+)[^,.;!?\n]{1,40}", re.IGNORECASE)
MOST_NAMES = 5
"""Names looked for in one text; each that is found goes from all of it."""


def veiled(text: str, hidden: Iterable[str] = ()) -> str:
    """Running text without who says it; ``hidden``: their name and number as they are on record."""
    text = masked_text(_without_names(text), [secret for secret in hidden if secret])
    for told in sorted(identifiers.find(text), key=lambda each: -each.start):
        text = f"{text[: told.start]}{STARS}{text[told.end :]}"
    for pattern in (SELF, LIVES, ACCOUNT, ENGLISH):
        text = pattern.sub(lambda match: f"{match[1]}{STARS}", text)
    return DOOR.sub(STARS, text)


def secrets_of(who: Mapping[str, Any]) -> tuple[str, ...]:
    """What the citizen has told as name and number, whether or not they asked for confidence; the surname too."""
    phone = str(who.get("contact") or "").partition(";")[0].removeprefix("+86")
    return tuple(told for told in (str(who.get("name") or ""), phone) if len(told) > 1)


def _without_names(text: str) -> str:
    for _ in range(MOST_NAMES):
        found = people.find_name(text)
        if found is None or not found.value.strip("*"):
            break
        said = text[found.start : found.end]
        text = text.replace(said, STARS)
    return text
