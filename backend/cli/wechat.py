"""``jiesu wechat``: the menu under an account's chat, and the QR codes that bring people from a place into it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import aiohttp
import typer

from backend.cli import platforms, surroundings
from backend.cli.database import opened
from backend.cli.errors import Refused, WrongUse
from backend.cli.plain import Commands
from backend.services.talks import places

if TYPE_CHECKING:
    from bots.wechat import Wechat
    from bots.wechat_api.qr import Code

commands = Commands()
wechat = Commands(help="What a WeChat account shows to its followers.")
commands.add_typer(wechat, name="wechat")

Channel = Annotated[str, typer.Option(metavar="NAME", help="of the account, where the settings have several")]
PICTURE_SECONDS = 20
LARGEST_PICTURE = 1 << 20  # bytes


@wechat.command("menu")
def make_menu(channel: Channel = "") -> None:
    """Put the menu under the chat: 投诉, 查进度, 我的."""
    settings = surroundings.settings()
    told = platforms.chosen(settings, "wechat", channel, called="WeChat")
    platforms.ask_now(settings, told, _menu)
    typer.echo(f"ok     {told.name} has its menu; followers see it within five minutes")


@wechat.command("qr")
def make_code(
    code: Annotated[str, typer.Argument(metavar="CODE", help="of a place: jiesu place add", show_default=False)],
    *,
    channel: Channel = "",
    out: Annotated[str, typer.Option(metavar="FILE.png", help="keep the picture there")] = "",
) -> None:
    """Make the QR code of a place, for ever; an account has 100,000 of them."""
    settings = surroundings.settings()
    told = platforms.chosen(settings, "wechat", channel, called="WeChat")
    if out and not Path(out).absolute().parent.is_dir():
        raise WrongUse(f"{out} cannot be written", "name a file in a folder that is there")
    with opened() as store:
        if store.read_now(places.get, code) is None:
            raise Refused(f"there is no place with the code {code[:40]!r}", "make one: jiesu place add")

    async def ask(account: Wechat) -> tuple[Code, bytes]:
        made = await account.make_code(code)
        return made, await _picture(made.picture) if out else b""

    made, picture = platforms.ask_now(settings, told, ask)
    if out:
        _keep(Path(out), picture)
    typer.echo(f"says     {made.url}")
    typer.echo(f"picture  {out or made.picture}")


async def _menu(account: Wechat) -> None:
    await account.make_menu()


async def _picture(url: str) -> bytes:
    """WeChat's drawing. Raises: Refused."""
    waiting = aiohttp.ClientTimeout(total=PICTURE_SECONDS)
    try:
        async with aiohttp.ClientSession(timeout=waiting) as session, session.get(url) as answer:
            picture = await answer.content.read(LARGEST_PICTURE)
            kind = answer.content_type
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise Refused(f"the picture cannot be fetched ({type(error).__name__})", f"fetch it from {url}") from error
    if answer.status != 200 or not kind.startswith("image/"):
        raise Refused(f"the picture cannot be fetched (HTTP {answer.status})", f"fetch it from {url}")
    return picture


def _keep(file: Path, picture: bytes) -> None:
    try:
        file.write_bytes(picture)
    except OSError as error:
        raise Refused(f"{file} cannot be written: {error.strerror}", "name another file") from error
