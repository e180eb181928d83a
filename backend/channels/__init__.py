"""The channels of a deployment, made from its settings: one line for each kind.

tokens      what processes share of a WeChat account
attending   telling platforms where we are, and asking those that cannot call us
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeGuard

import aiohttp
import structlog

from backend.settings import TERMINAL, TelegramSettings, WebSettings, WechatSettings
from bots.telegram import Telegram
from bots.terminal import Terminal
from bots.web import Web
from bots.wechat import Wechat
from bots.wechat_api.forms import Form
from bots.wechat_api.tokens import Alone

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from backend.settings import Settings
    from backend.settings.channels import Template
    from bots import Channel, Platform
    from bots.wechat_api.tokens import Tokens
    from dialogs.messages import News

log = structlog.get_logger()

CONNECTIONS = 40
"""To WeChat at the same time; the outbox claims 20 people at once."""


async def _unheard(news: News) -> None:
    """A command, which has no store, hears nothing."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a channel finds around it, beside its own settings."""

    url: str  # how platforms and citizens reach us
    clock: Callable[[], datetime]  # aware, UTC
    tokens: Callable[[], Tokens] = Alone
    news: Callable[[News], Awaitable[None]] = _unheard


def _web(told: WebSettings, _around: Around) -> Web:
    return Web(told.name)


def _telegram(told: TelegramSettings, around: Around) -> Telegram:
    return Telegram(
        told.name,
        token=told.token,
        secret_token=told.secret_token,
        mode=told.mode,
        groups=told.groups,
        api_base=told.api_base,
        hook_url=hook(around.url, told.name),
        news=around.news,
        clock=around.clock,
    )


def _wechat(told: WechatSettings, around: Around) -> Wechat:
    if told.mode == "plain":
        log.warning("a channel takes messages that are not encrypted; set its mode to safe", channel=told.name)
    return Wechat(
        told.name,
        appid=told.appid,
        secret=told.secret,
        token=told.token,
        aes_key=told.aes_key,
        previous_aes_key=told.previous_aes_key,
        mode=told.mode,
        account=told.account,
        verified=told.verified,
        api_base=told.api_base,
        templates=_forms(told.templates),
        subscriptions=_forms(told.subscriptions),
        session=_session,
        tokens=around.tokens(),
        clock=around.clock,
        owner=secrets.token_hex(8),
    )


KINDS: Mapping[type, Callable[[Any, Around], Channel]] = {
    WebSettings: _web,
    TelegramSettings: _telegram,
    WechatSettings: _wechat,
}
"""A new channel is its settings, one line here, and its file in bots/."""


def build(settings: Settings, around: Around) -> dict[str, Channel]:
    """Those in the settings by name, and the terminal's."""
    return {each.name: KINDS[type(each)](each, around) for each in settings.channel} | {TERMINAL: Terminal()}


def platforms(channels: Mapping[str, Channel]) -> dict[str, Platform]:
    """Those whose platform calls a hook of ours."""
    return {name: channel for name, channel in channels.items() if _is_platform(channel)}


def hook(url: str, name: str) -> str:
    """Where a platform calls us."""
    return f"{url}/hooks/{name}"


def _is_platform(channel: Channel) -> TypeGuard[Platform]:
    return hasattr(channel, "read")


def _forms(told: Mapping[Any, Template]) -> dict[str, Form]:
    return {kind: Form(template.id, template.fields) for kind, template in told.items()}


def _session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=CONNECTIONS))
