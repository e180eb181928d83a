"""What ``jiesu doctor`` asks the platforms: does the token work, are we where they look for us, what may this account do.

Nothing is changed there and nobody is disturbed.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, NamedTuple

from backend.channels import hook
from backend.cli import platforms
from backend.settings import TelegramSettings, WechatSettings
from bots import ChannelError
from bots.wechat_api.account import CAPABILITIES, NO, PERHAPS, Account

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from backend.settings import Settings
    from bots.telegram import Telegram
    from bots.wechat import Wechat
    from bots.wechat_api.probing import Found

API = "https://api.telegram.org"
SAFE = "https://"
KINDS = {"service": "服务号", "subscription": "订阅号"}


class Finding(NamedTuple):
    """One part, and how it is; ``words`` say what to do where it is not good."""

    part: str
    words: str
    good: bool = True
    note: bool = False  # good, but somebody should know


def examine(settings: Settings) -> list[Finding]:
    """Every channel that has a platform, all asked at once."""
    return asyncio.run(_all(settings))


async def _all(settings: Settings) -> list[Finding]:
    asked = [_one(settings, channel) for channel in settings.channel if type(channel) in LOOKS]
    return [told for one in await asyncio.gather(*asked) for told in one]


async def _one(settings: Settings, told: Any) -> list[Finding]:
    part, look = f"channel {told.name}", LOOKS[type(told)]
    try:
        words = await platforms.asked(settings, told, lambda channel: look(settings, told, channel))
    except ChannelError as error:
        return [Finding(part, f"{told.api_base} does not do what it must: {error.en}", good=False)]
    return [each._replace(part=part) for each in words]


async def _telegram(settings: Settings, told: TelegramSettings, bot: Telegram) -> list[Finding]:
    name = await bot.username()
    found = [Finding("", f"the token works; people find the bot at https://t.me/{name}")]
    if told.mode == "webhook" and told.api_base == API and not settings.url.startswith(SAFE):
        words = f"Telegram calls https addresses only, and not {settings.url}; set public_url, or mode to polling"
        found.append(Finding("", words, good=False))
    warnings = await bot.warnings()
    found += [Finding("", f"{words}; jiesu serve sets it" if key == "url" else words, note=True)
              for key, words in warnings.items()]  # fmt: skip
    if not warnings:
        found.append(Finding("", "asks for messages" if told.mode == "polling" else f"Telegram calls {bot.hook_url}"))
    return found


async def _wechat(settings: Settings, told: WechatSettings, account: Wechat) -> list[Finding]:
    probed = await account.probe()
    first = next(found for found in probed if found.capability == "receiving")
    if first.answer != "yes":
        return [Finding("", f"WeChat does not let us in: {first.why}", good=False)]
    kind = f"{'a verified' if told.verified else 'an unverified'} {told.account} account {KINDS[told.account]}"
    found = [
        Finding("", f"the secret works; {kind}"),
        Finding("", f"in the account's console the server address must be {hook(settings.url, told.name)}", note=True),
    ]
    if told.mode == "plain":
        words = (
            "messages come unencrypted, so that who sees one call can forge others; set mode to safe, there and here"
        )
        found.append(Finding("", words, note=True))
    found += _judged(probed, Account(told.account, told.verified))
    if account.account.can("template") and "status" not in told.templates:
        found.append(Finding("", f"no template for status: {CAPABILITIES['template'].without}", note=True))
    return found


def _judged(probed: list[Found], account: Account) -> Iterator[Finding]:
    """What the account cannot do, and what that means; where the settings promise it, they are wrong."""
    for found in probed:
        promised, name = account.may(found.capability), found.capability.replace("_", " ")
        if found.answer == NO and promised not in {NO, PERHAPS}:
            words = f"this account has no {name}, though the settings say so: correct account and verified"
            yield Finding("", words, good=False)
        elif found.answer == NO:
            yield Finding("", f"cannot: {name} ({CAPABILITIES[found.capability].without})", note=True)
        elif found.answer == PERHAPS:
            yield Finding("", f"not certain: {name} ({found.why})", note=True)
        elif promised == NO:
            words = f"this account has {name}, which the settings do not use: correct account and verified"
            yield Finding("", words, note=True)


LOOKS: dict[type, Callable[[Settings, Any, Any], Awaitable[list[Finding]]]] = {
    TelegramSettings: _telegram,
    WechatSettings: _wechat,
}
