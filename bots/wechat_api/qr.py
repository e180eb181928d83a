"""QR codes that bring a person into the chat with the code of a place: for walls, buses and counters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

if TYPE_CHECKING:
    from datetime import timedelta

    from bots.wechat_api.client import Client

WEIXIN, DRAWING = ".weixin.qq.com", "https://mp.weixin.qq.com"
"""Pictures are drawn by another machine than the one that is called; with any other base it is the same one."""
_SCENE = re.compile(r"[\x21-\x7e]{1,64}")


class BadScene(Exception):
    """WeChat takes 1 to 64 characters without blanks."""


@dataclass(frozen=True, slots=True)
class Code:
    """``url`` is what the code says, for a printer of one's own; ``picture`` is WeChat's drawing of it."""

    url: str
    picture: str


async def create(client: Client, scene: str, *, lasts: timedelta | None = None) -> Code:
    """A code for that scene; for ever (an account has 100,000 of these), or for 30 days at most.

    Raises: BadScene, Refusal, NotSent, Uncertain.
    """
    if not _SCENE.fullmatch(scene):
        raise BadScene(f"{scene!r} cannot be in a WeChat code: 1 to 64 characters without blanks")
    body: dict[str, Any] = {"action_info": {"scene": {"scene_str": scene}}}
    if lasts is None:
        body["action_name"] = "QR_LIMIT_STR_SCENE"
    else:
        body |= {"action_name": "QR_STR_SCENE", "expire_seconds": int(lasts.total_seconds())}
    told = await client.ask("/cgi-bin/qrcode/create", body)
    drawing = DRAWING if client.api_base.endswith(WEIXIN) else client.api_base
    picture = f"{drawing}/cgi-bin/showqrcode?{urlencode({'ticket': str(told.get('ticket', ''))})}"
    return Code(str(told.get("url", "")), picture)
