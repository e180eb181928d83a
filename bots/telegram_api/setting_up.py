"""Telling Telegram where we are, and which commands there are; nothing where it knows already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from telegram.error import TelegramError

from bots.telegram_api import commands
from bots.telegram_api.failures import about_the_bot
from bots.telegram_api.updates import KINDS

if TYPE_CHECKING:
    from telegram import Bot, WebhookInfo

log = structlog.get_logger()

CONNECTIONS = 40
"""Calls of Telegram to us at the same time."""
MANY_PENDING = 100
"""Updates that wait at Telegram: we are too slow, or not there."""


async def listen(bot: Bot, *, url: str, secret: str, mode: str) -> None:
    """Have updates sent to *url*, or to nobody where we ask for them (*mode* polling). Raises: NotSent, ChannelDown.

    Telegram never tells the secret it has, so that a hook that answers 403 is set again.
    """
    try:
        now = await bot.get_webhook_info()
        if mode == "polling":
            if now.url:
                log.warning("telegram webhook removed, since the mode is polling")
                await bot.delete_webhook(drop_pending_updates=False)
        elif not _is_as_wanted(now, url):
            await bot.set_webhook(
                url,
                secret_token=secret,
                allowed_updates=list(KINDS),
                drop_pending_updates=False,
                max_connections=CONNECTIONS,
            )
    except TelegramError as error:
        raise about_the_bot(error) from None


def _is_as_wanted(now: WebhookInfo, url: str) -> bool:
    same = now.url == url and set(now.allowed_updates or ()) == set(KINDS) and now.max_connections == CONNECTIONS
    return same and "403" not in (now.last_error_message or "")


async def offer_commands(bot: Bot) -> None:
    """The menu of commands in each language. A bot without one works as well, so that trouble is only logged."""
    for language in commands.MENUS:
        wanted = commands.menu(language)
        try:
            if list(await bot.get_my_commands(language_code=language or None)) != wanted:
                await bot.set_my_commands(wanted, language_code=language or None)
        except TelegramError as error:
            log.warning("telegram commands not set", language=language, error=type(error).__name__)


async def warnings(bot: Bot, *, url: str, mode: str) -> dict[str, str]:
    """What an operator should look at, in sentences by what it is about. Raises: NotSent, ChannelDown."""
    try:
        now = await bot.get_webhook_info()
    except TelegramError as error:
        raise about_the_bot(error) from None
    found = {}
    if now.pending_update_count >= MANY_PENDING:
        found["pending"] = f"{now.pending_update_count} updates wait at Telegram"
    if mode == "webhook" and now.url != url:
        found["url"] = f"Telegram calls {now.url or 'nobody'}, and should call {url}"
    if mode == "polling" and now.url:
        found["url"] = f"Telegram calls {now.url}, so that asking for messages brings none"
    if now.last_error_message and now.last_error_date:
        at = now.last_error_date.isoformat(timespec="seconds")
        found["last_error"] = f"Telegram failed to call us last at {at}: {now.last_error_message}"
    return found
