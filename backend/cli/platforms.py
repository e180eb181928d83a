"""One channel of the settings for a command that calls its platform once: found, made, asked, closed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

from backend import channels
from backend.channels import Around
from backend.cli import surroundings
from backend.cli.errors import Refused, WrongUse
from bots import ChannelError, Platform

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from backend.settings import Settings
    from backend.settings.channels import Common

T = TypeVar("T")


def chosen(settings: Settings, kind: str, named: str, *, called: str) -> Common:
    """The channel of that *kind*, by its name where there are several. Raises: WrongUse, Refused."""
    there = [channel for channel in settings.channel if channel.kind == kind]
    names = ", ".join(channel.name for channel in there)
    if not there:
        raise Refused(f"the settings have no {called} channel", f'add a [[channel]] with kind = "{kind}"')
    if named and named not in {channel.name for channel in there}:
        raise WrongUse(f"there is no {called} channel {named!r}", f"choose one of: {names}")
    if not named and len(there) > 1:
        raise WrongUse(f"there are several {called} channels", f"name one of them with --channel: {names}")
    return next(channel for channel in there if named in {"", channel.name})


async def asked(settings: Settings, told: Common, ask: Callable[[Any], Awaitable[T]]) -> T:
    """What *ask* gets of that channel, which is made for it and closed again. Raises: ChannelError."""
    channel: Platform = channels.make(told, Around(settings.url, surroundings.now))  # type: ignore[assignment]
    try:
        return await ask(channel)
    finally:
        await channel.close()


def ask_now(settings: Settings, told: Common, ask: Callable[[Any], Awaitable[T]]) -> T:
    """The same, from a command. Raises: Refused: the platform did not do it, in its channel's words."""
    try:
        return asyncio.run(asked(settings, told, ask))
    except ChannelError as error:
        raise Refused(
            f"{told.name} did not do it: {error.en}", "jiesu doctor tells what this channel may do"
        ) from error
