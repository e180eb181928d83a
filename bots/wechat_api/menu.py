"""The menu under the chat: three items, each of which says what a person could also type.

A tap opens only a minute for three messages; what follows is the dialog's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bots.wechat_api.client import Client

MENU: dict[str, Any] = {
    "button": [
        {"type": "click", "name": "投诉", "key": "JIESU_FILE"},
        {"type": "click", "name": "查进度", "key": "JIESU_PROGRESS"},
        {"type": "click", "name": "我的", "key": "JIESU_MINE"},
    ]
}
"""What the keys say is in events.py. People see a change within five minutes, or when they follow anew."""


async def create(client: Client) -> None:
    """Put it in the place of the menu that is there. Raises: Refusal, NotSent, Uncertain."""
    await client.ask("/cgi-bin/menu/create", MENU)
