"""A call of an account's server to the fake WeChat, and how it is checked before its endpoint sees it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.fakes.wechat_errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.fakes.wechat_world import Account, MediaFile, World

ESCAPE = re.compile(rb"\\u[0-9a-fA-F]{4}")
SHORTEST_TOKEN = 32


@dataclass
class Upload:
    """A file of a form."""

    filename: str
    content_type: str
    data: bytes


@dataclass
class Asked:
    """A call. ``base``: the address under which the caller reached us."""

    world: World
    query: Mapping[str, str]
    body: bytes
    ip: str
    base: str
    upload: Upload | None = None

    def json(self) -> dict[str, Any]:
        """The body as an object. Raises: Refusal."""
        if not self.body.strip():
            raise Refusal(44002)
        try:
            value = json.loads(self.body.decode("utf-8"))
        except ValueError as error:
            raise Refusal(47001) from error
        if not isinstance(value, dict):
            raise Refusal(47001)
        if self.world.settings.escapes_refused and ESCAPE.search(self.body):
            raise Refusal(40033)
        return value

    def account(self) -> Account:
        """Whose access token came with it. Raises: Refusal."""
        value = self.query.get("access_token", "")
        if not value:
            raise Refusal(41001)
        if len(value) < SHORTEST_TOKEN:
            raise Refusal(40014)
        token, now = self.world.tokens.get(value), self.world.now()
        if token is None or token.dead_at <= now:
            raise Refusal(40001)
        if token.ends <= now:
            raise Refusal(42001)
        return self.world.accounts[token.appid]


@dataclass
class Download:
    """An answer that is a file."""

    file: MediaFile


@dataclass
class Redirect:
    """An answer that sends a browser elsewhere."""

    url: str


Answer = dict[str, Any] | Download | Redirect
