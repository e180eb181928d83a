"""A WeChat official account."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

import aiohttp
import structlog

from bots.wechat import Wechat
from bots.wechat_api.forms import Form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.channels import Around
    from backend.settings import WechatSettings
    from backend.settings.channels import Template

log = structlog.get_logger()

CONNECTIONS = 40
"""To WeChat at the same time; the outbox claims 20 people at once."""


def make(told: WechatSettings, around: Around) -> Wechat:
    """From its settings. Raises: ValueError: a key is damaged."""
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


def _forms(told: Mapping[Any, Template]) -> dict[str, Form]:
    return {kind: Form(template.id, template.fields) for kind, template in told.items()}


def _session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=CONNECTIONS))
