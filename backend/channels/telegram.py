"""A Telegram bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.channels import hook
from bots.telegram import Telegram

if TYPE_CHECKING:
    from backend.channels import Around
    from backend.settings import TelegramSettings


def make(told: TelegramSettings, around: Around) -> Telegram:
    """From its settings."""
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
