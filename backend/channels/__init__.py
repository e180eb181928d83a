"""The channels of a deployment, made from its settings: one file here for each kind.

A platform's library takes a third of a second to load, so it is loaded where
the settings have such a channel, and by no command that needs none.

web, telegram, wechat   settings become a channel
tokens                  what processes share of a WeChat account
attending               telling platforms where we are, and asking those that cannot call us
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeGuard, cast

from backend.settings import TERMINAL
from backend.settings.channels import TelegramSettings, WebSettings, WechatSettings
from bots.terminal import Terminal
from bots.wechat_api.tokens import Alone

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from backend.settings import Settings
    from backend.settings.channels import Common
    from bots import Channel, Platform
    from bots.wechat_api.tokens import Tokens
    from dialogs.messages import News


async def _unheard(news: News) -> None:
    """A command, which has no store, hears nothing."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a channel finds around it, beside its own settings."""

    url: str  # how platforms and citizens reach us
    clock: Callable[[], datetime]  # aware, UTC
    tokens: Callable[[], Tokens] = Alone
    news: Callable[[News], Awaitable[None]] = _unheard


class Kind(Protocol):
    """What the file of a kind has."""

    def make(self, told: Common, around: Around) -> Channel:
        """The channel with these settings, which are of its kind. Raises: ValueError."""
        ...


KINDS: Mapping[type[Common], str] = {WebSettings: "web", TelegramSettings: "telegram", WechatSettings: "wechat"}
"""Where each kind is made. A new channel is its settings, a name here with its file, and its file in bots/."""


def build(settings: Settings, around: Around) -> dict[str, Channel]:
    """Those in the settings by name, and the terminal's."""
    return {told.name: make(told, around) for told in settings.channel} | {TERMINAL: Terminal()}


def make(told: Common, around: Around) -> Channel:
    """One channel."""
    kind = cast("Kind", importlib.import_module(f"{__name__}.{KINDS[type(told)]}"))
    return kind.make(told, around)


def platforms(channels: Mapping[str, Channel]) -> dict[str, Platform]:
    """Those whose platform calls a hook of ours."""
    return {name: channel for name, channel in channels.items() if _is_platform(channel)}


def hook(url: str, name: str) -> str:
    """Where a platform calls us."""
    return f"{url}/hooks/{name}"


def _is_platform(channel: Channel) -> TypeGuard[Platform]:
    return hasattr(channel, "read")
